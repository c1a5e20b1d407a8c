"""kg_lexicon: finding the terminology's names in a Doc.

Longest match, from word to word, over the curated lexicon and the compiled terminology
(:class:`kg.terms.matching.Matcher`), with the article's own abbreviations. The class of what was
found is written into ``token.tag_`` (:mod:`kg.nlp.lexicon.gazetteer`), where the trained model
reads it as a feature.
"""

from kg.nlp.lexicon.component import LexiconFinder, make_lexicon

__all__ = ["LexiconFinder", "make_lexicon"]
