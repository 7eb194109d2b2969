"""The build hook: a wheel or an editable install made from this tree carries Parquet made from its CSV files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParquetHook(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        here = Path(self.root)
        sys.path[:0] = [str(here / "build"), str(here / "datasets")]
        from pipeline import build
        from problems import exit_status, report

        problems = build()
        if exit_status(problems) == 1:
            raise SystemExit("the curated data has errors:\n" + report(problems, as_json=False))
