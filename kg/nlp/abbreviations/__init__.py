"""kg_abbreviations: what an article's short forms stand for, by its own words.

Definitions are collected over the whole article, legends and abbreviation lists included, and
are shared by its sections: a short form means the same everywhere in one article.
"""

from kg.nlp.abbreviations.component import Abbreviations, make_abbreviations, short_forms

__all__ = ["Abbreviations", "make_abbreviations", "short_forms"]
