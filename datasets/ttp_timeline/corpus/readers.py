"""The corpora that can be read: a module for each, found by its name here."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ttp_timeline.errors import UnknownNameError

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: provider -> its module, which has ``rows(path, version)`` for text and ``of_parquet(table, path, version)``
READERS = {"ucdp": "ttp_timeline.corpus.ucdp"}


def read(provider: str, path: str | Path, *, version: str | None = None, backend: Any = "duckdb") -> ir.Table:
    """A corpus file as an Ibis table of the shape `SCHEMA`, held by ``backend`` ("duckdb", "spark" or an Ibis connection).

    ``path``: CSV, a zip that holds one CSV, or Parquet (also a folder of Parquet files), each as its provider gives it. CSV is
    read once and kept as Parquet in a temporary folder while the process lives; Parquet stays where it is, so on a
    cluster give Parquet that all workers reach. ``version`` is taken from the file's name if not given. Raises BadArgumentError, in one
    sentence that names the column and what was expected, for a file that is no such corpus; UnknownNameError.
    """
    from ttp_timeline.corpus.engines import connection
    from ttp_timeline.corpus.files import as_parquet, check_exists, is_parquet

    if provider not in READERS:
        raise UnknownNameError("corpus", provider, READERS)
    module = import_module(READERS[provider])
    source = check_exists(Path(path))
    held = connection(backend)
    if is_parquet(source):
        return module.of_parquet(_parquet(held, source), source, version)
    return _parquet(held, as_parquet(module.rows(source, version)))


def read_ucdp(path: str | Path, *, version: str | None = None, backend: Any = "duckdb") -> ir.Table:
    """UCDP's Georeferenced Event Dataset or Candidate Events, yearly or monthly, from version 17.1 on; see `read`.

    Source of the format: UCDP GED codebook, ucdp.uu.se/downloads.
    """
    return read("ucdp", path, version=version, backend=backend)


def _parquet(held: Any, path: Path) -> ir.Table:
    files = f"{path}/*.parquet" if path.is_dir() and held.name == "duckdb" else str(path)
    return held.read_parquet(files)
