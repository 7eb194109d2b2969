from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, code, derived, edtf, key, text

GAP_KINDS = {
    "event": "an event of violence or policy",
    "talks": "talks, a truce, an accord or a release",
    "office": "who held an office",
    "group": "a group, its leaders or its relations",
    "figure": "a published figure",
}
GAP_REASONS = {
    "no_page_found": "searched for; no page found that gives it",
    "not_searched": "known of, not yet searched for",
    "undated": "pages give it without a day, month or year",
    "conflict": "pages contradict each other beyond decision",
}


class Gaps(Table):
    """One row per thing known to be missing from the timeline, and why it is missing."""

    gap_id: Series[Text] = key("Gap", "Name of the row.", example="swat-accord-2007")
    period_edtf: Series[Text] = edtf("When", "The time that is missing.", required=True)
    gap_kind: Series[Text] = code(GAP_KINDS, "Kind", "What kind of record is missing.", required=True)
    description: Series[Text] = text("What", "What is missing, in our own words.", required=True)
    reason: Series[Text] = code(GAP_REASONS, "Reason", "Why it is missing.", required=True)
    pointer: Series[Text] = text("Pointer", "Where one may look: a record, a row of another data set, an address.")
    start_date: Series[Day] = derived("start period_edtf", "Start", "First day of the time that is missing.")
    end_date: Series[Day] = derived("end period_edtf", "End", "Last day of the time that is missing.")

    class Config:
        name = "gaps"
        metadata = {"title": "Known gaps", "key": ["gap_id"]}
