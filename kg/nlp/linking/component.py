"""The component kg_linking.

A mention gets the concept of the one sense that fits; of several, the one that its context
supports (:mod:`kg.nlp.linking.context`); what nothing grounds gets the concept
``text:<kind>/<normal form>``, is marked as not grounded, and is never forced onto a near one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg import terms
from kg.nlp.abbreviations.regimens import therapies_in
from kg.nlp.carrier import Findings, MentionDraft, in_abstract, text_of
from kg.nlp.linking.context import Surroundings
from kg.nlp.linking.plausible import is_act, is_attribute, is_name, is_used, stands_alone
from kg.nlp.linking.spelling import meant
from kg.terms.modifiers import is_bare
from kg.terms.normal import normal_form, surface_form

CONCEPT_KINDS = frozenset({"Therapy", "Marker", "Outcome", "Condition"})
_REGIMEN = re.compile(r"\s(?:regimen|protocol|chemotherapy|therapy|scheme|combination)$")
_ANTIGEN = re.compile(r"CD\d")
UNGROUNDED_SCORE = 0.3
MISSPELLED_SCORE = 0.6
ENOUGH = 1.0
"""The support that an ambiguous symbol needs."""
ENOUGH_FOR_ALIAS = 2.0
"""The support that a gene's alias needs: two words of genes beside it, or its full name."""
SYMBOL = 3
"""Of a shorter symbol, told once and never defined, the lists know better of what kind it is."""
UNSURE = 0.5
"""A mention of this score or less has only ambiguous senses."""
MODEL = "model"
PATTERN = "pattern"
ACT = "act"
"""The label of a therapy that is only a verb."""
CLASS = "drug_class"
BY_HEAD = "named by the head of the phrase"
"""The reason of a mention that a list knows only by its head."""
LISTS = frozenset({"lexicon", "terminology"})
"""Finders that know a name but not whether it is meant."""
SAME_REGIMEN = 0.5
"""A regimen is the one defined when at least this share of all drugs is common: one may change."""


