from pandera.typing import Series

from ttp_timeline.models._model import Count, Day, Table, Text, count, derived, edtf, key, text


class Audits(Table):
    """One row per field that a second reader compared with the pages: cells compared and cells found wrong."""

    audit_id: Series[Text] = key("Comparison", "Name of the row.", example="2026-11-events-date")
    audited_edtf: Series[Text] = edtf("Read again", "When the pages were read again.", required=True)
    sample: Series[Text] = text("Sample", "Which records were drawn, and how.", required=True)
    table_name: Series[Text] = text("Table", "The table of the field.", required=True)
    column_name: Series[Text] = text("Field", "The column, or the columns, that were compared.", required=True)
    checked_count: Series[Count] = count(
        "cells", "Compared", "Cells compared with the page they rest on.", nullable=False
    )
    wrong_count: Series[Count] = count(
        "cells", "Wrong", "Cells that the page does not bear out; they were corrected.", nullable=False
    )
    note: Series[Text] = text("Note", "What was wrong, and what was done about it.")
    audited_date: Series[Day] = derived("end audited_edtf", "Read again by", "Last day that the date allows.")

    class Config:
        name = "audits"
        metadata = {"title": "Second readings", "key": ["audit_id"]}
