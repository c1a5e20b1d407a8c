"""The component kg_merge.

The finders (lists, trained model, patterns, grammars) each add what they find; here overlapping
mentions become one. Of two that overlap the one of higher rank stays (``precedence.tsv``: rank by
source, kind and label), among equals the longer, then the surer. What is dropped gives the one
that stays its candidate concepts when it is of the same extent, or is its head.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import TermsError
from kg.nlp.carrier import Findings, MentionDraft, in_abstract, text_of
from kg.nlp.lexicon.organisations import organisations
from kg.nlp.merge.pieces import CLASS_OR_SALT, LISTS, MODEL, UNSURE, is_salt, lists_of_drugs, pieces
from kg.terms.modifiers import is_bare

_FILE = Path(__file__).with_name("precedence.tsv")
ANY = "*"
_PREPOSITION = re.compile(r"\s(?:of|in|to|with|at|on|from|involving|within)\s")
CONCEPT_KINDS = frozenset({"Therapy", "Marker", "Outcome", "Condition"})
SITE = "Anatomy"
DOUBTED = 4
"""The rank of a model's mention that a sure curated name of another kind contradicts."""
_VALUE, _OUTCOME = "Value", "Outcome"
_PHRASES = frozenset({"Therapy", "Condition"})
"""Kinds of which a phrase is told by its last word."""


Ranks = dict[tuple[str, str, str], int]
"""The rank of each source, kind and label."""


def load_precedence(path: Path) -> Ranks:
    """Read the rank of each source, kind and label.

    Raises
    ------
    TermsError
        When a line does not have four columns.
    """
    ranks: Ranks = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 4:
            raise TermsError(
                f"a line of {len(columns)} columns",
                where=f"{path.name}, line {number}",
                hint="write source, kind, label and rank, separated by tabs",
            )
        ranks[columns[0], columns[1], columns[2]] = int(columns[3])
    return ranks


class Merge:
    """Keep one of the mentions that overlap.

    Examples
    --------
    >>> merge = Merge({("model", "*", "*"): 2, ("lexicon", "*", "*"): 1})
    >>> found = [MentionDraft(0, 11, "Condition", "disease", "model"),
    ...          MentionDraft(7, 11, "Condition", "disease", "lexicon", candidates=("x:gvhd",))]
    >>> [(m.start, m.end, m.source, m.candidates) for m in merge.choose(found)]
    [(0, 11, 'model', ('x:gvhd',))]
    """

    def __init__(self, ranks: Ranks) -> None:
        self._ranks = ranks

    def __call__(self, doc: Doc) -> Doc:
        """Make the mentions of a Doc disjoint and put them in order."""
        findings: Findings = doc._.findings
        if findings.given:
            findings.mentions = [m for m in findings.mentions if m.source == "given"]
            findings.mentions.sort(key=lambda m: (m.start, m.end))
        else:
            drafts = _outside(findings.mentions, text_of(doc))
            findings.mentions = self.choose(drafts, text_of(doc), general=in_abstract(findings))
        return doc

    def choose(
        self, drafts: list[MentionDraft], text: str = "", *, general: bool = False
    ) -> list[MentionDraft]:
        """Return the mentions of a text that stay, in its order.

        In a ``general`` text, a title or an abstract, substances that name a class stay cut out of
        it, as the model learnt there ("angiotensin-converting enzyme inhibitor").
        """
        kept: list[tuple[int, int]] = []
        by_place: dict[tuple[int, int], MentionDraft] = {}
        doubted = (
            _contradicted(drafts, text)
            | lists_of_drugs(drafts, text)
            | pieces(drafts, text, whole=not general)
            | _numbers_of_names(drafts, text)
        )
        ordered = sorted(drafts, key=lambda d: (d.start >= d.end, self._preference(d, doubted)))
        for draft in ordered:
            if draft.start >= draft.end:
                break
            place = (draft.start, draft.end)
            at = bisect_left(kept, place)
            near = kept[max(at - 1, 0) : at + 1]
            over = [(s, e) for s, e in near if s < draft.end and draft.start < e]
            if over:
                for other in over:
                    hand_over(draft, by_place[other], text)
                continue
            if self._rank(draft) > 0:
                insort(kept, place)
                by_place[place] = draft
        return [by_place[place] for place in kept]

    def _preference(
        self, draft: MentionDraft, doubted: set[int]
    ) -> tuple[int, int, float, int, str]:
        rank = min(self._rank(draft), DOUBTED) if id(draft) in doubted else self._rank(draft)
        return (-rank, draft.start - draft.end, -draft.score, draft.start, draft.kind)

    def _rank(self, draft: MentionDraft) -> int:
        unsure = draft.source in LISTS and draft.score <= UNSURE
        source = f"{draft.source}?" if unsure else draft.source
        for key in ((draft.kind, draft.label), (draft.kind, ANY), (ANY, ANY)):
            rank = self._ranks.get((source, *key))
            if rank is not None:
                return rank
        return 0


def _outside(drafts: list[MentionDraft], text: str) -> list[MentionDraft]:
    """Return the mentions that are not a part of an organisation's name."""
    names = list(organisations(text))
    if not names:
        return drafts
    return [
        draft
        for draft in drafts
        if not any(start <= draft.start and draft.end <= end for start, end in names)
    ]


