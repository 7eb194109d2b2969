"""The documents: generated parts are up to date, recipes run, and the five top-level entries stay five."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from generated import generated_texts
from readme_blocks import recipes

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


@pytest.mark.skipif(pd.__version__ < "3", reason="the README shows frames as pandas 3 prints them")
@pytest.mark.parametrize("path", sorted(generated_texts()), ids=lambda p: p.name)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated_texts()[path], "run `python build readme`"


def test_every_question_has_a_recipe_of_at_most_three_lines() -> None:
    for code in recipes(README):
        assert len([line for line in code.splitlines() if line and not line.startswith("import")]) <= 3, code
    asked = re.findall(r"^\*\*([0-9]+)\. ", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(n) for n in asked] == list(range(1, 16))


def test_top_level_entries() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    visible = {path.split("/")[0] for path in tracked if path and not path.startswith(".")}
    papers = {"LICENSE", "LICENSES", "LICENSE-DATA", "REUSE.toml", "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md"}
    assert visible - papers == {"README.md", "pyproject.toml", "datasets", "build", "tests"}


def test_one_version_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()
