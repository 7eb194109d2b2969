from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, TextList, code, derived, edtf, key, known, ref, refs, text

STATEMENT_TYPES = {
    "fact": "says that something happened or is so",
    "relation": "says how actors stand to each other",
    "assessment": "judges or explains",
    "prediction": "says what will happen",
}
VERDICTS = {
    "true": "borne out by the pages",
    "imprecise": "right in the main, loose or wrong in a detail",
    "false": "contradicted by the pages",
    "partly": "true in part",
    "came_true": "the prediction came true",
    "did_not_come_true": "the prediction did not come true",
    "opinion": "a judgement that pages cannot decide",
    "unresolved": "no page read decides it",
}


class Statements(Table):
    """One row per checkable statement: who said it, what it states in our words, and what decided it."""

    statement_id: Series[Text] = key("Statement", "Name of the statement.", example="article-p04-s1-delegation-arrived")
    source_id: Series[Text] = ref("sources.source_id", "Said in", "The page that states it.", required=True)
    locator: Series[Text] = text("Where in it", "Paragraph and sentence.")
    statement_type: Series[Text] = code(STATEMENT_TYPES, "Type", "What kind of statement.", required=True)
    speaker_id: Series[Text] = ref("actors.actor_id", "Said for", "The actor that states it.", required=True)
    person_id: Series[Text] = ref("people.person_id", "Said by", "The public figure who states it.")
    said_edtf: Series[Text] = edtf("Said", "When it was said.")
    statement_text: Series[Text] = text("Statement", "What it states, in our own words.", required=True)
    verdict: Series[Text] = code(
        VERDICTS, "Verdict", "What the pages make of it.", required=True, known_by="decided_known_date"
    )
    right_value: Series[Text] = text(
        "Right value", "What is right, where the statement is wrong or loose.", known_by="decided_known_date"
    )
    event_ids: Series[TextList] = refs("events.event_id", "Events", "The events it speaks of.")
    source_ids: Series[TextList] = refs(
        "sources.source_id", "Deciding pages", "Pages read that decide it.", known_by="decided_known_date"
    )
    decided_by_event_id: Series[Text] = ref(
        "events.event_id", "Decided by", "The event that decided it.", known_by="decided_known_date"
    )
    decided_edtf: Series[Text] = edtf("Decided", "When it was decided.", known_by="decided_known_date")
    note: Series[Text] = text("Note", "Why the verdict is so.", known_by="decided_known_date")
    said_date: Series[Day] = derived("start said_edtf", "Said on", "First day that the date allows.")
    decided_date: Series[Day] = derived(
        "end decided_edtf", "Decided on", "Last day that the date allows.", known_by="decided_known_date"
    )
    known_date: Series[Day] = known("source_id")
    decided_known_date: Series[Day] = known(
        "decided_by_event_id or after decided_date source_ids", "Verdict known since"
    )

    class Config:
        name = "statements"
        metadata = {"title": "Statements and predictions", "key": ["statement_id"]}
