"""What every page with a generated part should say now."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

from tools.docs import checks, commands, console, queries, schema

ROOT = Path(__file__).resolve().parents[2]
WHOLE: dict[str, Callable[[], str]] = {
    "checks.md": checks.page,
    "commands.md": commands.page,
    "queries.md": queries.page,
    "schema.md": schema.page,
}
"""The pages of ``docs/reference`` that are made whole."""


def current() -> dict[Path, str]:
    """Return the text that each page with a generated part should have."""
    pages = {ROOT / "docs" / "reference" / name: page() for name, page in WHOLE.items()}
    with tempfile.TemporaryDirectory() as folder, chdir(ROOT):
        store = f"embedded:{folder}/store"
        _fill(store)
        for path in console.pages(ROOT):
            text = path.read_text(encoding="utf-8")
            if path not in pages and console.FENCE in text:
                pages[path] = console.rerun(text, store)
    return pages


def old(pages: dict[Path, str]) -> list[Path]:
    """Return the pages that are not as they should be."""
    return [
        path
        for path, text in pages.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def _fill(store: str) -> None:
    """Ingest the corpus, as the reader of the pages has done."""
    from kg.ingest import ingest
    from kg.stores import open_store

    with open_store(store) as opened:
        ingest(["corpus"], opened)
