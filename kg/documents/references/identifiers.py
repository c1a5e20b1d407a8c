"""The identifiers that stand in a reference's words, and the words without them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\s?(?:<\d+[:,]+[^\s<>]*>|[^\s\"<>|“”])+", re.IGNORECASE)
_NEXT_FIELD = re.compile(r"(?:[,;.]?(?:PMID|PMCID|https?:|doi:|\[)|\)\.).*", re.IGNORECASE)
_PMID = re.compile(r"\b(?:PMID|PubMed(?: ID)?|pubmed\.ncbi\.nlm\.nih\.gov/)[:\s]*(\d{4,8})\b", re.I)
_LOCATORS = re.compile(
    r"\s*[\[(]?\s*(?:"
    r"\bPMID\b:?\s*\d*\.?"
    r"|\bPMCID\b:?\s*(?:PMC)?\d*\.?|\bPMC\d{5,8}\b"
    r"|\b(?:available (?:from|at|online)|retrieved from|accessed)\b.*\Z"
    r"|\b(?:e?pub ahead of print|published online|in press)\b[^:]*\Z"
    r"|(?:https?://|www\.)\S+"
    r"|\bdoi\b(?:\.org/?)?\s*[:.]?(?=[\s\])]|\Z)"
    r")[\s\])]*",
    re.IGNORECASE,
)
_DOI_LABEL = re.compile(
    r"[\s\[(]*(?:https?\s?://)?(?:dx\.)?(?:\bdoi\b)?(?:\.org)?[\s:/.]*\Z", re.IGNORECASE
)
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


@dataclass(frozen=True, slots=True)
class Identified:
    """The doi (lower case) and pmid of a reference, and its words without any locator."""

    doi: str | None
    pmid: str | None
    body: str


def identify(text: str) -> Identified:
    """Take the identifiers out of a reference.

    Examples
    --------
    >>> identify("Li A. One. Blood (2001) 1:2. doi: 10.1002/(SICI)1097(1996)77:5<9::AID-C16>3.0.CO;2-6.")
    Identified(doi='10.1002/(sici)1097(1996)77:5<9::aid-c16>3.0.co;2-6', pmid=None, body='Li A. One. Blood (2001) 1:2.')
    """  # noqa: E501
    text = html.unescape(text) if "&" in text else text
    pmid = _PMID.search(text)
    doi = None
    found = _DOI.search(text)
    while found:
        one = trim(_NEXT_FIELD.sub("", re.sub(r"\s", "", found.group())))
        doi = doi or one.lower()
        label = _DOI_LABEL.search(text, 0, found.start())
        start = label.start() if label else found.start()
        text = f"{text[:start]} {text[found.start() + len(found.group()) :]}".strip()
        found = _DOI.search(text)
    return Identified(doi, pmid.group(1) if pmid else None, _LOCATORS.sub(" ", text).strip())


def trim(doi: str) -> str:
    """Return a doi without the punctuation of the sentence it stood in.

    Examples
    --------
    >>> trim("10.1016/S0140-6736(22)01933-X)."), trim("10.1016/(22)")
    ('10.1016/S0140-6736(22)01933-X', '10.1016/(22)')
    """
    while doi and (doi[-1] in ".,;:'’&" or _unopened(doi)):
        doi = doi[:-1]
    return doi


def _unopened(doi: str) -> bool:
    opening = _PAIRS.get(doi[-1])
    return opening is not None and doi.count(doi[-1]) > doi.count(opening)
