"""The pipeline component ``kg_sentences``: sets sentence starts on a Doc."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.carrier import text_of
from kg.nlp.sentences.splitter import sentence_starts

__all__ = ["SentenceSplitter", "create_sentences", "sentence_starts"]


class SentenceSplitter:
    """Mark where sentences begin (:func:`kg.nlp.sentences.splitter.sentence_starts`).

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("kg_sentences")
    >>> [sent.text for sent in nlp("Dr. Ng saw 3.5 mg. It fell (Fig. 1). No GVHD.").sents]
    ['Dr. Ng saw 3.5 mg.', 'It fell (Fig. 1).', 'No GVHD.']
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set ``is_sent_start`` on every token."""
        if not len(doc):
            return doc
        begins = doc.to_array(["IDX"]).reshape(-1)
        flags = np.full(len(doc), -1, dtype="int64")
        places = np.searchsorted(begins, np.asarray(sentence_starts(text_of(doc))), side="left")
        flags[places[places < len(doc)]] = 1
        flags[0] = 1
        return doc.from_array(["SENT_START"], flags.reshape(-1, 1).astype("uint64"))  # type: ignore[arg-type]


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
def create_sentences(nlp: Language, name: str) -> SentenceSplitter:
    """Make the component (entry point of ``spacy_factories``)."""
    return SentenceSplitter()
