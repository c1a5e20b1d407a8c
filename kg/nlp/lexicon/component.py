"""The component kg_lexicon."""

from __future__ import annotations

import re
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg import terms
from kg.nlp.abbreviations import short_forms
from kg.nlp.abbreviations.regimens import therapies_in
from kg.nlp.carrier import Findings, MentionDraft, text_of
from kg.nlp.lexicon.gazetteer import Gazetteer, load_classes
from kg.nlp.lexicon.organisations import organisations
from kg.terms.matching import Match, Matcher

_CLASSES = Path(__file__).with_name("classes.tsv")
_AMBIGUOUS_SCORE = 0.5
ARTICLE = "article"
"""The source of short forms that the article's own words define."""
_REGIMEN = 2
"""A short form that stands for so many therapies is a regimen."""
_COMPOUND = re.compile(r"-(?!free|negative|positive)[a-z]+")
"""What follows an outcome's word in a compound: "cell death-ligand 1", "well-defined"."""
_JOINT = re.compile(r",?\s+(?:and|plus|with|\+)\s+|,\s+|\s*[+/‐-―−-]\s*")


class LexiconFinder:
    """Add a mention for each name found, its candidate concepts the surest first.

    An article's own short form is found even where no list has it, and bears the concepts of
    its long form; where a list has it, the article's definition comes first.
    """

    def __init__(self) -> None:
        self._terms = terms.load()
        self._matcher = Matcher(self._terms)
        self._gazetteer = Gazetteer(load_classes(_CLASSES))
        self._long_forms: dict[str, tuple[str, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Add mentions and set the gazetteer tags."""
        findings: Findings = doc._.findings
        text = text_of(doc)
        ends = frozenset(doc.to_array(["IDX", "LENGTH"]).sum(axis=1).tolist())
        names = self._matcher.longest(text, ends)
        found = self._defined(doc, findings, ends, names)
        taken = [(draft.start, draft.end) for draft in found]
        taken.extend(organisations(text))
        for match in names:
            if not _overlaps(match, taken) and not self._compound(match, text):
                found.extend(self._draft(part) for part in self._parts(match, text, ends))
        self._gazetteer.tag(doc, ((d.start, d.end, self._class(d)) for d in found))
        if not findings.given:
            findings.mentions.extend(found)
        return doc

    def _compound(self, match: Match, text: str) -> bool:
        """Tell whether an outcome's word is part of a compound ("low-resolution typing")."""
        before, word = text[max(match.start - 1, 0) : match.start], text[match.start : match.end]
        compound = before == "-" or _COMPOUND.match(text, match.end) is not None
        kind = self._terms.concept(match.senses[0].concept).kind
        return kind == "Outcome" and compound and word.isalpha() and word.islower()

    def _parts(self, match: Match, text: str, ends: frozenset[int]) -> list[Match]:
        """Return the drugs that a match names one by one ("cyclosporine and mycophenolate").

        A regimen named by its drugs is its drugs; any other match is left whole.
        """
        if self._terms.concept(match.senses[0].concept).label != "regimen":
            return [match]
        parts = []
        at = match.start
        for part in _JOINT.split(text[match.start : match.end]):
            start = text.index(part, at)
            at = start + len(part)
            named = self._matcher.longest(part)
            if len(named) != 1 or named[0].end != len(part) or at not in ends:
                return [match]
            parts.append(Match(start, at, named[0].senses))
        return parts

    def _draft(self, match: Match) -> MentionDraft:
        first = match.senses[0]
        concept = self._terms.concept(first.concept)
        sure = any(not sense.ambiguous for sense in match.senses)
        return MentionDraft(
            start=match.start,
            end=match.end,
            kind=concept.kind,
            label=self._terms.outcome_type(concept.id) or concept.label,
            source="lexicon" if first.key in self._terms.trie else "terminology",
            score=first.score if sure else min(first.score, _AMBIGUOUS_SCORE),
            candidates=tuple(dict.fromkeys(sense.concept for sense in match.senses)),
        )

    def _class(self, draft: MentionDraft) -> str:
        name = self._gazetteer.class_of(draft.kind, draft.label)
        return f"{name}?" if draft.score <= _AMBIGUOUS_SCORE else name

    def _defined(
        self, doc: Doc, findings: Findings, ends: frozenset[int], names: list[Match]
    ) -> list[MentionDraft]:
        """Return the mentions of short forms whose long form a list knows, or is of therapies.

        A short form inside a longer name is part of that name ("CT-scan", whatever CT is).
        """
        drafts = []
        for start, end, long_form in short_forms(doc, findings.abbreviations):
            if end not in ends or any(_holds(match, start, end) for match in names):
                continue
            match = self._whole(long_form)
            if match is not None:
                draft = self._draft(match)
                draft.start, draft.end = start, end
                draft.source = ARTICLE
                draft.reason = f"the article defines it as “{long_form}”"
                drafts.append(draft)
            elif len(therapies_in(long_form)) >= _REGIMEN and not any(organisations(long_form)):
                drafts.append(MentionDraft(start, end, "Therapy", "regimen", ARTICLE))
        return drafts

    def _whole(self, long_form: str) -> Match | None:
        """Return the name that a long form is, or that it ends in."""
        matches = self._matcher.longest(long_form)
        if matches and matches[-1].end == len(long_form) and matches[0].start == matches[-1].start:
            return matches[-1] if matches[-1].start == 0 else None
        return None


def _holds(match: Match, start: int, end: int) -> bool:
    """Tell whether a name holds a stretch and more."""
    inside = match.start <= start and end <= match.end
    return inside and (match.start, match.end) != (start, end)


def _overlaps(match: Match, taken: list[tuple[int, int]]) -> bool:
    return any(match.start < end and start < match.end for start, end in taken)


@Language.factory("kg_lexicon", assigns=["token.tag", "doc._.findings"])
def make_lexicon(nlp: Language, name: str) -> LexiconFinder:
    """Return the kg_lexicon component."""
    return LexiconFinder()
