from pandera.typing import Series

from ttp_timeline.models._model import (
    Day,
    Number,
    Table,
    Text,
    TextList,
    code,
    derived,
    edtf,
    key,
    known,
    number,
    ref,
    refs,
    text,
)

INDICATORS = {
    "attacks": "attacks",
    "killed": "people killed",
    "injured": "people injured",
    "civilians_killed": "civilians killed",
    "security_killed": "members of security forces killed",
    "militants_killed": "militants killed",
    "suicide_attacks": "suicide attacks",
    "drone_strikes": "drone strikes",
    "combat_operations": "operations by security forces",
    "fighters": "fighters",
    "claimed_attacks": "attacks that a group claims",
    "displaced": "people displaced",
    "other": "another quantity: see the definition",
}
UNITS = {"events": "events", "people": "people", "fighters": "fighters", "percent": "percent"}


class Statistics(Table):
    """One row per published figure for a period: which institute counts what."""

    statistic_id: Series[Text] = key("Figure", "Name of the row.", example="pips-2021-attacks")
    publisher_id: Series[Text] = ref("publishers.publisher_id", "Institute", "Whose figure it is.", required=True)
    period_edtf: Series[Text] = edtf("Period", "What the figure covers.", required=True)
    indicator: Series[Text] = code(INDICATORS, "Indicator", "What is counted.", required=True)
    scope: Series[Text] = text("Scope", "Country, province or group that the figure is about.")
    actor_id: Series[Text] = ref("actors.actor_id", "Actor", "The actor it is about, if one.")
    place_id: Series[Text] = ref("places.place_id", "Place", "The place it is about, if one.")
    value: Series[Number] = number("see unit", "Value", "The figure; least figure of a range.", nullable=False)
    value_max: Series[Number] = number("see unit", "Value, at most", "Higher end of a range.")
    unit: Series[Text] = code(UNITS, "Unit", "Unit of the value.", required=True)
    definition: Series[Text] = text("Definition", "What the figure counts, in our own words.")
    source_ids: Series[TextList] = refs(
        "sources.source_id", "Sources", "Pages read that give the figure.", required=True
    )
    start_date: Series[Day] = derived("start period_edtf", "Start", "First day of the period.")
    end_date: Series[Day] = derived("end period_edtf", "End", "Last day of the period.")
    known_date: Series[Day] = known("source_ids")

    class Config:
        name = "statistics"
        metadata = {"title": "Published figures", "key": ["statistic_id"]}
