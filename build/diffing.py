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


@dataclass
class Difference:
    """All differences and the part of the version that must rise: major, minor, patch or none."""

    tables: dict[str, TableDifference]
    tables_added: list[str]
    tables_removed: list[str]

    @property
    def rises(self) -> str:
        each = self.tables.values()
        if self.tables_removed or any(t.withdrawn or t.columns_removed or t.columns_retyped for t in each):
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
        lines += [f"+ {name} {record}" for record in table.added]
        lines += [f"- {name} {record}" for record in table.withdrawn]
        for record, cells in table.changed.items():
            lines += [f"  {name} {record}: {c}: {old} -> {new}" for c, (old, new) in cells.items()]
    return "\n".join([*lines, f"part of the version that must rise: {difference.rises}"])
