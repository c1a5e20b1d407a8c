"""Reference pages made from what they describe: ``python -m tools.docs``."""
