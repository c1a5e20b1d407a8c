"""Score the pipeline on a corpus: one JSON line for each figure.

``python -m tools.evaluate maccrobat --data ../shared/data/maccrobat``. A corpus is a module of
this package with a function ``figures(data)``. ``all`` runs each of them on the folder of its
name inside DATA, where there is one.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tools.evaluate

FOLDERS = {
    "cases": ".",
    "polarity": "maccrobat",
    "order": "maccrobat",
    "attachment": "maccrobat",
    "linking": "case_texts",
    "claims": ".",
    "adverse": "phee",
    "induced": "bc5cdr",
}
"""Corpora that are measured on the folder of another, or of all."""


def corpora() -> list[str]:
    """Return the names of the corpora that can be scored."""
    names = [module.name for module in pkgutil.iter_modules(tools.evaluate.__path__)]
    return [
        name for name in names if not name.startswith("_") and hasattr(_module(name), "figures")
    ]


def _module(name: str) -> Any:
    return importlib.import_module(f"tools.evaluate.{name}")


def figures(corpus: str, data: Path) -> Iterator[dict[str, Any]]:
    """Yield the figures of a corpus, or of every corpus that DATA holds for ``all``."""
    if corpus != "all":
        inside = data / FOLDERS.get(corpus, corpus)
        yield from _module(corpus).figures(inside if inside.exists() else data)
        return
    for name in corpora():
        folder = data / FOLDERS.get(name, name)
        if folder.exists():
            yield from _module(name).figures(folder)
        else:
            print(f"{name}: no {folder}, left out", file=sys.stderr)


def main(arguments: list[str] | None = None) -> int:
    """Print one JSON line a figure."""
    parser = argparse.ArgumentParser(prog="tools.evaluate", description=__doc__)
    parser.add_argument("corpus", choices=[*corpora(), "all"])
    parser.add_argument("--data", type=Path, required=True, help="the corpus's folder")
    given = parser.parse_args(arguments)
    if not given.data.exists():
        parser.error(f"{given.data}: there is no such file or folder")
    for figure in figures(given.corpus, given.data):
        print(json.dumps(figure, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
