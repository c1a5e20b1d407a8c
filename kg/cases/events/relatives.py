"""Whom a death or a disease is told of where a relative is the subject of its sentence."""

from __future__ import annotations

import re

from kg.cases.passages import Passage
from kg.nlp.model import Mention

_DEATH = re.compile(r"\b(?:die|death|dead|deceased|passed|succumb|expire)", re.IGNORECASE)
_PATIENT = re.compile(r"\b(?:patient|proband|case)\b(?!['’]s)", re.IGNORECASE)
_SUFFERS = re.compile(
    r"^[^.;:]{0,25}\b(?:had|has|have|died|diagnosed|suffer\w*|passed|affected|developed|with)\b[^.;:]{0,30}$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"^[^.;:]{0,40}\band\s+(?:one\s+)?(?:other|another)\s+had\s+\w*\s*$", re.IGNORECASE
)


def is_of_relative(passage: Passage, mention: Mention) -> bool:
    """Whether the subject of the words is a relative: "her mother died of the same illness".

    A death is told of the relative that the sentence names before it, unless the patient is named
    in between; a condition only where the relative is said to have it.
    """
    if mention.kind not in {"Condition", "Outcome"}:
        return False
    relatives = [cue for cue in passage.find("relative") if cue.end <= mention.start]
    if not relatives:
        return False
    since = passage.text[relatives[-1].end - passage.start : mention.start - passage.start]
    if _PATIENT.search(since):
        return False
    if mention.kind == "Outcome":
        return bool(_DEATH.search(mention.text))
    return bool(_SUFFERS.match(since) or _ANOTHER.match(since))
