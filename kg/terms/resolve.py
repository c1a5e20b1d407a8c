"""Choosing among the senses of an ambiguous name by what stands around it.

The words and concepts that speak for or against a sense are data: the column ``context`` of the
lexicon and ``context.tsv``. A sense that needs support and has none is not chosen: "CR" stays
unread where neither remission nor creatinine is in sight.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.terms.model import Sense
from kg.terms.normal import match_key
from kg.terms.terminology import Terminology

_AGAINST = "-"
_NAMED = 2
"""What it counts that the concept stands nearby under an unambiguous name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The sense taken, how sure (0 to 1), and why."""

    sense: Sense
    score: float
    reason: str


def choose(
    terminology: Terminology,
    senses: Sequence[Sense],
    context: Collection[str],
    defined: Collection[str] = (),
) -> Choice | None:
    """Choose the sense that the context supports most.

    Parameters
    ----------
    terminology
        Where the cues of each concept stand.
    senses
        The senses that the surface fits, the surest first.
    context
        What stands near: match keys of words and phrases, and ids of concepts.
    defined
        Ids that the article itself gives to this short form ("complete remission (CR)").

    Returns
    -------
    Choice or None
        None when every sense needs support and none has any, or when the context speaks against
        all of them.

    Examples
    --------
    >>> from kg.terms import load
    >>> terms = load()
    >>> senses = terms.lookup("CR")
    >>> choice = choose(terms, senses, {"induction", "leukemia"})
    >>> terms.concept(choice.sense.concept).name, choice.reason
    ('complete remission', 'context: induction, leukemia')
    >>> terms.concept(choose(terms, senses, {"urea", "mg/dl"}).sense.concept).name
    'creatinine'
    >>> choose(terms, senses, set()) is None
    True
    """
    for sense in senses:
        if sense.concept in defined:
            return Choice(sense, 1.0, "the article defines it so")
    ranked = [(_support(terminology, sense.concept, context), sense) for sense in senses]
    able = [item for item in ranked if item[0][0] > 0 or not item[1].ambiguous]
    if not able:
        return None
    (support, cues), best = max(able, key=lambda item: (item[0][0], -senses.index(item[1])))
    if support < 0 and best.ambiguous:
        return None
    if support > 0:
        return Choice(best, min(0.95, best.score * (0.8 + 0.05 * support)), _because(cues))
    if len(senses) == 1:
        return Choice(best, best.score, "the only sense")
    return Choice(best, best.score * 0.7, f"the first of {len(senses)} senses")


def _support(
    terminology: Terminology, concept: str, context: Collection[str]
) -> tuple[int, tuple[str, ...]]:
    support = 0
    found = []
    if concept in context:
        support += _NAMED
        found.append("named in full nearby")
    for cue in terminology.context(concept):
        word = cue.removeprefix(_AGAINST)
        if word in context or match_key(word) in context:
            support += -1 if cue.startswith(_AGAINST) else 1
            found.append(cue)
    return support, tuple(found)


def _because(cues: Sequence[str]) -> str:
    return "context: " + ", ".join(sorted(cue for cue in cues if not cue.startswith(_AGAINST)))
