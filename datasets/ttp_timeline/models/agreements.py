from pandera.typing import Series

from ttp_timeline.models._codes import END_REASONS, SCOPES
from ttp_timeline.models._model import Day, Table, Text, TextList, code, derived, edtf, key, known, ref, refs, text

#: after the stages of the PA-X Peace Agreements Database
STAGES = {
    "pre_negotiation": "about how to talk",
    "framework": "settles substance, whole or in part",
    "ceasefire": "only stops the fighting",
    "partial": "settles some issues",
    "implementation": "carries out or renews an earlier accord",
}
STATUSES = {
    "signed": "a signed document",
    "announced": "announced by a party",
    "verbal": "by word of mouth",
    "unknown": "not known",
}


class Agreements(Table):
    """One row per accord between the state, or a body for it, and a group or tribe."""

    agreement_id: Series[Text] = key("Accord", "Name of the accord.", example="shakai-2004")
    agreement_name: Series[Text] = text("Accord's name", "Usual name.", required=True)
    signed_edtf: Series[Text] = edtf("Signed", "When it was signed or announced.", required=True)
    ended_edtf: Series[Text] = edtf("Ended", "When it ended.", known_by="end_known_date")
    scope: Series[Text] = code(SCOPES, "Scope", "How far it reached.")
    place_id: Series[Text] = ref("places.place_id", "Area", "Where it held.")
    party_ids: Series[TextList] = refs("actors.actor_id", "Parties", "Between whom.", required=True)
    stage: Series[Text] = code(STAGES, "Stage", "What kind of accord, after PA-X.")
    status: Series[Text] = code(STATUSES, "Status", "How it was concluded.")
    terms: Series[Text] = text("Terms", "Terms in our own words.")
    end_reason: Series[Text] = code(END_REASONS, "Why it ended", "What ended it.", known_by="end_known_date")
    ended_by_id: Series[Text] = ref("actors.actor_id", "Ended by", "Who ended it.", known_by="end_known_date")
    begin_event_id: Series[Text] = ref("events.event_id", "Begun by", "The event of its conclusion.", required=True)
    end_event_id: Series[Text] = ref(
        "events.event_id", "End event", "The event with which it ended.", known_by="end_known_date"
    )
    signed_date: Series[Day] = derived("start signed_edtf", "Signed on", "First day that the date allows.")
    ended_date: Series[Day] = derived(
        "end ended_edtf", "Ended on", "Last day that its end allows.", known_by="end_known_date"
    )
    known_date: Series[Day] = known("begin_event_id")
    end_known_date: Series[Day] = known("end_event_id", "End known since")

    class Config:
        name = "agreements"
        metadata = {"title": "Accords", "key": ["agreement_id"]}
