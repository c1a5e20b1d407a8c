"""The component kg_ner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

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
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Add the mentions of Docs together: a step over many sentences costs little more."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            wanted = [doc for doc in batch if not doc._.findings.given]
            narrative = _recognised(wanted, "cases")
            abstracts = [doc for doc in wanted if _is_abstract(doc._.findings)]
            of_abstracts = dict(zip(abstracts, _recognised(abstracts, "abstracts"), strict=True))
            for doc, drafts in zip(wanted, narrative, strict=True):
                first = of_abstracts.get(doc)
                doc._.findings.mentions.extend(drafts if first is None else _joined(first, drafts))
            yield from batch


def _is_abstract(findings: Findings) -> bool:
    section = findings.section
    return section < 0 or findings.document.sections[section].kind in _ABSTRACTS


def _recognised(docs: list[Doc], head: str) -> list[list[MentionDraft]]:
    """Return the mentions that one head finds in each Doc."""
    owners: list[int] = []
    sentences: list[list[Token]] = []
    for index, doc in enumerate(docs):
        for sent in doc.sents:
            tokens = [token for token in sent if not token.is_space]
            if tokens:
                owners.append(index)
                sentences.append(tokens)
    drafts: list[list[MentionDraft]] = [[] for _ in docs]
    words = [[token.text for token in tokens] for tokens in sentences]
    for span in load_recogniser()(words, head):
        drafts[owners[span.sentence]].append(_draft(span, sentences[span.sentence], head))
    return drafts


def _draft(span: Found, tokens: list[Token], head: str) -> MentionDraft:
    first, last = tokens[span.first], tokens[span.last - 1]
    meaning = labels_of(head)[span.label]
    end = last.idx + len(last)
    return MentionDraft(first.idx, end, meaning.kind, meaning.label, SOURCE, score=span.score)


def _joined(first: list[MentionDraft], drafts: list[MentionDraft]) -> list[MentionDraft]:
    """Return what the head of abstracts found, and of the other what it leaves."""
    rest = [draft for draft in drafts if (draft.kind, draft.label) not in _OF_ABSTRACTS]
    return [*first, *_apart(rest, first)]


def _apart(drafts: list[MentionDraft], taken: list[MentionDraft]) -> list[MentionDraft]:
    """Return the drafts that share no token with those taken; both in order of the text."""
    characters = {place for draft in taken for place in range(draft.start, draft.end)}
    return [d for d in drafts if characters.isdisjoint(range(d.start, d.end))]


@Language.factory("kg_ner", assigns=["doc._.findings"], requires=["token.is_sent_start"])
def make_ner(nlp: Language, name: str) -> ModelFinder:
    """Return the kg_ner component."""
    return ModelFinder()
