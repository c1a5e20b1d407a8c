"""What every generated page should say now."""

from __future__ import annotations

import os
import tempfile
from contextlib import chdir
from pathlib import Path

from tools.docs import commands, console

ROOT = Path(__file__).resolve().parent.parent.parent


def current() -> dict[Path, str]:
    """Return the text that each page with a generated part should have."""
    pages = reference_pages()
    with tempfile.TemporaryDirectory() as folder, chdir(ROOT):
        store = f"embedded:{folder}/store"
        _fill(store)
        for path in console.pages(ROOT):
            if path not in pages:
                text = path.read_text(encoding="utf-8")
                if "```console" in text:
                    pages[path] = console.rerun(text, store)
    return pages


def reference_pages() -> dict[Path, str]:
    """Return the pages that are generated whole."""
    return {ROOT / "docs" / "reference" / "commands.md": commands.page()}


def _fill(store: str) -> None:
    """Ingest the corpus, as the reader of the pages has done."""
    from kg.ingest import ingest
    from kg.stores import open_store

    with open_store(store) as opened:
        ingest([os.path.relpath(ROOT / "corpus", ROOT)], opened)
