from pandera.typing import Series

from ttp_timeline.models._model import Count, Day, Table, Text, count, known, ref, text


class Releases(Table):
    """One row per release or hand-over of prisoners: on whose demand, in which round, claimed and confirmed."""

    event_id: Series[Text] = ref("events.event_id", "Release", "The event.", required=True)
    released_by_id: Series[Text] = ref("actors.actor_id", "Released by", "Who let them go.", required=True)
    released_to_id: Series[Text] = ref(
        "actors.actor_id", "Handed to", "To whom they were handed or whose men they were."
    )
    demanded_by_id: Series[Text] = ref("actors.actor_id", "Demanded by", "On whose demand.")
    round_event_id: Series[Text] = ref("events.event_id", "Round", "The round of talks it belongs to.")
    claimed_count: Series[Count] = count("people", "Claimed", "Number claimed or reported.")
    claimed_by_id: Series[Text] = ref("actors.actor_id", "Claimed by", "Who gives that number.")
    confirmed_count: Series[Count] = count(
        "people", "Confirmed", "Number confirmed by the side that released or received them."
    )
    confirmed_by_id: Series[Text] = ref("actors.actor_id", "Confirmed by", "Who confirmed it.")
    description: Series[Text] = text("Description", "What is known, in our own words.")
    known_date: Series[Day] = known("event_id")

    class Config:
        name = "releases"
        metadata = {"title": "Releases and hand-overs", "key": ["event_id"]}
