from __future__ import annotations

import pytest

from tests.cli.running import Kg


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Kg:
    return Kg(monkeypatch, capfd)
