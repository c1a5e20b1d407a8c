"""Results told in words: "CRP was **slightly elevated**", "**negative** for CD20", "CD3 (**+**)".

A word is a result only beside a test (a Marker mention): directly before it, or after it with a
verb between. Vocabulary in ``results.tsv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kg.nlp.quantities.numbers import Span, plain
from kg.nlp.quantities.scan import matches, words_of

TABLE = Path(__file__).with_name("results.tsv")
_ADVERB = (
    r"(?:(?:slightly|mildly|moderately|markedly|significantly|severely|extremely|strongly"
    r"|weakly|highly"
    r"|very|completely|diffusely|focally|borderline|persistently|not"
    r"|relatively|abnormally|consistently|repeatedly|marginally|partially) ){0,3}"
)
_NOUN = (
    r"(?:levels?|counts?|values?|results?|findings?|tests?|studies|study|staining|expression"
    r"|concentrations?|ratio|index|titers?|examinations?|cultures?|scans?|function|rates?"
    r"|screen(?:ing)?|assays?)"
)
_BEFORE = re.compile(
    rf"(?i: (?:(?:serum|plasma|blood|urine|urinary|total|free|fasting|peripheral|initial"
    rf"|repeat) )?(?:{_NOUN} (?:of|for) (?:serum |plasma )?)?(?:the )?)"
)
_FOR = re.compile(r"(?i: (?:results? )?(?:for|to|of) (?:the |anti-)?)")
_AFTER = re.compile(
    rf"(?i:(?: \([^()]{{1,12}}\))?(?: {_NOUN})?(?: (?:of|in) (?:the )?[a-z]+(?: [a-z]+)?)?[,]?"
    r" ?(?:was|were|is|are|remained|remain|returned to|became|to be|being|had been|has been"
    r"|stayed|appeared|turned|found to be|(?:was|were) (?:all |both |found (?:to be )?|also "
    r"|still |again |within |reported as )|[:=(-]) ?(?:(?:all|both|also|still|again|entirely"
    r"|found to be) )*)"
)
_SIGN = re.compile(r"(?: ?\((?P<sign>[+]{1,4}|[-−–])\))")


@cache
def _words() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return the pattern of the words, and the words it may begin with."""
    listed: set[str] = set()
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "result\t")):
            listed.update(line.split("\t")[1].split("|"))
    ordered = sorted(listed, key=lambda word: (-len(word), word))
    firsts = frozenset(re.findall(r"[a-z]+", _ADVERB) + [re.split(r"[ -]", w)[0] for w in listed])
    choice = "|".join(map(re.escape, ordered))
    return re.compile(rf"(?i:(?<![\w-]){_ADVERB}(?P<word>{choice})(?![\w-]))"), firsts


def find_results(text: str, markers: Sequence[Span]) -> list[Span]:
    """Return the spans of results told in words beside the given tests, in order.

    Examples
    --------
    >>> text = "CRP was slightly elevated; normal lactate; CD3 (+); a normal day"
    >>> [text[s:e] for s, e in find_results(text, [(0, 3), (34, 41), (43, 46)])]
    ['slightly elevated', 'normal', '+']
    """
    text = plain(text)
    pattern, firsts = _words()
    starts = [start for start, _ in markers]
    ends = [end for _, end in markers]
    found = {
        match.span()
        for match in matches(pattern, text, words_of(text), firsts, digits=False)
        if _is_before(text, match.end(), starts) or _is_after(text, match.start(), ends)
    }
    for end in ends:
        if sign := _SIGN.match(text, end):
            found.add(sign.span("sign"))
    return sorted(found)


def _is_before(text: str, end: int, starts: Sequence[int]) -> bool:
    """Whether a test begins right after the word, or after "for"."""
    place = bisect_left(starts, end)
    if place == len(starts) or starts[place] - end > 40:
        return False
    gap = text[end : starts[place]]
    return _BEFORE.fullmatch(gap) is not None or _FOR.fullmatch(gap) is not None


def _is_after(text: str, start: int, ends: Sequence[int]) -> bool:
    """Whether a test ends before the word with a verb, colon or bracket between."""
    place = bisect_left(ends, start + 1) - 1
    return (
        place >= 0
        and start - ends[place] <= 60
        and _AFTER.fullmatch(text[ends[place] : start]) is not None
    )
