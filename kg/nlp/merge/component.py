"""The component kg_merge.

The finders (lists, trained model, patterns, grammars) each add what they find; here overlapping
mentions become one. Of two that overlap the one of higher rank stays (``precedence.tsv``: rank by
source and kind), among equals the longer, then the surer. What is dropped gives the one that
stays its candidate concepts when both have the same extent.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import TermsError
from kg.nlp.carrier import Findings, MentionDraft
from kg.nlp.merge.extents import settle_extents

_FILE = Path(__file__).with_name("precedence.tsv")
OTHER_KINDS = "*"


def load_precedence(path: Path) -> dict[tuple[str, str], int]:
    """Read the rank of each source and kind.

    Raises
    ------
    TermsError
        When a line does not have three columns.
    """
    ranks: dict[tuple[str, str], int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise TermsError(
                f"a line of {len(columns)} columns",
                where=f"{path.name}, line {number}",
                hint="write source, kind and rank, separated by tabs",
            )
        ranks[columns[0], columns[1]] = int(columns[2])
    return ranks


class Merge:
    """Keep one of the mentions that overlap.

    Examples
    --------
    >>> merge = Merge({("model", "*"): 1, ("lexicon", "*"): 2})
    >>> found = [MentionDraft(0, 9, "Therapy", "drug", "model"),
    ...          MentionDraft(4, 9, "Therapy", "drug", "lexicon", candidates=("mesh:D007372",))]
    >>> [(m.start, m.end, m.source) for m in merge.choose(found)]
    [(4, 9, 'lexicon')]
    """

    def __init__(self, ranks: dict[tuple[str, str], int]) -> None:
        self._ranks = ranks

    def __call__(self, doc: Doc) -> Doc:
        """Make the mentions of a Doc disjoint and put them in order."""
        findings: Findings = doc._.findings
        if findings.given:
            findings.mentions = [m for m in findings.mentions if m.source == "given"]
            findings.mentions.sort(key=lambda m: (m.start, m.end))
        else:
            findings.mentions = self.choose(settle_extents(findings.mentions))
        return doc

    def choose(self, drafts: list[MentionDraft]) -> list[MentionDraft]:
        """Return the mentions that stay, in order of the text."""
        kept: list[tuple[int, int]] = []
        by_place: dict[tuple[int, int], MentionDraft] = {}
        for draft in sorted(drafts, key=self._preference):
            if draft.start >= draft.end:
                continue
            place = (draft.start, draft.end)
            at = bisect_left(kept, place)
            right = kept[at] if at < len(kept) else None
            left = kept[at - 1] if at else None
            if (right and right[0] < draft.end) or (left and left[1] > draft.start):
                _hand_over(draft, by_place.get(place))
                continue
            insort(kept, place)
            by_place[place] = draft
        return [by_place[place] for place in kept]

    def _preference(self, draft: MentionDraft) -> tuple[int, int, float, int, str]:
        return (-self._rank(draft), draft.start - draft.end, -draft.score, draft.start, draft.kind)

    def _rank(self, draft: MentionDraft) -> int:
        rank = self._ranks.get((draft.source, draft.kind))
        return self._ranks.get((draft.source, OTHER_KINDS), 0) if rank is None else rank


def _hand_over(dropped: MentionDraft, kept: MentionDraft | None) -> None:
    """Give the candidates of a dropped mention to the one of the same extent that stays."""
    if kept is not None and kept.kind == dropped.kind:
        kept.candidates = tuple(dict.fromkeys((*kept.candidates, *dropped.candidates)))


@Language.factory("kg_merge", assigns=["doc._.findings"])
def make_merge(nlp: Language, name: str) -> Merge:
    """Return the kg_merge component."""
    return Merge(load_precedence(_FILE))
