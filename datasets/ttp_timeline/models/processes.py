from pandera.typing import Series

from ttp_timeline.models._codes import END_STATUS
from ttp_timeline.models._model import Day, Table, Text, TextList, code, derived, edtf, key, known, ref, refs, text

OUTCOMES = {
    "agreement": "ended in an accord",
    "truce_only": "brought a truce, no accord",
    "collapsed": "broke down",
    "suspended": "suspended or faded",
    "ongoing": "going on when last read",
    "unknown": "not known",
}


class Processes(Table):
    """One row per series of talks."""

    process_id: Series[Text] = key("Process", "Name of the process.", example="talks-2014")
    process_name: Series[Text] = text("Process name", "A line that names it.", required=True)
    date_edtf: Series[Text] = edtf(
        "Dates", "From the first contact to the end.", required=True, known_by="end_known_date"
    )
    party_ids: Series[TextList] = refs("actors.actor_id", "Parties", "Who talked.", required=True)
    mediator_ids: Series[TextList] = refs("actors.actor_id", "Mediators", "Who mediated.")
    outcome: Series[Text] = code(OUTCOMES, "Outcome", "How it ended.", known_by="end_known_date")
    outcome_summary: Series[Text] = text(
        "Outcome in words", "How it ended, in our own words.", known_by="end_known_date"
    )
    end_event_id: Series[Text] = ref(
        "events.event_id", "Ended by", "The event that ended it.", known_by="end_known_date"
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
        name = "processes"
        metadata = {"title": "Processes of talks", "key": ["process_id"]}
