"""The contributor's commands as a curator runs them: messages, exit status, and what stays as it was."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tiny: Path, tmp_path: Path) -> Path:
    """A small checkout: the scripts and the package of this one over the smallest data."""
    here = tmp_path / "checkout"
    shutil.copytree(ROOT / "build", here / "build", ignore=shutil.ignore_patterns("__pycache__"))
    skipped = shutil.ignore_patterns("data*", ".data*", "__pycache__")
    shutil.copytree(ROOT / "datasets" / "ttp_timeline", here / "datasets" / "ttp_timeline", ignore=skipped)
    shutil.copytree(tiny, here / "datasets" / "curated")
    shutil.copy(ROOT / "pyproject.toml", here)
    return here


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build", *arguments], cwd=checkout, capture_output=True, text=True, check=False
    )


def spoil(checkout: Path, file: str, old: str, new: str) -> None:
    path = checkout / "datasets" / "curated" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_check_is_quiet_about_clean_data(checkout: Path) -> None:
    done = run(checkout, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems\n", "")


def test_check_lists_all_problems_by_file_and_line(checkout: Path) -> None:
    spoil(checkout, "truces.csv", "2010-03-01,called_off", "2010-01-15,called_off")
    spoil(checkout, "reports/2010.csv", "2010-01-01,12,", "2010-01-01,-12,")
    done = run(checkout, "check")
    assert done.returncode == 1
    assert "datasets/curated/truces.csv:2: ended_edtf [truce-2010]: 2010-01-15 lies before" in done.stdout
    assert "datasets/curated/reports/2010.csv:2: killed [" in done.stdout
    assert "Traceback" not in done.stderr


def test_check_speaks_json(checkout: Path) -> None:
    spoil(checkout, "truces.csv", "2010-03-01,called_off", "2010-01-15,called_off")
    (first, *_) = json.loads(run(checkout, "check", "--json").stdout)["problems"]
    assert (first["path"], first["line"], first["rule"]) == ("datasets/curated/truces.csv", 2, "event-of-record")


def test_layout_is_a_warning_that_format_mends(checkout: Path) -> None:
    path = checkout / "datasets" / "curated" / "places.csv"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"\n", b"\r\n"))
    assert run(checkout, "check").returncode == 2
    assert "1 files changed" in run(checkout, "format").stdout
    assert path.read_bytes() == before
    assert run(checkout, "check").returncode == 0


def test_format_changes_nothing_that_it_cannot_read(checkout: Path) -> None:
    spoil(checkout, "places.csv", "Miranshah,town", '"Miranshah,town')
    path = checkout / "datasets" / "curated" / "places.csv"
    before = path.read_bytes()
    assert run(checkout, "format").returncode == 1
    assert path.read_bytes() == before


def test_lines_stay_right_after_a_line_break_in_quotes(checkout: Path) -> None:
    spoil(checkout, "places.csv", "Miranshah,town", '"Miran\nshah",town')
    spoil(checkout, "places.csv", "Pakistan,country", "Pakistan,land")
    assert "datasets/curated/places.csv:4: place_type [pakistan]" in run(checkout, "check").stdout


def test_build_with_errors_keeps_the_last_good_one(checkout: Path) -> None:
    assert run(checkout).returncode == 0
    data = checkout / "datasets" / "ttp_timeline" / "data"
    before = {p.name: p.read_bytes() for p in data.iterdir()}
    spoil(checkout, "events/2010.csv", "truce_declared", "truce_declare")
    done = run(checkout)
    assert done.returncode == 1
    assert "the last good build stays" in done.stderr
    assert {p.name: p.read_bytes() for p in data.iterdir()} == before


def test_diff_tells_what_changed_and_which_part_must_rise(checkout: Path, tmp_path: Path) -> None:
    run(checkout)
    data = checkout / "datasets" / "ttp_timeline" / "data"
    old = Path(shutil.copytree(data, tmp_path / "old"))
    with zipfile.ZipFile(tmp_path / "old.whl", "w") as wheel:
        for file in old.iterdir():
            wheel.write(file, f"ttp_timeline/data/{file.name}")
    same = run(checkout, "diff", str(old))
    assert same.returncode == 0
    assert same.stdout.endswith("must rise after 0.1.0: none\n")
    spoil(checkout, "places.csv", "33.0086", "33.0090")
    run(checkout)
    told = run(checkout, "diff", str(tmp_path / "old.whl"))
    assert "places miranshah: latitude: 33.0086 -> 33.009" in told.stdout
    assert "## 0.1.1\n\n### Changed\n\n- `places`: 1 cells in 1 rows" in told.stdout
    assert told.stdout.endswith("must rise after 0.1.0: patch\n")
    assert (told.returncode, told.stderr) == (1, "version 0.1.0 is too low: it must be 0.1.1 or higher\n")
    spoil(checkout, "places.csv", "pakistan,Pakistan,country,,,,PK", "afghanistan,Afghanistan,country,,,,AF")
    run(checkout)
    difference = json.loads(run(checkout, "diff", str(old), "--json").stdout)
    assert difference["tables"]["places"]["withdrawn"] == ["pakistan"]
    assert difference["rises"] == "major"


def test_diff_refuses_what_is_no_build(checkout: Path, tmp_path: Path) -> None:
    run(checkout)
    done = run(checkout, "diff", str(tmp_path))
    assert done.returncode == 1
    assert "holds no Parquet files" in done.stderr


def test_a_problem_is_one_line_whatever_a_cell_holds() -> None:
    from problems import Problem

    told = str(Problem("f.csv", 2, "title", "a\nb\x1b[31m\u202e", "rule", "holds 'x\r'", "text"))
    assert told.isprintable()
    assert "a\\nb\\x1b[31m\\u202e" in told
