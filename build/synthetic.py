"""A curated folder of any size, in the shape of the real one, for measuring."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def grow(curated: Path, target: Path, events: int) -> None:
    """The curated folder with so many synthetic events beside nothing else that happens: two reports of two pages each."""
    target.mkdir()
    keep = ("actors", "places", "publishers")
    for file in curated.iterdir():
        if file.is_dir():
            (target / file.name).mkdir()
            first = next(iter(sorted(file.glob("*.csv"))))
            _write(target / file.name / first.name, [_header(first)])
        else:
            rows = list(csv.reader(file.open(encoding="utf-8", newline="")))
            sources = rows[0].index("source_ids") if "source_ids" in rows[0] else None
            plain = [
                ["" if n == sources and row is not rows[0] else cell for n, cell in enumerate(row)] for row in rows
            ]
            _write(target / file.name, plain if file.stem in keep else rows[:1])
    for folder in ("events", "reports", "sources", "participants", "appearances"):
        for file in (target / folder).glob("*.csv"):
            file.unlink()
    for year in range(2001, 2026):
        _year(curated, target, year, [n for n in range(events) if 2001 + n % 25 == year])


def _year(curated: Path, target: Path, year: int, numbers: list[int]) -> None:
    columns = {
        t: _header(next(iter((curated / t).glob("*.csv")))) for t in ("events", "reports", "sources", "participants")
    }

    def row(table: str, **cells: object) -> list[object]:
        return [cells.get(column, "") for column in columns[table]]

    made: dict[str, list[Sequence[object]]] = {table: [columns[table]] for table in columns}
    for n in numbers:
        day = f"{year}-{1 + n // 25 % 12:02}-{1 + n // 300 % 28:02}"
        event = f"{day}-synthetic-{n}"
        kind, killed = ("bombing", "clash", "suicide_bombing")[n % 3], n % 40
        made["events"].append(
            row(
                "events",
                event_id=event,
                date_edtf=day,
                event_type=kind,
                title=f"Synthetic event {n}",
                summary="Made for measuring.",
                place_id="peshawar",
                where_precision=1,
            )
        )
        made["participants"].append(
            row(
                "participants",
                event_id=event,
                actor_id="unidentified-militants",
                role="perpetrator",
                attribution="acknowledged",
            )
        )
        for part, publisher in enumerate(("dawn", "ap")):
            source = f"{publisher}-{day.replace('-', '')}-synthetic-{n}"
            made["sources"].append(
                row(
                    "sources",
                    source_id=source,
                    url=f"https://example.org/{publisher}/{n}",
                    title=f"Page on event {n}",
                    publisher_id=publisher,
                    origin_id=publisher,
                    published_edtf=day,
                    published_basis="printed",
                    read_extent="opening",
                )
            )
            made["reports"].append(
                row("reports", event_id=event, source_id=source, speaker_id="police", date_edtf=day, killed=killed + part, injured=n % 90, says="A page that was made for measuring says so.")
            )  # fmt: skip
    for table, (header, *rows) in made.items():
        _write(target / table / f"{year}.csv", [header, *sorted(rows, key=str)])


def _header(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(next(csv.reader(stream)))


def _write(file: Path, rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
