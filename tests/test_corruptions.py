"""A thousand seeded corruptions (ten thousand with --thorough) of the real data: reported at the right file and line, or shown to be harmless."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from corruptions import Corrupter

from checking import check_all
from pipeline import CURATED

SEED = 20220509
PER_BATCH = (50, 150)


@pytest.mark.slow
@pytest.mark.parametrize("kind", Corrupter.KINDS)
def test_corruptions_are_found(
    kind: str, tmp_path: Path, record_property: Callable[[str, str], None], amount: Callable[[int, int], int]
) -> None:
    corrupter = Corrupter(CURATED, SEED)
    per_kind = -(-amount(1000, 10_000) // len(Corrupter.KINDS))
    made, missed, batch = 0, [], 0
    while made < per_kind:
        target = tmp_path / str(batch)
        damages = corrupter.batch(kind, min(amount(*PER_BATCH), per_kind - made), target)
        assert damages, f"no place for {kind}"
        reported = {(p.path, p.line) for p in check_all(target)}
        missed += [d for d in damages if not d.places & reported]
        made, batch = made + len(damages), batch + 1
    share = 1 - len(missed) / made
    record_property("shown at the end", f"corruptions: {kind}: {made - len(missed)} of {made} found ({share:.1%})")
    assert share >= 0.95, missed
