"""Where a list or a grammar and the trained model see one mention, and differ in where it ends.

Lists know what a name means, the model knows how far a mention goes: "severe acute pancreatitis"
is one mention, of which the list holds "pancreatitis". So a pair of the same kind becomes one
mention with the model's extent and the other's concept; everything else is left to precedence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.nlp.carrier import MentionDraft

MODEL = "model"
LISTS = frozenset({"lexicon", "terminology"})
GRAMMAR = "grammar"


def settle_extents(drafts: Sequence[MentionDraft]) -> list[MentionDraft]:
    """Join each model mention with the one mention of the same kind that it agrees with.

    A grammar's mention takes the model's extent. A list's mention takes it when it is the head
    of the model's, which in English is the end of a noun phrase; where several lie in one model
    mention, or the list's goes further, both stay for precedence to decide.

    Examples
    --------
    >>> pair = [MentionDraft(0, 25, "Condition", "disease", "model"),
    ...         MentionDraft(13, 25, "Condition", "disease", "terminology")]
    >>> [(m.start, m.end, m.source) for m in settle_extents(pair)]
    [(0, 25, 'terminology')]
    """
    others = sorted((d for d in drafts if d.source != MODEL), key=lambda d: d.start)
    starts = [draft.start for draft in others]
    longest = max((draft.end - draft.start for draft in others), default=0)
    kept: list[MentionDraft] = []
    for model in (d for d in drafts if d.source == MODEL):
        first = bisect_left(starts, model.start - longest)
        last = bisect_left(starts, model.end)
        touching = [d for d in others[first:last] if d.end > model.start]
        if len(touching) == 1 and _agree(touching[0], model):
            touching[0].start, touching[0].end = model.start, model.end
        else:
            kept.append(model)
    return [*others, *kept]


def _agree(draft: MentionDraft, model: MentionDraft) -> bool:
    """Whether a mention is the model's, told by another finder."""
    if draft.kind != model.kind:
        return False
    if draft.source == GRAMMAR:
        return True
    return draft.source in LISTS and model.start <= draft.start and draft.end == model.end
