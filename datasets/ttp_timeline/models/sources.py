from pandera.typing import Series

from ttp_timeline.models._model import Day, Table, Text, code, derived, edtf, key, known, ref, text

PUBLISHED_BASIS = {
    "printed": "printed on the page or in its byline or dateline",
    "address": "in the page's address",
    "leading_date": "date at the head of the stored page: fair only",
    "inferred": "inferred from the content",
    "unknown": "not known",
}
READ_EXTENT = {"opening": "the opening was read, about 2,000 characters", "whole": "the whole page was read"}


class Sources(Table):
    """One row per page that was read, with the agency or institution whose text it is."""

    source_id: Series[Text] = key("Source", "Name of the page.", example="dawn-20220603-indefinite-ceasefire")
    url: Series[Text] = text(
        "Address", "Where the page was found; empty only where the note says why.", pattern=r"^https?://\S+$"
    )
    title: Series[Text] = text("Title", "What the page is, in our own words.", required=True)
    publisher_id: Series[Text] = ref("publishers.publisher_id", "Publisher", "Who published the page.", required=True)
    origin_id: Series[Text] = ref(
        "publishers.publisher_id", "Origin", "Whose text it is; independence is counted in origins.", required=True
    )
    published_edtf: Series[Text] = edtf("Published", "Day of publication, as far as it is known.")
    published_basis: Series[Text] = code(
        PUBLISHED_BASIS, "Basis of the day", "What the day of publication rests on.", required=True
    )
    read_extent: Series[Text] = code(READ_EXTENT, "Read", "How much of the page was read.", required=True)
    note: Series[Text] = text("Note", "What a reader of the page should know.")
    published_date: Series[Day] = derived(
        "end published_edtf", "Published by", "Last day that the day of publication allows."
    )
    known_date: Series[Day] = known("published_date")

    class Config:
        name = "sources"
        metadata = {"title": "Sources", "key": ["source_id"], "split_by": "published_edtf"}
