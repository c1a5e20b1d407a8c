"""Reading the tab-separated files that hold vocabulary and rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import TermsError


def rows(path: Path, width: int) -> Iterator[list[str]]:
    """Yield the rows of a table, padded to ``width`` columns; ``#`` lines and blanks are left out.

    Raises
    ------
    TermsError
        When the file cannot be read, or a row has more columns than the table.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TermsError("the table cannot be read", where=str(path), hint=str(error)) from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > width:
            raise TermsError(
                f"a row has {len(cells)} columns, the table {width}",
                where=f"{path}:{number}",
                hint="separate columns by one tab and leave empty ones empty",
            )
        yield cells + [""] * (width - len(cells))


def split(cell: str) -> tuple[str, ...]:
    """Split a cell at ``|`` into its parts, blanks left out.

    Examples
    --------
    >>> split("CR | complete remission")
    ('CR', 'complete remission')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())
