"""The fields of a reference as a parser found them, before they are judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fields:
    """What one reading of a reference string gives; None where it gives nothing.

    ``authors`` are "Surname II", ``pages`` the range as printed or an article number.
    """

    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str | None = None
    journal: str | None = None
    volume: str | None = None
    pages: str | None = None

    @property
    def whole(self) -> bool:
        """Tell whether it names a paper as fully as a reference to a journal does."""
        return all((self.authors, self.year, self.title, self.journal, self.volume, self.pages))
