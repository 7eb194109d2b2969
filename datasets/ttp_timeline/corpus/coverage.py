"""How much of a corpus the timeline holds, and how well `match` agrees with the ids found by reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis import _

from ttp_timeline.corpus.joins import COUNTRY, FIRST_DAY
from ttp_timeline.corpus.matching import match
from ttp_timeline.loading import load
from ttp_timeline.toll_bands import TOLL_BANDS

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

REASONS = (
    "UCDP holds only violence between or by actors it could identify; the timeline also holds attacks that nobody claimed.",
    "UCDP counts state-based, non-state and one-sided violence of actors past 25 deaths a year, all over Pakistan; "
    "the timeline the TTP's story: sectarian, tribal and Baloch violence where it touches that story or killed many.",
    "Deaths over the border count in UCDP for the country where they fell; the timeline places an event by its own page.",
    "UCDP splits an operation by place and day; the timeline keeps what one page reports together.",
    "The timeline enters an event only with a page that was read; `gaps` says where that is thin.",
)


def _banded(table: ir.Table) -> ir.Table:
    band = ibis.cases(*((_.killed_best >= least, name) for name, least in reversed(TOLL_BANDS.items())), else_=None)
    return table.mutate(year=table.start_date.year(), toll_band=band)


def coverage(corpus: ir.Table) -> pd.DataFrame:
    """A row per ``year`` and ``toll_band``: ``corpus_events`` of Pakistan since 2001, ``matched`` of them, ``share``.

    The bands go by the corpus's best figure of people killed. Why the two differ: `REASONS`.
    """
    here = corpus.filter((corpus.country == COUNTRY) & (corpus.start_date >= ibis.date(FIRST_DAY)))
    found = match(here).select("corpus_id").mutate(is_matched=1)
    joined = _banded(here).left_join(found, "corpus_id")
    counted = joined.group_by("year", "toll_band").agg(corpus_events=_.count(), matched=_.is_matched.sum().fill_null(0))
    order = {name: n for n, name in enumerate(TOLL_BANDS)}
    frame: pd.DataFrame = counted.to_pandas()
    frame["share"] = frame["matched"] / frame["corpus_events"]
    return frame.sort_values(
        ["year", "toll_band"], key=lambda c: c.map(order) if c.name == "toll_band" else c, ignore_index=True
    )


def agreement(corpus: ir.Table) -> pd.DataFrame:
    """Precision and recall of `match` against the crosswalk's ids: ``group`` ("all", a year, a toll band by the corpus's best figure),
    ``pairs_known`` (of the crosswalk, in this corpus), ``pairs_found`` of them, ``pairs_other`` (an event or id of the
    crosswalk matched to something else), ``recall`` = found / known, ``precision`` = found / (found + other).

    Pairs of which the crosswalk says nothing are not judged; ids of a part or of a whole are no pairs.
    """
    import pandas as pd

    same = [("scheme", "==", "ucdp_event"), ("match_type", "==", "exact")]
    known = load("crosswalk", filters=same)[["record_id", "external_id"]]
    here = corpus.filter(corpus.country == COUNTRY)
    of_known = _banded(here.filter(here.corpus_id.isin(known["external_id"].tolist())))
    known = known.merge(
        of_known.select("corpus_id", "year", "toll_band").to_pandas(), left_on="external_id", right_on="corpus_id"
    )
    found = match(here).select("corpus_id", "event_id").to_pandas()
    pairs = set(zip(known["external_id"], known["record_id"], strict=True))
    of_id = {
        **dict(zip(known["record_id"], known.index, strict=True)),
        **dict(zip(known["external_id"], known.index, strict=True)),
    }
    judged = [
        (of_id.get(event, of_id.get(row)), (row, event) in pairs)
        for row, event in zip(found["corpus_id"], found["event_id"], strict=True)
        if event in of_id or row in of_id
    ]
    groups = {"all": known.index, **known.groupby("year").groups}
    groups |= {band: known.index[known["toll_band"] == band] for band in TOLL_BANDS}
    rows = []
    for name, members in groups.items():
        inside = set(members)
        right = sum(is_right for place, is_right in judged if place in inside)
        other = sum(not is_right for place, is_right in judged if place in inside)
        rows.append({"group": name, "pairs_known": len(inside), "pairs_found": right, "pairs_other": other})
    frame = pd.DataFrame(rows)
    total = frame["pairs_found"] + frame["pairs_other"]
    precision = (frame["pairs_found"] / total).where(total > 0)
    return frame.assign(
        recall=(frame["pairs_found"] / frame["pairs_known"]).where(frame["pairs_known"] > 0), precision=precision
    )
