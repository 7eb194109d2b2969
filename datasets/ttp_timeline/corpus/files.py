"""Text of a corpus, however it was saved: zipped or not, any line end, with byte order mark or HXL row; as Parquet for engines."""

from __future__ import annotations

import atexit
import csv
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from ttp_timeline.corpus.schema import ARROW
from ttp_timeline.errors import BadArgumentError

BLOCK = 50_000  # rows


def check_exists(path: Path) -> Path:
    """The path; raises BadArgumentError if nothing is there."""
    if not path.exists():
        raise BadArgumentError(f"there is no file {path}")
    return path


def is_parquet(path: Path) -> bool:
    """Whether a path is Parquet: a folder of such files, or a file that begins as one."""
    if path.is_dir():
        if not any(path.glob("*.parquet")):
            raise BadArgumentError(f"the folder {path} holds no Parquet file")
        return True
    with path.open("rb") as stream:
        return stream.read(4) == b"PAR1"


def csv_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file or of the one CSV file in a zip, header first; an HXL row and empty lines are left out."""
    csv.field_size_limit(2**31 - 1)
    with _opened(path) as binary, io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True)
        try:
            header = next(reader, None)
            if not header or len(header) < 2:
                raise BadArgumentError(f"{path} is no comma-separated file with a header")
            yield header
            for number, row in enumerate(reader):
                if not row or (number == 0 and _is_hxl(row)):
                    continue
                if len(row) != len(header):
                    raise BadArgumentError(
                        f"{path}, line {reader.line_num}: {len(row)} cells, where the header has {len(header)}"
                    )
                yield row
        except UnicodeDecodeError as error:
            raise BadArgumentError(
                f"{path} is not UTF-8 text: {error.reason} at byte {error.start} of a block"
            ) from None
        except csv.Error as error:
            raise BadArgumentError(f"{path}, line {reader.line_num}: {error}") from None


def _is_hxl(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and all(cell.startswith("#") for cell in filled)


def _opened(path: Path) -> IO[bytes]:
    if not zipfile.is_zipfile(path):
        return path.open("rb")
    archive = zipfile.ZipFile(path)
    members = [name for name in archive.namelist() if name.lower().endswith(".csv") and not name.startswith("__MACOSX")]
    if len(members) != 1:
        raise BadArgumentError(f"{path} holds {len(members)} CSV files, where one is expected")
    return archive.open(members[0])


def as_parquet(rows: Iterable[dict[str, list[object]]]) -> Path:
    """Write blocks of columns of the corpus schema to one Parquet file in a folder that lives as long as the process."""
    folder = Path(tempfile.mkdtemp(prefix="ttp-timeline-corpus-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "corpus.parquet"
    with pq.ParquetWriter(file, ARROW) as writer:
        for block in rows:
            writer.write_table(pa.table(block, schema=ARROW))
    return file
