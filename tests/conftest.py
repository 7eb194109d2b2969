from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

    from problems import Problem

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough", action="store_true", help="the full numbers of kills, damages and corruptions: an hour"
    )


@pytest.fixture(scope="session")
def amount(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How many of a kind to try: the first number, or with --thorough the second."""
    thorough = bool(request.config.getoption("--thorough"))
    return lambda few, many: many if thorough else few


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the smallest complete curated folder."""
    return Path(shutil.copytree(FIXTURES / "base", tmp_path / "curated"))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git tracks here, so that the release does not touch this tree."""
    here = tmp_path_factory.mktemp("release") / "checkout"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).exists():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, here / name)
    return here


@pytest.fixture(scope="session")
def curated_check() -> list[Problem]:
    """The check of the real curated data, run once."""
    from checking import check_all
    from pipeline import CURATED

    return check_all(CURATED)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """What tests measured, also when they pass and when they ran in other processes."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    properties = [pair for report in reports if report.when == "call" for pair in report.user_properties]
    shown = sorted(text for name, text in properties if name == "shown at the end")
    if shown:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(shown))
