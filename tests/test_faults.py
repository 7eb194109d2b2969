"""Faults: kills, full disks, folders that cannot be written, two at once, other places of the world, damaged files."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import ttp_timeline as ttp
from pipeline import build, recover
from ttp_timeline import catalog

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
PACKAGE = ROOT / "datasets" / "ttp_timeline"
Amount = Callable[[int, int], int]
Measured = Callable[[str, str], None]


def contents(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in sorted(folder.iterdir())}


def building(curated: Path, data: Path) -> str:
    """A program that builds once more, and again."""
    return (
        f"import sys; sys.path[:0] = [{str(BUILD)!r}, {str(BUILD.parent / 'datasets')!r}]\n"
        f"from pathlib import Path; from pipeline import build\nprint('ready', flush=True)\n"
        f"while True: build(Path({str(curated)!r}), Path({str(data)!r}))"
    )


def killed(program: str, after: float) -> None:
    """Start a program, wait until it says that it is ready and ``after`` seconds more, and kill it."""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.slow
def test_a_killed_build_leaves_a_build_that_loads(
    tiny: Path, tmp_path: Path, amount: Amount, record_property: Measured
) -> None:
    """Kill builds at random moments; afterwards either the old or the new content is there, whole."""
    package = tmp_path / "ttp_timeline"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("data*", ".data*", "__pycache__"))
    data = package / "data"
    build(tiny, data)
    states = [contents(data)]
    events = tiny / "events" / "2010.csv"
    events.write_text(events.read_text().replace("Bomb at Miranshah", "Bombing in Miranshah"))
    build(tiny, tmp_path / "other" / "data")
    states.append(contents(tmp_path / "other" / "data"))
    chance = random.Random(20221128)
    check = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import ttp_timeline as t; t.verify(); t.load('events', engine='pyarrow')"
    kills = amount(10, 200)
    for _ in range(kills):
        killed(building(tiny, data), chance.uniform(0.0, 2.5))
        subprocess.run([sys.executable, "-c", check], check=True)
    recover(data)
    assert contents(data) in states
    record_property("shown at the end", f"faults: {kills} builds killed, the last good build loaded after each")


@pytest.mark.slow
def test_a_killed_export_leaves_the_old_file_or_the_new(
    tmp_path: Path, amount: Amount, record_property: Measured
) -> None:
    target = tmp_path / "events.csv"
    program = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\nfrom ttp_timeline.exports import export\n"
        f"print('ready', flush=True)\nwhile True: export('events', 'csv', output={str(target)!r}, force=True)"
    )
    from ttp_timeline.exports import export

    export("events", "csv", output=str(tmp_path / "whole.csv"))
    whole = (tmp_path / "whole.csv").read_bytes()
    chance, kills = random.Random(7), amount(6, 100)
    for _ in range(kills):
        target.write_bytes(b"the old file")
        killed(program, chance.uniform(0.0, 1.0))
        assert target.read_bytes() in (b"the old file", whole)
    record_property("shown at the end", f"faults: {kills} exports killed, none left half a file")


@pytest.mark.slow
def test_a_killed_release_leaves_the_last_one(checkout: Path, amount: Amount, record_property: Measured) -> None:
    """Kill releases at random moments; what lies in dist afterwards is whole, and the next release clears up."""
    command = [sys.executable, "build", "release"]
    begun = time.perf_counter()
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    whole, chance, kills = time.perf_counter() - begun, random.Random(20140615), amount(1, 50)
    for _ in range(kills):
        process = subprocess.Popen(command, cwd=checkout, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.0, whole))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        dist = next(d for d in (checkout / "dist", checkout / "dist.previous") if d.exists())
        subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=dist, check=True)
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    assert [f.name for f in checkout.iterdir() if f.name.startswith((".dist-", "dist.previous"))] == []
    record_property("shown at the end", f"faults: {kills} releases killed, the last one whole after each")


def test_a_full_disk_is_told_in_one_line_and_the_last_good_build_stays(tiny: Path, tmp_path: Path) -> None:
    """No file may grow beyond 2 kB, which the system reports as a write that fails."""
    data = tmp_path / "data"
    build(tiny, data)
    before = contents(data)
    done = _build(tiny, data, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "the last good build stays" in done.stderr
    assert contents(data) == before
    recover(data)
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".data-")] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told_in_one_line(tiny: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    build(tiny, data)
    before = contents(data)
    tmp_path.chmod(0o555)
    done = _build(tiny, data)
    tmp_path.chmod(0o755)
    assert (done.returncode, "Traceback" in done.stderr, "Permission denied" in done.stderr) == (1, False, True)
    assert contents(data) == before


def test_a_target_that_is_no_folder_is_told_in_one_line(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    done = _build(tiny, tmp_path / "file" / "data")
    assert (done.returncode, "Traceback" in done.stderr, "the last good build stays" in done.stderr) == (1, False, True)
    assert (tmp_path / "file").read_text() == "mine"


def _build(curated: Path, data: Path, **options: object) -> subprocess.CompletedProcess[str]:
    program = (
        f"import sys; sys.dont_write_bytecode = True; sys.path[:0] = [{str(BUILD)!r}, {str(PACKAGE.parent)!r}]\n"
        f"from pathlib import Path; import pipeline, runpy; pipeline.build.__defaults__ = (Path({str(curated)!r}), Path({str(data)!r}), *pipeline.build.__defaults__[2:])\n"
        f"sys.argv = ['build']; runpy.run_path({str(BUILD / '__main__.py')!r}, run_name='__main__')"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_two_builds_at_once_both_end_well(tiny: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    once = building(tiny, data).replace("while True: ", "")
    running = [subprocess.Popen([sys.executable, "-c", once], stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    build(tiny, tmp_path / "alone" / "data")
    assert contents(data) == contents(tmp_path / "alone" / "data")


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Karachi", "LC_ALL": "C"},
        {"TZ": "America/Los_Angeles", "LANG": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
        {"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "12345"},
        {"PYTHONIOENCODING": "latin-1", "PYTHONWARNINGS": "error::EncodingWarning"},
    ],
    ids=["karachi", "angeles", "turkish", "epoch", "latin"],
)
def test_other_places_give_the_same_bytes(surroundings: dict[str, str], tiny: Path, tmp_path: Path) -> None:
    build(tiny, tmp_path / "here")
    program = building(tiny, tmp_path / "there").replace("while True: ", "")
    subprocess.run(
        [sys.executable, "-c", program], check=True, env=os.environ | surroundings, stdout=subprocess.DEVNULL
    )
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_other_line_ends_give_the_same_bytes(tiny: Path, tmp_path: Path) -> None:
    build(tiny, tmp_path / "here")
    for file in tiny.rglob("*.csv"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    build(tiny, tmp_path / "there")
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


@pytest.mark.slow
def test_damaged_files_are_refused_or_read_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, amount: Amount, record_property: Measured
) -> None:
    """Bits flipped, ends cut, pieces swapped: `verify` names every file; `load` alone refuses nearly all that it would misread."""
    data = tmp_path / "data"
    shutil.copytree(catalog.folder(), data)
    monkeypatch.setattr(catalog, "folder", lambda: str(data))
    monkeypatch.setattr("ttp_timeline.loading.folder", lambda: str(data))
    chance, tries = random.Random(42), amount(150, 1000)
    outcomes = {"refused": 0, "equal": 0, "changed": 0}
    whole = {name: ttp.load(name, engine="pyarrow") for name in ("events", "reports", "truces", "days")}
    for number in range(tries):
        name = chance.choice([*whole])
        file = data / f"{name}.parquet"
        good = file.read_bytes()
        bad = bytearray(good)
        match number % 3:
            case 0:
                bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
            case 1:
                del bad[chance.randrange(len(bad)) :]
            case _:
                first, second = sorted(chance.sample(range(len(bad) - 64), 2))
                bad[first : first + 64], bad[second : second + 64] = bad[second : second + 64], bad[first : first + 64]
        if bytes(bad) == good or (len(bad) != len(good) and number % 3 == 2):
            continue
        file.write_bytes(bad)
        with pytest.raises(ttp.DataFileError, match=f"{name}.parquet"):
            ttp.verify()
        try:
            read = ttp.load(name, engine="pyarrow")  # type: ignore[call-overload]
        except ttp.TtpTimelineError:
            outcomes["refused"] += 1
        else:
            outcomes["equal" if read.equals(whole[name]) else "changed"] += 1
        file.write_bytes(good)
    record_property(
        "shown at the end", f"faults: of {sum(outcomes.values())} damaged files {outcomes}, all named by verify"
    )
