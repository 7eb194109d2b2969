from pandera.typing import Series

from ttp_timeline.models._codes import COUNTRY_PATTERN
from ttp_timeline.models._model import Table, Text, code, key, text

PUBLISHER_TYPES = {
    "newspaper": "newspaper",
    "broadcaster": "radio or television and its pages",
    "agency": "news agency",
    "magazine": "magazine",
    "think_tank": "research institute",
    "university": "university or its centre",
    "encyclopaedia": "encyclopaedia",
    "dataset": "database of events",
    "government": "government or armed forces",
    "intergovernmental": "United Nations and the like",
    "ngo": "non-governmental organisation",
    "web_portal": "web portal or site without a paper",
    "court": "court or parliament",
}


class Publishers(Table):
    """One row per publisher, agency or institution: who prints a page and whose text it is."""

    publisher_id: Series[Text] = key("Publisher", "Name of the publisher.", example="dawn")
    publisher_name: Series[Text] = text("Publisher's name", "Name in full.", required=True)
    publisher_type: Series[Text] = code(PUBLISHER_TYPES, "Type", "What kind of publisher.", required=True)
    country_code: Series[Text] = text("Country", "ISO 3166-1 code of its seat.", pattern=COUNTRY_PATTERN)

    class Config:
        name = "publishers"
        metadata = {"title": "Publishers and origins", "key": ["publisher_id"]}
