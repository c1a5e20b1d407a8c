"""Where a paper stands in its journal: year, volume, issue and pages, in the publishers' orders."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)"
    r"[a-z]*\.?"
)
_DATE = rf"(?:[\s,]*{_MONTH}(?:\s?[-–/]\s?{_MONTH})?(?:\s\d{{1,2}}(?:[-–]\d{{1,2}})?)?)?"
_VOLUME = (
    r"(?:\b(?:[Vv]ol(?:ume|\.)?|[Vv]\.|Bd\.?)\s*)?"
    r"(?P<volume>(?:[A-Z]{1,3}-?)?\d{1,5}(?:[-–‐/]\d{1,5})?(?:-?[A-Za-z])?"
    r"|\b[IVXLC]{1,7}\b)(?![\w])"
)
_PART = r"(?:\bPt\.?\s?\d+|\b[Ss]uppl(?:ement)?\.?\s?[A-Z]?\d*)"
_ISSUE = (
    rf"(?:\s*(?:[,;]?\s*(?:\b[Nn]o\.?|\b[Ii]ssue)\s*"
    rf"(?:[A-Z]?\d+[A-Za-z]?(?:\s?[-–‐/]\s?\d+)?|\w+\s?\d*)"
    r"|[:,.]\s?\d{1,3}(?=:|\s?\()"
    rf"|:?\s?\((?!(?:18|19|20)\d\d[a-z]?\)\s*[:,]?\s*\w)(?:[^()]|\([^()]*\)){{1,60}}\)"
    rf"|,?\s?{_PART}(?:\s?\(?\d+\)?)?)){{0,2}}"
)
_PAGE = r"(?:[A-Za-z]{1,6}[-.]?)?\d[\d.]*(?:[A-Za-z]{1,3}\d+|[A-Za-z](?![a-z]))*(?:\.e\d+)?"
_PAGES = (
    r"(?:\b(?:pp?|pages?|[Aa]rt(?:icle)?\.?(?:\s(?:[Nn]o\.?|ID|number))?|Article ID|e?ID)\b"
    r"\.?\s*)?"
    rf"(?P<pages>{_PAGE}(?:\s?[-–‐‑−—]{{1,2}}\s?{_PAGE}[A-Za-z]?)?|[A-Za-z]{{2,7}}\d+\w*"
    rf"|[ivxlc]+(?:[-–][ivxlc]+)?(?!\w))(?![\w])"
)
_SPAN = rf"(?P<pages>{_PAGE}\s?[-–‐‑−—]{{1,2}}\s?{_PAGE})(?![\w])"
_LAST = (
    r"(?:\s?[,;]\s?(?:[A-Za-z]?\d[\w–-]*))*"
    r"(?:\s?[;,]?\s?(?:quiz|discussion|author reply|erratum)\b[^.]*)?"
)


def _order(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts) + _LAST)


_ORDERS = (
    # (2012) 26(6):1211–7: Frontiers; 2012;26(6):1211–7: Vancouver; 2012, 26, 1211: MDPI, Wiley
    _order(rf"\({_YEAR}[a-z]?{_DATE}\)[.,;:]*\s*", _VOLUME, _ISSUE, r"\s*[:,]\s*", _PAGES),
    _order(rf"\b{_YEAR}[a-z]?\b{_DATE}\s*[;,:.]?\s*", _VOLUME, _ISSUE, r"\s*[:,]\s*", _PAGES),
    # 26, no. 6 (2012): 1211–1217: Chicago, AMA; 26 (2012) 1211: Elsevier
    _order(_VOLUME, _ISSUE, rf"[,\s]*\({_DATE}\s*{_YEAR}[a-z]?\)\s*[:,.]?\s*", _PAGES),
    # 26, 1211–1217 (2012): Nature; 26:1211–1217, 2012: ASCO
    _order(_VOLUME, _ISSUE, r"\s*[:,]\s*", _PAGES, rf"[,.]?\s*\({_DATE}\s*{_YEAR}[a-z]?\)"),
    _order(_VOLUME, _ISSUE, r"\s*[:,]\s*", _PAGES, rf"[,.]\s*{_DATE}\s*{_YEAR}\b"),
    _order(_VOLUME, _ISSUE, rf",\s*{_DATE}\s*{_YEAR},\s*(?=[Pp])", _PAGES),
    # 10(12) 1952–1962, 1992: no sign between
    _order(rf"(?:\b{_MONTH}\s)?\b{_YEAR}\.?\s+", _VOLUME, _ISSUE, r"(?:\s\d+)?\s+", _SPAN),
    _order(_VOLUME, _ISSUE, r",?\s+", _SPAN, rf"[,.]\s*{_DATE}\s*{_YEAR}\b"),
    _order(_VOLUME, _ISSUE, r",?\s+", _SPAN, rf"\s*\({_YEAR}\)"),
    _order(_VOLUME, _ISSUE, r"\s+", _SPAN),
    # 26(6), 1211–1217 or 26:1211, the year before: APA, Chicago, PLOS
    _order(_VOLUME, _ISSUE, r"\s*(?::|,|;)\s*", _PAGES),
)
_PARTIAL = (
    re.compile(rf"{_VOLUME}{_ISSUE},?\s*\({_DATE}\s*{_YEAR}\)(?!\s?[:\d])"),
    re.compile(rf"\({_YEAR}[a-z]?{_DATE}\):\s*{_PAGES}(?!\s?\()"),
    re.compile(rf"\({_YEAR}[a-z]?{_DATE}\)[.,;:]*\s*(?:{_VOLUME})?{_ISSUE}"),
    re.compile(rf"\b{_YEAR}[a-z]?\b{_DATE}\s*[;,:]\s*(?:{_VOLUME})?{_ISSUE}\.?"),
    re.compile(rf"\({_YEAR}[a-z]?{_DATE}\)[.,;:]*\s*[:,]?\s*{_PAGES}"),
    re.compile(rf"\b{_YEAR}[a-z]?\b{_DATE}\s*[:;,]\s*{_PAGES}"),
    re.compile(rf"\(?\b{_YEAR}[a-z]?\b{_DATE}\)?"),
)
_VOLUME_ALONE = re.compile(rf"(?:,\s|\s){_VOLUME}{_ISSUE}\.?\Z")
_TAIL = re.compile(
    r"[\s.,;:]*(?:[\[(](?:in [A-Z]\w+|[A-Z]\w+|[Ee]pub[^\])]*|abstract|[^\[\]()]{0,40})[\])])?"
    r"(?:[\s.,;:\])]|\.\s\d{1,6}\b)*\Z"
)

_YEARLIKE = re.compile(r"(?:19|20)\d\d")
_RANGE = re.compile(r"\d+[-–‐]\d+")
_LONGEST_VOLUME = 4


@dataclass(frozen=True, slots=True)
class Locator:
    """What a locator gives, and ``[start, end)`` where it stands."""

    start: int
    end: int
    year: int | None
    volume: str | None
    pages: str | None


def locate(text: str, *, dated: bool) -> Locator | None:
    """Return the last and fullest locator of a reference's words.

    Parameters
    ----------
    text
        The words after the authors, and after the year where that comes first.
    dated
        Whether the year was found before; then none is needed here.

    Examples
    --------
    >>> locate("A title. Blood. 2012;26(6 Suppl 1):1211–7.", dated=False)
    Locator(start=16, end=42, year=2012, volume='26', pages='1211–7')
    >>> locate("A title in 2001 of 12, 13 mice. Front. Oncol. 8, e12", dated=True).volume
    '8'
    """
    best: tuple[float, Locator] | None = None
    for order, pattern in enumerate(_ORDERS):
        if order == len(_ORDERS) - 1 and not dated and best is not None:
            break
        for found in pattern.finditer(text):
            score = _worth(text, found, dated) - order * 0.01
            if best is None or score > best[0]:
                best = (score, _locator(found, dated))
    if best is not None and best[0] > 0:
        return best[1]
    return _partial(text, dated)


def _worth(text: str, found: re.Match[str], dated: bool) -> float:
    groups = found.groupdict()
    worth = 3.0 if _TAIL.match(text, found.end()) else -len(text[found.end() :]) / 15
    if groups.get("year") and not dated:
        worth += 2.0
    before = text[: found.start()].rstrip()
    if before.endswith(("-", "–")) or not before:
        worth -= 4.0
    return worth + 0.5 * bool(groups.get("pages")) + (found.end() - found.start()) / 200


def _partial(text: str, dated: bool) -> Locator | None:
    """Return the year with what else there is: papers ahead of print have no pages."""
    if dated:
        alone = _VOLUME_ALONE.search(text.rstrip(" .,;"))
        return _locator(alone, dated) if alone and len(text[: alone.start()].split()) > 2 else None
    for pattern in _PARTIAL:
        matches = list(pattern.finditer(text))
        found = matches[-1] if matches else None
        if found and found.start() and len(text) - found.end() < 60:
            return _locator(found, dated)
    return None


def _locator(found: re.Match[str], dated: bool) -> Locator:
    groups = found.groupdict()
    year = groups.get("year")
    volume, pages = groups.get("volume"), (groups.get("pages") or "").rstrip(".")
    if volume and not dated and year is None and _YEARLIKE.fullmatch(volume):
        year, volume = volume, None  # "Small 2023, 2305174": an article number, no volume
        if pages and pages.isdigit() and len(pages) < _LONGEST_VOLUME:
            volume, pages = pages, ""  # "Science 2020, 368."
    if volume and not pages and (_RANGE.fullmatch(volume) or len(volume) > _LONGEST_VOLUME):
        volume, pages = None, volume
    return Locator(
        found.start(),
        found.end(),
        int(year) if year else None,
        volume,
        re.sub(r"\s", "", pages) or None,
    )
