import pytest

from kg.licences import hashed, may_keep_text

KEEP = [
    "CC BY 4.0",
    "CC-BY",
    "cc0",
    "CC BY-SA 3.0",
    "CC BY-ND 4.0",
    "http://creativecommons.org/licenses/by/2.0",
    "https://creativecommons.org/licenses/by-sa/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "http://creativecommons.org/publicdomain/mark/1.0/",
    "This is an open-access article distributed under the terms of the Creative Commons "
    "Attribution License (CC BY).",
    "Creative Commons Attribution 4.0 International License",
]
FORBID = [
    None,
    "",
    "CC BY-NC 4.0",
    "CC BY-NC-ND",
    "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "Creative Commons Attribution-NonCommercial License",
    "Creative Commons Attribution Non-Commercial 3.0",
    "All rights reserved",
    "This article is made available via the PMC Open Access Subset for unrestricted research "
    "re-use for the duration of the pandemic",
]


@pytest.mark.parametrize("licence", KEEP)
def test_words_are_kept_where_the_licence_allows(licence: str) -> None:
    assert may_keep_text(licence)


@pytest.mark.parametrize("licence", FORBID)
def test_words_are_not_kept_otherwise(licence: str | None) -> None:
    assert not may_keep_text(licence)


def test_the_hash_of_words_is_told_from_words() -> None:
    assert hashed("α") != hashed("a")
    assert hashed("α").startswith("sha256:")
