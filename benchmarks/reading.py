"""Speed and size of reading: JATS articles per second, references found, peak memory.

    python -m benchmarks.reading DIR [--elifetools PYTHON]

One JSON line for ``kg``, one more for elifetools with the ratio when a Python that has it is
named (it is no dependency: ``python -m venv X && X/bin/pip install elifetools``). Both read the
files that end in .xml under DIR, one after another, on one core, and count references, dois and
pmids; only processor time is counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_ELIFETOOLS = """
import json, sys, time
from elifetools import parseJATS
start, found = time.process_time(), []
for path in sys.argv[1:]:
    soup = parseJATS.parse_document(path)
    parseJATS.title(soup), parseJATS.full_abstract(soup), parseJATS.keywords(soup)
    refs = parseJATS.refs(soup)
    found.append([len(refs), sum("doi" in r for r in refs), sum("pmid" in r for r in refs)])
print(json.dumps({"seconds": time.process_time() - start, "found": found}))
"""


def figures_of_kg(paths: Sequence[Path]) -> dict[str, object]:
    """Read every file and return what was found and how fast."""
    from kg.documents import read

    read(paths[0])  # rules are compiled once
    start = time.process_time()
    documents = [read(path)[0] for path in paths]
    seconds = time.process_time() - start
    return {
        "reader": "kg",
        "articles": len(documents),
        "articles_per_second": round(len(documents) / seconds, 1),
        "megabytes_per_second": round(sum(p.stat().st_size for p in paths) / seconds / 1e6, 2),
        "references": sum(len(d.references) for d in documents),
        "doi": sum(bool(r.doi) for d in documents for r in d.references),
        "pmid": sum(bool(r.pmid) for d in documents for r in d.references),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def figures_of_elifetools(python: str, paths: Sequence[Path]) -> dict[str, object]:
    """Let elifetools read the same files."""
    answer = subprocess.run(
        [python, "-c", _ELIFETOOLS, *map(str, paths)], check=True, capture_output=True, text=True
    )
    told = json.loads(answer.stdout)
    references, doi, pmid = (sum(counts) for counts in zip(*told["found"], strict=True))
    return {
        "reader": "elifetools",
        "articles": len(paths),
        "articles_per_second": round(len(paths) / told["seconds"], 1),
        "references": references,
        "doi": doi,
        "pmid": pmid,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, a JSON line each."""
    shared = Path(__file__).resolve().parents[2] / "shared" / "data" / "jats"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=shared)
    parser.add_argument("--elifetools", metavar="PYTHON", help="an interpreter with elifetools")
    parser.add_argument(
        "--except", dest="apart", metavar="FILE", type=Path, help="ids to leave out"
    )
    options = parser.parse_args(arguments)
    apart = set(options.apart.read_text().split()) if options.apart else set()
    paths = [path for path in sorted(options.folder.rglob("*.xml")) if path.stem not in apart]
    if not paths:
        sys.exit(f"no .xml files under {options.folder}")
    own = figures_of_kg(paths)
    print(json.dumps(own))
    if options.elifetools:
        other = figures_of_elifetools(options.elifetools, paths)
        mine, theirs = own["articles_per_second"], other["articles_per_second"]
        print(json.dumps({**other, "kg_is_faster_by": round(float(mine) / float(theirs), 1)}))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
