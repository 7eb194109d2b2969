from pandera.typing import Series

from ttp_timeline.models._model import Count, Day, Table, Text, count, derived, edtf, known, ref, text


class Reports(Table):
    """One row per event, page read and speaker: what that page says, and whose figure it is."""

    event_id: Series[Text] = ref("events.event_id", "Event", "The event reported.", required=True)
    source_id: Series[Text] = ref("sources.source_id", "Source", "The page that was read.", required=True)
    speaker_id: Series[Text] = ref(
        "actors.actor_id", "Speaker", "Whose figure or account it is, as that page says.", required=True
    )
    date_edtf: Series[Text] = edtf("Date reported", "When the event happened, as that page says.")
    killed: Series[Count] = count(
        "people",
        "Killed",
        "All the dead that the speaker counts, attackers included if he counts them; least figure of a range.",
    )
    killed_max: Series[Count] = count("people", "Killed, at most", "Higher end, where the page gives a range.")
    killed_civilians: Series[Count] = count("people", "Civilians killed", "Civilians among the killed.")
    killed_security: Series[Count] = count(
        "people", "Security forces killed", "Soldiers, police and other forces of a state among the killed."
    )
    killed_militants: Series[Count] = count(
        "people", "Militants killed", "Militants among the killed, attackers included."
    )
    injured: Series[Count] = count("people", "Injured", "People injured.")
    captured: Series[Count] = count("people", "Captured", "People abducted or taken prisoner.")
    displaced: Series[Count] = count("people", "Displaced", "People displaced.")
    claimed_by_id: Series[Text] = ref("actors.actor_id", "Claimed by", "Who claims responsibility, as that page says.")
    denied_by_id: Series[Text] = ref(
        "actors.actor_id", "Denied by", "Who denies responsibility or the fact, as that page says."
    )
    blamed_id: Series[Text] = ref("actors.actor_id", "Blamed", "Whom the speaker blames, as that page says.")
    says: Series[Text] = text(
        "What the page says", "The page's account in a sentence of our own.", required=True, pattern=r"^.*[.?!]$"
    )
    start_date: Series[Day] = derived("start date_edtf", "Start reported", "First day that the reported date allows.")
    end_date: Series[Day] = derived("end date_edtf", "End reported", "Last day that the reported date allows.")
    known_date: Series[Day] = known("source_id")

    class Config:
        name = "reports"
        metadata = {"title": "Reports", "key": ["event_id", "source_id", "speaker_id"], "split_by": "event_id"}
