from pandera.typing import Series

from ttp_timeline.models._model import Count, Day, Table, Text, code, count, derived, known, ref, text

OUTCOMES = {
    "agreement": "agreed on an accord",
    "truce": "agreed on a truce or its extension",
    "continued": "agreed to go on",
    "adjourned": "adjourned without a result",
    "deadlock": "deadlock",
    "collapsed": "broke down",
    "unknown": "not known",
}


class Talks(Table):
    """One row per round of talks: who sat at the table, what was asked, how it ended. When and where: the event."""

    event_id: Series[Text] = ref("events.event_id", "Round", "The round's event.", required=True)
    process_id: Series[Text] = ref("processes.process_id", "Process", "The process it belongs to.")
    round_number: Series[Count] = count("rounds", "Number", "Number of the round in its process, where sources count.")
    delegation_state: Series[Text] = text("State's delegation", "Who sat for the state.")
    delegation_group: Series[Text] = text("Group's delegation", "Who sat for the other side.")
    demands_state: Series[Text] = text("State's demands", "What the state asked.")
    demands_group: Series[Text] = text("Group's demands", "What the other side asked.")
    outcome: Series[Text] = code(OUTCOMES, "Outcome", "How the round ended.", known_by="outcome_known_date")
    outcome_summary: Series[Text] = text(
        "Outcome in words", "How it ended, in our own words.", known_by="outcome_known_date"
    )
    outcome_event_id: Series[Text] = ref(
        "events.event_id", "Outcome event", "The event in which the outcome showed.", known_by="outcome_known_date"
    )
    denied_by_id: Series[Text] = ref("actors.actor_id", "Denied by", "Who denied that the round took place.")
    days_to_outcome: Series[Count] = derived(
        "days_to outcome_event_id",
        "Days to the outcome",
        "Days from the round's start to the outcome event.",
        unit="days",
        known_by="outcome_known_date",
    )
    known_date: Series[Day] = known("event_id")
    outcome_known_date: Series[Day] = known("outcome_event_id or event_id", "Outcome known since")

    class Config:
        name = "talks"
        metadata = {"title": "Rounds of talks", "key": ["event_id"]}
