from __future__ import annotations

import shutil
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the smallest complete curated folder."""
    return Path(shutil.copytree(FIXTURES / "base", tmp_path / "curated"))


@pytest.fixture(scope="session")
def curated_check() -> object:
    """The check of the real curated data, run once."""
    from checking import check_all
    from pipeline import CURATED

    return check_all(CURATED)
