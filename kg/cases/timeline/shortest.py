"""The greatest distances between many points of a network at once."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Edge = tuple[int, int, float]
"""Source, target and weight: the target comes at most so much after the source."""


def distances_between(
    points: Sequence[int], edges: Iterable[Edge], schedule: Sequence[int]
) -> NDArray[np.float64]:
    """Return the greatest distance from each of ``points`` to each.

    Row i, column j bounds ``j - i`` from above. All rows are relaxed at once, edges in order of a
    schedule that satisfies them, forwards and backwards until nothing changes (Yen 1970, Quarterly
    of Applied Mathematics 27:526-530), after points that nobody asked about were passed over.

    Parameters
    ----------
    points
        Those asked about.
    edges
        Of a graph without negative cycles.
    schedule
        A time for each point of the graph.
    """
    size = len(schedule)
    table = np.full((size, len(points)), np.inf)
    for column, point in enumerate(points):
        table[point, column] = 0.0
    order = [(time, point) for point, time in enumerate(schedule)]
    left = sorted(
        contracted(size, edges, frozenset(points)), key=lambda e: (order[e[0]], order[e[1]])
    )
    forwards = [edge for edge in left if order[edge[0]] < order[edge[1]]]
    backwards = [edge for edge in reversed(left) if order[edge[0]] > order[edge[1]]]
    rows = list(table)
    candidate = np.empty(len(points))
    live = set(points)
    """Rows that have changed since the edges from them were relaxed, or may have."""
    while live:
        before = table.copy()
        for source, target, weight in chain(forwards, backwards):
            if source in live:
                live.add(target)
                np.add(rows[source], weight, out=candidate)
                np.minimum(rows[target], candidate, out=rows[target])
        live = set(np.flatnonzero((table != before).any(axis=1)).tolist())
    picked: NDArray[np.float64] = table[points, :].T
    return picked


def contracted(size: int, edges: Iterable[Edge], kept: Collection[int]) -> list[Edge]:
    """Return the edges of a graph of fewer points in which those kept are as far apart as before.

    A point that is passed over leaves an edge from each that leads to it to each that it leads to,
    as long as these are no more than there were.

    Examples
    --------
    >>> contracted(4, [(0, 1, 2.0), (1, 2, 3.0), (2, 3, 1.0)], {0, 2})
    [(0, 2, 5.0)]
    """
    ahead: list[dict[int, float]] = [{} for _ in range(size)]
    behind: list[dict[int, float]] = [{} for _ in range(size)]
    for source, target, weight in edges:
        ahead[source][target] = behind[target][source] = weight
    waiting = [point for point in range(size) if point not in kept]
    while waiting:
        point = waiting.pop()
        into, out = behind[point], ahead[point]
        if not (into or out) or len(into) * len(out) > len(into) + len(out):
            continue
        for source, first in into.items():
            del ahead[source][point]
            for target, second in out.items():
                if source != target and first + second < ahead[source].get(target, math.inf):
                    ahead[source][target] = behind[target][source] = first + second
        for target in out:
            del behind[target][point]
        waiting.extend(other for other in chain(into, out) if other not in kept)
        ahead[point], behind[point] = {}, {}
    return [(source, target, w) for source in range(size) for target, w in ahead[source].items()]
