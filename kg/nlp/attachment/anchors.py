"""What a day or distance counts from: the mention in the words after it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.carrier import MentionDraft, TimeDraft
from kg.nlp.times.relations import anchor_span

_KINDS = {"Therapy": 0, "Outcome": 1, "Condition": 2}
"""Kinds of mention that time counts from, the likeliest first."""

_COORDINATED = 8
"""Characters between two days of one anchor at most: "day 22 **and** day 37 after"."""


def tie_anchors(text: str, times: Sequence[TimeDraft], mentions: Sequence[MentionDraft]) -> None:
    """Set the anchor of each time whose words name one that is a mention.

    Where a mention names the anchor, ``anchor_text`` is cleared; where none does it stays.

    Examples
    --------
    >>> infusion = MentionDraft(16, 30, "Therapy", "cell_therapy", "lexicon")
    >>> time = TimeDraft(3, 9, "day", "P22D", direction="after", anchor_text="CAR-T infusion")
    >>> tie_anchors("On day 22 after CAR-T infusion, she", [time], [infusion])
    >>> time.anchor is infusion, time.anchor_text
    (True, None)
    """
    candidates = sorted(
        (m for m in mentions if m.kind in _KINDS), key=lambda m: (m.start, _KINDS[m.kind])
    )
    following: TimeDraft | None = None
    for time in reversed(times):
        if time.anchor_text is not None and time.type in ("day", "distance", "duration"):
            span = anchor_span(text, time.end)
            if span is not None:
                time.anchor = _first(candidates, span[0], span[1])
            if time.anchor is None and time.type == "day" and following is not None:
                near = 0 <= following.start - time.end <= _COORDINATED
                time.anchor = following.anchor if near else None
        if time.anchor is not None:
            time.anchor_text = None
        following = time


def _first(candidates: Sequence[MentionDraft], start: int, end: int) -> MentionDraft | None:
    inside = [m for m in candidates if m.start < end and start < m.end and m.start >= start - 2]
    return min(inside, key=lambda m: (_KINDS[m.kind], m.start), default=None)
