"""What a study found, told in a claim's sentence: how many patients, which share, how long.

A figure is kept only where the sentence tells one of its kind, so that none can be the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from kg.cases.claims.grammar import cue

_PEOPLE = (
    r"(?:patients|cases|subjects|children|adults|participants|individuals|recipients|women|men)\b"
)
_GROUP = re.compile(
    rf"(?<![\d.,/–-])(?P<n>\d{{1,6}})\s+(?:[a-z-]+\s+){{0,3}}?{_PEOPLE}|\bn\s*=\s*(?P<given>\d{{1,6}})",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<![\d.,/])(?P<part>\d+)\s*(?:/|(?:out )?of(?: the)?)\s*(?P<n>\d+)\s+"
    rf"(?:[a-z-]+\s+){{0,3}}?{_PEOPLE}",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?<![\d.–~-])(?P<share>\d{1,3}(?:\.\d+)?)\s?%(?!\s*(?:CI|confidence))")
_FOLLOW_UP = re.compile(
    r"\bfollow(?:ed|[- ]?up)\b(?:\s+(?:\w+\s+){0,3}?(?:of|for|was))\s+(?P<number>\d+(?:\.\d+)?)"
    r"\s+(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
Number = TypeVar("Number", int, float)
_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Results:
    """``n`` people, ``rate`` the share of them between 0 and 1, ``follow_up_days`` how long."""

    n: int | None = None
    rate: float | None = None
    follow_up_days: float | None = None


def results(sentence: str, claim: tuple[int, int]) -> Results:
    """Return the results that a sentence tells of a claim.

    Parameters
    ----------
    sentence
        Its text.
    claim
        Where the words of the claim stand in it; a share in another clause is not the claim's.

    Examples
    --------
    >>> results("In 53 patients, blinatumomab induced remission in 43%.", (16, 48))
    Results(n=53, rate=0.43, follow_up_days=None)
    >>> results("Blinatumomab induced remission in 34 of 76 patients.", (0, 30))
    Results(n=76, rate=0.4474, follow_up_days=None)
    """
    parts = [(int(m["part"]), int(m["n"])) for m in _PART.finditer(sentence)]
    groups = [int(m["n"] or m["given"]) for m in _GROUP.finditer(sentence)]
    shares = [
        float(m["share"]) / 100
        for m in _SHARE.finditer(sentence)
        if _one_clause(sentence, claim, m.span())
    ]
    if len(parts) == 1 and 0 <= parts[0][0] <= parts[0][1] and parts[0][1]:
        groups = [parts[0][1]]
        shares = shares or [round(parts[0][0] / parts[0][1], 4)]
    told = [float(m["number"]) * _DAYS[m["unit"].lower()] for m in _FOLLOW_UP.finditer(sentence)]
    share = _only(shares) if len(_SHARE.findall(sentence)) <= 1 else None
    return Results(
        _only(groups), None if share is None or share > 1 else round(share, 4), _only(told)
    )


def _one_clause(sentence: str, claim: tuple[int, int], share: tuple[int, int]) -> bool:
    between = sentence[min(claim[1], share[1]) : max(claim[0], share[0])]
    return not re.search(r"[,;:]", between) and not cue("boundary").search(between)


def _only(values: Iterable[Number]) -> Number | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None
