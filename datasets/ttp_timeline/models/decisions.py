from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, TextList, known, refs, text


class Decisions(Table):
    """One row per value chosen against the rule or between sources that conflict, with the reason."""

    table_name: Series[Text] = text("Table", "The table of the value.", required=True)
    record_id: Series[Text] = text("Record", "The row's key.", required=True)
    column_name: Series[Text] = text("Column", "The column of the value.", required=True)
    value: Series[Text] = text("Value", "The value chosen.", required=True)
    reason: Series[Text] = text("Reason", "Why this value.", required=True)
    source_ids: Series[TextList] = refs(
        "sources.source_id", "Sources", "Pages on which the choice rests.", required=True
    )
    known_date: Series[Day] = known("latest source_ids")

    class Config:
        name = "decisions"
        metadata = {"title": "Decisions", "key": ["table_name", "record_id", "column_name"]}
