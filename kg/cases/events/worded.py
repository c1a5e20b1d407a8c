"""Results told in words: "positive for CD20 and CD79a", "S-100 (−)", "an EGFR mutation"."""

from __future__ import annotations

import re
from functools import cache

from kg.cases.drafts import EventDraft
from kg.cases.events.base import widen
from kg.cases.events.marker_lists import bare, list_of
from kg.cases.events.measures import SIGNS, add_words
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import Cue, table
from kg.nlp.model import Mention

_BY = re.compile(r"\s+(?:by|using|via|through)\b", re.IGNORECASE)
_TOWARDS = re.compile(r"\s+(?:for|with|to|in\s+the\s+(?:level|number|proportion))\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|not|is|are)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_SIGN_BEHIND = re.compile(r"(?:/[\w-]+){0,2}\s?\(?([+−]+|-(?=[\s,;.)]))\)?(?=[\s,;.)]|$)")
_PARTS_BEFORE = re.compile(r"[;:,]|\b(?:but|whereas|while|although|however)\b", re.IGNORECASE)
_PARTS_AFTER = re.compile(
    r"[;:\d]|,\s+(?!which|was|were|and|both|all)|\b(?:but|whereas|while|although|however)\b",
    re.IGNORECASE,
)
_GENES_OF = re.compile(
    r"\s*,?\s*(?:including|such as|i\.e\.|namely|(?:was|were)\s+(?:found|identified|detected))?\s*"
    r"(?:in\s+)?(?:the\s+)?(?:exons?\s+\d+\s+(?:(?:of|in)\s+)?)?(?:of\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"normal\s+(?:range|value|limit|level)", re.IGNORECASE)
_NOTATIONS = frozenset({"variant", "cytogenetic", "karyotype"})
_ALTERED = frozenset({"mutation", "fusion"}) | _NOTATIONS
_STAINED = frozenset({"antigen", "immunology", "gene", "tumour_marker"})
_SHOWN = re.compile(
    r"\b(?:immunohisto\w*|immunostain\w*|immunophenotyp\w*|immunocyto\w*|flow[\s-]cytometr\w*|IHC)\b"
    r"[^.;:]{0,60}?\b(?:show|reveal|demonstrat|disclos|display|identif)\w*\s+"
    r"(?:(?!no\b|neg|abs|lack|loss)\w+\s+){0,3}?"
    r"(?:(?:co-?expression|expression|presence|positivity)\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_HELD = re.compile(r"[\s-]+(?:positiv|negativ)\w+$", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"[\s-]*(?:resolution|molecular|power|grade|dose|risk|flow|speed|quality|frequency|density|output|"
    r"signal|uptake|suspicion|probability|altitude|respiratory|abdom\w+|back|lobe|limbs?|"
    r"extremit\w+|legs?|quadrant|pole|urinary|gastrointestinal|margins?|lymph\snodes?)\b",
    re.IGNORECASE,
)
_AS_WERE = re.compile(
    r",?\s+(?:and\s+)?(?:so\s+|as\s+)(?:was|were|is|are|did)\s+(?:\w+\s+){0,3}", re.IGNORECASE
)
"""What joins a list to the result told before it: "..., as were CEA and AFP"."""
_NOT_MEASURED = re.compile(
    r"could|can\s?not|unable|not\s+(?:performed|done|available|measured|tested|determined|checked|"
    r"assessed|obtained|evaluated)",
    re.IGNORECASE,
)
_FUNCTIONS = re.compile(r"\b(?:function|motion|movement|mobility|vision|acuity)\b", re.IGNORECASE)
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


@cache
def _statuses() -> frozenset[str]:
    """Return the concepts that are a result by their name: "MSI-high", "pMMR"."""
    return frozenset(row[0] for row in table("status_markers.tsv"))


_RESULTS = ("positive", "negative", "high", "low", "normal", "abnormal")


def in_words(view: Passages, passage: Passage, index: int, base: EventDraft) -> EventDraft | None:
    """Return the finding with a result told in words near the marker or its list, if any."""
    mention = view.mentions[index]
    if mention.cue and (mention.rule or "").startswith("pattern:"):
        base.value_text = SIGNS.get(mention.cue, mention.cue.lower().strip(" -‐–()"))
        return base
    sign = sign_behind(view, mention)
    if sign is not None:
        base.value_text = SIGNS[sign.group(1)[0]]
        base.polarity = "affirmed" if base.value_text == "positive" else "negated"
        widen(view, base, [(mention.end, mention.end + sign.end(1))])
        return base
    if mention.polarity == "negated":
        return _denied(view, mention, base)
    members = list_of(view, passage, index)
    lead = view.mentions[members[0]]
    if lead.polarity == "negated" and (lead.cue_end or lead.end) <= lead.start:
        # "No mutation was detected in MLH1, MSH2 and MSH6": denied of all of them.
        base.value_text, base.polarity = "negative", "negated"
        add_words(view, base, lead.cue_start or lead.start, lead.cue_end or lead.start)
        return base
    start, end = lead.start, _end(view.mentions[members[-1]])
    near = [
        cue
        for cue in _cues_beside(view, passage, members, start, end)
        if _same_clause(view, cue.start, cue.end, start, end) and _looks_at(view, cue, start)
    ]
    if not near:
        return base if _tells_itself(view, passage, mention, lead, base) else None
    cue = min(near, key=lambda c: min(abs(c.start - end), abs(start - c.end)))
    base.value_text = {"positive": "positive", "negative": "negative"}.get(
        cue.name, cue.text.lower()
    )
    if cue.name == "negative":
        base.polarity = "negated"
    add_words(view, base, cue.start, cue.end)
    return base


def _denied(view: Passages, mention: Mention, base: EventDraft) -> EventDraft | None:
    """Return the finding of a marker that was not there, but not of what was not measured.

    "Did not regain renal function" says how it changed, not that it was absent.
    """
    if _NOT_MEASURED.search(mention.cue or "") or _FUNCTIONS.search(mention.text):
        return None
    base.value_text = "negative"
    if mention.cue_start is not None and mention.cue_end is not None:
        add_words(view, base, mention.cue_start, mention.cue_end)
    return base


def _end(mention: Mention) -> int:
    """Return where a marker ends, without the word of a result that its mention may hold."""
    held = _HELD.search(mention.text)
    return mention.end - len(held.group()) if held else mention.end


def _cues_beside(
    view: Passages, passage: Passage, members: list[int], start: int, end: int
) -> list[Cue]:
    """Return the nearest result words before and behind a list; brackets between are no distance.

    What is bound to another marker ("TMB-High") or to another noun ("high-resolution",
    "lower limbs") is none.
    """
    own = {view.mentions[i].end for i in members}
    others = [view.mentions[i] for i in view.mentions_in[passage.index] if i not in members]
    told = passage.find(*_RESULTS)
    cues = [
        cue
        for cue in told
        if not any(c.start <= cue.start and cue.end <= c.end and c != cue for c in told)
        and not _OF_ANOTHER.match(view.text, cue.end)
        and not any(_is_bound(view, cue, marker) for marker in others)
        and not (view.text[cue.start - 1] == "-" and cue.start - 1 in own and cue.end <= start)
    ]
    before = [c for c in cues if start - _REACH <= c.end <= start][-1:]
    after = [c for c in cues if c.start >= end and not _in_bracket(view.text[end : c.start])][:1]
    return before + [c for c in after if len(bare(view.text[end : c.start])) <= _REACH]


def _is_bound(view: Passages, cue: Cue, mention: Mention) -> bool:
    """Whether a word of a result is a part of a marker's name or bound to it: "TMB-**High**"."""
    if not mention.grounded or mention.kind != "Marker" or cue.start <= mention.start:
        return False
    return cue.start < mention.end or view.text[mention.end : cue.start] == "-"


def _in_bracket(gap: str) -> bool:
    """Whether a bracket is opened and not closed: "IgE (39 IU/mL, **normal** < 100) was raised"."""
    return gap.count("(") > gap.count(")")


def _tells_itself(
    view: Passages, passage: Passage, mention: Mention, lead: Mention, base: EventDraft
) -> bool:
    """Let an alteration, a status or what a stain showed be a result of its own."""
    if _is_altered(view, mention, base):
        return True
    if mention.polarity == "affirmed" and _is_shown(view, passage, mention, lead):
        base.value_text = "positive"
        return True
    return False


def _is_shown(view: Passages, passage: Passage, mention: Mention, lead: Mention) -> bool:
    """Whether a stain showed a marker: "immunohistochemistry revealed CK20 and CDX2"."""
    if mention.label not in _STAINED:
        return False
    return _SHOWN.search(view.text[passage.start : lead.start]) is not None


def sign_behind(view: Passages, mention: Mention) -> re.Match[str] | None:
    """Return the sign of a result behind a marker: "CD20+", "S-100 (−)"."""
    if mention.text in _IONS:
        return None
    return _SIGN_BEHIND.match(view.text[mention.end : mention.end + 30])


def _is_altered(view: Passages, mention: Mention, base: EventDraft) -> bool:
    """Let an alteration of a gene that is told as there be a result of its own."""
    if mention.certainty != "certain":
        return False
    if mention.concept in _statuses():
        base.value_text = "present"
        return True
    if mention.label not in _ALTERED:
        return False
    named = view.text[mention.start : mention.end + 20]
    listed = mention.label == "mutation" and mention.source == "pattern"
    if not (mention.grounded or listed or mention.label in _NOTATIONS or _ALTERATION.search(named)):
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
    if forward and _AS_WERE.fullmatch(view.text, cue.end, start):
        return True
    by = forward and _BY.match(view.text, cue.end)
    if by or _RANGE.match(view.text[cue.start : cue.end + 12]):
        return False
    if _TOWARDS.match(view.text[cue.end : cue.end + 30]):
        return forward
    if word in {"expressing", "express", "expresses", "lacking", "lacked", "lack of", "loss of"}:
        return forward
    if word in {"expressed", "highlighted"}:
        passive = _PASSIVE.search(view.text[max(0, cue.start - 25) : cue.start])
        return forward != bool(passive)
    return True


def _same_clause(view: Passages, cue_start: int, cue_end: int, start: int, end: int) -> bool:
    """Whether nothing parts a result word from the marker or the list of markers it is near."""
    if cue_end <= start:
        if _AS_WERE.fullmatch(view.text, cue_end, start):
            return True
        if view.text[cue_start:cue_end].lower().startswith("mutation"):
            return bool(_GENES_OF.fullmatch(view.text[cue_end:start]))
        return not _PARTS_BEFORE.search(view.text[cue_end:start])
    return not _PARTS_AFTER.search(bare(view.text[end:cue_start]))
