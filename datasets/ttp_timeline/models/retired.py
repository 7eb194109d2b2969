from pandera.typing import Series

from ttp_timeline.models._model import Table, Text, text


class Retired(Table):
    """One row per id that was released once and is no longer used: withdrawn, or merged into another."""

    table_name: Series[Text] = text("Table", "The table of the record.", required=True)
    record_id: Series[Text] = text("Record", "The id that is no longer used.", required=True)
    replaced_by_id: Series[Text] = text("Replaced by", "The id that took its place; empty: withdrawn.")
    reason: Series[Text] = text("Reason", "Why it was withdrawn or merged.", required=True)

    class Config:
        name = "retired"
        metadata = {"title": "Retired ids", "key": ["table_name", "record_id"]}
