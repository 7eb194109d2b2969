"""The explorer page in a real Chromium: opened from a file, offline, by mouse and by keyboard, wide and narrow, light and dark."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ttp_timeline as ttp
from ttp_timeline.cli import main
from ttp_timeline.page import payload, write_page

SCHOOL = "2014-12-16-army-public-school-attack"
MEASURES = ("killed", "killed_civilians", "killed_security", "killed_militants", "injured")
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(tmp_path_factory.mktemp("site") / "page")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; CI sets REQUIRE_CHROMIUM, and then its absence is a failure."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if os.environ.get("REQUIRE_CHROMIUM") != "1":
        pytest.importorskip("playwright", reason="the tests of the page want playwright")
        if program is None:
            pytest.skip("no Chromium on this machine: .ci/run installs Debian's")
    from playwright.sync_api import sync_playwright

    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=program, args=quiet)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[Open]:
    """A function that opens an address of the page; at the end nothing may have gone wrong in the console or left the page."""
    faults: list[str] = []
    contexts = []

    def go(address: str = "", *, index: Path = site, width: int = 1200, height: int = 900, theme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        tab.on("pageerror", lambda e: faults.append(str(e)))
        tab.on("request", lambda r: None if r.url.startswith(("file:", "blob:", "data:")) else faults.append(r.url))
        tab.on("dialog", lambda d: (faults.append(d.message), d.dismiss()))
        tab.goto(index.as_uri() + address)
        ready(tab)
        return tab

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def ready(tab: Any) -> None:
    tab.wait_for_selector("main[aria-busy=false]")
    tab.wait_for_timeout(300)  # changes of filters are gathered for up to 200 ms
    tab.wait_for_selector("main[aria-busy=false]")


def until(tab: Any, condition: str) -> None:
    """Wait for a condition; the page's own policy forbids to evaluate text inside it, as the browser's driver would."""
    for _ in range(100):
        if tab.evaluate(condition):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(condition)


def found(tab: Any) -> int:
    return int(tab.text_content("#found").split()[0])


def test_it_loads_with_list_timeline_map_and_tolls(opened: Open) -> None:
    tab = opened()
    events = ttp.load("events")
    assert found(tab) == len(events)
    assert tab.locator("#list tbody tr").count() == 10
    newest = events.sort_values("start_date")["start_date"].max().strftime("%Y-%m-%d")
    assert tab.text_content("#list tbody td").startswith(newest[:7])
    for chart in ("#lanes", "#map", "#tolls"):
        tab.wait_for_selector(f"{chart} svg")
    assert tab.locator("#map svg .mark-symbol path").count() > 100


def test_brushing_the_timeline_filters_list_map_and_address(opened: Open) -> None:
    tab = opened()
    tab.wait_for_selector("#tolls svg")
    points = tab.locator("#map svg .mark-symbol path").count()
    box = tab.locator("#lanes svg").bounding_box()
    y = box["y"] + box["height"] - 80
    tab.mouse.move(box["x"] + box["width"] * 0.5, y)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.6, y, steps=5)
    tab.mouse.up()
    until(tab, "location.hash.includes('from=')")
    ready(tab)
    filters = dict(pair.split("=") for pair in tab.evaluate("location.hash.split('?')[1]").split("&"))
    events = ttp.load("events")
    inside = (events["start_date"] <= filters["to"]) & (
        events["end_date"].fillna(events["start_date"]) >= filters["from"]
    )
    assert 0 < found(tab) == inside.sum() < len(events)
    until(tab, f"document.querySelectorAll('#map svg .mark-symbol path').length < {points}")
    shared = opened("#overview?from={from}&to={to}".format(**filters))
    assert shared.text_content("#found") == tab.text_content("#found")


def test_filters_and_search_find_what_the_tables_hold(opened: Open) -> None:
    tab = opened()
    tab.select_option("select[name=type]", "drone_strike")
    ready(tab)
    assert found(tab) == (ttp.load("events")["event_type"] == "drone_strike").sum()
    tab.click("text=Clear")
    ready(tab)
    tab.select_option("select[name=actor]", "lashkar-e-islam")
    ready(tab)
    assert found(tab) == ttp.load("participants", filters=[("actor_id", "==", "lashkar-e-islam")])["event_id"].nunique()
    tab.click("text=Clear")
    tab.fill("input[name=q]", "2014-12-16")
    ready(tab)
    assert found(tab) >= 1
    assert SCHOOL in tab.locator("#list a").first.get_attribute("href")
    timeline = ttp.load("timeline")
    place = (timeline["place_name"] == "Wana").sum()
    tab.fill("input[name=q]", "wana")
    ready(tab)
    assert found(tab) >= place > 0


def test_an_alias_finds_its_actor_and_person(opened: Open) -> None:
    actors, people = ttp.load("actors"), ttp.load("people")
    actor = actors[actors["aliases"].notna() & (actors["actor_type"] == "armed_group")].iloc[0]
    person = people[people["aliases"].notna()].iloc[0]
    for row, name in ((actor, "actor_name"), (person, "person_name")):
        tab = opened("#overview?q=" + row["aliases"][0].replace(" ", "+"))
        assert row[name] in tab.text_content("#named")


def test_from_an_event_to_its_source_and_back_by_address(opened: Open) -> None:
    tab = opened(f"#event/{SCHOOL}")
    evidence = ttp.evidence(SCHOOL)
    rows = tab.locator("table", has_text="Reports by day of publication").locator("tbody tr")
    assert rows.count() == len(evidence)
    assert [rows.nth(n).locator("td").nth(2).text_content().startswith(s) for n, s in enumerate(evidence["says"])]
    rows.first.locator("td").nth(4).locator("a").click()
    until(tab, "location.hash.startsWith('#source/')")
    ready(tab)
    assert tab.locator("dl a[rel~=noopener]").first.get_attribute("href") in set(evidence["url"].dropna())
    assert tab.title().endswith("ttp-timeline")
    tab.go_back()
    ready(tab)
    assert "Army Public School" in tab.text_content("h1")


@pytest.mark.parametrize("day", [None, "2014-12-16", "2010-06-01", "2022-05-20"])
def test_tolls_and_truces_as_of_a_day_are_those_of_the_package(opened: Open, day: str | None) -> None:
    tab = opened(f"#event/{SCHOOL}")
    events = ttp.load("events", as_of=day)
    ids = events["event_id"].tolist()
    tolls = tab.evaluate(
        "([ids, measures, day]) => ids.map((id) => measures.flatMap((m) => { const t = tollOf(id, m, day); return t ? [t.low, t.best, t.high] : [null, null, null]; }))",
        [ids, MEASURES, day],
    )
    columns = [f"{m}_{bound}" for m in MEASURES for bound in ("low", "best", "high")]
    published = events[columns].astype(object).where(events[columns].notna(), None).to_numpy().tolist()
    assert tolls == published
    known = tab.evaluate("(day) => knownRows('truces', day).map((t) => [t.truce_id, t.ended_date, t.end_reason])", day)
    truces = ttp.load("truces", as_of=day)
    ended = truces["ended_date"].dt.strftime("%Y-%m-%d").astype(object)
    reasons = truces["end_reason"].astype(object)
    expected = [
        [i, e if pd.notna(e) else None, r if pd.notna(r) else None]
        for i, e, r in zip(truces["truce_id"], ended, reasons, strict=True)
    ]
    assert sorted(known, key=str) == sorted(expected, key=str)


def test_the_chosen_report_explains_the_best_figure(opened: Open) -> None:
    tab = opened(f"#event/{SCHOOL}")
    wrong = tab.evaluate(
        "() => tables.events.map((e) => tollOf(e.event_id, 'killed')).filter((t) => t && !t.decision && t.report.killed !== t.best).length"
    )
    assert wrong == 0
    assert "Inter-Services Public Relations" in tab.locator("table", has_text="Why this best figure").text_content()


def test_the_slider_redraws_the_overview_as_known_then(opened: Open) -> None:
    tab = opened()
    tab.locator("#known-slider").evaluate(
        "(s) => { s.value = dayNumber('2012-01-01'); s.dispatchEvent(new Event('input')); }"
    )
    until(tab, "location.hash.includes('asof=2012-01-01')")
    ready(tab)
    assert found(tab) == len(ttp.load("events", as_of="2012-01-01"))
    assert tab.evaluate("intervalsAsOf('2012-01-01').length") < tab.evaluate("content.lanes.intervals.length")
    tab.goto(tab.url.split("#")[0] + f"#event/{SCHOOL}?asof=2014-12-01")
    ready(tab)
    assert "Not known on 2014-12-01" in tab.text_content("h1")
    tab.click("text=Show what is known now")
    ready(tab)
    assert "Army Public School" in tab.text_content("h1")


def test_by_keyboard_alone(opened: Open) -> None:
    tab = opened()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "q"
    tab.keyboard.type("army public school")
    ready(tab)
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.closest('#list td') !== null"):
            break
    tab.keyboard.press("Enter")
    until(tab, "location.hash.startsWith('#event/')")
    ready(tab)
    assert tab.evaluate("document.activeElement.id") == "main"
    outline = tab.evaluate(
        "(document.querySelector('nav a').focus(), getComputedStyle(document.querySelector('nav a')).outlineStyle)"
    )
    assert outline != "none"


ADDRESSES = [
    "#overview", f"#event/{SCHOOL}", "#actor/ttp", "#person/noor-wali-mehsud", "#rounds", "#truces", "#accords",
    "#truce/truce-indefinite-2022", "#round/2022-06-01-tribal-jirga-kabul", "#statements", "#downloads", "#charts",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_on_a_small_screen_nothing_sticks_out(opened: Open, address: str) -> None:
    tab = opened(address, width=360, height=740)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["#overview", f"#event/{SCHOOL}", "#statements", "#charts", "#downloads", "#truces"]
)
def test_axe_finds_no_serious_fault(opened: Open, address: str, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tab = opened(address, theme=theme)
    serious = [
        v
        for v in axe.run(tab, options={"preload": False}).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in serious] == []


def test_unknown_addresses_and_broken_filters_are_told(opened: Open) -> None:
    tab = opened("#event/army-public-school")
    assert tab.text_content("h1") == "No such event"
    assert SCHOOL in tab.text_content("main")
    tab = opened("#nowhere/at-all")
    assert "There is no page “nowhere”" in tab.text_content("#notice")
    assert found(tab) == len(ttp.load("events"))
    tab = opened("#overview?from=2014-02-30&type=picnic&colour=red&q=%E0%A4%A")
    notice = tab.text_content("#notice")
    assert all(word in notice for word in ("2014-02-30", "picnic", "colour"))
    tab = opened("#overview?from=2015-01-01&to=2014-01-01")
    assert "ends before it begins" in tab.text_content("#notice")
    assert found(tab) == len(ttp.load("events"))
    opened("#event/%E0%A4%A")


HOSTILE = '<img src=x onerror="window.hacked=1">"\'></script><script>window.hacked=1</script>javascript:window.hacked=1'


def test_text_from_the_data_is_never_markup(opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = payload._table

    def hostile(name: str, columns: list[str] | None) -> dict[str, Any]:
        table = honest(name, columns)
        free = {"title", "summary", "says", "place_name", "actor_name", "person_name", "description", "note", "url", "aliases",
                "statement_text", "right_value", "terms", "agreement_name", "outcome_summary", "publisher_name"}  # fmt: skip
        chosen = [n for n, c in enumerate(table["columns"]) if c in free]
        rows = [list(row) for row in table["rows"]]
        for row in rows:
            for n in chosen:
                row[n] = [HOSTILE] if isinstance(row[n], list) else "javascript:" + HOSTILE
        return {"columns": table["columns"], "rows": rows}

    monkeypatch.setattr(payload, "_table", hostile)
    index = write_page(tmp_path / "page")
    for address in ADDRESSES:
        tab = opened(address, index=index)
        for link in tab.locator("main a").all()[:60]:
            assert link.get_attribute("href").startswith(("#", "downloads/"))
        assert tab.evaluate("window.hacked") is None
        assert tab.locator("main img, main script").count() == 0
    assert "<img src=x" in opened(f"#event/{SCHOOL}", index=index).text_content("h1")


def test_downloads_are_the_published_files(opened: Open, site: Path) -> None:
    tab = opened("#downloads")
    shown = tab.locator("main code").all_text_contents()
    described = json.loads((site.parent / "downloads" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert shown == [r["hash"].removeprefix("sha256:") for r in described]
    for resource in described:
        assert (site.parent / "downloads" / resource["path"]).read_bytes() == ttp.path(resource["name"]).read_bytes()


def test_the_data_stays_small(site: Path) -> None:
    size = sum(f.stat().st_size for f in (site.parent / "data").iterdir())
    assert size * 3000 / len(ttp.load("events", columns=["event_id"])) < 3_000_000


def test_the_same_data_gives_the_same_page(site: Path, tmp_path: Path) -> None:
    again = write_page(tmp_path / "again").parent
    for file in site.parent.rglob("*"):
        if file.is_file():
            assert file.read_bytes() == (again / file.relative_to(site.parent)).read_bytes(), file.name


def test_a_page_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "page"
    assert main(["page", str(folder)]) == 0
    assert capsys.readouterr().out == f"open {folder / 'index.html'}\n"
    before = {f: f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    assert main(["page", str(folder)]) == 1
    assert "--force" in capsys.readouterr().err

    def broken() -> dict[str, str]:
        raise RuntimeError("no data")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(payload, "payloads", broken)
        write_page(folder, force=True)
    assert {f: f.read_bytes() for f in folder.rglob("*") if f.is_file()} == before
    assert [f.name for f in tmp_path.iterdir()] == ["page"]
    assert main(["page", str(folder), "--force"]) == 0


def test_other_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter").write_text("years of work")
    (tmp_path / "file").write_text("")
    for target, force, message in (
        (tmp_path / "thesis", False, "not empty"),
        (tmp_path / "thesis", True, "something else"),
        (tmp_path / "file", True, "is a file"),
        (tmp_path / "none" / "page", False, "no folder"),
    ):
        with pytest.raises(ttp.BadArgumentError, match=message):
            write_page(target, force=force)
    assert (tmp_path / "thesis" / "chapter").read_text() == "years of work"
