from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, TextList, code, known, ref, refs

ROLES = {
    "negotiator": "sat at the table",
    "delegation_head": "led a delegation",
    "mediator": "mediated",
    "signatory": "signed",
    "announcer": "announced",
    "guarantor": "guaranteed",
    "killed": "was killed",
    "injured": "was injured",
    "target": "was the target",
    "captured": "was captured or arrested",
    "released": "was released or escaped",
    "leader_named": "was chosen or posted",
    "ordered": "ordered or decided it",
    "spokesperson": "spoke for an actor",
    "present": "was there in another role",
}
#: roles that a dead person cannot have
LIVING_ROLES = (
    "negotiator",
    "delegation_head",
    "mediator",
    "signatory",
    "announcer",
    "guarantor",
    "ordered",
    "spokesperson",
)


class Appearances(Table):
    """One row per public figure and role in an event, and for whom he or she stood."""

    event_id: Series[Text] = ref("events.event_id", "Event", "The event.", required=True)
    person_id: Series[Text] = ref("people.person_id", "Person", "The public figure.", required=True)
    role: Series[Text] = code(ROLES, "Role", "The person's part in the event.", required=True)
    actor_id: Series[Text] = ref("actors.actor_id", "For", "The actor for whom the person stood.")
    source_ids: Series[TextList] = refs("sources.source_id", "Sources", "Pages read that support the row.")
    known_date: Series[Day] = known("source_ids or event_id")

    class Config:
        name = "appearances"
        metadata = {"title": "Appearances", "key": ["event_id", "person_id", "role"], "split_by": "event_id"}
