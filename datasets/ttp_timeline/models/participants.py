from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, TextList, code, known, ref, refs

ROLES = {
    "perpetrator": "used the force",
    "target": "was the target of the force",
    "party": "party to talks, a truce or an accord",
    "negotiator": "sat at the table for a party",
    "mediator": "mediated",
    "host": "hosted",
    "guarantor": "guaranteed",
    "signatory": "signed",
    "announcer": "announced",
    "authority": "decided or enacted",
    "affected": "was concerned",
    "facilitator": "helped it come about",
}
ATTRIBUTIONS = {
    "claimed": "by its own claim",
    "acknowledged": "undisputed",
    "alleged": "others say so",
    "disputed": "claims or accounts conflict",
}


class Participants(Table):
    """One row per actor and role in an event, with how it is known."""

    event_id: Series[Text] = ref("events.event_id", "Event", "The event.", required=True)
    actor_id: Series[Text] = ref("actors.actor_id", "Actor", "Who took part.", required=True)
    role: Series[Text] = code(ROLES, "Role", "The actor's part in the event.", required=True)
    attribution: Series[Text] = code(ATTRIBUTIONS, "Attribution", "How the part is known.")
    source_ids: Series[TextList] = refs("sources.source_id", "Sources", "Pages read that support the row.")
    known_date: Series[Day] = known("source_ids or event_id")

    class Config:
        name = "participants"
        metadata = {"title": "Participants", "key": ["event_id", "actor_id", "role"], "split_by": "event_id"}
