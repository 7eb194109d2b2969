"""An event corpus beside the timeline: files as people have them, the same answers on DuckDB and Spark, matches explained."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from math import acos, cos, radians, sin
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ttp_timeline as ttp
from ttp_timeline.cli import main
from ttp_timeline.derived.in_force import truce_intervals

corpus = pytest.importorskip("ttp_timeline.corpus", reason="the corpus wants Ibis", exc_type=ImportError)

(HEADER,) = csv.reader(
    [
        "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
        "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
        "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
        "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,iso3,country_id,"
        "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
        "low,gwnoa,gwnob"
    ]
)
Row = dict[str, Any]


def ged_row(number: int, day: str, **cells: Any) -> Row:
    """A row of GED of our own making: an attack of the TTP on the state, in Peshawar."""
    made = dict.fromkeys(HEADER, "") | {
        "id": 900_000 + number, "side_a_new_id": 142, "side_a": "Government of Pakistan", "side_b_new_id": 356, "side_b": "TTP",
        "number_of_sources": -1, "where_prec": 1, "where_coordinates": "Peshawar town", "adm_2": "Peshawar district",
        "latitude": 34.008, "longitude": 71.578, "country": "Pakistan", "date_prec": 1,
        "date_start": f"{day} 00:00:00.000", "date_end": f"{day} 00:00:00.000", "best": 10, "high": 12, "low": 8,
    }  # fmt: skip
    return made | cells


def own_rows() -> list[Row]:
    """The timeline's own violence as a corpus would have it: moved a little, tolls a little off, and events it does not hold."""
    timeline = ttp.load(
        "timeline", filters=[("event_class", "==", "violence"), ("date_precision", "<=", 1), ("killed_best", ">=", 3)]
    )
    timeline = timeline[timeline["latitude"].notna()].sort_values("event_id")
    rows = []
    for n, event in enumerate(timeline.to_dict("records")):
        rows.append(
            ged_row(
                n, event["start_date"].strftime("%Y-%m-%d"), source_headline=event["event_id"], best=event["killed_best"],
                high=event["killed_high"] + n % 3, low=event["killed_low"], country="Pakistan" if event["country_code"] == "PK" else "Afghanistan",
                latitude=event["latitude"] + (n % 5) * 0.02, longitude=event["longitude"], adm_2=f"{event['district_name']} district",
                where_description="two\nlines" if n % 7 == 0 else "",
            )
        )  # fmt: skip
    for n in range(300):  # far from everything in time or place
        rows.append(ged_row(50_000 + n, f"1995-{1 + n % 12:02}-{1 + n % 28:02}"))
        rows.append(
            ged_row(60_000 + n, f"2013-{1 + n % 12:02}-{1 + n % 28:02}", country="India", latitude=9.0, longitude=77.0)
        )
    return rows


def as_csv(rows: list[Row], *, header: list[str] | None = None, hxl: bool = False, end: str = "\r\n") -> str:
    text = io.StringIO()
    names = header or HEADER
    writer = csv.writer(text, lineterminator=end)
    writer.writerow(names)
    if hxl:
        writer.writerow(["#date+year" if n == "year" else "" for n in names])
    writer.writerows([[row.get(n, "") for n in names] for row in rows])
    return text.getvalue()


