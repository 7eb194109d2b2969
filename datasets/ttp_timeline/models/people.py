from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, TextList, derived, edtf, key, known, refs, text


class People(Table):
    """One row per public figure who leads, negotiates, speaks, signs or was attacked as such."""

    person_id: Series[Text] = key("Person", "Name of the person's record.", example="noor-wali-mehsud")
    person_name: Series[Text] = text("Person's name", "Usual English spelling.", required=True)
    aliases: Series[TextList] = text("Other names", "Other names and spellings.")
    born_edtf: Series[Text] = edtf("Born", "When born.")
    died_edtf: Series[Text] = edtf("Died", "When died.", known_by="died_known_date")
    description: Series[Text] = text("Description", "Public role, in a sentence of our own.")
    source_ids: Series[TextList] = refs("sources.source_id", "Sources", "Pages read that support the row.")
    born_date: Series[Day] = derived("start born_edtf", "Born on", "First day that the date of birth allows.")
    died_date: Series[Day] = derived(
        "end died_edtf", "Died on", "Last day that the date of death allows.", known_by="died_known_date"
    )
    died_known_date: Series[Day] = known("after died_date source_ids", "Death known since")

    class Config:
        name = "people"
        metadata = {"title": "People", "key": ["person_id"]}
