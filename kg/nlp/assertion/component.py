"""kg_assertion: what is said of each mention.

For each mention of a concept: is it affirmed or denied (polarity), sure or only possible
(certainty), of the patient or of somebody else (experiencer), now, before or to come (time); and
for a therapy whether it was given (realisation). Rules are data (``cues.tsv``, ``priors.tsv``),
scopes are those of :mod:`kg.nlp.assertion.scopes`. On each axis the nearest cue that reaches the
mention decides, and the cue that weighs most is kept on the mention.

``negated`` is also what was there and is so no longer ("her fever resolved", "warfarin was
stopped"); such mentions bear ``ended``, so that a case can tell them from what never was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp.assertion.cues import (
    AXES,
    AXIS_OF,
    HUSH,
    Category,
    Cue,
    fold,
    fold_words,
    load_cues,
)
from kg.nlp.assertion.levels import has_concentration, make_marker
from kg.nlp.assertion.priors import Priors, load_priors, narrates
from kg.nlp.assertion.scopes import Clauses, bracket_depth, clause_breaks
from kg.nlp.carrier import Findings, MentionDraft, text_of
from kg.nlp.model import Experiencer, Realisation, Tense

_HERE = Path(__file__).parent
OUTCOME = "Outcome"
CONCEPT_KINDS = frozenset({"Therapy", "Marker", OUTCOME, "Condition"})
DECISIVE = frozenset({"declined", "not_given", "measured", "sure"})
"""What outweighs other cues of its axis, however near: a doubt that was confirmed is none."""
ACT = "act"
"""The label of a therapy that is only a verb, and may be what ended another ("was removed")."""
PERSONAL = frozenset({"declined", "planned"})
"""What is said of one patient even in the present tense: "surgery is planned"."""
_GOING_ON = frozenset({"of", "to"})
_OR = frozenset({"or", "nor"})
_DENIALS = frozenset({"no", "without", "absence", "free"})


@dataclass(frozen=True, slots=True)
class Said:
    """Whether a sentence as a whole denies something, and whether it doubts something."""

    negated: bool
    speculative: bool


class Assertion:
    """The component; stateless, so that sections may come in any order.

    Examples
    --------
    >>> from kg.nlp import annotate, load_pipeline
    >>> from kg.documents import read
    >>> text = b"The patient refused allo-HSCT. No adverse reactions occurred during chemotherapy."
    >>> [document] = read(text, plain=True)
    >>> mentions = annotate(load_pipeline(), document).mentions
    >>> [(m.text, m.polarity, m.realisation, m.cue) for m in mentions if m.kind == "Therapy"]
    [('allo-HSCT', 'affirmed', 'declined', 'refused'), ('chemotherapy', 'affirmed', 'given', \
'during')]
    """

    def __init__(self, nlp: Language) -> None:
        @cache
        def tokenize(text: str) -> tuple[str, ...]:
            return tuple(token.text for token in nlp.make_doc(text))

        self._cues, self._stops = load_cues(_HERE / "cues.tsv", tokenize)
        self._statements, _ = load_cues(_HERE / "statements.tsv", tokenize)
        self._priors: Priors = load_priors(_HERE / "priors.tsv")

    def __call__(self, doc: Doc) -> Doc:
        """Set the assertion of every mention of a concept."""
        findings: Findings = doc._.findings
        mentions = sorted(
            (m for m in findings.mentions if m.kind in CONCEPT_KINDS), key=lambda m: m.start
        )
        if not mentions:
            return doc
        places = doc.to_array(["IDX", "LENGTH"])
        words = fold_words(text_of(doc), places.tolist())
        starts = places[:, 0].tolist()
        at = 0
        for sentence in doc.sents:
            here: list[tuple[MentionDraft, int, int]] = []
            while at < len(mentions) and mentions[at].start < sentence.end_char:
                mention = mentions[at]
                first = max(bisect_left(starts, mention.start + 1) - 1, 0)
                here.append((mention, first, max(bisect_left(starts, mention.end), first + 1)))
                at += 1
            if here:
                self._assert_sentence(doc, words, sentence.start, sentence.end, here)
        return doc

    def says(self, span: Doc | Span) -> Said:
        """Return whether a sentence denies or doubts something, whatever its mentions."""
        words = [fold(token.text) for token in span]
        found = {cue.rule.category for cue in self._statements.find(words, 0, len(words))}
        return Said(negated="denial" in found, speculative="doubt" in found)

    def _assert_sentence(
        self,
        doc: Doc,
        words: Sequence[str],
        start: int,
        end: int,
        mentions: Sequence[tuple[MentionDraft, int, int]],
    ) -> None:
        found = list(self._cues.find(words, start, end))
        covered = _covered(words, mentions)
        changed = covered - _covered(words, [m for m in mentions if not _is_change(m[0])])
        hushes = [c for c in found if c.rule.axis == HUSH]
        said = [c for c in found if c.rule.axis in AXES]
        cues = [c for c in said if not _inside(c, covered)]
        changes = [c for c in said if _inside(c, changed) and not _inside(c, covered - changed)]
        changes = [c for c in changes if _denies_or_ends(c) or c.rule.axis == "realisation"]
        clauses = Clauses(
            words=words,
            start=start,
            end=end,
            stops=tuple(self._stops.find(words, start, end)),
            breaks=clause_breaks(words, start, end, self._priors.verbs),
            verbs=self._priors.verbs,
            depth=bracket_depth(words, start, end),
        )
        of_patient = self._priors.of_patient(doc, words, start, end)
        for mention, first, last in mentions:
            kind = self._priors.scope_kind(mention, words[last - 1])
            heard = cues if kind == OUTCOME else [*cues, *changes]
            deciding = _nearest(clauses, _heard(heard, hushes, kind), mention, kind, first, last)
            realised = deciding.get("realisation")
            if self._priors.is_level(mention, realised, words[first:last], text_of(doc)):
                make_marker(mention, words[first:last])
                heard = _heard(cues, hushes, mention.kind)
                deciding = _nearest(clauses, heard, mention, mention.kind, first, last)
                realised = None
            personal = realised is not None and realised.rule.category in PERSONAL
            told = of_patient or (personal and narrates(doc._.findings))
            _apply(mention, deciding, told and not has_concentration(mention, doc._.findings))
            if self._priors.unsaid(mention, realised):
                mention.realisation = None
            _keep_cue(doc, mention, deciding)


def _heard(cues: list[Cue], hushes: list[Cue], kind: str) -> list[Cue]:
    """Return the cues that say something of mentions of a kind."""
    if not hushes:
        return cues
    return [cue for cue in cues if not any(hush.hushes(cue, kind) for hush in hushes)]


def _covered(
    words: Sequence[str], mentions: Iterable[tuple[MentionDraft, int, int]]
) -> frozenset[int]:
    """Return the tokens inside found mentions: a cue there belongs to the name.

    But a name that begins with its cue and goes on ("no recurrence of arrhythmia", "allergy to
    penicillin", "no evidence of recurrence or metastasis") leaves it to what follows.
    """
    covered: set[int] = set()
    for mention, first, last in mentions:
        if mention.source != "given":
            following = words[last] if last < len(words) else ""
            if following in _OR and words[first] in _DENIALS:
                continue
            covered.update(range(first + (following in _GOING_ON), last))
    return frozenset(covered)


def _is_change(mention: MentionDraft) -> bool:
    """Tell whether a mention is a change of what stands before it: "resolved", "removed"."""
    return mention.kind == OUTCOME or mention.label == ACT


def _denies_or_ends(cue: Cue) -> bool:
    """Tell whether a cue denies what stands before it, or that a therapy ended ("ceased the")."""
    ended = cue.rule.category == "ended" and cue.rule.kinds == {"Therapy"}
    return ended or (cue.rule.axis == "polarity" and cue.rule.direction == "backward")


def _inside(cue: Cue, covered: frozenset[int]) -> bool:
    return cue.start in covered or cue.end - 1 in covered


def _nearest(
    clauses: Clauses,
    cues: Sequence[Cue],
    mention: MentionDraft,
    kind: str,
    first: int,
    last: int,
) -> dict[str, Cue]:
    """Return for each axis the nearest cue whose scope the mention lies in.

    That a therapy was declined or not given outweighs that it was proposed; of two as near, that
    it was given outweighs that it was planned ("for resection, which was performed").
    """
    best: dict[str, tuple[tuple[bool, int, bool], Cue]] = {}
    for cue in cues:
        if cue.start < last and first < cue.end:
            distance = _entangled(cue, first, last) if mention.source == "given" else None
        else:
            distance = clauses.reaches(cue, first, last, kind)
        if distance is None:
            continue
        axis = AXIS_OF[cue.rule.category]
        weight = (
            cue.rule.category not in DECISIVE,
            distance,
            cue.rule.category != "given",
        )
        if axis not in best or weight < best[axis][0]:
            best[axis] = (weight, cue)
    deciding = {axis: cue for axis, (_, cue) in best.items()}
    denied, doubted = deciding.get("polarity"), deciding.get("certainty")
    if denied and doubted and denied.start <= doubted.start and doubted.end <= denied.end:
        del deciding["certainty"]  # "excluded the possibility of" is sure
    elif denied and doubted and doubted.start < denied.start and denied.end <= doubted.end:
        del deciding["polarity"]  # "a biopsy to exclude" leaves it open
    return deciding


def _entangled(cue: Cue, first: int, last: int) -> int | None:
    """Return the distance of a cue from a mention that it shares words with, if it counts.

    A given mention may hold its cue ("no signs of endocarditis"), or stand in it ("was not
    palpable", where "palpable" is the finding).
    """
    holds = first <= cue.start and not cue.rule.kinds
    held = cue.start < first
    return 0 if cue.rule.category == "negated" and (holds or held) else None


def _apply(mention: MentionDraft, deciding: dict[str, Cue], of_patient: bool) -> None:
    category = {axis: cue.rule.category for axis, cue in deciding.items()}
    if "polarity" in category:
        mention.polarity = "negated"
        mention.ended = category["polarity"] == "ended"
    if category.get("certainty", "sure") != "sure":
        mention.certainty = "possible"
        mention.time = "future" if category["certainty"] == "risk" else mention.time
    if "experiencer" in category:
        mention.experiencer = cast(Experiencer, category["experiencer"])
    if "time" in category:
        mention.time = cast(Tense, category["time"])
    if mention.kind == "Therapy":
        _realise(mention, category.get("realisation"), of_patient)


def _realise(mention: MentionDraft, category: Category | None, of_patient: bool) -> None:
    """Set whether a therapy was given; nothing is said of it where nothing tells of the patient."""
    denied = mention.polarity == "negated" and not mention.ended
    realisation: Realisation
    if mention.ended and category in ("considered", "planned"):
        realisation = "given"  # "decided to stop it": it had been given
    elif category in ("declined", "considered", "planned"):
        realisation = cast(Realisation, category)
        mention.polarity = "affirmed"
        mention.time = "future" if category == "planned" else mention.time
    elif category == "not_given" or denied:
        realisation = "not_given"
        mention.polarity = "negated"
    elif mention.time == "future":
        realisation = "planned"
    elif mention.certainty == "possible":
        realisation = "considered"
    else:
        realisation = "given"
    if of_patient and mention.experiencer == "patient" and category != "measured":
        mention.realisation = realisation


def _keep_cue(doc: Doc, mention: MentionDraft, deciding: dict[str, Cue]) -> None:
    for axis in AXES:
        cue = deciding.get(axis)
        if cue is not None:
            last = doc[cue.end - 1]
            mention.cue = (doc[cue.start].idx, last.idx + len(last))
            mention.rule = cue.rule.name
            return


@Language.factory("kg_assertion", assigns=["doc._.findings"])
def make_assertion(nlp: Language, name: str) -> Assertion:
    """Return the kg_assertion component."""
    return Assertion(nlp)