class Linker:
    """Set concept, reason and score of every mention of a concept.

    A mention found by a list alone, all of whose senses are ambiguous and none supported by the
    context, is dropped: "CR" stays unread where neither remission nor creatinine is in sight.
    """

    def __init__(self) -> None:
        self._terms = terms.load()
        self._article = ""
        self._sure: set[str] = set()

    def __call__(self, doc: Doc) -> Doc:
        """Link the mentions of a Doc."""
        findings: Findings = doc._.findings
        self._know(findings, text_of(doc))
        surroundings = Surroundings(doc, self._terms, self._sure)
        text = text_of(doc)
        kept = []
        for mention in findings.mentions:
            if mention.kind not in CONCEPT_KINDS or (
                self._link(mention, text, surroundings) and self._plausible(mention, text, findings)
            ):
                kept.append(mention)
        findings.mentions = kept
        return doc

    def _know(self, findings: Findings, text: str) -> None:
        """Add the concepts that this section names without doubt to those of its article."""
        article = f"{findings.document.sha256} {findings.section < 0}"
        if article != self._article:
            self._article, self._sure = article, set()
        for mention in findings.mentions:
            if len(mention.candidates) == 1 and mention.score > UNSURE:
                surface = text[mention.start : mention.end]
                if not self._is_alias(surface, mention.candidates[0]):
                    self._sure.add(mention.candidates[0])

    def _link(self, mention: MentionDraft, text: str, surroundings: Surroundings) -> bool:
        """Link one mention; False when it is not to be believed."""
        surface = text[mention.start : mention.end]
        short = _REGIMEN.sub("", surface)
        long_form = surroundings.findings.abbreviations.get(short)
        if long_form and mention.concept is None:
            written = _written_out(long_form, short, surroundings.findings.abbreviations)
            drugs = therapies_in(written) if mention.kind == "Therapy" else ()
            if len(drugs) >= 2:
                self._link_regimen(mention, short, long_form, drugs)
                return True
        if mention.concept is not None:
            return True
        if mention.reason == BY_HEAD:
            self._name_whole(mention, surface)
        candidates = mention.candidates or self._senses(mention, surface, long_form)
        if not candidates:
            self._respell(mention, long_form or surface)
            return True
        if mention.source in LISTS:
            return self._choose(mention, candidates, surface, surroundings)
        fitting = tuple(c for c in candidates if self._terms.concept(c).kind == mention.kind)
        if not fitting or not self._choose(mention, fitting, surface, surroundings):
            passing = not fitting and long_form is None and text.count(surface) == 1
            if passing and surface.isupper() and len(surface) < SYMBOL:
                return self._choose(mention, candidates, surface, surroundings)
            self._leave(mention, long_form or surface)
        return True

    def _name_whole(self, mention: MentionDraft, surface: str) -> None:
        """Prefer what names the whole phrase to what names its head; a bare head names nothing."""
        whole = tuple(
            sense.concept
            for sense in self._terms.lookup(surface)
            if self._terms.concept(sense.concept).kind == mention.kind
        )
        if whole:
            mention.candidates, mention.reason = tuple(dict.fromkeys(whole)), None
        elif is_bare(surface):
            mention.candidates, mention.reason = (), None

    def _plausible(self, mention: MentionDraft, text: str, findings: Findings) -> bool:
        """Tell whether a linked mention may be what it says; what is given is not doubted."""
        if mention.source == "given":
            return True
        if mention.source == MODEL and not mention.grounded:
            mention.label = ACT if is_act(mention, text) else mention.label
            return is_name(mention, text)
        listed, abstract = mention.source in LISTS, in_abstract(findings)
        general = listed and abstract and mention.label == CLASS
        chemical = mention.label == "chemical" and (listed or not abstract)
        if (general or chemical) and not is_used(mention, text):
            return False
        if listed and not stands_alone(mention, text):
            return False
        chosen = abstract and mention.source == MODEL and mention.kind == "Therapy"
        return chosen or not is_attribute(mention, text)

    def _senses(
        self, mention: MentionDraft, surface: str, long_form: str | None
    ) -> tuple[str, ...]:
        senses = self._terms.lookup(long_form) if long_form else ()
        senses = senses or self._terms.lookup(surface)
        return tuple(dict.fromkeys(sense.concept for sense in senses))

    def _choose(
        self,
        mention: MentionDraft,
        candidates: tuple[str, ...],
        surface: str,
        surroundings: Surroundings,
    ) -> bool:
        if len(candidates) == 1 and mention.source in LISTS and mention.score > UNSURE:
            ranked: list[tuple[float, str]] = [(0.0, candidates[0])]
            doubtful = False
        else:
            ranked = surroundings.rank(mention, candidates)
            doubtful = mention.reason is None and self._ambiguous(surface, ranked[0][1])
        enough = ENOUGH
        if mention.source != PATTERN and self._is_alias(surface, ranked[0][1]):
            ranked, doubtful = surroundings.rank(mention, candidates), True
            enough = ENOUGH_FOR_ALIAS
        support, best = ranked[0]
        if doubtful and support <= 0:
            return False
        if doubtful and support < enough and mention.source == "terminology":
            return False
        if doubtful and (support < enough or self._tied(ranked)):
            mention.kind = self._terms.concept(best).kind
            mention.reason = f"{len(candidates)} senses, none clear from the context"
            self._leave(mention, surface)
            return True
        concept = self._terms.concept(best)
        mention.concept = best
        if mention.source != "given":
            mention.kind, mention.label = concept.kind, concept.label
        if mention.reason is None:
            mention.reason = _reason(concept.source, len(candidates), support)
        if len(candidates) > 1 or doubtful:
            mention.score = min(mention.score, 0.9 if support > 0 else 0.6)
        return True

    def _ambiguous(self, surface: str, concept: str) -> bool:
        """Tell whether a surface names a concept only where the context supports it."""
        return any(s.ambiguous for s in self._terms.lookup(surface) if s.concept == concept)

    def _is_alias(self, surface: str, concept: str) -> bool:
        """Tell whether a short text is a gene only by an alias: "G1P1" is seldom one."""
        found = self._terms.concept(concept)
        if found.label != "gene" or " " in surface or _ANTIGEN.match(surface):
            return False
        return surface_form(surface).upper() != surface_form(found.name).upper()

    def _tied(self, ranked: Sequence[tuple[float, str]]) -> bool:
        """Tell whether another sense is as well supported as the best and no class above it."""
        (support, best), *others = ranked
        above = {best, *self._terms.ancestors(best)}
        return any(other not in above for equal, other in others if equal == support)

    def _link_regimen(
        self, mention: MentionDraft, surface: str, definition: str, drugs: tuple[str, ...]
    ) -> None:
        """Link a regimen that the article spells out: by its drugs, never by its name alone."""
        wanted = self._drugs(drugs)
        likeness, best = max(
            (
                (self._likeness(sense.concept, wanted), sense.concept)
                for sense in self._terms.lookup(surface)
            ),
            default=(0.0, ""),
        )
        if likeness >= SAME_REGIMEN:
            mention.concept = best
            mention.score = min(mention.score, likeness)
            mention.reason = f"shares its drugs with the article's definition: {definition}"
            return
        mention.label = "regimen"
        self._leave(mention, surface)
        mention.reason = f"the article's own definition: {definition}"

    def _likeness(self, concept: str, drugs: set[str]) -> float:
        """Return which share of all drugs a regimen and a definition have in common."""
        own = self._drugs(self._terms.components(concept))
        return len(own & drugs) / len(own | drugs) if own | drugs else 0.0

    def _drugs(self, therapies: Iterable[str]) -> set[str]:
        """Return the therapies with every regimen among them taken apart."""
        found: set[str] = set()
        for therapy in therapies:
            components = self._terms.components(therapy)
            found |= self._drugs(components) if components else {therapy}
        return found

    def _respell(self, mention: MentionDraft, name: str) -> None:
        """Link a therapy that misspells a listed name; leave any other name that no list has."""
        found = mention.source == MODEL and mention.kind == "Therapy"
        concept = meant(name.lower(), mention.kind) if found else None
        if concept is None:
            self._leave(mention, name)
            return
        known = self._terms.concept(concept)
        mention.concept, mention.label = concept, known.label
        mention.score = min(mention.score, MISSPELLED_SCORE)
        mention.reason = f"spelled like “{known.name}”"

    def _leave(self, mention: MentionDraft, name: str) -> None:
        mention.concept = f"text:{mention.kind.lower()}/{normal_form(name)}"
        mention.grounded = False
        mention.score = min(mention.score, UNGROUNDED_SCORE)
        if mention.reason is None:
            mention.reason = "no list has the name"


def _written_out(definition: str, short: str, abbreviations: Mapping[str, str]) -> str:
    """Return a definition with the short forms in it written out ("VIP + asparaginase")."""

    def full(match: re.Match[str]) -> str:
        word = match.group()
        return word if word == short else abbreviations.get(word, word)

    return re.sub(r"[\w-]+", full, definition)


def _reason(source: str, candidates: int, support: float) -> str:
    if candidates == 1:
        return f"the only sense in {source}"
    if support > 0:
        return f"best of {candidates} senses by context ({source})"
    return f"first of {candidates} senses ({source})"


@Language.factory("kg_linking", assigns=["doc._.findings"])
def make_linking(nlp: Language, name: str) -> Linker:
    """Return the kg_linking component."""
    return Linker()
