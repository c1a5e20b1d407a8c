"""Console blocks: each ``$ kg …`` in a page is followed by what it really prints.

A block is fenced as ``console``. Its commands run in the root of the checkout, in order, with the
pages' own store, and their standard output is written below them. A block fenced otherwise is left
alone.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "
FENCE = "```console\n"
WIDTH = 110
"""Columns of tables in the pages."""


def rerun(page: str, store: str) -> str:
    """Return the page with the output of its commands as it is now."""
    return _BLOCK.sub(lambda block: "".join(_rerun_block(block[0], store)), page)


def _rerun_block(block: str, store: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith(_PROMPT):
            yield f"{line}\n"
            yield _output(shlex.split(line.removeprefix(_PROMPT)), store)


def _output(words: list[str], store: str) -> str:
    """Run ``kg`` in this process and return what it prints for programs and people to read."""
    from kg.cli import main

    program, *arguments = words
    if program != "kg":
        raise ValueError(f"only kg is run in a console block, not {program}")
    out = io.StringIO()
    environment = {**os.environ, "KG_STORE": store, "COLUMNS": str(WIDTH)}
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(sys, "argv", ["kg", *arguments]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
        contextlib.suppress(SystemExit),
    ):
        main()
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "".join(f"{line}\n" for line in lines if line)


def pages(root: Path) -> list[Path]:
    """Return the pages that may have console blocks."""
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
