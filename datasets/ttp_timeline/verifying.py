"""Compare the installed files with their checksums."""

from __future__ import annotations


def verify() -> None:
    """Do nothing if every data file is as it was built; raise DataFileError naming those that are not."""
    from ttp_timeline.catalog import damaged
    from ttp_timeline.errors import DataFileError

    wrong = damaged()
    if wrong:
        raise DataFileError(", ".join(wrong), "differs from its checksum or is missing")
