"""Speed and size of reading JATS: articles per second, references found, peak memory.

Beside it elifetools on the same files, one after another, on one core; both count references, dois
and pmids, and only processor time is counted.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.options import Options


def of_kg(paths: Sequence[Path]) -> dict[str, object]:
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


def of_elifetools(options: Options, paths: Sequence[Path]) -> dict[str, object]:
    """Let elifetools read the same files."""
    told = options.peer("elife", *paths)
    references, doi, pmid = (sum(counts) for counts in zip(*told["found"], strict=True))
    return {
        "reader": "elifetools",
        "articles": len(paths),
        "articles_per_second": round(len(paths) / told["seconds"], 1),
        "references": references,
        "doi": doi,
        "pmid": pmid,
    }


def figures(options: Options) -> Iterator[dict[str, object]]:
    """Yield a row for kg and, where the peers are there, one for elifetools."""
    paths = sorted((options.data / "jats").rglob("*.xml"))
    if not paths:
        return
    own = of_kg(paths)
    yield own
    if options.peers:
        other = of_elifetools(options, paths)
        ratio = float(str(own["articles_per_second"])) / float(str(other["articles_per_second"]))
        yield {**other, "kg_is_faster_by": round(ratio, 1)}
