"""The generated parts of README.md and CONTRIBUTING.md: between ``<!-- generated: NAME -->`` and ``<!-- end -->``.

A block ``run`` is the output of the Python code block right above it, run on the data of this checkout.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from rulebook import RULES

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"(<!-- generated: (?P<name>[a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)


def renewed(path: Path) -> str:
    """The text of a Markdown file with its generated blocks up to date."""
    text = path.read_text(encoding="utf-8")

    def fill(match: re.Match[str]) -> str:
        code = _CODE.findall(text[: match.start()])
        content = _output(code[-1]) if match["name"] == "run" else _BLOCKS[match["name"]]()
        return f"{match[1]}{content}\n{match[3]}"

    return _BLOCK.sub(fill, text)


def recipes(path: Path) -> list[str]:
    """The Python code blocks of a Markdown file whose output is generated."""
    text = path.read_text(encoding="utf-8")
    return [_CODE.findall(text[: m.start()])[-1] for m in _BLOCK.finditer(text) if m["name"] == "run"]


def _output(code: str) -> str:
    """What the code shows, as a notebook would: the value of its last expression, in a fresh namespace."""
    *statements, last = ast.parse(code).body
    if not isinstance(last, ast.Expr):
        raise ValueError(f"the recipe does not end in an expression:\n{code}")
    names: dict[str, object] = {}
    exec(compile(ast.Module(statements, []), "README.md", "exec"), names)
    value = eval(compile(ast.Expression(last.value), "README.md", "eval"), names)
    with pd.option_context("display.max_colwidth", 70):
        numbered = isinstance(value, pd.DataFrame) and pd.api.types.is_integer_dtype(value.index)
        shown = value.to_string(index=False) if numbered else value.to_string()
    lines = [line.rstrip() for line in shown.splitlines()]
    return "\n".join(["```text", *lines, "```"])


def _coverage() -> str:
    import ttp_timeline as ttp

    events = ttp.load("events", columns=["start_date", "origin_count"])
    tables = ttp.tables()["rows"]
    two = int((events["origin_count"] > 1).sum())
    span = f"{events['start_date'].min():%Y} to {events['start_date'].max():%B %Y}"
    return (
        f"**Coverage:** {len(events)} events from {span}, {two} of them with two or more origins; "
        f"{tables['reports']} reports from {tables['sources']} pages read; {tables['talks']} rounds of talks, "
        f"{tables['truces']} truces, {tables['agreements']} accords, {tables['releases']} releases, "
        f"{tables['positions']} terms of office, {tables['statements']} statements with verdicts."
    )


def _tables() -> str:
    import ttp_timeline as ttp

    rows = [f"| `{name}` | {row['rows']} | {row['description']} |" for name, row in ttp.tables().iterrows()]
    return "\n".join(["| table | rows | one row is |", "|---|---:|---|", *rows])


def _audits() -> str:
    import ttp_timeline as ttp

    audits = ttp.load("audits", engine="pyarrow").to_pylist()
    rows = [
        f"| {a['audited_edtf']} | `{a['table_name']}` | {a['column_name']} | {a['checked_count']} | {a['wrong_count']} "
        f"| {a['wrong_count'] / a['checked_count']:.1%} |"
        for a in audits
    ]
    head = ["| read again | table | field | cells | wrong | share |", "|---|---|---|---:|---:|---:|"]
    return "\n".join([*head, *rows, "", *dict.fromkeys(a["sample"] for a in audits)])


def _rules() -> str:
    return "\n".join(
        [
            "| rule | what it says |",
            "|---|---|",
            *(f"| `{r.rule_id}` | {r.sentence} |" for _, r in sorted(RULES.items())),
        ]
    )


def _corpus() -> str:
    """The joins of a corpus: seconds beside the floor and the peers, by rows."""
    from bench import measured

    found = measured()["corpus"]
    cells: dict[tuple[str, str, int], Any] = {(*r["what"].split(", "), r["rows"]): r for r in found["results"]}
    lines = [
        "| join | rows | here, on DuckDB | by hand in SQL | times | `merge_asof` | Spark, two cores | peak memory |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for join, engine, rows in cells:
        if engine == "duckdb":
            ours, hand = cells[join, engine, rows], cells[join, "by hand", rows]
            pandas, spark = (cells.get((join, peer, rows)) for peer in ("pandas", "spark"))
            times = ours["seconds"] / hand["seconds"]
            lines.append(
                f"| `{join}` | {rows:,} | {ours['seconds']:.3f} s | {hand['seconds']:.3f} s | {times:.2f} "
                f"| {_seconds(pandas)} | {_seconds(spark)} | {ours['memory']:.0f} MiB |"
            )
    return "\n".join([*lines, "", _machine(found["on"])])


def _start() -> str:
    """New processes to their first data: seconds, and times `pd.read_parquet` of the same file."""
    from bench import measured

    found = measured()["start"]
    floor = next(r["seconds"] for r in found["results"] if r["what"].startswith("pd.read_parquet"))
    lines = ["| a new process | seconds | times `read_parquet` |", "|---|---:|---:|"]
    for r in found["results"]:
        what = f"`{r['what']}`" if "(" in r["what"] else r["what"]
        numbers = f"{r['seconds']:.3f} s | {r['seconds'] / floor:.2f}" if r["seconds"] is not None else f"{r['note']} |"
        lines.append(f"| {what} | {numbers} |")
    return "\n".join([*lines, "", _machine(found["on"])])


def _build() -> str:
    """The build beside DuckDB's bare copy of the same CSV files, on the real data and on synthetic ones."""
    from bench import measured

    found = measured()["build"]
    real = {r["what"]: r["seconds"] for r in found["results"] if r["rows"] is None}
    grown = {(r["what"], r["rows"]): r for r in found["results"] if r["rows"]}
    floor = real["DuckDB's bare copy"] + real["import pandas, pandera"]
    lines = [
        f"The curated data in a new process: {real['python build']:.2f} s, {real['python build'] / floor:.1f} times DuckDB's "
        f"bare copy with `import pandas, pandera` ({floor:.2f} s). As the data grow:\n",
        "| synthetic events (rows) | here: check, derive, write | DuckDB: copy and check in SQL | times | DuckDB's bare copy "
        "| pandas and pandera | memory here | memory of the copy and checks |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for events in sorted({rows for _, rows in grown}):
        ours, bare, checked, plain = (
            grown[what, events] for what in ("check and convert", "bare copy", "checked copy", "plain pandas")
        )
        lines.append(
            f"| {events:,} ({6 * events:,}) | {_seconds(ours)} | {_seconds(checked)} | {ours['seconds'] / checked['seconds']:.1f} "
            f"| {_seconds(bare)} | {_seconds(plain)} | {ours['memory']:.0f} MiB | {checked['memory']:.0f} MiB |"
        )
    return "\n".join([*lines, "", _machine(found["on"])])


def _seconds(result: dict[str, float] | None) -> str:
    return f"{result['seconds']:.3f} s" if result else ""


def _machine(on: dict[str, str]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in on.items() if name != "machine")
    return f"Medians of seven runs on {on['machine']}; {versions}."


_BLOCKS: dict[str, Callable[[], str]] = {
    "coverage": _coverage,
    "tables": _tables,
    "audits": _audits,
    "rules": _rules,
    "corpus": _corpus,
    "start": _start,
    "build": _build,
}
