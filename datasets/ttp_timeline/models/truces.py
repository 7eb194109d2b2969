from pandera.typing import Series

from ttp_timeline.models._codes import END_REASONS, SCOPES
from ttp_timeline.models._model import (
    Count,
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
    text,
)

PURPOSES = {
    "talks": "to allow talks",
    "holiday": "for a religious holiday",
    "humanitarian": "for relief or evacuation",
    "accord": "part of an accord",
    "other": "another purpose, or none given",
}


class Truces(Table):
    """One row per truce: declared, in effect, announced end, real end (after the ETH/PRIO ceasefire data)."""

    truce_id: Series[Text] = key("Truce", "Name of the truce.", example="eid-truce-2022")
    process_id: Series[Text] = ref("processes.process_id", "Process", "The process of talks it belongs to.")
    scope: Series[Text] = code(SCOPES, "Scope", "How far it reached.", required=True)
    place_id: Series[Text] = ref("places.place_id", "Area", "Where it was in force, if local.")
    party_ids: Series[TextList] = refs("actors.actor_id", "Parties", "Between whom.", required=True)
    declared_by_ids: Series[TextList] = refs("actors.actor_id", "Declared by", "Who declared it.")
    declared_edtf: Series[Text] = edtf("Declared", "When it was declared.", required=True)
    in_effect_edtf: Series[Text] = edtf("In effect", "When it came into force; empty: never, or not known.")
    announced_end_edtf: Series[Text] = edtf("Announced end", "The end announced with it.")
    ended_edtf: Series[Text] = edtf("Ended", "When it really ended.", known_by="end_known_date")
    end_reason: Series[Text] = code(END_REASONS, "Why it ended", "What ended it.", known_by="end_known_date")
    ended_by_id: Series[Text] = ref("actors.actor_id", "Ended by", "Who ended it.", known_by="end_known_date")
    extends_truce_id: Series[Text] = ref("truces.truce_id", "Extends", "The truce that this one extends.")
    agreement_id: Series[Text] = ref("agreements.agreement_id", "Accord", "The accord of which it is part.")
    begin_event_id: Series[Text] = ref(
        "events.event_id", "Begun by", "The event with which it was declared.", required=True
    )
    end_event_id: Series[Text] = ref(
        "events.event_id", "End event", "The event with which it ended.", known_by="end_known_date"
    )
    is_partial: Series[Flag] = flag("Partial", "Covers some actors, areas or acts only.")
    purpose: Series[Text] = code(PURPOSES, "Purpose", "What it was for.")
    terms: Series[Text] = text("Terms", "Terms in our own words.")
    declared_date: Series[Day] = derived(
        "start declared_edtf", "Declared on", "First day that the date of declaring allows."
    )
    in_effect_date: Series[Day] = derived("start in_effect_edtf", "In effect from", "First day in force.")
    announced_end_date: Series[Day] = derived("end announced_end_edtf", "Announced end on", "Last day announced.")
    ended_date: Series[Day] = derived(
        "end ended_edtf",
        "Ended on",
        "Last day that its real end allows; empty: not known, or in force.",
        known_by="end_known_date",
    )
    days_in_effect: Series[Count] = derived(
        "days_between in_effect_date ended_date",
        "Days in effect",
        "Days from the first day in force to its end.",
        unit="days",
        known_by="end_known_date",
    )
    known_date: Series[Day] = known("begin_event_id")
    end_known_date: Series[Day] = known("end_event_id", "End known since")

    class Config:
        name = "truces"
        metadata = {"title": "Truces", "key": ["truce_id"]}
