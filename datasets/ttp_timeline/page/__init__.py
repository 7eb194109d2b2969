"""A static site over the published tables: one folder that works from a file, offline, without a server."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from ttp_timeline.catalog import folder
from ttp_timeline.errors import BadArgumentError

SITE = Path(__file__).with_name("site")


def write_page(target: str | Path, *, force: bool = False) -> Path:
    """Write the explorer page to a folder, ``index.html`` first to open; returns that file.

    The folder appears whole or not at all. Needs the extra ``page``. Raises BadArgumentError if the folder holds anything
    and ``force`` is false, if with ``force`` it is no such page, or if its parent does not exist.
    """
    destination = Path(target).resolve()
    if not destination.parent.is_dir():
        raise BadArgumentError(f"there is no folder {destination.parent}")
    if destination.exists() and not destination.is_dir():
        raise BadArgumentError(f"{destination} is a file; give a folder for the page")
    if destination.is_dir() and any(destination.iterdir()):
        if not force:
            raise BadArgumentError(f"{destination} is not empty; give --force to replace the page in it")
        if not (destination / "data" / "overview.js").exists():
            raise BadArgumentError(f"{destination} holds something else than a page; it is left as it is")
    with TemporaryDirectory(dir=destination.parent, prefix=".ttp-timeline-") as scratch:
        made = Path(scratch) / "page"
        _fill(made)
        if destination.is_dir():
            destination.replace(Path(scratch) / "former")
        made.replace(destination)
    return destination / "index.html"


def _fill(made: Path) -> None:
    from ttp_timeline.page.libraries import libraries
    from ttp_timeline.page.payload import payloads

    shutil.copytree(SITE, made)
    for name, text in {**libraries(), **payloads()}.items():
        file = made / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (made / "downloads").mkdir()
    for published in sorted(Path(folder()).iterdir()):
        shutil.copyfile(published, made / "downloads" / published.name)
