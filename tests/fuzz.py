"""Coverage-guided fuzzing with atheris: ``python tests/fuzz.py edtf|csv [-max_total_time=SECONDS]``.

``edtf``: any text gives a span or a ValueError, and a span's own days, written again, give the same span. ``csv``: any bytes in
a curated file give rows or problems that name the file and a line in it, never another error.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "build"), str(ROOT / "datasets")]

import atheris  # noqa: E402

with atheris.instrument_imports(include=["edtf_dates", "curated", "casting", "csv"]):
    import casting
    import curated
    import edtf_dates

PIECES = [*"0123456789-/~.X", "20", "2014", "-02", "-12", "-29", "-31", "/..", "..", "٣", " "]
SCRATCH = Path(tempfile.mkdtemp())


def fuzz_edtf(data: bytes) -> None:
    given = atheris.FuzzedDataProvider(data)
    likely = "".join(PIECES[given.ConsumeIntInRange(0, len(PIECES) - 1)] for _ in range(given.ConsumeIntInRange(0, 9)))
    text = likely or given.ConsumeUnicodeNoSurrogates(24)
    try:
        span = edtf_dates.parse(text)
    except ValueError as error:
        assert str(error)
        return
    assert 1 <= span.precision <= 5
    if span.end is None:
        assert span.end_status in ("ongoing", "unknown")
        return
    assert span.start <= span.end
    days = str(span.start) if span.start == span.end else f"{span.start}/{span.end}"
    again = edtf_dates.parse(days)
    assert (again.start, again.end) == (span.start, span.end)


def fuzz_csv(data: bytes) -> None:
    header = ",".join(curated.curated_columns("truces")).encode() + b"\n"
    (SCRATCH / "truces.csv").write_bytes(header + data if data[:1] != b"!" else data[1:])
    tables, problems = curated.read_all(SCRATCH)
    if not problems:
        _, problems = casting.cast(tables["truces"])
    lines = data.count(b"\n") + data.count(b"\r") + 3
    for problem in problems:
        assert problem.path == "datasets/curated/truces.csv"
        assert 0 <= problem.line <= lines, str(problem)
        assert "\n" not in str(problem)


if __name__ == "__main__":
    chosen = {"edtf": fuzz_edtf, "csv": fuzz_csv}[sys.argv.pop(1)]
    atheris.Setup(sys.argv, chosen)
    atheris.Fuzz()
