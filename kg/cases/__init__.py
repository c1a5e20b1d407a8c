"""Cases: the patients of a report, what was done, what came of it, when, and how that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.cases.build import build_case

__all__ = ["build_case"]


def __getattr__(name: str) -> Any:
    """Import the stage only when it is run: others need its records alone."""
    if name in __all__:
        from kg.cases.build import build_case

        return build_case
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
