"""All time expressions of a text, each stretch read once.

The readers overlap ("18-year" in "18-year-old", "a week" in "three times a week"); the one that
stands earlier in the order below keeps the stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.nlp.carrier import TimeDraft
from kg.nlp.quantities.numbers import Span, plain
from kg.nlp.quantities.scan import Words, words_of
from kg.nlp.times.ages import find_ages
from kg.nlp.times.dates import find_dates
from kg.nlp.times.days import find_days
from kg.nlp.times.frequency import frequencies
from kg.nlp.times.periods import periods
from kg.nlp.times.points import find_points
from kg.nlp.times.relations import anchored, relation_of

_COORDINATED = re.compile(r",? ?(?:and|or|to)? ?(?:days? )?")
_ONLY_BESIDE_DOSES = frozenset(
    [
        "od",
        "bd",
        "qd",
        "o.d.",
        "b.d.",
        "sid",
        "qm",
        "qw",
        "biw",
        "per",
        "day",
        "bid",
        "tid",
        "qid",
        "q.d.",
        "qds",
        "tds",
        "tiw",
        "nocte",
        "qhs",
        "qam",
        "qpm",
    ]
) | {"per day", "every day", "each day", "at bedtime"}


@dataclass(frozen=True, slots=True)
class Times:
    """The time expressions of a text, and which of them are the ages of persons."""

    times: list[TimeDraft]
    ages: list[TimeDraft]


def find_times(text: str, skip: Sequence[Span] = ()) -> list[TimeDraft]:
    """Return the time expressions of a text, in order.

    Examples
    --------
    >>> for t in find_times("An 18-year-old; in May 2017; on day 22 after UCBT; for 19 months"):
    ...     print(t.type, t.value, t.anchor_text)
    age P18Y None
    date 2017-05 None
    day P22D UCBT
    duration P19M None
    """
    return read_times(text, skip).times


def read_times(text: str, skip: Sequence[Span] = ()) -> Times:
    """Return the time expressions of a text with the ages of persons told apart."""
    text = plain(text)
    taken = _Taken(skip)
    words = words_of(text)
    ages = list(find_ages(text, words))
    kept = [age for age in ages if taken.take(age.time)]
    found = [age.time for age in kept]
    found.extend(draft for draft in _frequencies(text, words) if taken.take(draft))
    found.extend(draft for draft in find_dates(text, words) if taken.take(draft))
    found.extend(_days(text, words, taken))
    found.extend(_lengths(text, words, taken))
    found.extend(draft for draft in find_points(text, words) if taken.take(draft))
    found.sort(key=lambda draft: (draft.start, draft.end))
    return Times(found, [age.time for age in kept if age.of_person])


def _frequencies(text: str, words: Words) -> Iterator[TimeDraft]:
    for found in frequencies(text, words):
        if text[found.start : found.end].lower() not in _ONLY_BESIDE_DOSES:
            yield TimeDraft(found.start, found.end, "frequency", found.value)


def _days(text: str, words: Words, taken: _Taken) -> list[TimeDraft]:
    """The numbered days; of "day 22 and day 37 after X" both count from X."""
    days = [anchored(text, draft) for draft in find_days(text, words) if taken.take(draft)]
    for draft, following in zip(reversed(days[:-1]), reversed(days[1:]), strict=True):
        gap = text[draft.end : following.start]
        if draft.anchor_text is None and _COORDINATED.fullmatch(gap):
            draft.anchor_text, draft.direction = following.anchor_text, following.direction
    return days


def _lengths(text: str, words: Words, taken: _Taken) -> Iterable[TimeDraft]:
    for period in periods(text, words):
        draft = relation_of(text, period)
        if draft is not None and taken.take(draft):
            yield draft


class _Taken:
    """The stretches already read, in blocks of the text so that looking up stays cheap."""

    _BLOCK = 64

    def __init__(self, skip: Sequence[Span]) -> None:
        self._blocks: dict[int, list[Span]] = {}
        for start, end in skip:
            self._add(start, end)

    def _add(self, start: int, end: int) -> None:
        for block in range(start // self._BLOCK, (end - 1) // self._BLOCK + 1):
            self._blocks.setdefault(block, []).append((start, end))

    def take(self, draft: TimeDraft) -> bool:
        """Keep the draft's stretch for it; False when another has a part of it."""
        start, end = draft.start, draft.end
        for block in range(start // self._BLOCK, (end - 1) // self._BLOCK + 1):
            if any(s < end and start < e for s, e in self._blocks.get(block, ())):
                return False
        self._add(start, end)
        return True
