"""Numbered days, weeks and months of a course: ``day 17``, ``day +30``, ``POD 3``, ``week 12``.

The value is the distance from the anchor, ``P17D``; days before it are negative, ``-P7D``. What
the day counts from is named by its own words ("postoperative": surgery) or left to attachment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.nlp.carrier import TimeDraft
from kg.nlp.model import Precision
from kg.nlp.quantities.numbers import ORDINALS, WORD_PATTERN, parse_words
from kg.nlp.quantities.scan import Words, matches, words_of

_KIND = (
    r"(?P<kind>post-?\s?op(?:erative)?|postoperative|post-?surg(?:ery|ical)|hospital(?:ization"
    r"|isation)?|admission"
    r"|(?:ICU|icu)|(?:PICU|NICU)|post-?transplant(?:ation)?|post-?(?:HSCT|SCT|BMT|infusion"
    r"|injury|natal|partum|admission"
    r"|diagnosis|treatment|onset)|treatment|illness|gestational|pregnancy|therapy)"
)
_N = rf"(?:\d{{1,4}}|{WORD_PATTERN})"
_SIGN = r"(?P<sign>[+\-−–]?)"
_OF = (
    r"(?: of (?P<of>life|age|hospitali[sz]ation|admission|hospital stay|treatment|therapy"
    r"|illness|birth"
    r"|gestation|pregnancy|disease|the disease|(?:his|her) (?:hospital stay|admission)))?"
)
_FORMS = (
    rf"(?P<before>{_KIND} )?(?<![\w/.])(?P<unit>days?|weeks?|months?) ?(?:\(d\) ?"
    rf"|#)?{_SIGN} ?(?P<n>{_N})"
    rf"(?![\w%]|[.,]\d)(?:(?P<to> ?[-–—] ?(?:day )?| to (?:day )?| through (?:day )?| and |, "
    rf"| and day )[+]?(?P<n2>\d{{1,4}})(?![\w%]|[.,]\d| ?(?:mg|µg|g|cycles?)\b))?{_OF}"
    + r"(?P<post> post-?op(?:eratively)?| postoperatively| postoperative| after (?:admission"
    r"|birth|surgery)"
    r"| post-?transplant(?:ation)?| post-?infusion)?",
    r"(?P<abbreviation>POD|HD|PTD|DOL) ?#?(?P<n5>\d{1,3})\b",
    r"(?<![\w-])(?P<letter>[Dd])(?:(?P<lsign>[+−-]) ?| )?(?P<n3>\d{1,3})(?:(?P<to3> ?[-–] ?"
    r"| to )d?(?P<n4>\d{1,3}))?(?![\w%-]|\.\d)",
    rf"(?<![\w-])(?P<nth>\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)}) (?P<pod>POD"
    rf"|(?P<kind2>{_KIND.replace('(?P<kind>', '(?:')} )?"
    r"(?P<unit2>day|week|month))(?![- ]old|s\b)" + _OF.replace("(?P<of>", "(?P<of2>"),
)
_NAMED = [
    re.compile(rf"(?i:{form})") if "letter" not in form else re.compile(form) for form in _FORMS
]
_STARTS = (
    "post postop postoperative postsurgical hospital admission icu picu nicu posttransplant "
    "treatment"
)
_FIRSTS = (
    frozenset(
        f"day days week weeks month months {_STARTS} illness gestational pregnancy therapy".split()
    ),
    frozenset(["pod", "hd", "ptd", "dol"]),
    frozenset(["d"]),
    frozenset(ORDINALS),
)
"""The first words of each form."""
_ANCHORS = (
    (("post-op", "postop", "post op", "post-surg", "postsurg", "pod"), "surgery"),
    (
        (
            "hospital",
            "admission",
            "post-admission",
            "hd",
            "his hosp",
            "her hosp",
            "his adm",
            "her adm",
        ),
        "admission",
    ),
    (("icu", "picu", "nicu"), "ICU admission"),
    (
        (
            "post-transplant",
            "posttransplant",
            "post transplant",
            "post-hsct",
            "post-sct",
            "post-bmt",
            "ptd",
        ),
        "transplantation",
    ),
    (("post-infusion", "postinfusion"), "infusion"),
    (("post-injury",), "injury"),
    (
        ("life", "birth", "age", "postnatal", "post-natal", "postpartum", "post-partum", "dol"),
        "birth",
    ),
    (("gestation", "pregnancy"), "gestation"),
    (("treatment", "therapy", "post-treatment"), "treatment"),
    (("illness", "disease", "the disease", "post-onset"), "onset"),
    (("post-diagnosis",), "diagnosis"),
)
_UNITS: dict[str, tuple[str, Precision]] = {
    "d": ("D", "day"),
    "w": ("W", "week"),
    "m": ("M", "month"),
}


def anchor_of(words: str | None) -> str | None:
    """Return the point that a day counts from, as its own words name it.

    Examples
    --------
    >>> anchor_of("postoperative"), anchor_of("hospital"), anchor_of(None)
    ('surgery', 'admission', None)
    """
    lowered = (words or "").lower().strip().removeprefix("after ")
    if not lowered:
        return None
    return next((name for starts, name in _ANCHORS if lowered.startswith(starts)), None)


def find_days(text: str, words: Words | None = None) -> Iterator[TimeDraft]:
    """Yield the numbered days, weeks and months of a text.

    Examples
    --------
    >>> for d in find_days("day 17; on day +30; day -7; POD 3; hospital day 5; the 14th POD"):
    ...     print(d.value, d.anchor_text)
    P17D None
    P30D None
    -P7D None
    P3D surgery
    P5D admission
    P14D surgery
    """
    words = words or words_of(text)
    found = [
        match
        for pattern, firsts, digits in zip(
            _NAMED, _FIRSTS, (False, False, False, True), strict=True
        )
        for match in matches(pattern, text, words, firsts, digits)
    ]
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        yield from _split(text, match, _draft(text, match))


def _split(text: str, found: re.Match[str], draft: TimeDraft | None) -> Iterator[TimeDraft]:
    """Yield the draft, "days 22 and 37" as two; only a dash or "to" makes a range."""
    if draft is None:
        return
    joint = found.groupdict().get("to")
    if joint is None or joint.strip() not in ("and", ",", "and day"):
        yield draft
        return
    start = found.start("n2")
    if text[start - 4 : start].lower() == "day ":
        start -= 4
    second = replace(draft, start=start, value=draft.value_to, value_to=None)
    yield replace(draft, end=found.end("n"), value_to=None)
    yield second


def _draft(text: str, found: re.Match[str]) -> TimeDraft | None:
    part = found.groupdict()
    start, end = found.span()
    if part.get("letter"):
        if not part["lsign"] and not _stands_for_day(text, start, part["letter"]):
            return None
        return _numbered(start, end, part["n3"], part["n4"], part["lsign"], "d", None)
    if part.get("abbreviation"):
        return _numbered(start, end, part["n5"], None, None, "d", anchor_of(part["abbreviation"]))
    if nth := part.get("nth"):
        anchor = anchor_of(
            part["kind2"] or part["of2"] or ("pod" if part["pod"] == "POD" else None)
        )
        if anchor is None and not _definite(text, start):
            return None
        rank = ORDINALS.get(nth.lower()) or int(nth[:-2])
        unit = (part["unit2"] or "day")[0].lower()
        end = found.end("pod") if part["of2"] else end
        return _numbered(start, end, str(rank), None, None, unit, anchor)
    anchor = anchor_of(part["kind"]) or anchor_of(part["of"]) or anchor_of(part["post"])
    start, end = found.start("unit"), found.end("n2" if part["n2"] else "n")
    sign = part["sign"] or ""
    return _numbered(start, end, part["n"], part["n2"], sign, part["unit"][0].lower(), anchor)


def _stands_for_day(text: str, start: int, letter: str) -> bool:
    """A bare "d 22" is a day after a small word; a capital D only after "on" or "("."""
    before = text[max(0, start - 8) : start].lower()
    words = ("on ", "from ", "until ", "by ", "to ", "since ") if letter == "d" else ("on ",)
    return before.endswith(words)


def _definite(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start].lower().endswith(("the ", "on ", "his ", "her "))


def _numbered(
    start: int, end: int, n: str, n2: str | None, sign: str | None, unit: str, anchor: str | None
) -> TimeDraft | None:
    code, precision = _UNITS[unit]
    number = parse_words(n)
    if number is None:
        return None
    before = sign is not None and sign != "" and sign in "−-–"
    value = f"{'-' if before else ''}P{number:g}{code}"
    value_to = None if n2 is None else f"{'-' if before else ''}P{n2}{code}"
    return TimeDraft(
        start,
        end,
        "day",
        value,
        precision,
        value_to=value_to,
        direction="before" if before else "after",
        anchor_text=anchor,
    )
