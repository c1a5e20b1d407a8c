"""Which mentions a cue reaches: scopes inside one sentence, after ConText.

A forward cue reaches from its end to the first thing that ends a clause, a backward cue from its
start back to one. What ends a clause is told by the ``stop`` lines of ``cues.tsv`` and, for
commas, by what follows them: an enumeration goes on, a new statement (a segment with a verb)
does not.

References
----------
Harkema H, Dowling JN, Thornblade T, Chapman WW. ConText: an algorithm for determining negation,
experiencer, and temporal status from clinical reports. J Biomed Inform 2009, 42(5):839-851.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.nlp.assertion.cues import AXIS_OF, Cue

_OR = frozenset({"or", "nor"})
_WIDE = {"experiencer": "Person", "time": "When"}
"""What stops know the scopes by that reach mentions of every kind."""
_ARTICLES = frozenset({"a", "an", "the"})
_SPLIT = frozenset({"and", ","})


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence's words with what divides it: stop cues, and commas before a new statement."""

    words: Sequence[str]
    start: int
    end: int
    stops: tuple[Cue, ...]
    breaks: frozenset[int]
    verbs: frozenset[str]
    depth: Sequence[int]
    """For each word, counted from ``start``, how many brackets are open around it."""

    def reaches(self, cue: Cue, start: int, end: int, kind: str) -> int | None:
        """Return the distance in tokens from a cue to a mention at ``[start, end)``, if in scope.

        None when the mention lies on the wrong side, too far, or behind something that ends the
        cue's scope for mentions of this kind.
        """
        rule = cue.rule
        if rule.kinds and kind not in rule.kinds:
            return None
        if start >= cue.end and rule.direction in ("forward", "both"):
            left, right, forward = cue.end, start, True
        elif end <= cue.start and rule.direction in ("backward", "both"):
            left, right, forward = end, cue.start, False
        else:
            return None
        distance = right - left
        if rule.reach and distance > rule.reach:
            return None
        if rule.item and self._several(left, right):
            return None
        if not rule.reach and self._leaves_brackets(cue, start):
            return None
        # Whose and when something was is said of all that follows, whatever its kind.
        kind = _WIDE.get(AXIS_OF[rule.category], kind)
        return None if self._stopped(left, right, kind, forward) else distance

    def _said(self, left: int, right: int) -> bool:
        """Tell whether a finite verb and then "and" or a comma stand between: a new statement."""
        verb = next((at for at in range(left, right) if self.words[at] in self.verbs), right)
        return self._several(verb, right)

    def _leaves_brackets(self, cue: Cue, mention: int) -> bool:
        """Tell whether the cue stands in brackets and the mention outside of them."""
        left, right = sorted((cue.start - self.start, mention - self.start))
        return min(self.depth[left : right + 1]) < self.depth[cue.start - self.start]

    def _several(self, left: int, right: int) -> bool:
        return any(self.words[at] in _SPLIT for at in range(left, right))

    def _stopped(self, left: int, right: int, kind: str, forward: bool) -> bool:
        if forward and (any(left <= at < right for at in self.breaks) or self._said(left, right)):
            return True
        wrong = "backward" if forward else "forward"
        return any(
            stop.start >= left
            and stop.end <= right + 1
            and stop.start < right
            and stop.rule.direction != wrong
            and (not stop.rule.kinds or kind in stop.rule.kinds)
            for stop in self.stops
        )


def clause_breaks(
    words: Sequence[str], start: int, end: int, verbs: frozenset[str]
) -> frozenset[int]:
    """Return the commas after which a new statement begins rather than an enumeration goes on.

    A comma breaks the scope of what comes before it when the segment up to the next comma holds
    a finite verb with no "or" before: "no fever, chills, or cough was noted" is one list, "no
    fever, the spleen was enlarged" is not; nor is "a history of asthma, landiolol, a beta blocker,
    was given".
    """
    commas = [at for at in range(start, end) if words[at] == ","]
    found = []
    for n, comma in enumerate(commas):
        until = commas[n + 1] if n + 1 < len(commas) else end
        first = next((at for at in range(comma + 1, until) if words[at] in verbs), None)
        if first is None and _apposed(words, commas[n + 1 : n + 3], verbs):
            found.append(comma)
        if first is not None and not any(words[at] in _OR for at in range(comma + 1, first)):
            found.append(comma)
    return frozenset(found)


def _apposed(words: Sequence[str], commas: Sequence[int], verbs: frozenset[str]) -> bool:
    """Tell whether two commas hold what a subject is, with its verb right behind them."""
    if len(commas) < 2 or commas[1] + 1 >= len(words):
        return False
    return words[commas[0] + 1] in _ARTICLES and words[commas[1] + 1] in verbs


def bracket_depth(words: Sequence[str], start: int, end: int) -> list[int]:
    """Return for each word of a sentence how many brackets are open around it.

    Examples
    --------
    >>> bracket_depth(["a", "(", "b", ")", "c"], 0, 5)
    [0, 1, 1, 1, 0]
    """
    depths, depth = [], 0
    for at in range(start, end):
        if words[at] in "([":
            depth += 1
        depths.append(depth)
        if words[at] in ")]":
            depth = max(0, depth - 1)
    return depths
