"""Results told in words: "positive for CD20 and CD79a", "S-100 (−)", "an EGFR mutation"."""

from __future__ import annotations

import re

from kg.cases.drafts import EventDraft
from kg.cases.events.base import widen
from kg.cases.events.measures import SIGNS, add_words
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import Cue
from kg.nlp.model import Mention, Quantity

_LISTED = re.compile(
    r"[\s,;/+()&:\-−–]*(?:\b(?:and|or|as well as|but)\b)?[\s,(]*"
    r"(?:(?:the\s+)?(?:\w+\s+){0,2}"
    r"(?:markers?|antigens?|antibod(?:y|ies)|receptors?|genes?|proteins?)\b[\s,:(]*)?"
    r"(?:[A-Z][\w-]{1,11},\s*(?:and\s+)?)?(?:the\s+)?",
)
"""What parts two members of a list: also a word for markers, or one name that nothing knows."""
_TOWARDS = re.compile(r"\s+(?:for|with|to|in\s+the\s+(?:level|number|proportion))\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|not|is|are)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_SIGN_BEHIND = re.compile(r"(?:/[\w-]+){0,2}\s?\(?([+−]+|-(?=[\s,;.)]))\)?(?=[\s,;.)]|$)")
_PARTS_BEFORE = re.compile(r"[;:,]|\b(?:but|whereas|while|although|however)\b", re.IGNORECASE)
_PARTS_AFTER = re.compile(
    r"[;:\d]|,\s+(?!which|was|were|and|both|all)|\b(?:but|whereas|while|although|however)\b",
    re.IGNORECASE,
)
_GENES_OF = re.compile(
    r"\s*,?\s*(?:including|such as|i\.e\.|namely)?\s*(?:in\s+)?(?:the\s+)?", re.I
)
_RANGE = re.compile(r"normal\s+(?:range|value|limit|level)", re.IGNORECASE)
_ALTERED = frozenset({"mutation", "fusion"})
_ALTERATION = re.compile(r"mutat|fusion|rearrang|translocat|delet|amplif|duplic|insert|variant")
_TESTED_FOR = re.compile(
    r"\b(?:test|analy[sz]|screen|assay|sequenc|examin|search|look|evaluat|investigat|target|assess|"
    r"check|without|whether|detection)\w*\s+(?:[\w-]+\s+){0,3}(?:for|of|at|an?y)\s+"
    r"(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_TEST_OF = re.compile(
    r"[\s-]*(?:test|analys|status|screen|sequenc|panel|stud|assess|probe|inhibit|target|was not|"
    r"were not|could not|has not|not )",
    re.IGNORECASE,
)
_IONS = frozenset({"Na", "K", "Cl", "Ca", "Mg", "HCO3", "H", "Li"})
_REACH = 45
_RESULTS = ("positive", "negative", "high", "low", "normal", "abnormal")


def in_words(view: Passages, passage: Passage, index: int, base: EventDraft) -> EventDraft | None:
    """Return the finding with a result told in words near the marker or its list, if any."""
    mention = view.mentions[index]
    if mention.cue and (mention.rule or "").startswith("pattern:"):
        base.value_text = SIGNS.get(mention.cue, mention.cue.lower())
        return base
    sign = sign_behind(view, mention)
    if sign is not None:
        base.value_text = SIGNS[sign.group(1)[0]]
        base.polarity = "affirmed" if base.value_text == "positive" else "negated"
        widen(view, base, [(mention.end, mention.end + sign.end(1))])
        return base
    if mention.polarity == "negated":
        base.value_text = "negative"
        if mention.cue_start is not None and mention.cue_end is not None:
            add_words(view, base, mention.cue_start, mention.cue_end)
        return base
    members = _list_of(view, passage, index)
    lead = view.mentions[members[0]]
    if lead.polarity == "negated" and (lead.cue_end or lead.end) <= lead.start:
        # "No mutation was detected in MLH1, MSH2 and MSH6": denied of all of them.
        base.value_text, base.polarity = "negative", "negated"
        add_words(view, base, lead.cue_start or lead.start, lead.cue_end or lead.start)
        return base
    start, end = lead.start, view.mentions[members[-1]].end
    before = passage.before(start, *_RESULTS, reach=_REACH)
    after = passage.after(end, *_RESULTS, reach=_REACH)
    near = [
        cue
        for cue in (before, after)
        if cue is not None
        and _same_clause(view, cue.start, cue.end, start, end)
        and _looks_at(view, cue, start)
    ]
    if not near:
        return base if _is_altered(view, mention, base) else None
    cue = min(near, key=lambda c: min(abs(c.start - end), abs(start - c.end)))
    base.value_text = {"positive": "positive", "negative": "negative"}.get(
        cue.name, cue.text.lower()
    )
    if cue.name == "negative":
        base.polarity = "negated"
    add_words(view, base, cue.start, cue.end)
    return base


