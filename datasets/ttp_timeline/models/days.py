from pandera.typing import Series

from ttp_timeline.models._model import Count, Day, Flag, Table, TextList, derived


class Days(Table):
    """One row per day from 2001-01-01 to the last event: violence, truces in force nationwide, talks under way."""

    date: Series[Day] = derived("days", "Date", "The day.", nullable=False)
    attack_count: Series[Count] = derived(
        "days",
        "Attacks",
        "Bombings, armed attacks, assassinations, kidnappings, executions and jailbreaks that began on the day.",
        unit="events",
    )
    violent_event_count: Series[Count] = derived(
        "days",
        "Violent events",
        "All events of class violence that began on the day; those with a date no better than a week are left out.",
        unit="events",
    )
    killed_best: Series[Count] = derived("days", "Killed", "Sum of the best figures of these events.", unit="people")
    killed_civilians_best: Series[Count] = derived(
        "days", "Civilians killed", "Sum of the best figures; a side no report counts adds nothing.", unit="people"
    )
    killed_security_best: Series[Count] = derived(
        "days",
        "Security forces killed",
        "Sum of the best figures; a side no report counts adds nothing.",
        unit="people",
    )
    killed_militants_best: Series[Count] = derived(
        "days", "Militants killed", "Sum of the best figures; a side no report counts adds nothing.", unit="people"
    )
    injured_best: Series[Count] = derived("days", "Injured", "Sum of the best figures.", unit="people")
    truce_ids: Series[TextList] = derived(
        "days", "Truces in force", "National truces in force on the day.", refers_to="truces.truce_id"
    )
    is_truce_in_force: Series[Flag] = derived("days", "Truce in force", "A national truce was in force.")
    process_ids: Series[TextList] = derived(
        "days", "Talks under way", "Processes of talks going on.", refers_to="processes.process_id"
    )
    is_talks_under_way: Series[Flag] = derived("days", "Talks", "A process of talks was going on.")
    days_since_round: Series[Count] = derived(
        "days", "Days since a round", "Days since the last round of talks whose day is known.", unit="days"
    )
    days_since_truce_end: Series[Count] = derived(
        "days", "Days since a truce ended", "Days since the last national truce ended.", unit="days"
    )

    class Config:
        name = "days"
        metadata = {"title": "Day-by-day panel", "key": ["date"]}
