from pandera.typing import Series

from ttp_timeline.models._model import Table, Text, text


class Waivers(Table):
    """One row per exception to a rule; a waiver that is no longer needed fails the build."""

    rule_id: Series[Text] = text("Rule", "The rule that is waived.", required=True)
    table_name: Series[Text] = text("Table", "The table of the record.", required=True)
    record_id: Series[Text] = text("Record", "The record's key.", required=True)
    reason: Series[Text] = text("Reason", "Why the exception is right.", required=True)

    class Config:
        name = "waivers"
        metadata = {"title": "Waivers", "key": ["rule_id", "table_name", "record_id"]}
