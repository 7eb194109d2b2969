from pandera.typing import Series

from ttp_timeline.models._codes import DATE_PRECISION, END_STATUS, EVENT_CLASSES, EVENT_TYPES, WHERE_PRECISION
from ttp_timeline.models._model import Count, Day, Flag, Table, Text, code, count, derived, edtf, key, ref, text
from ttp_timeline.models._tolls import toll

LASTING = (
    "Lasts longer than ten days, or its end is not known: its toll is that of a whole operation, whose fights may be "
    "events of their own. Leave it out of sums."
)


class Events(Table):
    """One row per thing that happened: violence, talks, truces, accords, releases, changes in groups, law."""

    event_id: Series[Text] = key("Event", "Name of the event.", example="2014-12-16-army-public-school")
    date_edtf: Series[Text] = edtf("Date", "When it happened, as typed by the curator.", required=True)
    event_type: Series[Text] = code(EVENT_TYPES, "Type", "What kind of event.", required=True)
    title: Series[Text] = text("Title", "A line that names the event, in neutral words.", required=True)
    summary: Series[Text] = text("Summary", "One or two sentences, in our own words.")
    place_id: Series[Text] = ref("places.place_id", "Place", "Where it happened.")
    where_precision: Series[Count] = count(
        "UCDP where_prec", "Precision of the place", "UCDP GED where_prec, 1 exact to 7 unclear.", codes=WHERE_PRECISION
    )
    event_class: Series[Text] = derived("event_class", "Class", "Class of the event's type.", codes=EVENT_CLASSES)
    start_date: Series[Day] = derived("start date_edtf", "Start", "First day that the date allows.")
    end_date: Series[Day] = derived("end date_edtf", "End", "Last day that the date allows; empty: open or not known.")
    end_status: Series[Text] = derived(
        "end_status date_edtf", "End status", "Whether the end is known.", codes=END_STATUS
    )
    date_precision: Series[Count] = derived(
        "precision date_edtf", "Precision of the date", "UCDP GED date_prec, 1 day to 5 year.", codes=DATE_PRECISION
    )
    is_approximate: Series[Flag] = derived("approximate date_edtf", "Approximate", "The date was marked with ~.")
    killed_low: Series[Count] = toll("killed", "low")
    killed_best: Series[Count] = toll("killed", "best")
    killed_high: Series[Count] = toll("killed", "high")
    killed_civilians_low: Series[Count] = toll("killed_civilians", "low")
    killed_civilians_best: Series[Count] = toll("killed_civilians", "best")
    killed_civilians_high: Series[Count] = toll("killed_civilians", "high")
    killed_security_low: Series[Count] = toll("killed_security", "low")
    killed_security_best: Series[Count] = toll("killed_security", "best")
    killed_security_high: Series[Count] = toll("killed_security", "high")
    killed_militants_low: Series[Count] = toll("killed_militants", "low")
    killed_militants_best: Series[Count] = toll("killed_militants", "best")
    killed_militants_high: Series[Count] = toll("killed_militants", "high")
    injured_low: Series[Count] = toll("injured", "low")
    injured_best: Series[Count] = toll("injured", "best")
    injured_high: Series[Count] = toll("injured", "high")
    report_count: Series[Count] = derived("report_count", "Reports", "Reports of this event.", unit="reports")
    origin_count: Series[Count] = derived(
        "origin_count", "Origins", "Agencies or institutions whose texts these reports are.", unit="origins"
    )
    known_date: Series[Day] = derived(
        "fact", "Known since", "First day on which a page that reports it had been published; empty: not dated."
    )
    is_lasting: Series[Flag] = derived("lasting date_edtf", "Lasting", LASTING)

    class Config:
        name = "events"
        metadata = {"title": "Events", "key": ["event_id"], "split_by": "date_edtf"}
