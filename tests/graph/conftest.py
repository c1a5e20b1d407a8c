import pytest

from tests.graph.samples import Article


@pytest.fixture
def article() -> Article:
    return Article()
