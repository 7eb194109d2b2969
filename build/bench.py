"""Measure: each number beside a floor or a peer in the same run, medians of at least seven, into ``build/measured.json``."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).with_name("measured.json")
PICTURES = Path(__file__).resolve().parent.parent / ".github" / "pictures"
REPEATS = 7
#: what can be measured -> the inputs it needs, options of the command; each is a module ``bench_<group>``
GROUPS: dict[str, tuple[str, ...]] = {"start": (), "build": (), "corpus": ("ucdp",)}


@dataclass(frozen=True)
class Result:
    """One measured thing: its group, what it is, on how many rows, seconds (median) and peak memory (MiB), if measured."""

    group: str
    what: str
    seconds: float | None
    rows: int | None = None
    memory: float | None = None
    note: str = ""


def median_seconds(run: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median of ``repeats`` runs in this process, after one that is not counted."""
    run()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def median_process(command: list[str], repeats: int = REPEATS, **options: object) -> float:
    """The median wall time of a new process, after one that is not counted; raises if it fails."""
    return median_seconds(lambda: subprocess.run(command, check=True, capture_output=True, **options), repeats)  # type: ignore[call-overload]


def run_quietly(command: list[str]) -> None:
    """Run a command; raises OSError with what it said if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.stderr.strip() or f"{command[0]} ended with {done.returncode}")


def in_child(module: str, *arguments: object) -> dict[str, float]:
    """Run ``module.child(*arguments)`` in a process of its own; its answer with the peak memory of that process in MiB."""
    code = f"import sys, json; sys.path[:0] = {sys.path[:2]!r}; import {module}; print(json.dumps({module}.child(*{[str(a) for a in arguments]!r})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{module} {arguments}: {done.stderr[-2000:]}")
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def peak_memory() -> float:
    """Peak resident memory of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def machine() -> dict[str, str]:
    """What it was measured on."""
    processor = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = {}
    for name in ("pandas", "pyarrow", "pandera", "duckdb", "ibis-framework", "pyspark", "polars"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "machine": f"{os.cpu_count()} cores, {memory:.0f} GiB, {processor}",
        "python": platform.python_version(),
        **versions,
    }


class BenchRefusedError(Exception):
    """What was asked for cannot be measured here; the message says why."""


def measure(groups: list[str], progress: Callable[[str], None], **inputs: Path | None) -> list[Result]:
    """Measure the groups (all whose input is given, if none is named) and keep the results in ``measured.json``."""
    unknown = [name for name in groups if name not in GROUPS]
    if unknown:
        raise BenchRefusedError(f"nothing to measure called {unknown[0]!r}; there are: {', '.join(GROUPS)}")
    found: list[Result] = []
    for name, needs in GROUPS.items():
        if groups and name not in groups:
            continue
        given = {key: inputs.get(key) for key in needs}
        missing = [key for key, path in given.items() if path is None or not path.exists()]
        if missing and groups:
            raise BenchRefusedError(f"{name} needs --{missing[0]} FILE")
        if not missing:
            module = import_module(f"bench_{name}")
            results = list(module.measure(progress=progress, **given))
            keep(name, results)
            if hasattr(module, "draw"):
                module.draw(results, PICTURES)
            found += results
    return found


def keep(group: str, results: list[Result]) -> None:
    """Put a group's results in place of its former ones."""
    kept = measured()
    kept[group] = {"on": machine(), "results": [asdict(r) for r in results]}
    text = json.dumps(dict(sorted(kept.items())), indent=1, ensure_ascii=False) + "\n"
    part = MEASURED.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(MEASURED)


def measured() -> dict[str, Any]:
    """Group -> ``on`` (the machine) and ``results``, as last measured."""
    found: dict[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8")) if MEASURED.exists() else {}
    return found


def tell(results: list[Result], *, as_json: bool) -> str:
    """The results for a person, or as JSON lines."""
    if as_json:
        return "\n".join(json.dumps(asdict(r)) for r in results)
    lines = [
        f"{r.group:8} {r.what:44} {r.rows or '':>12} {'' if r.seconds is None else f'{r.seconds:.4f} s':>12}"
        f" {'' if r.memory is None else f'{r.memory:.0f} MiB':>10} {r.note}"
        for r in results
    ]
    return "\n".join(lines)
