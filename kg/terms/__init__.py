"""Concepts and their names: normal form, curated lexicon, compiled terminology, matching."""

from kg.terms.terminology import Terminology, load

__all__ = ["Terminology", "load"]
