import pytest

from tools.docs.__main__ import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_as_it_would_be_made(name: str) -> None:
    page = FOLDER / name
    assert page.is_file() and page.read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"
