from pandera.typing import Series

from ttp_timeline.models._codes import END_STATUS
from ttp_timeline.models._model import (
    Day,
    Flag,
    Table,
    Text,
    TextList,
    code,
    derived,
    edtf,
    flag,
    key,
    known,
    ref,
    refs,
)

HOW_BEGAN = {
    "appointed": "appointed",
    "elected": "elected",
    "chosen_by_shura": "chosen by a council",
    "founder": "founded the group",
    "succeeded": "succeeded, manner not said",
    "acting": "acting or interim",
    "unknown": "not known",
}
HOW_ENDED = {
    "killed": "was killed",
    "died": "died otherwise",
    "resigned": "resigned",
    "dismissed": "was dismissed or voted out",
    "term_ended": "term ended",
    "replaced": "was replaced",
    "arrested": "was arrested or surrendered",
    "in_office": "in office when last read",
    "unknown": "not known",
}


class Positions(Table):
    """One row per person's time in an office: how it began and how it ended."""

    position_id: Series[Text] = key("Position", "Name of the row.", example="ttp-emir-noor-wali-mehsud-2018")
    office_id: Series[Text] = ref("offices.office_id", "Office", "The office held.", required=True)
    person_id: Series[Text] = ref("people.person_id", "Person", "Who held it.", required=True)
    date_edtf: Series[Text] = edtf(
        "Dates", "From when to when, an EDTF interval.", required=True, known_by="end_known_date"
    )
    is_acting: Series[Flag] = flag("Acting", "Held it as acting or interim.")
    how_began: Series[Text] = code(HOW_BEGAN, "How it began", "How the person came into office.")
    how_ended: Series[Text] = code(HOW_ENDED, "How it ended", "How the person left it.", known_by="end_known_date")
    start_event_id: Series[Text] = ref("events.event_id", "Begun by", "The event with which it began.")
    end_event_id: Series[Text] = ref(
        "events.event_id", "Ended by", "The event with which it ended.", known_by="end_known_date"
    )
    source_ids: Series[TextList] = refs(
        "sources.source_id", "Sources", "Pages read that support the row.", required=True
    )
    start_date: Series[Day] = derived("start date_edtf", "Start", "First day that the dates allow.")
    end_date: Series[Day] = derived("end date_edtf", "End", "Last day that the dates allow.", known_by="end_known_date")
    end_status: Series[Text] = derived(
        "end_status date_edtf", "End status", "Whether the end is known.", codes=END_STATUS, known_by="end_known_date"
    )
    known_date: Series[Day] = known("source_ids")
    end_known_date: Series[Day] = known("end_event_id or after end_date source_ids", "End known since")

    class Config:
        name = "positions"
        metadata = {"title": "Positions", "key": ["position_id"]}
