"""Where the files that travel with the package are found.

``queries/`` and ``pipelines/`` stand at the top of the checkout, where people look for them,
and are copied into the wheel as ``kg/_bundled/``; this module finds them in either place.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a bundled file or folder, such as ``"pipelines/annotate.cfg"``.

    Raises
    ------
    KgError
        When it is neither in the wheel nor in the checkout.

    Examples
    --------
    >>> resource("queries").is_dir()
    True
    """
    for root in (_PACKAGE / "_bundled", _PACKAGE.parent):
        path = root / name
        if path.exists():
            return path
    raise KgError(f"the bundled {name} is missing", where=str(_PACKAGE), hint="reinstall kg")
