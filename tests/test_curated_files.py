"""Curated files: the fast reader and the patient one agree, and what is written is what the csv library would write."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from curated import _irregular, _regular
from formatting import to_csv

COLUMNS = ["link_type", "note", "other"]
HEADER = ",".join(COLUMNS) + "\n"
CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8)
PIECES = st.lists(
    st.sampled_from(["a", "é", " ", ";", ",", '"', '""', '","', "\n", "\r", "\r\n", '"a,b"']), max_size=24
)


def table(rows: list[tuple[str, ...]]) -> pa.Table:
    cells = {c: pa.array([row[n] or None for row in rows], pa.string()) for n, c in enumerate(COLUMNS)}
    return pa.table(cells)


@given(ROWS)
def test_written_as_the_csv_library_would_and_read_at_once(rows: list[tuple[str, ...]]) -> None:
    text = to_csv(table(rows))
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([COLUMNS, *rows])
    assert text == buffer.getvalue()
    read = _regular(text.encode(), "x.csv", COLUMNS)
    assert read is not None
    assert read.select(COLUMNS).equals(table(rows))


@given(PIECES)
@example(["\n"])
@example(["a,b,c\n", "\n"])
def test_what_is_read_at_once_is_read_the_same_with_patience(pieces: list[str]) -> None:
    text = HEADER + "".join(pieces)
    at_once = _regular(text.encode(), "x.csv", COLUMNS)
    patiently, problems = _irregular(text, "x.csv", COLUMNS)
    if at_once is not None:
        assert problems == []
        assert at_once.equals(patiently)
