"""Conditions that the words beside them call a harm: "toxicities", "complicated by"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import Cue
from kg.nlp.model import Mention

_OWNER_REACH = 25
_PREGNANCY = re.compile(r"\b(?:pregnanc\w+|gestation\w*|labou?r)\b", re.IGNORECASE)
_FEARED = re.compile(
    r"\b(?:risks?|concern\w*|fear\w*|possib\w+|chance|likelihood|prevent\w*|avoid\w*|minimi[sz]\w+"
    r"|suspect\w*|potential)\b(?:\s+[\w-]+){0,5}\s*$",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:of|from)\s+", re.IGNORECASE)


def called_adverse(view: Passages, passage: Passage, index: int, reach: int | None = None) -> bool:
    """Whether words beside a condition call it a harm: "toxicities", "complicated by".

    With ``reach``, only those that end at most so far before it. What complicates a disease or a
    pregnancy is no harm of a therapy, nor is one that was only feared ("risk of complications").
    """
    mention = view.mentions[index]
    cues = [c for c in passage.find("adverse") if c.end <= mention.start or c.start >= mention.end]
    if reach is not None:
        cues = [c for c in cues if mention.start - reach <= c.end <= mention.start]
    feared = [c for c in cues if _FEARED.search(view.text[passage.start : c.start])]
    return any(cue not in feared and not _of_disease(view, passage, cue) for cue in cues)


def _of_disease(view: Passages, passage: Passage, cue: Cue) -> bool:
    """Whether a complication is said to be one of a disease: "cirrhosis complicated by"."""
    if not cue.text.lower().startswith("complicat"):
        return False
    before = view.text[max(passage.start, cue.start - _OWNER_REACH) : cue.start]
    after = view.text[cue.end : passage.end]
    own = [view.mentions[i] for i in view.mentions_in[passage.index]]
    if cue.text.lower().startswith("complicated"):
        places = range(cue.start - _OWNER_REACH, cue.start + 1)
        return bool(_PREGNANCY.search(before)) or _condition_ends(own, places)
    of = _OF.match(after)
    if of is None:
        return False
    return any(m.kind == "Condition" and 0 <= m.start - cue.end <= _OWNER_REACH for m in own)


def _condition_ends(mentions: Iterable[Mention], places: range) -> bool:
    return any(m.kind == "Condition" and m.end in places for m in mentions)
