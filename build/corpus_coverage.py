"""Renew ``datasets/curated/coverage.csv``: how much of an event corpus the timeline holds. No row of the corpus is kept."""

from __future__ import annotations

import csv
from pathlib import Path

from curated import curated_columns


def renew(corpus_file: Path, scope: str, compared: str, curated: Path) -> int:
    """Compare with a UCDP file and replace its version's rows in the table ``coverage``; returns how many it has now."""
    from ttp_timeline import corpus

    read = corpus.read_ucdp(corpus_file)
    name = f"UCDP GED {read.version.max().execute() or 'of unknown version'}"
    target = curated / "coverage.csv"
    with target.open(encoding="utf-8", newline="") as stream:
        kept = [row for row in csv.DictReader(stream) if row["corpus"] != name]
    slug = name.lower().replace(" ", "-").replace(".", "-")
    for row in corpus.coverage(read).to_dict("records"):
        band = row["toll_band"].replace(" ", "-")
        kept.append(
            {
                "coverage_id": f"{slug}-{row['year']}-{band}",
                "corpus": name,
                "scope": scope,
                "compared_edtf": compared,
                "year": row["year"],
                "toll_band": row["toll_band"],
                "corpus_event_count": row["corpus_events"],
                "matched_count": row["matched"],
            }
        )
    part = target.with_suffix(".csv.part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, curated_columns("coverage"), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(kept, key=lambda row: str(row["coverage_id"])))
    part.replace(target)
    return len(kept)
