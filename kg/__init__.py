"""kg: a literature knowledge graph of clinical case reports.

The package is a line of stages, each of which takes and returns plain values and knows
nothing of the later ones::

    documents -> nlp -> cases -> graph -> stores -> cli

:mod:`kg.terms` (concepts and lexicon) stands under :mod:`kg.nlp`, :mod:`kg.sources` (HTTP)
under :mod:`kg.documents`. Nothing heavy is imported here.
"""

import os

# One process works on one core. The trained model's matrices are small: spread over threads they
# cost more than twice the time. OpenBLAS reads this when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
