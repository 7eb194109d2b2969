"""What changed between an older build and this one: rows added, withdrawn and changed, by id."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from casting import key_columns, record_ids


@dataclass
class TableDifference:
    """The difference of one table; ``changed`` maps a record to its columns with (old, new) as text."""

    added: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    changed: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    columns_added: list[str] = field(default_factory=list)
    columns_removed: list[str] = field(default_factory=list)
    columns_retyped: list[str] = field(default_factory=list)
    columns_moved: bool = False


@dataclass
class Difference:
    """All differences and the part of the version that must rise: major, minor, patch or none."""

    tables: dict[str, TableDifference]
    tables_added: list[str]
    tables_removed: list[str]

    @property
    def rises(self) -> str:
        each = self.tables.values()
        if self.tables_removed or any(
            t.withdrawn or t.columns_removed or t.columns_retyped or t.columns_moved for t in each
        ):
            return "major"
        if self.tables_added or any(t.added or t.columns_added for t in each):
            return "minor"
        return "patch" if any(t.changed for t in each) else "none"


def compare(old: Path, new: Path) -> Difference:
    """Compare an older build (a folder of Parquet files, a wheel or a zip) with a folder of Parquet files."""
    with TemporaryDirectory() as scratch:
        before, after = _tables(old, Path(scratch)), _tables(new, Path(scratch))
        shared = sorted(before.keys() & after.keys())
        tables = {name: _difference(name, before[name], after[name]) for name in shared}
    return Difference(tables, sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys()))


def version_of(where: Path) -> str:
    """The version of an older build, from its ``datapackage.json``."""
    if where.is_dir():
        files = [where / "datapackage.json"]
        text = files[0].read_text(encoding="utf-8") if files[0].exists() else None
    elif zipfile.is_zipfile(where):
        with zipfile.ZipFile(where) as archive:
            names = [n for n in archive.namelist() if n.rpartition("/")[2] == "datapackage.json"]
            text = archive.read(names[0]).decode() if names else None
    else:
        text = None
    if text is None:
        raise SystemExit(f"{where}: holds no datapackage.json; expected a folder, wheel or zip of a build")
    return str(json.loads(text)["version"])


def _tables(where: Path, scratch: Path) -> dict[str, pa.Table]:
    if where.is_dir():
        files = sorted(where.glob("*.parquet"))
    elif zipfile.is_zipfile(where):
        with zipfile.ZipFile(where) as archive:
            names = [n for n in archive.namelist() if n.endswith(".parquet")]
            files = []
            for name in names:
                files.append(scratch / Path(name).name)
                files[-1].write_bytes(archive.read(name))
    else:
        files = []
    if not files:
        raise SystemExit(f"{where}: holds no Parquet files; expected a folder, wheel or zip of a build")
    return {f.stem: pq.read_table(f) for f in files}


def _difference(name: str, old: pa.Table, new: pa.Table) -> TableDifference:
    found = TableDifference(
        columns_added=[c for c in new.column_names if c not in old.column_names],
        columns_removed=[c for c in old.column_names if c not in new.column_names],
    )
    shared = [c for c in old.column_names if c in new.column_names]
    found.columns_moved = new.column_names[: len(shared)] != shared
    found.columns_retyped = [c for c in shared if not old.schema.field(c).type.equals(new.schema.field(c).type)]
    before, after = _rows(name, old), _rows(name, new)
    found.added = sorted(after.keys() - before.keys())
    found.withdrawn = sorted(before.keys() - after.keys())
    for record in sorted(before.keys() & after.keys()):
        cells = {
            c: (str(before[record][c]), str(after[record][c])) for c in shared if before[record][c] != after[record][c]
        }
        if cells:
            found.changed[record] = cells
    return found


def _rows(name: str, table: pa.Table) -> dict[str, dict[str, object]]:
    keys = record_ids(pa.table({c: table[c].cast(pa.string()) for c in key_columns(name)}), name)
    return dict(zip(keys, table.to_pylist(), strict=True))


def tell(difference: Difference, *, as_json: bool) -> str:
    """The difference for people, or as JSON."""
    if as_json:
        return json.dumps(asdict(difference) | {"rises": difference.rises}, ensure_ascii=False, indent=1)
    lines = [f"+ table {t}" for t in difference.tables_added] + [f"- table {t}" for t in difference.tables_removed]
    for name, table in difference.tables.items():
        lines += [f"+ {name}.{c} (column)" for c in table.columns_added]
        lines += [f"- {name}.{c} (column)" for c in table.columns_removed]
        lines += [f"! {name}.{c} (type)" for c in table.columns_retyped]
        lines += [f"! {name} (order of its columns)"] * table.columns_moved
        lines += [f"+ {name} {record}" for record in table.added]
        lines += [f"- {name} {record}" for record in table.withdrawn]
        for record, cells in table.changed.items():
            lines += [f"  {name} {record}: {c}: {old} -> {new}" for c, (old, new) in cells.items()]
    return "\n".join(lines)


def changelog_entry(difference: Difference, next_version: str) -> str:
    """A draft of the entry for CHANGELOG.md: what was added, corrected and withdrawn, by table."""
    added = [f"- table `{t}`" for t in difference.tables_added]
    removed = [f"- table `{t}`" for t in difference.tables_removed]
    corrected = []
    for name, table in difference.tables.items():
        added += [f"- column `{name}.{c}`" for c in table.columns_added]
        added += [f"- `{name}`: {len(table.added)} rows"] * bool(table.added)
        removed += [f"- column `{name}.{c}`" for c in table.columns_removed]
        removed += [f"- `{name}`: {', '.join(table.withdrawn)}"] * bool(table.withdrawn)
        cells = sum(len(c) for c in table.changed.values())
        corrected += [f"- `{name}`: {cells} cells in {len(table.changed)} rows"] * bool(cells)
        corrected += [f"- `{name}.{c}` has another type" for c in table.columns_retyped]
        corrected += [f"- `{name}`: another order of columns"] * table.columns_moved
    parts = [("Added", added), ("Changed", corrected), ("Withdrawn", removed)]
    body = [f"### {title}\n\n" + "\n".join(lines) for title, lines in parts if lines]
    return "\n\n".join([f"## {next_version}", *(body or ["Nothing changed."])])
