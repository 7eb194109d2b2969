"""One module per table; each holds one pandera model, the only description of its columns.

Modules are discovered: adding a table is adding its module here and its CSV under ``datasets/curated``.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from ttp_timeline.models._model import Table


def _models() -> dict[str, type[Table]]:
    found = {}
    for module in iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        namespace = vars(import_module(f"{__name__}.{module.name}"))
        model = next(v for v in namespace.values() if isinstance(v, type) and v.__module__.endswith(f".{module.name}"))
        found[module.name] = model
    return found


MODELS: dict[str, type[Table]] = _models()


def table_metadata(name: str) -> dict[str, Any]:
    """What a table's model says of the table as a whole: title, key, split_by …"""
    return dict(MODELS[name].Config.metadata or {})


__all__ = ["MODELS", "Table", "table_metadata"]
