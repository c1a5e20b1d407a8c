"""One graph for each report: built from its case, checked, written as JSON Lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph.builder import build

__all__ = ["build"]


def __getattr__(name: str) -> Any:
    """Import the stage only when it is run: others need its records alone."""
    if name in __all__:
        from kg.graph.builder import build

        return build
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
