from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, TextList, code, derived, edtf, key, known, refs, text

ACTOR_TYPES = {
    "armed_group": "non-state armed group",
    "faction": "part of an armed group that acts under a name of its own",
    "armed_force": "armed force of a state",
    "intelligence_service": "intelligence service of a state",
    "police_force": "police, levies and the like",
    "government": "government of Pakistan or of a province",
    "government_body": "office, ministry or committee of a state",
    "foreign_government": "government of another state",
    "intergovernmental": "United Nations and the like",
    "tribal_body": "tribe, jirga or council of elders",
    "religious_body": "scholars, madrassas and the like",
    "negotiating_body": "committee made for talks",
    "political_party": "political party",
    "research_institute": "institute that counts or studies the conflict",
    "media": "press and broadcasters",
    "medical": "hospitals and rescue services",
    "unnamed_official": "unnamed officials of one kind",
    "unnamed_witness": "residents, elders, analysts and other unnamed speakers",
}


class Actors(Table):
    """One row per group, force, government, body or kind of unnamed speaker."""

    actor_id: Series[Text] = key("Actor", "Name of the actor.", example="ttp")
    actor_name: Series[Text] = text("Actor's name", "Usual English name.", required=True)
    aliases: Series[TextList] = text("Other names", "Other names and spellings.")
    actor_type: Series[Text] = code(
        ACTOR_TYPES, "Type", "What kind of actor; ranks its figures in the toll rule.", required=True
    )
    founded_edtf: Series[Text] = edtf("Founded", "When it was founded.")
    dissolved_edtf: Series[Text] = edtf("Dissolved", "When it ceased to exist under this name.")
    description: Series[Text] = text("Description", "A sentence in our own words.")
    source_ids: Series[TextList] = refs("sources.source_id", "Sources", "Pages read that support the row.")
    founded_date: Series[Day] = derived(
        "start founded_edtf", "Founded on", "First day that the date of founding allows."
    )
    dissolved_date: Series[Day] = derived(
        "end dissolved_edtf",
        "Dissolved on",
        "Last day that the date of dissolution allows.",
        known_by="dissolved_known_date",
    )
    dissolved_known_date: Series[Day] = known("after dissolved_date source_ids", "Dissolution known since")

    class Config:
        name = "actors"
        metadata = {"title": "Actors", "key": ["actor_id"]}
