"""All benchmarks, or those named, one JSON line a figure: ``python -m benchmarks [NAME…]``.

A benchmark is a module of this package with a function ``figures(options)``. Each gives its
figures beside a peer or a floor that ran on the same input in the same minute; of a noisy machine
only the ratios hold. ``make bench`` sets up the peers in an environment of their own.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
from pathlib import Path

import benchmarks
from benchmarks.options import Options


def names() -> list[str]:
    """Return the names of the benchmarks."""
    modules = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(set(modules) - {"__main__", "options", "peers"})


def main() -> None:
    """Run them."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the corpora")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has the peers")
    given = parser.parse_args()
    if unknown := set(given.names) - set(names()):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    for name in given.names or names():
        module = importlib.import_module(f"benchmarks.{name}")
        for figure in module.figures(Options(given.data, given.peers)):
            print(json.dumps({"benchmark": name, **figure}), flush=True)


if __name__ == "__main__":
    main()
