from pandera.typing import Series

from ttp_timeline.models._codes import DATE_PRECISION, EVENT_CLASSES, EVENT_TYPES, WHERE_PRECISION
from ttp_timeline.models._model import Count, Day, Degrees, Flag, Table, Text, TextList, derived
from ttp_timeline.models.events import LASTING


class Timeline(Table):
    """One row per event with its place then and now, tolls, parties, people and sources: the table to start from."""

    event_id: Series[Text] = derived("timeline", "Event", "The event.", refers_to="events.event_id", nullable=False)
    start_date: Series[Day] = derived("timeline", "Start", "First day that the date allows.")
    end_date: Series[Day] = derived("timeline", "End", "Last day that the date allows.")
    date_precision: Series[Count] = derived(
        "timeline", "Precision of the date", "UCDP GED date_prec, 1 day to 5 year.", codes=DATE_PRECISION
    )
    is_approximate: Series[Flag] = derived("timeline", "Approximate", "The date was marked with ~.")
    event_class: Series[Text] = derived("timeline", "Class", "Class of the event's type.", codes=EVENT_CLASSES)
    event_type: Series[Text] = derived("timeline", "Type", "What kind of event.", codes=EVENT_TYPES)
    title: Series[Text] = derived("timeline", "Title", "A line that names the event.")
    place_id: Series[Text] = derived("timeline", "Place", "Where it happened.", refers_to="places.place_id")
    place_name: Series[Text] = derived("timeline", "Place name", "Usual English spelling.")
    where_precision: Series[Count] = derived(
        "timeline", "Precision of the place", "UCDP GED where_prec, 1 exact to 7 unclear.", codes=WHERE_PRECISION
    )
    district_name: Series[Text] = derived("timeline", "District", "District as it is now.")
    province_code: Series[Text] = derived("timeline", "Province now", "ISO 3166-2 code of the province as it is now.")
    province_then_code: Series[Text] = derived(
        "timeline",
        "Province then",
        "ISO 3166-2 code of the province as it was on the day; PK-TA for the tribal areas until 30 May 2018.",
    )
    country_code: Series[Text] = derived("timeline", "Country", "ISO 3166-1 code.")
    latitude: Series[Degrees] = derived("timeline", "Latitude", "Latitude of the place.", unit="degrees north, WGS 84")
    longitude: Series[Degrees] = derived(
        "timeline", "Longitude", "Longitude of the place.", unit="degrees east, WGS 84"
    )
    killed_low: Series[Count] = derived("timeline", "Killed, low", "Least figure that a report gives.", unit="people")
    killed_best: Series[Count] = derived(
        "timeline", "Killed, best", "Figure chosen by the toll rule or by a decision.", unit="people"
    )
    killed_high: Series[Count] = derived(
        "timeline", "Killed, high", "Highest figure that a report gives.", unit="people"
    )
    killed_civilians_best: Series[Count] = derived(
        "timeline", "Civilians killed, best", "Figure chosen by the toll rule or by a decision.", unit="people"
    )
    killed_security_best: Series[Count] = derived(
        "timeline", "Security forces killed, best", "Figure chosen by the toll rule or by a decision.", unit="people"
    )
    killed_militants_best: Series[Count] = derived(
        "timeline", "Militants killed, best", "Figure chosen by the toll rule or by a decision.", unit="people"
    )
    injured_best: Series[Count] = derived(
        "timeline", "Injured, best", "Figure chosen by the toll rule or by a decision.", unit="people"
    )
    perpetrator_ids: Series[TextList] = derived(
        "timeline",
        "Perpetrators",
        "Actors that used the force, claimed, acknowledged or alleged.",
        refers_to="actors.actor_id",
    )
    target_ids: Series[TextList] = derived(
        "timeline", "Targets", "Actors that were the target.", refers_to="actors.actor_id"
    )
    party_ids: Series[TextList] = derived(
        "timeline", "Parties", "Parties to talks, a truce or an accord.", refers_to="actors.actor_id"
    )
    mediator_ids: Series[TextList] = derived("timeline", "Mediators", "Who mediated.", refers_to="actors.actor_id")
    claimed_by_ids: Series[TextList] = derived(
        "timeline", "Claimed by", "Who claimed responsibility, by any report.", refers_to="actors.actor_id"
    )
    person_ids: Series[TextList] = derived(
        "timeline", "People", "Public figures who appear in it.", refers_to="people.person_id"
    )
    truce_ids: Series[TextList] = derived(
        "timeline", "Truces in force", "National truces in force on its first day.", refers_to="truces.truce_id"
    )
    report_count: Series[Count] = derived("timeline", "Reports", "Reports of this event.", unit="reports")
    origin_count: Series[Count] = derived(
        "timeline", "Origins", "Agencies or institutions whose texts these reports are.", unit="origins"
    )
    source_ids: Series[TextList] = derived(
        "timeline", "Sources", "Pages that report it.", refers_to="sources.source_id"
    )
    known_date: Series[Day] = derived(
        "timeline", "Known since", "First day on which a page that reports it had been published."
    )
    is_lasting: Series[Flag] = derived("timeline", "Lasting", LASTING)

    class Config:
        name = "timeline"
        metadata = {"title": "Timeline, wide", "key": ["event_id"]}
