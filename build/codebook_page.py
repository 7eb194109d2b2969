"""``CODEBOOK.md``: every table and column, the toll rule and the coverage by year, from the models and the data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from descriptor import TITLE, fields, version
from ttp_timeline.models import MODELS, table_metadata
from ttp_timeline.models._codes import EVENT_CLASSES
from ttp_timeline.models.gaps import GAP_REASONS
from ttp_timeline.toll_rule import FULLER_RANK, RANKS


def write_codebook(folder: Path) -> None:
    """Write ``CODEBOOK.md`` beside the Parquet files in ``folder``."""
    columns = ["start_date", "event_class", "origin_count"]
    years = list(_years(pq.read_table(folder / "events.parquet", columns=columns)))
    gaps = pq.read_table(folder / "gaps.parquet").sort_by([("start_date", "ascending"), ("gap_id", "ascending")])
    parts = [f"# Codebook\n\n{TITLE}, version {version()}.\n"]
    parts += ["\n".join(_coverage(years)), "\n".join(_gaps(years, gaps)), "\n".join(_toll_rule())]
    for name in sorted(MODELS):
        parts.append("\n".join(_table(name, pq.read_metadata(folder / f"{name}.parquet").num_rows)))
    (folder / "CODEBOOK.md").write_text("\n".join(parts) + "\n", encoding="utf-8", newline="")


#: a year, a class, a number of origins, and how many events have all three
_Year = tuple[int, str, int, int]


def _coverage(counted: list[_Year]) -> Iterator[str]:
    """Events by year and class, and how many have two origins: where the timeline is thin."""
    years: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for year, name, origins, number in counted:
        years[year].update({name: number, "all": number, "two": number * (origins > 1)})
    classes = list(EVENT_CLASSES)
    yield "## Coverage\n"
    yield "Events by year. A year with few rows is a year that was little looked into, not a quiet one.\n"
    yield f"| year | events | two origins | {' | '.join(classes)} |"
    yield "|---|---:|---:|" + "---:|" * len(classes)
    for year, found in sorted(years.items()):
        yield f"| {year} | {found['all']} | {found['two']} | " + " | ".join(str(found[c] or "") for c in classes) + " |"
    yield ""


def _years(events: pa.Table) -> Iterator[_Year]:
    plain = pa.table({"year": pc.year(events["start_date"]), "class": events["event_class"].cast(pa.string())})
    plain = plain.append_column("origins", events["origin_count"])
    for row in plain.group_by(plain.column_names).aggregate([([], "count_all")]).to_pylist():
        yield row["year"], row["class"], row["origins"], row["count_all"]


def _gaps(counted: list[_Year], gaps: pa.Table) -> Iterator[str]:
    """What is known to be missing: by year and class from the events, and one by one from the table of gaps."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for year, name, _, _ in counted:
        found[year].add(name)
    yield "## Known gaps\n"
    yield "Years without any record of a class of event:\n"
    for name, title in EVENT_CLASSES.items():
        years = [str(y) for y in range(2001, max(found) + 1) if name not in found[y]]
        yield f"* {title} (`{name}`): {', '.join(years) or 'none'}"
    yield "\nThings known to be missing:\n"
    yield "| when | kind | what | why |"
    yield "|---|---|---|---|"
    for gap in gaps.to_pylist():
        yield f"| {gap['period_edtf']} | {gap['gap_kind']} | {gap['description']} | {GAP_REASONS[gap['reason']]} |"
    yield ""


def _toll_rule() -> Iterator[str]:
    yield "## The toll rule\n"
    yield (
        "Low and high are the least and the highest figure that a report gives. Best is, of the reports by the best-placed "
        "kind of speaker (rank 1 first), the one published last; of several on one day the highest. A figure "
        "of all killed that is only the sum of some sides is set aside where a higher one covers these sides and counts one "
        f"more, given by a speaker of rank {FULLER_RANK} or better among victims. A row in `decisions` overrides best and says why.\n"
    )
    yield "| kind of speaker | rank for victims | rank for militants killed |"
    yield "|---|---:|---:|"
    for kind, rank in RANKS["victims"].items():
        yield f"| `{kind}` | {rank} | {RANKS['militants'][kind]} |"
    yield ""


def _table(name: str, rows: int) -> Iterator[str]:
    key = ", ".join(f"`{c}`" for c in table_metadata(name)["key"])
    yield f"## {name}\n"
    yield f"{' '.join((MODELS[name].__doc__ or '').split())} {rows} rows; key: {key}.\n"
    yield "| column | type | unit | description |"
    yield "|---|---|---|---|"
    for field in fields(name):
        remarks = [field["description"]]
        for mark, words in (("refers_to", "Refers to `{}`."), ("known_by", "Known from `{}` on.")):
            if mark in field:
                remarks.append(words.format(field[mark]))
        if field["origin"] == "derived":
            remarks.append("Computed by the build.")
        yield f"| `{field['name']}` | {field['type']} | {field.get('unit', '')} | {' '.join(remarks)} |"
    yield ""
    for field in fields(name):
        if "codes" in field:
            meanings = "; ".join(f"`{code}` {meaning}" for code, meaning in field["codes"].items())
            yield f"`{field['name']}`: {meanings}.\n"
