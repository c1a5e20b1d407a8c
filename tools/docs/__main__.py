"""``python -m tools.docs``: write the reference pages anew; ``--check``: say which are old."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tools.docs import checks, queries, schema

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "schema.md": schema.page,
    "checks.md": checks.page,
    "queries.md": queries.page,
}


def old_pages() -> list[str]:
    """Return the names of the pages that are not as they would be made."""
    return [name for name, page in PAGES.items() if _held(FOLDER / name) != page()]


def _held(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` only say which are old; return the exit status."""
    old = old_pages()
    if arguments == ["--check"]:
        for name in old:
            print(f"docs/reference/{name} is old; run `make docs`", file=sys.stderr)
        return 1 if old else 0
    for name in old:
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"wrote docs/reference/{name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
