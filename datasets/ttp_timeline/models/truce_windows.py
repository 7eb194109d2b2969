from pandera.typing import Series

from ttp_timeline.models._model import Count, Day, Table, Text, derived

WINDOWS = {
    "before": "the 30 days before the truce came into force",
    "during": "from its first day in force to its end, real or else announced",
    "after": "the 30 days after its end, or as many as the timeline covers",
}


class TruceWindows(Table):
    """One row per national truce and window: violence in the 30 days before it, during it and in the 30 days after."""

    truce_id: Series[Text] = derived(
        "truce_windows", "Truce", "The truce.", refers_to="truces.truce_id", nullable=False
    )
    window: Series[Text] = derived(
        "truce_windows", "Window", "Which days of the truce are counted.", codes=WINDOWS, nullable=False
    )
    start_date: Series[Day] = derived("truce_windows", "Start", "First day of the window.", nullable=False)
    end_date: Series[Day] = derived("truce_windows", "End", "Last day of the window.", nullable=False)
    day_count: Series[Count] = derived("truce_windows", "Days", "Days in the window.", unit="days")
    attack_count: Series[Count] = derived(
        "truce_windows", "Attacks", "Sum of `attack_count` in the table days, whoever attacked.", unit="events"
    )
    violent_event_count: Series[Count] = derived(
        "truce_windows",
        "Violent events",
        "Sum of `violent_event_count` in the table days: attacks, clashes and operations of all sides.",
        unit="events",
    )
    killed_best: Series[Count] = derived("truce_windows", "Killed", "Sum of `killed_best` in days.", unit="people")
    other_truce_day_count: Series[Count] = derived(
        "truce_windows",
        "Days of other truces",
        "Days of the window on which another national truce was in force, such as the one that it extends.",
        unit="days",
    )

    class Config:
        name = "truce_windows"
        metadata = {"title": "Violence around truces", "key": ["truce_id", "window"]}
