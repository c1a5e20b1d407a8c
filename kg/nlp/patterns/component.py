"""The component kg_patterns."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg import terms
from kg.nlp.carrier import Findings, MentionDraft, text_of
from kg.nlp.patterns.enumerations import listed_genes
from kg.nlp.patterns.genetics import alterations
from kg.nlp.patterns.immunophenotype import signed_markers
from kg.nlp.patterns.panels import panel_items, spaced_markers
from kg.terms.normal import normal_form

PATTERN_SCORE = 0.9
GENES = frozenset({"gene", "antigen"})
"""Labels of concepts that are the gene or its product, not a change of it."""


class PatternFinder:
    """Add mentions of gene alterations and of signed markers."""

    def __init__(self) -> None:
        self._terms = terms.load()

    def __call__(self, doc: Doc) -> Doc:
        """Add what the patterns find to the mentions of a Doc."""
        findings: Findings = doc._.findings
        if findings.given:
            return doc
        findings.mentions.extend(self._alterations(text_of(doc)))
        findings.mentions.extend(self._markers(text_of(doc)))
        findings.mentions.extend(self._listed(text_of(doc)))
        findings.mentions.extend(self._spaced(text_of(doc)))
        findings.mentions.extend(self._panels(text_of(doc)))
        return doc

    def _alterations(self, text: str) -> list[MentionDraft]:
        drafts = []
        for found in alterations(text, self.is_gene):
            draft = MentionDraft(
                start=found.start,
                end=found.end,
                kind="Marker",
                label=found.label,
                source="pattern",
                score=PATTERN_SCORE,
            )
            surface = text[found.start : found.end]
            draft.candidates = self._named(surface, False) or self._named(found.name, False)
            if not draft.candidates:
                draft.concept = f"text:marker/{normal_form(found.name)}"
                draft.grounded = False
                draft.reason = f"notation of a {found.label}, in no list"
            drafts.append(draft)
        return drafts

    def _markers(self, text: str) -> list[MentionDraft]:
        drafts = []
        for found in signed_markers(text):
            senses = self._terms.lookup(text[found.start : found.end])
            markers = tuple(
                s.concept for s in senses if self._terms.concept(s.concept).kind == "Marker"
            )
            drafts.append(
                MentionDraft(
                    start=found.start,
                    end=found.end,
                    kind="Marker",
                    label="antigen",
                    source="pattern",
                    score=PATTERN_SCORE,
                    candidates=markers,
                    polarity="negated" if found.negative else "affirmed",
                    cue=(found.end, found.sign_end),
                    rule=f"pattern:{found.sign}",
                )
            )
        return drafts

    def _listed(self, text: str) -> list[MentionDraft]:
        """Return the genes of lists, or the alteration of each that a list is of."""
        drafts = []
        for found in listed_genes(text, self.is_gene):
            name = f"{found.symbol} {found.change}" if found.change else found.symbol
            draft = MentionDraft(
                start=found.start,
                end=found.end,
                kind="Marker",
                label="mutation" if found.change else "gene",
                source="pattern",
                score=PATTERN_SCORE,
                candidates=self._named(name, genes=found.change is None),
            )
            if not draft.candidates:
                draft.concept = f"text:marker/{normal_form(name)}"
                draft.grounded = False
                draft.reason = f"in a list of genes, read as “{name}”"
            drafts.append(draft)
        return drafts

    def _spaced(self, text: str) -> list[MentionDraft]:
        """Return the markers written with a space before their number."""
        drafts = []
        for start, end in spaced_markers(text):
            named = self._named(text[start:end], genes=True)
            if named:
                draft = MentionDraft(start, end, "Marker", "antigen", "pattern", PATTERN_SCORE)
                draft.candidates = named
                drafts.append(draft)
        return drafts

    def _panels(self, text: str) -> list[MentionDraft]:
        """Return the items of panels that no list knows; any other finder is believed instead."""
        drafts = []
        for start, end in panel_items(text, self._is_marker):
            name = text[start:end]
            if self._terms.lookup(name):
                continue
            draft = MentionDraft(start, end, "Marker", "immunology", "pattern", PATTERN_SCORE)
            draft.concept = f"text:marker/{normal_form(name)}"
            draft.grounded = False
            draft.reason = "in a list of what was stained or tested for"
            drafts.append(draft)
        return drafts

    def _is_marker(self, name: str) -> bool:
        return any(
            self._terms.concept(s.concept).kind == "Marker" for s in self._terms.lookup(name)
        )

    def _named(self, name: str, genes: bool) -> tuple[str, ...]:
        """Return the marker concepts of a name; without genes, where the name is of a change."""
        return tuple(
            sense.concept
            for sense in self._terms.lookup(name)
            if (genes or self._terms.concept(sense.concept).label not in GENES)
            and self._terms.concept(sense.concept).kind == "Marker"
        )

    def is_gene(self, symbol: str) -> bool:
        """Tell whether a symbol is a gene's in the terminology."""
        return any(
            self._terms.concept(sense.concept).label in GENES
            for sense in self._terms.lookup(symbol)
        )


@Language.factory("kg_patterns", assigns=["doc._.findings"])
def make_patterns(nlp: Language, name: str) -> PatternFinder:
    """Return the kg_patterns component."""
    return PatternFinder()
