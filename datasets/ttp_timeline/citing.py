"""How to cite the version that is installed."""

from __future__ import annotations


def cite(style: str = "text") -> str:
    """The citation of the installed version, as "text" or "bibtex"; raises UnknownNameError for another style."""
    from ttp_timeline.catalog import descriptor
    from ttp_timeline.errors import UnknownNameError

    package = descriptor()
    title, version = package["title"], package["version"]
    year = package["last_read"][:4]
    if style == "text":
        return f"ttp-timeline contributors ({year}). {title}, version {version}. Data set, CC BY 4.0."
    if style == "bibtex":
        return (
            f"@misc{{ttp_timeline_{version.replace('.', '_')},\n"
            f"  author = {{{{ttp-timeline contributors}}}},\n"
            f"  title = {{{{{title}}}}},\n  year = {{{year}}},\n"
            f"  version = {{{version}}},\n  note = {{Data set, CC BY 4.0}}\n}}"
        )
    raise UnknownNameError("citation style", style, ["text", "bibtex"])
