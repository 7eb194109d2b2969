from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, code, known, ref, text

LINK_TYPES = {
    "part_of": "the first is part of the second",
    "led_to": "the first led to the second, as sources say",
    "retaliation_for": "the first was in retaliation for the second, as sources say",
    "follows": "the first followed on the second",
    "violates": "the first violates the second",
    "implements": "the first carries out the second",
    "answers": "the first answers the second",
}


class Links(Table):
    """One row per tie between two events."""

    from_event_id: Series[Text] = ref("events.event_id", "From", "The first event.", required=True)
    link_type: Series[Text] = code(LINK_TYPES, "Tie", "How the first event stands to the second.", required=True)
    to_event_id: Series[Text] = ref("events.event_id", "To", "The second event.", required=True)
    note: Series[Text] = text("Note", "Who says so, or why.")
    known_date: Series[Day] = known("latest from_event_id to_event_id")

    class Config:
        name = "links"
        metadata = {"title": "Links", "key": ["from_event_id", "link_type", "to_event_id"]}
