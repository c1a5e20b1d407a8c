"""``fetched.jsonl``: what was fetched, from where, when, under which licence, or why not.

One JSON object a line, appended; of several lines of one work the last counts. So a fetch that was
stopped goes on where it was.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from kg.errors import SourceError

FetchStatus = Literal["full_text", "record", "not_found", "failed"]
NAME = "fetched.jsonl"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One line: a work, and what became of it. ``file`` is beside the manifest."""

    id: str
    status: FetchStatus
    url: str | None = None
    licence: str | None = None
    sha256: str | None = None
    when: str | None = None
    file: str | None = None
    reason: str | None = None


class Manifest:
    """The manifest of a folder.

    Raises
    ------
    SourceError
        When the file there is no manifest.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._lines: dict[str, Fetched] = {}
        if self._path.exists():
            self._read()

    def _read(self) -> None:
        lines = self._path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            try:
                entry = Fetched(**json.loads(line))
            except (ValueError, TypeError) as error:
                if number == len(lines):
                    return  # a stop while it was written: the work is fetched again
                raise SourceError(
                    "no line of a manifest", where=f"{self._path}:{number}", hint="mend or move it"
                ) from error
            self._lines[entry.id] = entry

    def has(self, id: str) -> bool:
        """Tell whether the work is there, its file whole."""
        entry = self._lines.get(id)
        if entry is None or entry.file is None:
            return False
        return (self._folder / entry.file).is_file()

    def add(self, entry: Fetched) -> None:
        """Append a line."""
        self._lines[entry.id] = entry
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        with self._path.open("a+b") as file:
            if file.tell() and not _ends_with_newline(file.fileno()):
                file.write(b"\n")
            file.write(line.encode())


def _ends_with_newline(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, 1, size - 1) == b"\n"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it appears when it is whole, or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise SourceError(
            f"it cannot be written ({error.strerror})", where=str(path), hint="make room"
        ) from error
