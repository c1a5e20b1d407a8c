"""Training of what the package carries as weights, from the corpora in ``../shared/data``."""
