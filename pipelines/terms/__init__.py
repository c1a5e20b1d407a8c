"""Building the compiled terminology from open vocabularies: ``python -m pipelines.terms.build``."""
