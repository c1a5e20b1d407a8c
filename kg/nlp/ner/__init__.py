"""kg_ner: the trained model for what lists cannot know.

A bidirectional LSTM (:mod:`kg.nlp.ner.network`) and a linear chain over hand-made features
(:mod:`kg.nlp.ner.indicators`) read the same sentence; the mean of their probabilities decides.
Both know what open vocabularies say of words (:mod:`kg.nlp.ner.lexical`). Data, figures and
limits: ``docs/explanation/ner.md``.
"""

from kg.nlp.ner.component import ModelFinder, make_ner

__all__ = ["ModelFinder", "make_ner"]