def hand_over(dropped: MentionDraft, kept: MentionDraft, text: str = "") -> None:
    """Give the candidate concepts of a dropped mention to the one that stays, where it has none.

    They are of one kind, and of the same extent, or the dropped is the head of the other: its end
    ("severe acute GVHD" is a GVHD) or what stands before a preposition ("GVHD of the skin"). A drug
    before the word of its class or salt is what the phrase names ("etoposide chemotherapy"); an
    ambiguous symbol names no longer phrase ("laparoscopic IA"). Of what kind a curated name of the
    same extent is, the list knows better than the model.
    """
    if _is_really(dropped, kept):
        kept.kind, kept.label, kept.candidates = dropped.kind, dropped.label, dropped.candidates
        return
    if kept.kind != dropped.kind or kept.concept is not None:
        return
    if _says_which(dropped, kept, text):
        kept.candidates, kept.reason = dropped.candidates, "the drug of the phrase"
    if kept.candidates:
        return
    if dropped.start <= kept.start and kept.end <= dropped.end and dropped.source in LISTS:
        kept.candidates = dropped.candidates
        kept.reason = None if _same(kept, dropped) else "part of a longer name"
        return
    if not (kept.start <= dropped.start and dropped.end <= kept.end):
        return
    symbol = dropped.score <= UNSURE and text[dropped.start : dropped.end].isupper()
    if symbol and not _same(kept, dropped):
        return
    first = (
        dropped.start == kept.start
        and _PREPOSITION.match(text, dropped.end) is not None
        and not is_bare(text[dropped.start : dropped.end])
    )
    if first or dropped.end == kept.end:
        kept.candidates = dropped.candidates
        kept.reason = None if _same(kept, dropped) else "named by the head of the phrase"


def _is_really(dropped: MentionDraft, kept: MentionDraft) -> bool:
    """Tell whether a sure curated name, too common to stand alone, is of another kind."""
    return (
        kept.source == MODEL
        and dropped.source == "lexicon"
        and dropped.score > UNSURE
        and len(dropped.candidates) == 1
        and kept.kind != dropped.kind
        and {kept.kind, dropped.kind} <= CONCEPT_KINDS - {_OUTCOME}
        and _same(kept, dropped)
    )


def _says_which(dropped: MentionDraft, kept: MentionDraft, text: str) -> bool:
    """Tell whether a dropped drug is followed, to the end of the phrase, by its class or salt.

    Examples
    --------
    >>> drug = MentionDraft(0, 9, "Therapy", "drug", "lexicon", candidates=("x:etoposide",))
    >>> phrase = MentionDraft(0, 22, "Therapy", "medication", "model")
    >>> _says_which(drug, phrase, "etoposide chemotherapy")
    True
    """
    return (
        dropped.label == "drug"
        and dropped.source in LISTS
        and dropped.start == kept.start
        and dropped.end < kept.end
        and kept.source == MODEL
        and CLASS_OR_SALT.fullmatch(text, dropped.end, kept.end) is not None
    )


def _same(one: MentionDraft, other: MentionDraft) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _contradicted(drafts: list[MentionDraft], text: str) -> set[int]:
    """Return the ids of the model's mentions that overlap a sure curated name of another kind.

    What a curated name is, the list knows better than the model.
    """
    sure = sorted(
        (d for d in drafts if d.source == "lexicon" and d.score > UNSURE), key=lambda d: d.start
    )
    starts = [draft.start for draft in sure]
    longest = max((draft.end - draft.start for draft in sure), default=0)
    found = set()
    for draft in drafts:
        if draft.source != MODEL or draft.kind not in CONCEPT_KINDS | {SITE, _VALUE}:
            continue
        near = sure[bisect_left(starts, draft.start - longest) : bisect_left(starts, draft.end)]
        if any(_contradicts(other, draft, text) for other in near):
            found.add(id(draft))
    return found


def _numbers_of_names(drafts: list[MentionDraft], text: str) -> set[int]:
    """Return the ids of the grammars' values that are a bare number in a therapy's name.

    Research compounds have them: "SCH 23390".
    """
    numbers = [
        d
        for d in drafts
        if d.kind == _VALUE and d.source != MODEL and text[d.start : d.end].isdigit()
    ]
    names = [d for d in drafts if d.kind == "Therapy" and d.source == MODEL] if numbers else []
    return {
        id(number)
        for number in numbers
        if any(name.start < number.start and number.end <= name.end for name in names)
    }


def _contradicts(name: MentionDraft, draft: MentionDraft, text: str) -> bool:
    """Tell whether a sure name is of another kind.

    A site yields to a procedure named by it, a value to an outcome ("improved rapidly"). A name of
    several senses may have one of the other kind ("dilation", a procedure or a sign), and one that
    only begins a longer phrase says what the phrase is of ("platelet dysfunction").
    """
    if name.end <= draft.start or name.kind == draft.kind:
        return False
    if draft.kind in _PHRASES and draft.start <= name.start and name.end < draft.end:
        return False
    if is_salt(name, draft, text):
        return False
    if len(name.candidates) > 1 and draft.kind in CONCEPT_KINDS and name.kind != _OUTCOME:
        return False
    if draft.kind == _VALUE:
        return name.kind == _OUTCOME
    return draft.kind != SITE or (name.kind == "Therapy" and name.end > draft.end)


@Language.factory("kg_merge", assigns=["doc._.findings"])
def make_merge(nlp: Language, name: str) -> Merge:
    """Return the kg_merge component."""
    return Merge(load_precedence(_FILE))
