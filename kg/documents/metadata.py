"""What the readers share about metadata: identifiers, dates, licences and article types."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

from kg.documents.model import ArticleType

_TYPES = Path(__file__).with_name("article_types.tsv")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CC = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<code>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>[\d.]+)"
    r"|(?P<zero>publicdomain/zero))",
    re.IGNORECASE,
)
_CC_WORDS = re.compile(
    r"\bCC[ -](?P<code>BY(?:[ -]NC)?(?:[ -](?:ND|SA))?|0)\b(?:[ -](?P<version>\d\.\d))?"
    r"|creative commons (?P<name>attribution[a-z \u2010-\u2013-]*)(?P<number>\d\.\d)?",
    re.IGNORECASE,
)


def clean_doi(raw: str | None) -> str | None:
    """Return a doi in lower case without resolver, entities, blanks or final punctuation.

    Examples
    --------
    >>> clean_doi("https://doi.org/10.1002/AJH.25582.")
    '10.1002/ajh.25582'
    >>> clean_doi("not a doi") is None
    True
    """
    if not raw:
        return None
    text = html.unescape(raw.strip().replace("\u200b", "").replace("%2F", "/"))
    found = _DOI.search(re.sub(r"\s+", "", text))
    if found is None:
        return None
    doi = found.group().rstrip(".,;:'\"")
    while doi.endswith((")", "]", ">")) and doi.count(doi[-1]) > doi.count(_OPEN[doi[-1]]):
        doi = doi[:-1]
    return doi.lower()


_OPEN = {")": "(", "]": "[", ">": "<"}


def clean_pmcid(raw: str | None) -> str | None:
    """Return a PMC id with its prefix.

    Examples
    --------
    >>> clean_pmcid("8885717")
    'PMC8885717'
    """
    found = re.search(r"\d+", raw or "")
    return f"PMC{found.group()}" if found else None


def iso_date(year: str | None, month: str | None = None, day: str | None = None) -> str | None:
    """Return an ISO 8601 date, as precise as it was stated.

    Examples
    --------
    >>> iso_date("2022", "Nov", "4"), iso_date("2022", "November"), iso_date("2022")
    ('2022-11-04', '2022-11', '2022')
    """
    if not year or not re.fullmatch(r"\d{4}", year.strip()):
        return None
    number = _month(month)
    if number is None:
        return year.strip()
    if day and day.strip().isdigit() and 1 <= int(day) <= 31:
        return f"{year.strip()}-{number:02d}-{int(day):02d}"
    return f"{year.strip()}-{number:02d}"


def _month(month: str | None) -> int | None:
    if not month:
        return None
    text = month.strip().lower()
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else None


def date_in(text: str) -> str | None:
    """Return the first full date of a text.

    Examples
    --------
    >>> date_in("Published: 24 November 2022;"), date_in("May 3, 2021"), date_in("2021-05-03")
    ('2022-11-24', '2021-05-03', '2021-05-03')
    """
    for pattern, order in _DATES:
        for found in pattern.finditer(text):
            parts = dict(zip(order, found.groups(), strict=True))
            date = iso_date(parts["y"], parts["m"], parts.get("d"))
            if date is not None and _month(parts["m"]) is not None:
                return date
    return None


_DATES = (
    (
        re.compile(
            r"\b(\d{1,2})(?:st|nd|rd|th)?[\s\u00a0]+([A-Z][a-z]{2,8})\.?,?[\s\u00a0]+((?:19|20)\d\d)\b"
        ),
        "dmy",
    ),
    (
        re.compile(
            r"\b([A-Z][a-z]{2,8})\.?[\s\u00a0]+(\d{1,2})(?:st|nd|rd|th)?,[\s\u00a0]*((?:19|20)\d\d)\b"
        ),
        "mdy",
    ),
    (re.compile(r"\b((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})\b"), "ymd"),
    (re.compile(r"\b([A-Z][a-z]{2,8})\.?[\s\u00a0]+((?:19|20)\d\d)\b"), "my"),
)


def licence_in(text: str | None) -> str | None:
    """Return the Creative Commons licence that an address or a statement names.

    Examples
    --------
    >>> licence_in("https://creativecommons.org/licenses/by-nc/4.0/")
    'CC BY-NC 4.0'
    >>> licence_in("the terms of the Creative Commons Attribution License (CC BY).")
    'CC BY'
    """
    if not text:
        return None
    if found := _CC.search(text):
        if found["zero"]:
            return "CC0 1.0"
        return f"CC {found['code'].upper()} {found['version'].strip('.')}"
    found = _CC_WORDS.search(text)
    if found is None:
        return "CC0 1.0" if re.search(r"\bpublic domain\b", text, re.IGNORECASE) else None
    if found["code"]:
        code = found["code"].upper().replace(" ", "-")
        version = found["version"]
        return "CC0 1.0" if code == "0" else f"CC {code}" + (f" {version}" if version else "")
    name = re.sub(r"[^a-z]+", "", found["name"].lower())
    code = "BY"
    for words, suffix in (("noncommercial", "NC"), ("sharealike", "SA"), ("noderiv", "ND")):
        code += f"-{suffix}" if words in name else ""
    version = found["number"]
    return f"CC {code}" + (f" {version}" if version else "")


@cache
def _type_rules() -> tuple[tuple[ArticleType, str, re.Pattern[str]], ...]:
    rules: list[tuple[ArticleType, str, re.Pattern[str]]] = []
    for line in _TYPES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, where, pattern = line.split("\t")
            rules.append((kind, where, re.compile(pattern, re.IGNORECASE)))  # type: ignore[arg-type]
    return tuple(rules)


def article_type(types: tuple[str, ...], title: str | None) -> ArticleType:
    """Return the kind of article that its type words and title tell.

    Examples
    --------
    >>> article_type(("CASE REPORT",), None), article_type((), "Erratum to: One title")
    ('case_report', 'correction')
    >>> article_type(("research-article",), "Alpha after beta: a case report")
    'case_report'
    """
    for kind, where, pattern in _type_rules():
        words = types if where == "type" else (title or "",)
        if any(pattern.search(word.strip().replace("-", " ")) for word in words):
            return kind
    return "other"
