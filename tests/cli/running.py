"""Run ``kg`` in this process, as its program does: status, standard output, standard error."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from kg.cli import main


@dataclass(frozen=True, slots=True)
class Run:
    """How a call of ``kg`` ended."""

    status: int
    out: str
    err: str


class Kg:
    """Calls ``kg`` with arguments."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capfd = capfd

    def __call__(self, *arguments: object) -> Run:
        self._monkeypatch.setattr(sys, "argv", ["kg", *(str(one) for one in arguments)])
        self._capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self._capfd.readouterr()
        status = ended.value.code
        return Run(status if isinstance(status, int) else 0, out, err)
