"""What the package reaches for: no network, and no file outside its target and the folder for scratch files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: watches every connection and every file opened for writing, as Python itself announces them
WATCH = """
import json, os, sys
from pathlib import Path
reached = []
allowed = [os.path.realpath(p) for p in (sys.argv[1], "/dev", "/proc/self")]

def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        reached.append(f"{event} {arguments[-1]}")
    path, flags = None, ""
    if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path, flags = arguments[0], arguments[1]
        if not (flags and set(flags) & set("wax+")) and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
    elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.rename", "os.truncate", "shutil.rmtree", "shutil.copyfile"):
        path = arguments[1] if event in ("os.rename", "shutil.copyfile") else arguments[0]
    if path is not None and isinstance(path, (str, bytes, os.PathLike)):
        real = os.path.realpath(os.fsdecode(path))
        if "__pycache__" not in real and not any(real == a or real.startswith(a + os.sep) for a in allowed):
            reached.append(f"{event} {real}")

sys.addaudithook(watch)
target = Path(sys.argv[1])
"""

ACTIONS = {
    "load": "import ttp_timeline as t; t.load('events', as_of='2022-05-20'); t.evidence('2014-12-16-army-public-school-attack'); t.verify(); t.cite(); t.describe('events')",
    "export": "from ttp_timeline.exports import FORMATS, export, copy\nfor name, f in FORMATS.items():\n    export('sources' if name == 'bibtex' else 'timeline', name, output=str(target / name))\ncopy(str(target / 'copy'))",
    "charts": "from ttp_timeline import charts\nfor suffix in ('svg', 'png', 'html'): charts.save(charts.lanes(), target / f'lanes.{suffix}')",
    "page": "from ttp_timeline.page import write_page; write_page(target / 'page')",
    "corpus": "import ttp_timeline as t; from ttp_timeline import corpus; from ttp_timeline.corpus.schema import ARROW; import pyarrow as pa, pyarrow.parquet as pq; pq.write_table(ARROW.empty_table(), target / 'c.parquet'); corpus.coverage(corpus.read_ucdp(target / 'c.parquet'))",
}  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_outside_the_target_is_reached(action: str, tmp_path: Path) -> None:
    if action in ("charts", "page"):
        pytest.importorskip("altair")
    if action == "corpus":
        pytest.importorskip("ibis")
    target = tmp_path / "target"
    scratch = target / "scratch"  # what Python uses for files that nobody asked for
    scratch.mkdir(parents=True)
    program = f"{WATCH}\nsys.path.insert(0, {str(ROOT / 'datasets')!r})\n{ACTIONS[action]}\nprint(json.dumps(reached))"
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, str(target)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TMPDIR": str(scratch)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    program = f"{WATCH}\nimport socket\ntry: socket.create_connection(('127.0.0.1', 9), timeout=0.1)\nexcept OSError: pass\nopen({str(ROOT / 'README.md')!r}, 'r+').close()\nprint(json.dumps(reached))"
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    assert any(event.startswith("socket.") for event in seen)
    assert f"open {ROOT / 'README.md'}" in seen
