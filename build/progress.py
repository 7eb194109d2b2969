"""One line on a terminal that says what is being done; nothing where nobody looks."""

from __future__ import annotations

import sys
from types import TracebackType


class Progress:
    """Shows each step in place of the last one."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled

    def step(self, what: str) -> None:
        if self._enabled:
            sys.stderr.write(f"\r\x1b[K{what} …")
            sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._enabled:
            sys.stderr.write("\r\x1b[K")
