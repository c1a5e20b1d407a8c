"""kg_assertion: polarity, certainty, experiencer, time and realisation of mentions."""

from kg.nlp.assertion.component import Assertion, make_assertion

__all__ = ["Assertion", "make_assertion"]
