from pandera.typing import Series

from ttp_timeline.models._model import Table, Text, TextList, code, refs, text

SCHEMES = {
    "ucdp_event": "UCDP Georeferenced Event Dataset, id (version 22.1)",
    "ucdp_actor": "UCDP actor id",
    "ucdp_dyad": "UCDP dyad id",
    "wikidata": "Wikidata item",
}
MATCH_TYPES = {
    "exact": "the same thing",
    "part": "the other record is a part of this one",
    "whole": "this record is a part of the other one",
}


class Crosswalk(Table):
    """One row per id that another dataset gives to one of our records."""

    table_name: Series[Text] = text("Table", "The table of our record.", required=True)
    record_id: Series[Text] = text("Record", "Our record's key.", required=True)
    scheme: Series[Text] = code(SCHEMES, "Scheme", "Whose id it is.", required=True)
    external_id: Series[Text] = text("Other id", "The id there.", required=True)
    match_type: Series[Text] = code(MATCH_TYPES, "Match", "How the two records stand to each other.", required=True)
    source_ids: Series[TextList] = refs(
        "sources.source_id", "Sources", "Pages read that give the id; empty for UCDP, whose release 22.1 was read."
    )

    class Config:
        name = "crosswalk"
        metadata = {"title": "Ids elsewhere", "key": ["table_name", "record_id", "scheme", "external_id"]}
