"""Which files were given: paths and folders become a sorted list of files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError

_NOT_ARTICLES = {"readme", "readme.md", "readme.txt", "index.tsv", "fetched.jsonl", "license"}
"""Names that lie beside articles in a folder and are none; a file named outright is always read."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that paths name, in order, and what could not be read of them."""

    files: tuple[Path, ...]
    errors: tuple[ReadError, ...] = ()


def files_of(paths: Iterable[str | Path]) -> Inputs:
    """Return the files that the paths name, folders taken whole, hidden files left out.

    A path that is not there, or a folder that cannot be listed, is one of the errors; the rest
    is found all the same.
    """
    found: set[Path] = set()
    errors: list[ReadError] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found.update(_articles_in(path, errors))
        elif path.exists():
            found.add(path)
        else:
            errors.append(
                ReadError("no such file or folder", where=str(path), hint="check the path")
            )
    return Inputs(tuple(sorted(found)), tuple(errors))


def _articles_in(folder: Path, errors: list[ReadError]) -> list[Path]:
    def refuse(error: OSError) -> None:
        what = f"the folder cannot be read ({error.strerror})"
        errors.append(ReadError(what, where=str(error.filename), hint="check its permissions"))

    return [
        Path(root) / name
        for root, folders, names in os.walk(folder, onerror=refuse)
        if not _prune(folders)
        for name in names
        if not name.startswith(".") and name.lower() not in _NOT_ARTICLES
    ]


def _prune(folders: list[str]) -> bool:
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return False


def source_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read in pieces.

    Raises
    ------
    ReadError
        When the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"the file cannot be read ({error.strerror})", where=str(path)) from error