@pytest.fixture(scope="module")
def ged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ged") / "GEDEvent_v24_1.csv"
    file.write_bytes(as_csv(own_rows(), hxl=True).encode())
    return file


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def backend(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Each engine; CI sets REQUIRE_SPARK in an environment with Spark, and then its absence is a failure."""
    if request.param == "duckdb":
        yield "duckdb"
        return
    if os.environ.get("REQUIRE_SPARK") != "1":
        pytest.importorskip("pyspark", reason="pyspark wants an environment of its own and Java: .ci/run has one")
    from pyspark.sql import SparkSession

    local = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    session = local.config("spark.sql.shuffle.partitions", "4").config("spark.driver.host", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield "spark"
    session.stop()


@pytest.fixture(scope="module")
def read(backend: Any, ged: Path) -> Any:
    return corpus.read_ucdp(ged, backend=backend)


def frame(expression: Any, *order: str) -> pd.DataFrame:
    found: pd.DataFrame = expression.to_pandas()
    for column in found.columns:
        if column.endswith("_date"):
            found[column] = pd.to_datetime(found[column])
    return found.sort_values([*order], ignore_index=True)


def test_a_corpus_has_the_documented_shape(read: Any) -> None:
    assert read.columns == tuple(corpus.SCHEMA)
    rows = frame(read, "corpus_id")
    expected = own_rows()
    assert len(rows) == len(expected)
    assert set(rows["provider"]) == {"ucdp"}
    assert set(rows["version"]) == {"24.1"}
    by_id = rows.set_index("corpus_id")
    for row in expected[::50]:
        found = by_id.loc[str(row["id"])]
        assert (found["killed_low"], found["killed_best"], found["killed_high"]) == (
            row["low"],
            row["best"],
            row["high"],
        )
        assert found["start_date"] == pd.Timestamp(row["date_start"][:10])
        assert found["district_name"] == row["adm_2"].removesuffix(" district")
        assert (found["latitude"], found["longitude"]) == (row["latitude"], row["longitude"])


ODD = [
    ged_row(1, "2014-12-16", where_description='a "quoted"\nand broken line', adm_2="Khyber agency"),
    ged_row(2, "2014-12-17", where_prec=-1, latitude="", longitude="", adm_2="", best=-1),
    ged_row(3, "2014-12-18", date_start="2014-12-18", date_end="2014-12-18T00:00:00", adm_2="FR Kohat", side_b="Jamaat, the"),
    ged_row(4, "2014-12-19", adm_2="FR Tank - Jandola"),
    ged_row(5, "2014-12-20", adm_2="Bolan district"),
]  # fmt: skip
REPEATED = [*HEADER, *["source_original"] * 6]
SHAPES: dict[str, bytes] = {
    "plain": as_csv(ODD, end="\n").encode(),
    "windows": as_csv(ODD).encode(),
    "cr-only": as_csv(ODD, end="\r").encode(),
    "bom": b"\xef\xbb\xbf" + as_csv(ODD).encode(),
    "hxl": as_csv(ODD, hxl=True).encode(),
    "seven-columns-of-one-name": as_csv(ODD, header=REPEATED).encode(),
    "capitals": as_csv(ODD).replace(",".join(HEADER), ",".join(HEADER).upper()).encode(),
    "trailing-empty-lines": as_csv(ODD).encode() + b"\r\n\r\n",
    "other-order": as_csv(ODD, header=HEADER[::-1]).encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_files_as_people_have_them(shape: str, tmp_path: Path) -> None:
    file = tmp_path / "ged221.csv"
    file.write_bytes(SHAPES[shape])
    rows = frame(corpus.read_ucdp(file), "corpus_id")
    assert rows["corpus_id"].tolist() == ["900001", "900002", "900003", "900004", "900005"]
    assert rows["district_name"].tolist()[2:] == ["Kohat", "Tank", "Kachhi"]
    assert rows["district_name"][0] == "Khyber"
    assert rows.loc[1, ["where_precision", "latitude", "longitude", "district_name", "killed_best"]].isna().all()
    assert rows["version"].tolist() == ["22.1"] * 5
    assert rows["side_b"][2] == "Jamaat, the"
    with zipfile.ZipFile(tmp_path / "ged221-csv.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../GEDEvent_v22_1.csv", SHAPES[shape])
        archive.writestr("__MACOSX/._GEDEvent_v22_1.csv", "x")
    before = set(tmp_path.parent.rglob("*"))
    pd.testing.assert_frame_equal(frame(corpus.read_ucdp(tmp_path / "ged221-csv.zip"), "corpus_id"), rows)
    assert set(tmp_path.parent.rglob("*")) == before


def test_parquet_of_the_provider_gives_the_same_as_its_text(ged: Path, read: Any, backend: Any, tmp_path: Path) -> None:
    typed = {
        n: pa.array([r[n] if r[n] != "" else None for r in own_rows()])
        for n in HEADER
        if n not in ("id", "side_a_new_id", "side_b_new_id")
    } | {n: pa.array([int(r[n]) for r in own_rows()], pa.int64()) for n in ("id", "side_a_new_id", "side_b_new_id")}
    (tmp_path / "v24_1").mkdir()
    table = pa.table({n: typed[n].cast(pa.string()) if pa.types.is_null(typed[n].type) else typed[n] for n in HEADER})
    pq.write_table(table.slice(0, 500), tmp_path / "v24_1" / "a.parquet")
    pq.write_table(table.slice(500), tmp_path / "v24_1" / "b.parquet")
    again = corpus.read_ucdp(tmp_path / "v24_1", backend=backend)
    pd.testing.assert_frame_equal(frame(again, "corpus_id"), frame(read, "corpus_id"), check_dtype=False)


def _changed(**cells: Any) -> bytes:
    return as_csv([ged_row(1, "2014-12-16"), ged_row(2, "2014-12-16", **cells)]).encode()


REFUSED: dict[str, tuple[bytes, str]] = {
    "other corpus": (b"event_id_cnty,event_date,fatalities\r\nPAK1,2014-12-16,9\r\n", "no column 'id'.*17.1"),
    "missing column": (as_csv(ODD, header=[n for n in HEADER if n != "date_prec"]).encode(), "no column 'date_prec'.*17.1"),
    "old version": (as_csv(ODD, header=[n if n != "best" else "best_est" for n in HEADER]).encode(), "'best'.*'best_est'.*before 17.1"),
    "needed column twice": (as_csv(ODD, header=[*HEADER, "best"]).encode(), "2 columns named 'best'"),
    "text for a number": (_changed(best="many"), "row 2: column 'best' holds 'many'.*whole number"),
    "negative toll": (_changed(low=-5), "row 2: column 'low' holds -5"),
    "impossible place": (_changed(latitude=95), "column 'latitude' holds 95.*-90.0 to 90.0"),
    "impossible code": (_changed(date_prec=9), "column 'date_prec' holds 9.*1 to 5"),
    "American date": (_changed(date_start="12/16/2014"), "column 'date_start' holds '12/16/2014'.*a day such as"),
    "impossible day": (_changed(date_end="2014-02-30 00:00:00.000"), "column 'date_end'.*a day such as"),
    "no date": (_changed(date_start=""), "row 2: column 'date_start' is empty"),
    "row too short": (as_csv(ODD).encode() + b"1,2,3\r\n", "line .*: 3 cells, where the header has 50"),
    "quote not closed": (as_csv(ODD).encode() + b'"1,2', "line .*: unexpected end"),
    "not UTF-8": (as_csv(ODD).replace("Peshawar", "Pesh\xe4war").encode("latin-1"), "not UTF-8"),
    "empty": (b"", "no comma-separated file"),
    "one column": (b"x\r\ny\r\n", "no comma-separated file"),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_no_such_corpus_is_refused_in_one_sentence(fault: str, tmp_path: Path) -> None:
    content, message = REFUSED[fault]
    file = tmp_path / "ged.csv"
    file.write_bytes(content)
    with pytest.raises(ttp.BadArgumentError, match=message) as refused:
        corpus.read_ucdp(file).to_pandas()
    assert "\n" not in str(refused.value)
    assert str(file) in str(refused.value)


def test_other_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ttp.BadArgumentError, match="there is no file"):
        corpus.read_ucdp(tmp_path / "none.csv")
    with pytest.raises(ttp.BadArgumentError, match="no Parquet file"):
        corpus.read_ucdp(tmp_path)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    with pytest.raises(ttp.BadArgumentError, match="2 CSV files"):
        corpus.read_ucdp(tmp_path / "two.zip")
    pq.write_table(pa.table({"x": [1]}), tmp_path / "x.parquet")
    with pytest.raises(ttp.BadArgumentError, match="no column 'id'"):
        corpus.read_ucdp(tmp_path / "x.parquet")
    with pytest.raises(ttp.UnknownNameError, match="ucdp"):
        corpus.read("acled", tmp_path / "x.parquet")
    with pytest.raises(ttp.UnknownNameError, match="duckdb"):
        corpus.read_ucdp(tmp_path / "x.parquet", backend="oracle")
    assert main(["coverage", str(tmp_path / "none.csv")]) == 1
    assert "there is no file" in capsys.readouterr().err


def test_truce_status_is_what_a_plain_search_finds(read: Any) -> None:
    found = frame(corpus.truce_status(read), "corpus_id")
    assert len(found) == len(own_rows())
    truces = ttp.load("truces", engine="pyarrow")
    last_day = ttp.load("days")["date"].max().date()
    national = truce_intervals(truces, last_day)
    local = truce_intervals(truces, last_day, scope="local")
    places = ttp.load("places").set_index("place_id")["district_name"]
    where = ttp.load("truces").set_index("truce_id")["place_id"]
    seen = set()
    for row in found.to_dict("records"):
        day = row["start_date"].date()
        held = [t for t in national if t[1] <= day <= t[2]] if row["country"] == "Pakistan" else []
        near = (
            [t for t in local if t[1] <= day <= t[2] and places.get(where[t[0]]) == row["district_name"]]
            if row["country"] == "Pakistan"
            else []
        )
        if held:
            name, first, last = max(held, key=lambda t: (t[1], t[2], t[0]))
            assert (row["truce_id"], row["truce_scope"]) == (name, "national")
            assert (row["days_into_truce"], row["days_to_truce_end"]) == ((day - first).days, (last - day).days)
        elif near:
            assert (row["truce_id"], row["truce_scope"]) == (max(near, key=lambda t: (t[1], t[0]))[0], "local")
        else:
            assert pd.isna(row["truce_id"]) and pd.isna(row["truce_scope"]) and pd.isna(row["days_into_truce"])
        ended = [t[2] for t in national if t[2] < day]
        if row["country"] == "Pakistan" and day.year >= 2001 and ended:
            assert row["days_since_truce"] == (day - max(ended)).days
        seen.add(row["truce_scope"])
    assert {"national", "local"} <= seen


def test_around_is_what_a_plain_search_finds(read: Any) -> None:
    rounds = ttp.load("timeline", filters=[("event_type", "==", "talks_round"), ("start_date", ">=", "2014-01-01")])
    found = frame(corpus.around(read, rounds, days=10), "event_id", "corpus_id")
    rows = frame(read, "corpus_id")
    expected = set()
    for event in rounds.to_dict("records"):
        first, last = (
            event["start_date"],
            max(event["start_date"], event["end_date"] if pd.notna(event["end_date"]) else event["start_date"]),
        )
        inside = rows[(rows["start_date"] >= first - timedelta(10)) & (rows["start_date"] <= last + timedelta(10))]
        for row in inside.to_dict("records"):
            day = row["start_date"]
            relative = (day - first).days if day < first else max(0, (day - last).days)
            expected.add(
                (
                    event["event_id"],
                    row["corpus_id"],
                    relative,
                    "before" if relative < 0 else "after" if relative else "during",
                )
            )
    assert (
        set(zip(found["event_id"], found["corpus_id"], found["relative_day"], found["window"], strict=True)) == expected
    )
    assert len(found) == len(expected) > 50
    near = frame(corpus.around(read, rounds, days=10, within_km=150), "event_id", "corpus_id")
    assert 0 < len(near) < len(found)
    assert near["distance_km"].max() <= 150


def test_distances_are_those_of_a_sphere(read: Any) -> None:
    karachi = pd.DataFrame(
        {
            "event_id": ["karachi"],
            "start_date": [pd.Timestamp("1995-06-01")],
            "end_date": [pd.NaT],
            "latitude": [24.86],
            "longitude": [67.01],
        }
    )
    found = corpus.around(read, karachi, days=300, within_km=20_000).to_pandas()
    (north, east), (other_north, other_east) = (tuple(map(radians, p)) for p in ((24.86, 67.01), (34.008, 71.578)))
    by_cosines = acos(sin(north) * sin(other_north) + cos(north) * cos(other_north) * cos(other_east - east)) * 6371
    assert found["distance_km"].round(6).unique().tolist() == [round(by_cosines, 6)]


def test_around_says_what_it_needs(read: Any) -> None:
    with pytest.raises(ttp.BadArgumentError, match="end_date not found"):
        corpus.around(read, pd.DataFrame({"event_id": [], "start_date": []}))
    with pytest.raises(ttp.BadArgumentError, match="not -1"):
        corpus.around(read, ttp.load("timeline"), days=-1)
    with pytest.raises(ttp.UnknownNameError, match="side_b"):
        corpus.daily(read, by="side_c")


def test_daily_adds_up(read: Any) -> None:
    found = frame(corpus.daily(read, by=["country", "side_b"]), "date", "country", "side_b")
    rows = read.to_pandas()
    assert found["events"].sum() == len(rows)
    assert found["killed_best"].sum() == rows["killed_best"].sum()
    assert not found.duplicated(["date", "country", "side_b"]).any()
    assert len(corpus.daily(read).to_pandas()) == rows["start_date"].nunique()


def test_match_finds_the_events_one_to_one_and_explains_each_score(read: Any) -> None:
    found = frame(corpus.match(read), "corpus_id")
    assert not found["corpus_id"].duplicated().any()
    assert not found["event_id"].duplicated().any()
    scores = ["time_score", "place_score", "toll_score", "actor_score"]
    assert found[scores].stack().between(0, 1).all()
    weights = corpus.matching.WEIGHTS
    assert ((found[scores] * pd.Series(weights)).sum(axis=1) - found["score"]).abs().max() < 1e-9
    assert (found["score"] >= 0.6).all()
    truth = {str(row["id"]): row["source_headline"] for row in own_rows() if row["source_headline"]}
    right = [truth.get(c) == e for c, e in zip(found["corpus_id"], found["event_id"], strict=True)]
    assert sum(right) / len(truth) > 0.95
    assert sum(right) / len(right) > 0.95
    assert set(found["corpus_id"]) <= set(truth)


def test_joins_stay_lazy(read: Any) -> None:
    for expression in (
        corpus.match(read),
        corpus.truce_status(read),
        corpus.daily(read),
        corpus.around(read, ttp.load("timeline")),
    ):
        assert type(expression).__module__.startswith("ibis.expr")


def test_coverage_counts_every_row_of_the_country_once(
    read: Any, ged: Path, backend: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    found = corpus.coverage(read)
    here = [row for row in own_rows() if row["country"] == "Pakistan" and row["date_start"] >= "2001"]
    assert found["corpus_events"].sum() == len(here)
    assert found["matched"].sum() == len(frame(corpus.match(read.filter(read.country == "Pakistan")), "corpus_id"))
    assert set(found.loc[found["year"] == 2014, "toll_band"]) <= {"0-4", "5-9", "10-19", "20-49", "50 or more"}
    assert main(["coverage", str(ged), "--backend", backend]) == 0
    told = capsys.readouterr().out
    assert "2014" in told and "Why the two differ" in told
    assert main(["coverage", str(ged), "--backend", backend, "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(found)


def test_agreement_with_the_crosswalk(tmp_path: Path, backend: Any) -> None:
    same = [("scheme", "==", "ucdp_event"), ("match_type", "==", "exact")]
    crosswalk = ttp.load("crosswalk", filters=same).set_index("record_id")["external_id"]
    crosswalk = crosswalk[~crosswalk.index.duplicated()]  # UCDP counts an event twice: one of its ids is enough here
    named = [row | {"id": crosswalk.get(row["source_headline"], row["id"])} for row in own_rows()]
    known = [row for row in named if row["source_headline"] in crosswalk.index]
    # one event is told twice: the farther copy carries the id, so the match must be counted as something else
    moved = known[0] | {"latitude": float(known[0]["latitude"]) + 0.3, "best": 1, "low": 1, "high": 1}
    twin = known[0] | {"id": 1}
    rows = [moved if row is known[0] else row for row in named] + [twin]
    file = tmp_path / "ged.csv"
    file.write_text(as_csv(rows), encoding="utf-8", newline="")
    groups = corpus.agreement(corpus.read_ucdp(file, backend=backend)).set_index("group")
    years, bands = ([g for g in groups.index if isinstance(g, kind) and g != "all"] for kind in (int, str))
    for part in (years, bands):
        for column in ("pairs_known", "pairs_found", "pairs_other"):
            assert groups.loc[part, column].sum() == groups.loc["all", column]
    found = groups.loc["all"]
    assert found["pairs_known"] == len(known)
    assert 0.9 * len(known) < found["pairs_found"] < len(known)
    assert found["pairs_other"] >= 1
    assert found["recall"] == found["pairs_found"] / len(known)
    assert found["precision"] == found["pairs_found"] / (found["pairs_found"] + found["pairs_other"])


def test_the_joins_written_by_hand_answer_the_same(tmp_path: Path, ged: Path) -> None:
    import bench_corpus

    file = tmp_path / "corpus.parquet"
    corpus.read_ucdp(ged).to_parquet(file)
    ours, by_hand = (
        {join: run(join) for join in ("around", "match")}
        for run in (
            lambda join: bench_corpus._ours(join, "duckdb", str(file))().values.tolist(),
            lambda join: bench_corpus._by_hand(join, str(file))(),
        )
    )
    assert sorted(map(tuple, ours["around"])) == sorted(by_hand["around"])
    assert ours["match"][0] == pytest.approx(by_hand["match"][0])
    assert ours["match"][0][0] > 1000
