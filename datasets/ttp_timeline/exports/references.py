"""The pages that were read, as references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ttp_timeline.exports.tabular import only
from ttp_timeline.loading import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"})


def write_bibtex(data: Mapping[str, pa.Table], path: Path) -> None:
    """One ``@online`` a page; the key is the source's id, the publisher is ``organization``."""
    publishers = load("publishers", columns=["publisher_id", "publisher_name"], engine="pyarrow").to_pylist()
    names = {p["publisher_id"]: p["publisher_name"] for p in publishers}
    entries = (_entry(row, names) for row in only(data).to_pylist())
    path.write_text("\n".join(entries), encoding="utf-8", newline="\n")


def _entry(row: dict[str, Any], names: dict[str, str]) -> str:
    fields = {
        "title": "{" + str(row["title"] or row["source_id"]).translate(_SPECIAL) + "}",
        "organization": "{" + names.get(row["publisher_id"], row["publisher_id"]).translate(_SPECIAL) + "}",
        "date": (row["published_edtf"] or "").removesuffix("~"),
        "url": row["url"] or "",
        "note": (row["note"] or "").translate(_SPECIAL),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@online{{{row['source_id']},\n" + ",\n".join(lines) + "\n}\n"
