"""A simple temporal problem: bounds between points of time, solved by shortest paths.

A constraint ``low <= target - source <= high`` is two edges of the distance graph: ``source →
target`` of weight ``high`` and ``target → source`` of weight ``-low`` (Dechter, Meiri, Pearl
1991, Artificial Intelligence 49:61-95). Constraints come one at a time, the strongest first. A
schedule that satisfies all of them is kept and repaired at each addition (Cotton, Maler 2006,
SAT, LNCS 4121:170-183): where no repair exists the new edge closes a negative cycle, and the
constraint is refused with the constraints on that cycle. The schedule also makes every edge
non-negative, so that bounds are found by Dijkstra's algorithm (Johnson 1977).

Weights are ticks: a day is :data:`DAY` of them. What is only known to come after is one
:data:`TICK` later, and a stated day is meant to within :data:`SLACK`, so that two events of one day
can have an order without a day being invented.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Strength = Literal["dated", "stated", "narrated"]

TICK = 1
SLACK = 1 << 9
DAY = 1 << 20
"""Ticks of one day; a path may chain a thousand statements before their slack rounds to a day."""


def days(ticks: float) -> int | None:
    """Return whole days, or null for an open bound.

    Examples
    --------
    >>> days(17 * DAY + 3), days(-2), days(float("inf"))
    (17, 0, None)
    """
    return None if math.isinf(ticks) else round(ticks / DAY)


@dataclass(frozen=True, slots=True)
class Constraint:
    """``low <= target - source <= high`` in ticks; null is open.

    ``statement`` is the number of the statement it was read from, null where no words state it.
    """

    source: int
    target: int
    low: int | None
    high: int | None
    strength: Strength
    statement: int | None = None


class Network:
    """The distance graph of one patient's times, always consistent.

    Examples
    --------
    >>> net = Network(3)
    >>> net.add(Constraint(0, 1, 2 * DAY, 3 * DAY, "dated"))
    ()
    >>> net.add(Constraint(1, 2, 5 * DAY, 5 * DAY, "stated"))
    ()
    >>> low, high = net.bounds_from(0)
    >>> days(low[2]), days(high[2])
    (7, 8)
    >>> [c.strength for c in net.add(Constraint(2, 0, 0, None, "narrated"))]
    ['narrated', 'stated', 'dated']
    """

    def __init__(self, size: int) -> None:
        self.graph: nx.DiGraph[int] = nx.DiGraph()
        self.graph.add_nodes_from(range(size))
        self._schedule = [0] * size

    @property
    def schedule(self) -> list[int]:
        """A time in ticks for each point that satisfies every constraint so far."""
        return list(self._schedule)

    def add(self, constraint: Constraint) -> tuple[Constraint, ...]:
        """Add a constraint; return nothing, or the constraints that it contradicts.

        A refused constraint leaves the network as it was; the first of the returned cycle is the
        refused constraint itself.
        """
        undo: list[tuple[int, int, dict[str, Any] | None]] = []
        for source, target, weight in self._edges_of(constraint):
            before = self.graph.get_edge_data(source, target)
            undo.append((source, target, None if before is None else dict(before)))
            edge = dict(before or {"weight": math.inf})
            edge[constraint.strength] = min(weight, edge.get(constraint.strength, math.inf))
            tighter = weight < edge["weight"]
            if tighter:
                edge |= {"weight": weight, "constraint": constraint}
            self.graph.add_edge(source, target, **edge)
            cycle = self._repair(source, target, weight) if tighter else []
            if cycle:
                self._restore(undo)
                others = dict.fromkeys(c for c in cycle if c is not constraint)
                return (constraint, *others)
        return ()

    @staticmethod
    def _edges_of(constraint: Constraint) -> Iterable[tuple[int, int, int]]:
        if constraint.high is not None:
            yield constraint.source, constraint.target, constraint.high
        if constraint.low is not None:
            yield constraint.target, constraint.source, -constraint.low

    def _restore(self, undo: list[tuple[int, int, dict[str, Any] | None]]) -> None:
        for source, target, before in reversed(undo):
            self.graph.remove_edge(source, target)
            if before is not None:
                self.graph.add_edge(source, target, **before)

    def _repair(self, source: int, target: int, weight: int) -> list[Constraint]:
        """Move points later until the new edge holds; return the cycle where none can."""
        schedule, graph = self._schedule, self.graph
        gain = {source: schedule[target] - weight - schedule[source]}
        if gain[source] <= 0:
            return []
        via = {source: target}
        moved: dict[int, int] = {}
        heap = [(-gain[source], source)]
        while heap:
            amount, node = heapq.heappop(heap)
            if node in moved or -amount < gain[node]:
                continue
            if node == target:
                return self._cycle(via, source, target)
            moved[node] = schedule[node] - amount
            for before, data in graph.pred[node].items():
                need = moved[node] - data["weight"] - schedule[before]
                if before not in moved and need > gain.get(before, 0):
                    gain[before] = need
                    via[before] = node
                    heapq.heappush(heap, (-need, before))
        for node, time in moved.items():
            schedule[node] = time
        return []

    def _cycle(self, via: dict[int, int], source: int, target: int) -> list[Constraint]:
        cycle = [self.graph[source][target]["constraint"]]
        node = target
        while node != source:
            cycle.append(self.graph[node][via[node]]["constraint"])
            node = via[node]
        return cycle

    def bounds_from(self, origin: int) -> tuple[list[float], list[float]]:
        """Return the least and the greatest distance of every point from ``origin``, in ticks."""
        high = self._distances(self.graph, origin, sign=1)
        low = self._distances(self.graph.reverse(copy=False), origin, sign=-1)
        return [-value for value in low], high

    def _distances(self, graph: nx.DiGraph[int], origin: int, sign: int) -> list[float]:
        schedule = self._schedule

        def reduced(source: int, target: int, data: dict[str, Any]) -> int:
            slack = data["weight"] + sign * (schedule[source] - schedule[target])
            return cast(int, slack)

        weight: Callable[[int, int, dict[str, Any]], int] = reduced
        lengths = nx.single_source_dijkstra_path_length(graph, origin, weight=weight)
        out = [math.inf] * len(schedule)
        for node, length in lengths.items():
            out[node] = length - sign * (schedule[origin] - schedule[node])
        return out

    def distances_between(
        self, points: list[int], strengths: frozenset[Strength]
    ) -> NDArray[np.float64]:
        """Return the greatest distance from each of ``points`` to each, in ticks.

        Only constraints of the given strengths count. Row i, column j bounds ``j - i`` from
        above. All rows are relaxed at once, edges in order of the schedule forwards and
        backwards until nothing changes (Yen 1970, Quarterly of Applied Mathematics 27:526-530).
        """
        size = len(self._schedule)
        table = np.full((size, len(points)), np.inf)
        for column, point in enumerate(points):
            table[point, column] = 0.0
        order = self._schedule
        edges = [
            (source, target, float(min(data[s] for s in strengths & data.keys())))
            for source, target, data in self.graph.edges(data=True)
            if strengths & data.keys()
        ]
        edges.sort(key=lambda edge: (order[edge[0]], edge[0], order[edge[1]], edge[1]))
        forwards = [edge for edge in edges if _ahead(order, edge)]
        backwards = [edge for edge in reversed(edges) if not _ahead(order, edge)]
        sweep = [(table[source], table[target], weight) for source, target, weight in forwards]
        sweep += [(table[source], table[target], weight) for source, target, weight in backwards]
        candidate = np.empty(len(points))
        before = np.full_like(table, -1.0)
        while not np.array_equal(before, table):
            np.copyto(before, table)
            for near, far, weight in sweep:
                np.add(near, weight, out=candidate)
                np.minimum(far, candidate, out=far)
        picked: NDArray[np.float64] = table[points, :].T
        return picked


def _ahead(order: list[int], edge: tuple[int, int, float]) -> bool:
    return (order[edge[0]], edge[0]) < (order[edge[1]], edge[1])
