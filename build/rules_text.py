"""Rules about text: one spelling of each character, nothing hidden, nothing that a spreadsheet would run."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from checked_data import CheckedData
from problems import Problem
from rulebook import rule

#: C0 and C1 controls, zero-width and bidirectional marks, overrides and isolates, line and paragraph separators, BOM
_HIDDEN = (
    r"[\x{0000}-\x{001F}\x{007F}-\x{009F}\x{061C}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}\x{FFFD}]"
)
_FORMULA = r"^[=+\-@]"
_BLANKS = r"^\s|\s$|\s\s"


def _texts(data: CheckedData, wrong: Callable[[pa.Array], pa.Array]) -> Iterator[tuple[str, str, int, str]]:
    """Table, column, row and text of every cell for which ``wrong`` holds."""
    for name, column, rows, texts in data.texts:
        hits = wrong(texts)
        yield from (
            (name, column, row, text)
            for row, text in zip(rows.filter(hits).to_pylist(), texts.filter(hits).to_pylist(), strict=True)
        )


def _not_composed(values: pa.Array) -> pa.Array:
    """Whether each text is not in form NFC; older pyarrow normalises wrongly, so Python decides what is not ASCII."""
    return pa.array([not unicodedata.is_normalized("NFC", text) for text in values.to_pylist()], pa.bool_())


@rule
def check_text_nfc(data: CheckedData) -> Iterable[Problem]:
    """Text is in Unicode normalisation form C."""
    for name, column, row, text in _texts(data, _not_composed):
        yield data.problem(
            name, row, column, f"{text[:40]!r} is not in form NFC", "composed characters: run `python build format`"
        )


@rule
def check_text_hidden(data: CheckedData) -> Iterable[Problem]:
    """Text has no control characters, line breaks, zero-width characters or bidirectional overrides."""
    for name, column, row, text in _texts(data, lambda v: pc.match_substring_regex(v, _HIDDEN)):
        yield data.problem(
            name,
            row,
            column,
            f"{text[:40]!r} holds a character that cannot be seen",
            "visible characters and single blanks",
        )


@rule
def check_text_formula(data: CheckedData) -> Iterable[Problem]:
    """No text begins so that a spreadsheet would run it as a formula."""
    for name, column, row, text in _texts(data, lambda v: pc.match_substring_regex(v, _FORMULA)):
        yield data.problem(
            name,
            row,
            column,
            f"{text[:40]!r} begins like a formula",
            "a text that begins with a letter, a digit or a quote",
        )


@rule
def check_text_blanks(data: CheckedData) -> Iterable[Problem]:
    """Text neither begins nor ends with a blank, and has no two in a row."""
    for name, column, row, text in _texts(data, lambda v: pc.match_substring_regex(v, _BLANKS)):
        yield data.problem(
            name,
            row,
            column,
            f"{text[:40]!r} has blanks at an end or two in a row",
            "single blanks between words: run `python build format`",
        )