def sign_behind(view: Passages, mention: Mention) -> re.Match[str] | None:
    """Return the sign of a result behind a marker: "CD20+", "S-100 (−)"."""
    if mention.text in _IONS:
        return None
    return _SIGN_BEHIND.match(view.text[mention.end : mention.end + 30])


def _is_altered(view: Passages, mention: Mention, base: EventDraft) -> bool:
    """Let an alteration of a gene that is told as there be a result of its own."""
    if mention.label not in _ALTERED or mention.certainty != "certain":
        return False
    named = view.text[mention.start : mention.end + 20]
    if not mention.grounded and not _ALTERATION.search(named):
        return False
    before = view.text[max(0, mention.start - 45) : mention.start]
    if _TESTED_FOR.search(before) or _TEST_OF.match(view.text[mention.end : mention.end + 12]):
        return False
    base.value_text = "present"
    return True


def _looks_at(view: Passages, cue: Cue, start: int) -> bool:
    """Whether a result word looks towards the marker: "expressing" and "positive for" look on."""
    word = cue.text.lower()
    forward = cue.start < start
    if _RANGE.match(view.text[cue.start : cue.end + 12]):
        return False
    if _TOWARDS.match(view.text[cue.end : cue.end + 30]):
        return forward
    if word in {"expressing", "express", "expresses", "lacking", "lacked", "lack of", "loss of"}:
        return forward
    if word == "expressed":
        passive = _PASSIVE.search(view.text[max(0, cue.start - 25) : cue.start])
        return forward != bool(passive)
    return True


def _same_clause(view: Passages, cue_start: int, cue_end: int, start: int, end: int) -> bool:
    """Whether nothing parts a result word from the marker or the list of markers it is near."""
    if cue_end <= start:
        if view.text[cue_start:cue_end].lower().startswith("mutation"):
            return bool(_GENES_OF.fullmatch(view.text[cue_end:start]))
        return not _PARTS_BEFORE.search(view.text[cue_end:start])
    return not _PARTS_AFTER.search(view.text[end:cue_start])


def _list_of(view: Passages, passage: Passage, index: int) -> list[int]:
    """Return the markers of the list that a marker stands in: "CD10, CD19 and CD20"."""
    kinds = {"Marker", view.mentions[index].kind}
    markers = [i for i in view.mentions_in[passage.index] if view.mentions[i].kind in kinds]
    first = last = markers.index(index)
    while first > 0 and _listed(view, markers[first - 1], markers[first]):
        first -= 1
    while last + 1 < len(markers) and _listed(view, markers[last], markers[last + 1]):
        last += 1
    return markers[first : last + 1]


def _listed(view: Passages, one: int, two: int) -> bool:
    between = view.text[view.mentions[one].end : view.mentions[two].start]
    return bool(_LISTED.fullmatch(between))


def is_listed(view: Passages, passage: Passage, index: int) -> bool:
    """Whether a marker stands in a list with two others that a vocabulary knows."""
    members = _list_of(view, passage, index)
    return sum(view.mentions[i].grounded for i in members if i != index) > 1


def paired(view: Passages, passage: Passage, index: int) -> list[Quantity]:
    """Return the number of a marker where "respectively" pairs a list with its numbers."""
    place = passage.text.lower().find("respectively")
    if place < 0:
        return []
    members = _list_of(view, passage, index)
    end, stop = view.mentions[members[-1]].end, passage.start + place
    numbers = [
        q
        for q in view.quantities_in(passage)
        if end <= q.start and q.end <= stop and q.value is not None
    ]
    if len(members) < 2 or len(members) != len(numbers):
        return []
    return [numbers[members.index(index)]]
