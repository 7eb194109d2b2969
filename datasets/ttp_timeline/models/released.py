from pandera.typing import Series

from ttp_timeline.models._model import Table, Text, text


class Released(Table):
    """One row per id that a release has published, with the first version that had it."""

    table_name: Series[Text] = text("Table", "The table of the record.", required=True)
    record_id: Series[Text] = text("Record", "The record's key.", required=True)
    first_version: Series[Text] = text(
        "First version",
        "The first release that had it.",
        required=True,
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$",
        example="0.1.0",
    )

    class Config:
        name = "released"
        metadata = {"title": "Released ids", "key": ["table_name", "record_id"]}
