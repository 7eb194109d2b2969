from pandera.typing import Series

from ttp_timeline.models._codes import END_STATUS
from ttp_timeline.models._model import Day, Table, Text, TextList, code, derived, edtf, key, known, ref, refs, text

RELATION_TYPES = {
    "founded_from": "the subject was founded from the object",
    "merged_into": "the subject merged into or joined the object",
    "split_from": "the subject split from the object",
    "pledged_to": "the subject pledged allegiance to the object",
    "faction_of": "the subject is a part of the object",
    "allied_with": "subject and object act together",
    "renamed_to": "the subject took the object's name",
    "sheltered_by": "the object shelters the subject",
    "supported_by": "the object supports the subject",
    "rival_of": "subject and object fight or compete",
    "mediator_for": "the subject mediates for the object",
    "member_of": "the subject is a member of the object",
}


class Relations(Table):
    """One row per dated relation between two actors."""

    relation_id: Series[Text] = key("Relation", "Name of the row.", example="jamaat-ul-ahrar-split-from-ttp-2014")
    subject_actor_id: Series[Text] = ref("actors.actor_id", "Subject", "The actor of whom it is said.", required=True)
    relation_type: Series[Text] = code(RELATION_TYPES, "Relation", "What the subject is to the object.", required=True)
    object_actor_id: Series[Text] = ref("actors.actor_id", "Object", "The other actor.", required=True)
    date_edtf: Series[Text] = edtf("Dates", "When, or from when to when.", required=True)
    event_id: Series[Text] = ref("events.event_id", "Event", "The event that began the relation.")
    description: Series[Text] = text("Description", "A sentence in our own words.")
    source_ids: Series[TextList] = refs(
        "sources.source_id", "Sources", "Pages read that support the row.", required=True
    )
    start_date: Series[Day] = derived("start date_edtf", "Start", "First day that the dates allow.")
    end_date: Series[Day] = derived("end date_edtf", "End", "Last day that the dates allow.", known_by="end_known_date")
    end_status: Series[Text] = derived(
        "end_status date_edtf", "End status", "Whether the end is known.", codes=END_STATUS, known_by="end_known_date"
    )
    known_date: Series[Day] = known("source_ids")
    end_known_date: Series[Day] = known("after end_date source_ids", "End known since")

    class Config:
        name = "relations"
        metadata = {"title": "Relations", "key": ["relation_id"]}
