"""Lists of markers: "CD10, CD19 and CD20", with brackets and single words between them."""

from __future__ import annotations

import re

from kg.cases.passages import Passage, Passages
from kg.nlp.model import Mention, Quantity

_SEPARATOR = r"[\s,;/+&:()\[\]\-−–]"
_NO_FILLER = (
    r"(?:was|were|is|are|be|been|had|has|have|did|does|do|will|would|could|can|may|"
    r"in|on|by|at|from|to|after|before|than|during|until|since|into|without|with|not|no|"
    r"which|that|who|whose|whereas|while|although|however|because|when|then|"
    r"\w*(?:positiv|negativ|normal|reactiv|stain|elevat|express|reveal|demonstrat|detect|"
    r"confirm|remain|increas|decreas|reduc|mutat|lack|loss|absen|presen)\w*|"
    r"show\w*|rose|fell|high|low|raised|found|suggest\w*|weak\w*|strong\w*|patient|she|he|it|they)\b"
)
_FILLER = rf"(?:(?!{_NO_FILLER})[^\W\d_][\w'.-]*)"
_LISTED = re.compile(
    rf"(?:\s?\d{{1,2}}(?=\)))?{_SEPARATOR}*"
    rf"(?:(?:(?:and|or|as\s+well\s+as|but|including|such\s+as|with|for)\b|{_FILLER}){_SEPARATOR}+)"
    rf"{{0,5}}(?:anti-?)?",
    re.IGNORECASE,
)
"""What parts two members of a list: joints, brackets, and words that tell no result."""
_FILLERS = re.compile(rf"\b{_FILLER}", re.IGNORECASE)
_JOINTS = frozenset({"and", "or", "as", "well", "but", "including", "such", "with", "for", "the"})
_NO_NAME = re.compile(
    r"(?:reactiv|positiv|negativ)\w*$|\b(?:staining|stains?|expressions?|parameters|populations?)$",
    re.IGNORECASE,
)
"""A mention that is a word for a result or for a group of markers, and names none."""
_MOST_FILLERS = 3
_BRACKETS = re.compile(r"\s?\([^()]*\)|\s?\[[^\[\]]*\]")
_CLOSING = re.compile(r"[^()\[\]]*[)\]]")


def names_none(mention: Mention) -> bool:
    """Whether a mention is a word for results or groups: "strong staining", "cell populations"."""
    return not mention.grounded and _NO_NAME.search(mention.text) is not None


def bare(gap: str) -> str:
    """Return what stands between a list and a word, without brackets: ``" (39 IU/mL) were "``.

    A bracket that the list itself stands in is closed first: ``"and other enzymes) were "``.
    """
    gap = _BRACKETS.sub("", gap)
    closing = _CLOSING.match(gap)
    return gap[closing.end() :] if closing else gap


def list_of(view: Passages, passage: Passage, index: int) -> list[int]:
    """Return the markers of the list that a marker stands in: "CD10, CD19 and CD20"."""
    kinds = {"Marker", view.mentions[index].kind}
    markers = [
        i
        for i in view.mentions_in[passage.index]
        if view.mentions[i].kind in kinds and (i == index or not names_none(view.mentions[i]))
    ]
    first = last = markers.index(index)
    while first > 0 and _listed(view, markers[first - 1], markers[first]):
        first -= 1
    while last + 1 < len(markers) and _listed(view, markers[last], markers[last + 1]):
        last += 1
    return markers[first : last + 1]


def _listed(view: Passages, one: int, two: int) -> bool:
    between = view.text[view.mentions[one].end : view.mentions[two].start]
    if len(between) > 60 or not _LISTED.fullmatch(between):
        return False
    return sum(w not in _JOINTS for w in _FILLERS.findall(between.lower())) <= _MOST_FILLERS


def is_listed(view: Passages, passage: Passage, index: int) -> bool:
    """Whether a marker stands in a list with two others that a vocabulary knows."""
    members = list_of(view, passage, index)
    return sum(view.mentions[i].grounded for i in members if i != index) > 1


def paired(view: Passages, passage: Passage, index: int) -> list[Quantity]:
    """Return the number of a marker where "respectively" pairs a list with its numbers."""
    place = passage.text.lower().find("respectively")
    if place < 0:
        return []
    members = list_of(view, passage, index)
    end, stop = view.mentions[members[-1]].end, passage.start + place
    numbers = [
        q
        for q in view.quantities_in(passage)
        if end <= q.start and q.end <= stop and q.value is not None
    ]
    if len(members) < 2 or len(members) != len(numbers):
        return []
    return [numbers[members.index(index)]]


def abbreviates(view: Passages, passage: Passage, index: int) -> bool:
    """Whether a marker is the short name behind its long one: "carcinoembryonic antigen (CEA)"."""
    here = view.mentions_in[passage.index]
    if index - 1 not in here or index not in here:
        return False
    long, short = view.mentions[index - 1], view.mentions[index]
    gap = view.text[long.end : short.start]
    return (
        long.kind == short.kind == "Marker"
        and long.concept is not None
        and long.concept == short.concept
        and gap.strip() == "("
    )
