from pandera.typing import Series

from ttp_timeline.models._model import Count, Day, Table, Text, code, count, derived, edtf, key, text
from ttp_timeline.toll_bands import TOLL_BANDS


class Coverage(Table):
    """One row per year and toll band of an event corpus: how many events it has, and how many of them the timeline holds."""

    coverage_id: Series[Text] = key("Coverage", "Name of the row.", example="ucdp-22-1-2014-20-49")
    corpus: Series[Text] = text("Corpus", "The corpus and its version.", required=True)
    scope: Series[Text] = text("Scope", "Which part of the corpus was compared.", required=True)
    compared_edtf: Series[Text] = edtf("Compared", "When it was compared.", required=True)
    year: Series[Count] = count("year", "Year", "Year of the corpus's events.", nullable=False)
    toll_band: Series[Text] = code(
        {band: f"{band} people killed" for band in TOLL_BANDS},
        "Toll",
        "People killed, by the corpus's best figure.",
        required=True,
    )
    corpus_event_count: Series[Count] = count("events", "Events there", "Events of the corpus.", nullable=False)
    matched_count: Series[Count] = count(
        "events", "Held here", "Those of them that `ttp_timeline.corpus.match` finds in the timeline.", nullable=False
    )
    compared_date: Series[Day] = derived("end compared_edtf", "Compared by", "Last day that the date allows.")

    class Config:
        name = "coverage"
        metadata = {"title": "Coverage", "key": ["coverage_id"]}
