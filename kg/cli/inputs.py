"""Documents for the commands that look at a stage: what cannot be read is said and passed over."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.options import Talk
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.documents.model import Document


class Inputs:
    """The documents of the files given; ``-`` is standard input, a folder all that is in it.

    After iteration, :meth:`exit_status` is 0 when all could be worked on, 3 when some could not,
    1 when none could.
    """

    def __init__(self, files: Sequence[str], talk: Talk, *, plain: bool) -> None:
        self._files = files
        self._talk = talk
        self._plain = plain
        self._good = 0
        self._bad = 0

    def __iter__(self) -> Iterator[Document]:
        from kg.documents import read
        from kg.ingest.inputs import files_of

        found = files_of(path for path in self._files if path != "-")
        for error in found.errors:
            self.reject(error)
        sources: list[tuple[object, str]] = [(path, str(path)) for path in found.files]
        if "-" in self._files:
            sources.append((sys.stdin.buffer.read(), "-"))
        for source, name in sources:
            try:
                documents = read(source, source=name, plain=self._plain)  # type: ignore[arg-type]
            except KgError as error:
                self.reject(error)
                continue
            for document in documents:
                self._good += 1
                yield document

    def reject(self, error: KgError) -> None:
        """Say what is wrong with a source or document, and count it."""
        self._bad += 1
        self._talk.warn(str(error))

    def withdraw(self, error: KgError) -> None:
        """Say that a document that was handed out could not be worked on after all."""
        self._good -= 1
        self.reject(error)

    def exit_status(self) -> int:
        """Return the exit status that the command should end with."""
        if not self._bad:
            return 0
        return 3 if self._good else 1

    def finish(self, status: int = 0) -> None:
        """End the command with the worse of ``status`` and its own."""
        final = status or self.exit_status()
        if final:
            click.get_current_context().exit(final)
