"""From curated files to the store: read, cast, complete; some files of a table at a time, so that any number fits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from casting import cast
from curated import is_curated, read_files, shown, stray_files, table_files
from derive import complete, dated, publish_keys
from formatting import unlaid_files
from problems import Problem
from store import Store
from ttp_timeline.models import MODELS

#: tables that others follow from, in the order in which they do
FIRST = ("sources", "actors", "decisions", "reports", "events")
#: files of a table are read together until they come to so many bytes
PART = 16 << 20
#: parts that are read while one is laid in
AHEAD = 1

#: a character that is not printable ASCII, a blank at an end or two in a row, a sign at the beginning
_NOT_PLAIN = r"[^ -~]|^[ =+\-@]| $|  "


@dataclass
class Part:
    """Some files of a table as they were read: typed rows, and what is to be said of them."""

    rows: pa.Table
    doubtful: list[tuple[str, pa.Array, pa.Array]]
    problems: list[Problem]
    unlaid: list[str]


def take_in(root: Path, store: Store) -> tuple[list[Problem], list[str]]:
    """Fill the store from ``root``; the problems found on the way, and the files that are not in the one layout."""
    problems, unlaid = stray_files(root), []
    names = [*FIRST, *(name for name in MODELS if is_curated(name) and name not in FIRST)]
    for name in names:
        store.create(name)
        for part in _ahead(partial(_read, root, name), _parts(table_files(root, name))):
            problems += part.problems
            unlaid += part.unlaid
            first = store.count(name)
            store.doubtful += [(name, column, pc.add(rows, first), texts) for column, rows, texts in part.doubtful]
            if part.rows.num_rows:
                store.add(name, complete(name, part.rows, store))
        publish_keys(name, store)
    return problems, unlaid


def _parts(files: list[Path]) -> Iterator[list[Path]]:
    """The files in groups of some size; one empty group if there are none."""
    group: list[Path] = []
    for file in files:
        group.append(file)
        if sum(f.stat().st_size for f in group) >= PART:
            yield group
            group = []
    if group or not files:
        yield group


def _ahead(read: Callable[[list[Path]], Part], groups: Iterable[list[Path]]) -> Iterator[Part]:
    """What is read of each group, in order, while the next ones are being read."""
    with ThreadPoolExecutor(AHEAD) as pool:
        waiting = deque()  # type: ignore[var-annotated]
        for group in groups:
            waiting.append(pool.submit(read, group))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _read(root: Path, name: str, files: list[Path]) -> Part:
    raw, problems = read_files(root, name, files)
    typed, misfits = cast(raw)
    doubtful = list(_doubtful(typed))
    return Part(
        dated(name, typed), doubtful, [*problems, *misfits], unlaid_files(raw, [shown(root, file) for file in files])
    )


def _doubtful(rows: pa.Table) -> Iterator[tuple[str, pa.Array, pa.Array]]:
    """Column, rows and texts of all texts, but for those of plain ASCII that the rules on text have nothing to say of."""
    for column in rows.column_names:
        values, numbers = rows[column].combine_chunks(), None
        if pa.types.is_list(values.type):
            numbers, values = pc.list_parent_indices(values), pc.list_flatten(values)
        if not column.startswith("_") and pa.types.is_string(values.type):
            at = pc.indices_nonzero(pc.match_substring_regex(values, _NOT_PLAIN))
            if len(at):
                yield column, at if numbers is None else numbers.take(at), values.take(at)
