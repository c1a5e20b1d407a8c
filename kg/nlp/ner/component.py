"""The component kg_ner."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.carrier import Findings, MentionDraft
from kg.nlp.ner.labels import labels_of
from kg.nlp.ner.recogniser import Found, load_recogniser

SOURCE = "model"
_ABSTRACTS = frozenset({"title", "abstract"})
_OF_ABSTRACTS = frozenset({("Therapy", "drug"), ("Condition", "disease"), ("Condition", "sign")})
"""What the head learnt from abstracts decides alone where it is used."""


class ModelFinder:
    """Add a mention, source ``model``, for each entity that the trained model finds.

    In titles and abstracts, chemicals and diseases are those of the model's second head, learnt
    from abstracts; the first head adds the other kinds, and procedures, where they do not touch.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the mentions."""
        findings: Findings = doc._.findings
        if findings.given:
            return doc
        tokens = [[token for token in sent if not token.is_space] for sent in doc.sents]
        tokens = [sentence for sentence in tokens if sentence]
        words = [[token.text for token in sentence] for sentence in tokens]
        recognise = load_recogniser()
        drafts = _drafts(recognise(words, "cases"), tokens, "cases")
        if _is_abstract(findings):
            first = _drafts(recognise(words, "abstracts"), tokens, "abstracts")
            rest = [d for d in drafts if (d.kind, d.label) not in _OF_ABSTRACTS]
            drafts = [*first, *_apart(rest, first)]
        findings.mentions.extend(drafts)
        return doc


def _is_abstract(findings: Findings) -> bool:
    section = findings.section
    return section < 0 or findings.document.sections[section].kind in _ABSTRACTS


def _drafts(found: Iterable[Found], tokens: list[list[Token]], head: str) -> list[MentionDraft]:
    drafts = []
    for span in found:
        first, last = tokens[span.sentence][span.first], tokens[span.sentence][span.last - 1]
        meaning = labels_of(head)[span.label]
        end = last.idx + len(last)
        drafts.append(
            MentionDraft(first.idx, end, meaning.kind, meaning.label, SOURCE, score=span.score)
        )
    return drafts


def _apart(drafts: list[MentionDraft], taken: list[MentionDraft]) -> list[MentionDraft]:
    """Return the drafts that share no token with those taken; both in order of the text."""
    characters = {place for draft in taken for place in range(draft.start, draft.end)}
    return [d for d in drafts if characters.isdisjoint(range(d.start, d.end))]


@Language.factory("kg_ner", assigns=["doc._.findings"], requires=["token.is_sent_start"])
def make_ner(nlp: Language, name: str) -> ModelFinder:
    """Return the kg_ner component."""
    return ModelFinder()
