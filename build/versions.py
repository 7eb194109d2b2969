"""SemVer for data: which version must follow another, given the part that must rise."""

from __future__ import annotations


def _parts(version: str) -> tuple[int, int, int]:
    major, minor, patch = (int(p) for p in version.split("."))
    return major, minor, patch


def required_version(old: str, rises: str) -> str:
    """The least version after ``old`` for a change that raises "major", "minor", "patch" or "none"."""
    major, minor, patch = _parts(old)
    least = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
        "none": (major, minor, patch),
    }[rises]
    return ".".join(map(str, least))


def satisfies(old: str, new: str, rises: str) -> bool:
    """Whether ``new`` is high enough a version after ``old``."""
    return _parts(new) >= _parts(required_version(old, rises))
