"""Seeded damage to curated data, as curators and their programs do it, one kind at a time."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from casting import arrow_type
from curated import curated_columns, table_files
from ttp_timeline.models import MODELS

Row = list[str]


@dataclass(frozen=True)
class Damage:
    """One corruption: its kind, the rows at one of which it must be reported, and a word for the reader."""

    kind: str
    places: frozenset[tuple[str, int]]
    what: str


@dataclass
class Sheet:
    """A curated file in memory: rows with their physical lines as they will be written."""

    table: str
    name: str
    columns: list[str]
    rows: list[Row]

    def text(self) -> bytes:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows([self.columns, *self.rows])
        return buffer.getvalue().encode()


class Sheets:
    """All curated files; damages are applied to a copy and written out together."""

    def __init__(self, root: Path) -> None:
        self.sheets: list[Sheet] = []
        for table in MODELS:
            for path in table_files(root, table) if curated_columns(table) else ():
                with path.open(encoding="utf-8", newline="") as stream:
                    header, *rows = list(csv.reader(stream))
                self.sheets.append(Sheet(table, path.relative_to(root).as_posix(), header, rows))

    def cells(self, wanted: Callable[[str, str, str], bool]) -> Iterator[tuple[Sheet, int, int]]:
        """Every (sheet, row, column) whose table, column name and text are wanted."""
        for sheet in self.sheets:
            for r, row in enumerate(sheet.rows):
                for c, column in enumerate(sheet.columns):
                    if wanted(sheet.table, column, row[c]):
                        yield sheet, r, c


def _meta(table: str, column: str) -> dict[str, object]:
    return dict(MODELS[table].to_schema().columns[column].metadata or {})


def _is(table: str, column: str, kind: str) -> bool:
    return str(arrow_type(MODELS[table].to_schema().columns[column])) == kind


def _swap_ends(value: str) -> str:
    first, last = value.split("/")
    return f"{last}/{first}"


def _misspell(value: str, chance: random.Random) -> str:
    at = chance.randrange(len(value))
    return value[:at] + ("q" if value[at] != "q" else "z") + value[at + 1 :]


#: kind -> (which cells it may hit, what it makes of one)
CELL_DAMAGE: dict[str, tuple[Callable[[str, str, str], bool], Callable[[str, random.Random], str]]] = {
    "reversed interval": (
        lambda t, c, v: (
            c.endswith("_edtf")
            and "/" in v
            and not v.endswith(("/", ".."))
            and len(set(v.split("/"))) > 1
            and len(v) == 21
        ),
        lambda v, _: _swap_ends(v),
    ),
    "impossible day": (lambda t, c, v: c.endswith("_edtf") and len(v) == 10, lambda v, _: v[:8] + "32"),
    "local date form": (lambda t, c, v: c.endswith("_edtf") and len(v) == 10, lambda v, _: f"{v[8:]}/{v[5:7]}/{v[:4]}"),
    "dangling id": (lambda t, c, v: bool(v) and "refers_to" in _meta(t, c), _misspell),
    "unknown code": (lambda t, c, v: bool(v) and "codes" in _meta(t, c) and _is(t, c, "string"), _misspell),
    "negative count": (
        lambda t, c, v: v not in ("", "0") and _meta(t, c).get("unit") == "people",
        lambda v, _: f"-{v}",
    ),
    "word for number": (lambda t, c, v: bool(v) and _is(t, c, "int32"), lambda v, _: f"about {v}"),
    "decimal comma": (lambda t, c, v: "." in v and _is(t, c, "double"), lambda v, _: v.replace(".", ",")),
    "emptied required cell": (
        lambda t, c, v: bool(v) and not MODELS[t].to_schema().columns[c].nullable,
        lambda v, _: "",
    ),
    "formula": (
        lambda t, c, v: bool(v) and c in ("title", "says", "summary", "description", "terms", "note"),
        lambda v, _: f"={v}",
    ),
    "hidden character": (
        lambda t, c, v: len(v) > 3 and _is(t, c, "string"),
        lambda v, r: v[:2] + r.choice("\u202e\u200b\u2066\x07") + v[2:],
    ),
    "stray blank": (
        lambda t, c, v: bool(v) and _is(t, c, "string"),
        lambda v, r: v + " " if r.random() < 0.5 else " " + v,
    ),
    "event on another day": (
        lambda t, c, v: t == "events" and c == "date_edtf" and len(v) == 10,
        lambda v, r: v[:5] + f"{(int(v[5:7]) + r.randrange(4, 8)) % 12 + 1:02d}" + v[7:8] + f"{r.randrange(1, 28):02d}",
    ),
    "page before its event": (
        lambda t, c, v: t == "sources" and c == "published_edtf" and len(v) == 10,
        lambda v, _: "1999" + v[4:],
    ),
}


class Corrupter:
    """Makes ``n`` damages of a kind, spread over files so that each can be seen by itself."""

    KINDS = (
        *CELL_DAMAGE,
        "shifted column",
        "missing comma",
        "duplicated row",
        "deleted row",
        "wrong encoding",
        "open quote",
        "point in the sea",
        "swapped coordinates",
        "truce ends before it begins",
        "acts after death",
        "event entered twice",
        "toll of a longer time",
    )

    def __init__(self, root: Path, seed: int) -> None:
        self._root = root
        self._chance = random.Random(seed)

    def batch(self, kind: str, most: int, target: Path) -> list[Damage]:
        """Write a damaged copy of the data to ``target``; returns the damages in it, at most ``most``."""
        sheets = Sheets(self._root)
        damages = self._apply(kind, sheets, most)
        for sheet in sheets.sheets:
            path = target / sheet.name
            path.parent.mkdir(parents=True, exist_ok=True)
            content = sheet.text()
            if kind == "wrong encoding":
                content = content.replace("\ue000".encode(), b"\xe9")
            if kind == "open quote":
                content = content.replace("\ue000".encode(), b'"')
            path.write_bytes(content)
        return damages

    def _apply(self, kind: str, sheets: Sheets, most: int) -> list[Damage]:
        if kind in CELL_DAMAGE:
            return self._cells(kind, sheets, most)
        method = getattr(self, "_" + kind.replace(" ", "_"))
        found: list[Damage] = method(sheets, most)
        return found

    def _pick(self, candidates: list[tuple[Sheet, int, int]], most: int) -> list[tuple[Sheet, int, int]]:
        self._chance.shuffle(candidates)
        chosen: dict[tuple[str, int], tuple[Sheet, int, int]] = {}
        for sheet, r, c in candidates:
            if len(chosen) < most:
                chosen.setdefault((sheet.name, r), (sheet, r, c))
        return list(chosen.values())

    def _cells(self, kind: str, sheets: Sheets, most: int) -> list[Damage]:
        wanted, change = CELL_DAMAGE[kind]
        damages = []
        for sheet, r, c in self._pick(list(sheets.cells(wanted)), most):
            before = sheet.rows[r][c]
            if kind == "unknown code" and sheet.table in ("waivers",):
                continue
            sheet.rows[r][c] = change(before, self._chance)
            damages.append(_at(kind, sheet, [r], f"{sheet.columns[c]}: {before!r} -> {sheet.rows[r][c]!r}", sheets))
        return damages

    def _rows(self, sheets: Sheets, most: int, tables: tuple[str, ...]) -> list[tuple[Sheet, int, int]]:
        return self._pick([(s, r, 0) for s in sheets.sheets if s.table in tables for r in range(len(s.rows))], most)

    def _shifted_column(self, sheets: Sheets, most: int) -> list[Damage]:
        damages = []
        for sheet, r, _ in self._rows(
            sheets, most, ("events", "reports", "sources", "participants", "truces", "people")
        ):
            at = self._chance.randrange(1, len(sheet.columns) - 2)
            before = list(sheet.rows[r])
            sheet.rows[r] = [*before[:at], "", *before[at:-1]]
            if sheet.rows[r] != before:
                damages.append(_at("shifted column", sheet, [r], f"from {sheet.columns[at]}", sheets))
        return damages

    def _missing_comma(self, sheets: Sheets, most: int) -> list[Damage]:
        damages = []
        for sheet, r, _ in self._rows(sheets, most, ("events", "reports", "sources", "positions", "statistics")):
            at = self._chance.randrange(0, len(sheet.columns) - 1)
            row = sheet.rows[r]
            sheet.rows[r] = [*row[:at], row[at] + row[at + 1], *row[at + 2 :]]
            damages.append(_at("missing comma", sheet, [r], f"after {sheet.columns[at]}", sheets))
        return damages

    def _duplicated_row(self, sheets: Sheets, most: int) -> list[Damage]:
        damages = []
        for sheet, r, _ in self._rows(sheets, most, tuple(MODELS)):
            sheet.rows.append(list(sheet.rows[r]))
            damages.append(_at("duplicated row", sheet, [len(sheet.rows) - 1], sheet.rows[r][0], sheets))
        return damages

    def _deleted_row(self, sheets: Sheets, most: int) -> list[Damage]:
        chosen = self._rows(sheets, most, ("events", "sources", "actors", "places", "people", "publishers"))
        gone: dict[str, set[str]] = {}
        for sheet, r, _ in chosen:
            gone.setdefault(sheet.table, set()).add(sheet.rows[r][0])
        for sheet in sheets.sheets:
            sheet.rows = [row for row in sheet.rows if row[0] not in gone.get(sheet.table, ())]
        return [
            Damage("deleted row", _users(sheets, table, i), f"{table} {i}") for table, ids in gone.items() for i in ids
        ]

    def _wrong_encoding(self, sheets: Sheets, most: int) -> list[Damage]:
        return self._mark("wrong encoding", sheets, most)

    def _open_quote(self, sheets: Sheets, most: int) -> list[Damage]:
        return self._mark("open quote", sheets, most)

    def _mark(self, kind: str, sheets: Sheets, most: int) -> list[Damage]:
        """A private-use character in one cell of each of some files, put for a byte or a quote when written."""
        damages = []
        full = [s for s in sheets.sheets if s.rows]
        for sheet in self._chance.sample(full, min(most, len(full))):
            r = self._chance.randrange(len(sheet.rows))
            sheet.rows[r][-1] = "\ue000" + sheet.rows[r][-1].replace('"', "")
            damages.append(_at(kind, sheet, [r], sheet.name, sheets))
        return damages

    def _places(
        self, kind: str, sheets: Sheets, most: int, change: Callable[[str, str], tuple[str, str]]
    ) -> list[Damage]:
        damages = []
        sheet = next(s for s in sheets.sheets if s.table == "places")
        north, east = sheet.columns.index("latitude"), sheet.columns.index("longitude")
        province = sheet.columns.index("province_code")
        rows = [r for r, row in enumerate(sheet.rows) if row[north] and row[province].startswith(("PK-", "AF-"))]
        for r in self._chance.sample(rows, min(most, len(rows))):
            sheet.rows[r][north], sheet.rows[r][east] = change(sheet.rows[r][north], sheet.rows[r][east])
            damages.append(_at(kind, sheet, [r], sheet.rows[r][0], sheets))
        return damages

    def _point_in_the_sea(self, sheets: Sheets, most: int) -> list[Damage]:
        return self._places("point in the sea", sheets, most, lambda n, e: (f"{self._chance.uniform(10, 20):.4f}", e))

    def _swapped_coordinates(self, sheets: Sheets, most: int) -> list[Damage]:
        return self._places("swapped coordinates", sheets, most, lambda n, e: (e, n))

    def _truce_ends_before_it_begins(self, sheets: Sheets, most: int) -> list[Damage]:
        sheet = next(s for s in sheets.sheets if s.table == "truces")
        start, end = sheet.columns.index("declared_edtf"), sheet.columns.index("ended_edtf")
        rows = [r for r, row in enumerate(sheet.rows) if row[start] and row[end]]
        damages = []
        for r in self._chance.sample(rows, min(most, len(rows))):
            sheet.rows[r][end] = f"{int(sheet.rows[r][start][:4]) - 1}-01-01"
            damages.append(_at("truce ends before it begins", sheet, [r], sheet.rows[r][0], sheets))
        return damages

    def _acts_after_death(self, sheets: Sheets, most: int) -> list[Damage]:
        by_table: dict[str, list[Sheet]] = {}
        for sheet in sheets.sheets:
            by_table.setdefault(sheet.table, []).append(sheet)
        (people,) = by_table["people"]
        died, born = people.columns.index("died_edtf"), people.columns.index("born_edtf")
        places: dict[str, set[tuple[str, int]]] = {}
        for sheet in by_table["appearances"]:
            for r, row in enumerate(sheet.rows):
                if row[2] in (
                    "negotiator",
                    "delegation_head",
                    "mediator",
                    "signatory",
                    "announcer",
                    "spokesperson",
                    "ordered",
                ):
                    places.setdefault(row[1], set()).add((f"datasets/curated/{sheet.name}", r + 2))
        names = sorted(places)
        damages = []
        for name in self._chance.sample(names, min(most, len(names))):
            row = next(row for row in people.rows if row[0] == name)
            row[died], row[born] = "1999-12-31", ""
            damages.append(Damage("acts after death", frozenset(places[name]), name))
        return damages

    def _event_entered_twice(self, sheets: Sheets, most: int) -> list[Damage]:
        """A page read twice: its event once more under another id, of the same day and place, with the page's figures."""
        damages = []
        events = {s.name.partition("/")[2]: s for s in sheets.sheets if s.table == "events"}
        for sheet, r, _ in self._rows(sheets, most, ("reports",)):
            year = events.get(sheet.name.partition("/")[2])
            old = next((row for row in year.rows if row[0] == sheet.rows[r][0]), None) if year else None
            if year and old:
                again = f"{old[0]}-again"
                year.rows.append([again, *old[1:]])
                sheet.rows.append([again, *sheet.rows[r][1:]])
                damages.append(_at("event entered twice", year, [len(year.rows) - 1], again, sheets))
        return damages

    def _toll_of_a_longer_time(self, sheets: Sheets, most: int) -> list[Damage]:
        """The sum of a month stands as the toll of a day."""
        days = {row[0]: row[1] for s in sheets.sheets if s.table == "events" for row in s.rows if len(row[1]) == 10}
        wanted = sheets.cells(lambda table, column, text: table == "reports" and column == "killed" and bool(text))
        damages = []
        for sheet, r, _ in self._pick([at for at in wanted if at[0].rows[at[1]][0] in days], most):
            row, at = sheet.rows[r], sheet.columns.index("date_edtf")
            first = date.fromisoformat(days[row[0]])
            row[at] = f"{first}/{first + timedelta(days=30)}"
            damages.append(_at("toll of a longer time", sheet, [r], row[at], sheets))
        return damages


def _at(kind: str, sheet: Sheet, rows: list[int], what: str, sheets: Sheets) -> Damage:
    """Damage in these rows; a changed key may be reported where it is used, so such rows count too."""
    lines = {(f"datasets/curated/{sheet.name}", r + 2) for r in rows}
    return Damage(kind, frozenset(lines), what)


def _users(sheets: Sheets, table: str, record_id: str) -> frozenset[tuple[str, int]]:
    found = set()
    for sheet in sheets.sheets:
        for c, column in enumerate(sheet.columns):
            if str(_meta(sheet.table, column).get("refers_to", "")).startswith(f"{table}."):
                found |= {
                    (f"datasets/curated/{sheet.name}", r + 2)
                    for r, row in enumerate(sheet.rows)
                    if record_id in row[c].split(";")
                }
    return frozenset(found)
