"""``python -m pipelines.terms``: build the compiled terminology."""

from pipelines.terms.build import main

main()
