"""Rules about text: one spelling of each character, nothing hidden, nothing that a spreadsheet would run."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from problems import Problem
from rulebook import rule
from store import Finding, Store

#: C0 and C1 controls, zero-width and bidirectional marks, overrides and isolates, line and paragraph separators, BOM
_HIDDEN = (
    r"[\x{0000}-\x{001F}\x{007F}-\x{009F}\x{061C}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}\x{FFFD}]"
)
_FORMULA = r"^[=+\-@]"
_BLANKS = r"^\s|\s$|\s\s"


def _problems(data: Store, wrong: Callable[[pa.Array], pa.Array], what: str, expected: str) -> Iterator[Problem]:
    """A problem for every text for which ``wrong`` holds."""
    for name, column, rows, texts in data.doubtful:
        hits = wrong(texts)
        found = zip(rows.filter(hits).to_pylist(), texts.filter(hits).to_pylist(), strict=True)
        yield from data.problems(name, (Finding(row, column, f"{text[:40]!r} {what}", expected) for row, text in found))


def _matches(pattern: str, values: pa.Array) -> pa.Array:
    return pc.match_substring_regex(values, pattern)


def _not_composed(values: pa.Array) -> pa.Array:
    """Whether each text is not in form NFC; older pyarrow normalises wrongly, so Python decides what is not ASCII."""
    return pa.array([not unicodedata.is_normalized("NFC", text) for text in values.to_pylist()], pa.bool_())


@rule
def check_text_nfc(data: Store) -> Iterable[Problem]:
    """Text is in Unicode normalisation form C."""
    yield from _problems(data, _not_composed, "is not in form NFC", "composed characters: run `python build format`")


@rule
def check_text_hidden(data: Store) -> Iterable[Problem]:
    """Text has no control characters, line breaks, zero-width characters or bidirectional overrides."""
    what = "holds a character that cannot be seen"
    yield from _problems(data, partial(_matches, _HIDDEN), what, "visible characters and single blanks")


@rule
def check_text_formula(data: Store) -> Iterable[Problem]:
    """No text begins so that a spreadsheet would run it as a formula."""
    expected = "a text that begins with a letter, a digit or a quote"
    yield from _problems(data, partial(_matches, _FORMULA), "begins like a formula", expected)


@rule
def check_text_blanks(data: Store) -> Iterable[Problem]:
    """Text neither begins nor ends with a blank, and has no two in a row."""
    expected = "single blanks between words: run `python build format`"
    yield from _problems(data, partial(_matches, _BLANKS), "has blanks at an end or two in a row", expected)
