from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.sources.settings import Settings
from tests.sources.server import Source, serving


@pytest.fixture
def source() -> Iterator[Source]:
    with serving() as running:
        yield running


@pytest.fixture
def settings(source: Source, tmp_path: Path) -> Settings:
    """All sources on the local server, each under its own path; quick to give up."""
    return Settings(
        europepmc=f"{source.url}/europepmc",
        eutils=f"{source.url}/eutils",
        idconv=f"{source.url}/idconv",
        pmc_bucket=f"{source.url}/bucket",
        crossref=f"{source.url}/crossref",
        contact="me@example.org",
        cache=tmp_path / "cache",
        read_seconds=0.5,
        retries=2,
        longest_wait=2,
    )
