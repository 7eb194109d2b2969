"""The libraries that draw the page, taken from the installed packages: Vega from Altair's converter, DataTables from itables."""

from __future__ import annotations

from pathlib import Path

from ttp_timeline.errors import BadArgumentError


def libraries() -> dict[str, str]:
    """File name -> text of the scripts and styles that the page loads; raises BadArgumentError without the extra."""
    try:
        import itables
        import vl_convert
    except ImportError as error:
        raise BadArgumentError(f"the page needs {error.name}: pip install 'ttp-timeline[page]'") from None
    tables = Path(itables.__file__).parent / "html"
    script = (tables / "dt_bundle.js").read_text(encoding="utf-8")
    return {
        # a module cannot be imported from a file, but from a text: page.js does so with this one
        "lib/datatables.js": f"const DATATABLES_MODULE = {_literal(script)};\n",
        "lib/datatables.css": (tables / "dt_bundle.css").read_text(encoding="utf-8"),
        # in a scope of its own: its short names would replace those of the page
        "lib/vega.js": f"(() => {{\n{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}\n}})();\n",
    }


def _literal(text: str) -> str:
    import json

    return json.dumps(text)
