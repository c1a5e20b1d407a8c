"""Training of the entity recogniser: ``python -m pipelines.train``. See README.md beside this."""
