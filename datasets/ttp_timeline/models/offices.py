from pandera.typing import Series

from ttp_timeline.models._model import Flag, Table, Text, flag, key, ref, text


class Offices(Table):
    """One row per office: a post that people hold one after another."""

    office_id: Series[Text] = key("Office", "Name of the office.", example="ttp-emir")
    office_name: Series[Text] = text("Office's name", "Usual English name.", required=True)
    actor_id: Series[Text] = ref("actors.actor_id", "Of", "The actor whose office it is.", required=True)
    is_single: Series[Flag] = flag("Single", "Only one person can hold it at a time.", nullable=False)
    description: Series[Text] = text("Description", "A sentence in our own words.")

    class Config:
        name = "offices"
        metadata = {"title": "Offices", "key": ["office_id"]}
