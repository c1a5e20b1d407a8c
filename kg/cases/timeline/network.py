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
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.cases.timeline.shortest import distances_between

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
        self._into: list[dict[int, int]] = [{} for _ in range(size)]
        """For each point the points with an edge to it, with the weight of the edge."""
        self._from: list[dict[int, int]] = [{} for _ in range(size)]
        """For each point the points that an edge from it leads to."""
        self._why: dict[int, int] = {}
        """For each moved point the point that it had to be moved for."""
        self._ceiling: list[float] = []
        self._below: dict[int, int] = {}
        self._floor = 0

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
        moves: list[tuple[int, int, int | None]] = []
        for source, target, weight in self._edges_of(constraint):
            before = self.graph.get_edge_data(source, target)
            undo.append((source, target, None if before is None else dict(before)))
            edge = dict(before or {"weight": math.inf})
            edge[constraint.strength] = min(weight, edge.get(constraint.strength, math.inf))
            tighter = weight < edge["weight"]
            if tighter:
                edge |= {"weight": weight, "constraint": constraint}
                self._into[target][source] = self._from[source][target] = weight
            self.graph.add_edge(source, target, **edge)
            cycle = self._repair(source, target, weight, moves) if tighter else []
            if cycle:
                self._restore(undo, moves)
                others = {id(c): c for c in cycle if c is not constraint}
                return (constraint, *others.values())
        return ()

    @staticmethod
    def _edges_of(constraint: Constraint) -> Iterable[tuple[int, int, int]]:
        if constraint.high is not None:
            yield constraint.source, constraint.target, constraint.high
        if constraint.low is not None:
            yield constraint.target, constraint.source, -constraint.low

    def _restore(
        self,
        undo: list[tuple[int, int, dict[str, Any] | None]],
        moves: list[tuple[int, int, int | None]],
    ) -> None:
        for source, target, before in reversed(undo):
            self.graph.remove_edge(source, target)
            self._into[target].pop(source, None)
            self._from[source].pop(target, None)
            if before is not None:
                self.graph.add_edge(source, target, **before)
                self._into[target][source] = self._from[source][target] = before["weight"]
        for node, time, why in reversed(moves):
            self._schedule[node] = time
            if why is None:
                self._why.pop(node, None)
            else:
                self._why[node] = why

    def _repair(
        self, source: int, target: int, weight: int, moves: list[tuple[int, int, int | None]]
    ) -> list[Constraint]:
        """Move points later until the new edge holds; return the cycle where none can.

        Points are only ever moved as far as they must be, so that each stands at its earliest
        time; one that would have to be moved over its ceiling is on a negative cycle.
        """
        schedule, into = self._schedule, self._into
        ceiling = self._ceiling if schedule[self._floor] == 0 else []
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
            time = moved[node] = schedule[node] - amount
            if ceiling and time > ceiling[node]:
                return self._over_ceiling(via, source, node)
            for before, least in into[node].items():
                need = time - least - schedule[before]
                if need > 0 and before not in moved and need > gain.get(before, 0):
                    gain[before] = need
                    via[before] = node
                    heapq.heappush(heap, (-need, before))
        for node, time in moved.items():
            moves.append((node, schedule[node], self._why.get(node)))
            schedule[node] = time
            self._why[node] = via[node]
        return []

    def _cycle(self, via: dict[int, int], source: int, target: int) -> list[Constraint]:
        nodes = [source, target]
        while nodes[-1] != source:
            nodes.append(via[nodes[-1]])
        return self._constraints(nodes)

    def _over_ceiling(self, via: dict[int, int], source: int, node: int) -> list[Constraint]:
        """Return the cycle of a point moved over its ceiling: why it is so late, why it may not."""
        nodes = [node]
        while nodes[-1] != source:
            nodes.append(via[nodes[-1]])
        nodes.append(via[source])
        while nodes[-1] in self._why:
            nodes.append(self._why[nodes[-1]])
        above = [node]
        while above[-1] != self._floor:
            above.append(self._below[above[-1]])
        return self._constraints(nodes) + self._constraints(above[::-1])

    def _constraints(self, nodes: list[int]) -> list[Constraint]:
        edges = self.graph.adj
        return [edges[one][two]["constraint"] for one, two in pairwise(nodes)]

    def excludes(self, first: int, second: int) -> bool:
        """Whether one point is already known to come after another, by the ceilings."""
        if not self._ceiling or self._schedule[self._floor] != 0:
            return False
        return self._schedule[first] > self._ceiling[second]

    def set_ceilings(self, origin: int) -> None:
        """Note how late each point can be, counted from a fixed origin.

        Bounds only become tighter, so that what is noted stays true, and a constraint against it
        is refused at once, without a search through all that would have to move.
        """
        self._floor = origin
        self._ceiling, self._below = self._distances(self._from, origin, sign=1)

    def bounds_from(self, origin: int) -> tuple[list[float], list[float]]:
        """Return the least and the greatest distance of every point from ``origin``, in ticks."""
        high, _ = self._distances(self._from, origin, sign=1)
        low, _ = self._distances(self._into, origin, sign=-1)
        return [-value for value in low], high

    def _distances(
        self, adjacent: list[dict[int, int]], origin: int, sign: int
    ) -> tuple[list[float], dict[int, int]]:
        """Return the distance from an origin (to it, backwards), and the point before on the path.

        Dijkstra's algorithm on the weights that the schedule makes non-negative (Johnson 1977).
        """
        schedule = self._schedule
        nearest = {origin: 0}
        via: dict[int, int] = {}
        settled: set[int] = set()
        heap = [(0, origin)]
        while heap:
            far, node = heapq.heappop(heap)
            if node in settled:
                continue
            settled.add(node)
            for after, weight in adjacent[node].items():
                length = far + weight + sign * (schedule[node] - schedule[after])
                if length < nearest.get(after, math.inf):
                    nearest[after] = length
                    via[after] = node
                    heapq.heappush(heap, (length, after))
        out = [math.inf] * len(schedule)
        for node, length in nearest.items():
            out[node] = length - sign * (schedule[origin] - schedule[node])
        return out, via

    def distances_between(
        self, points: list[int], strengths: frozenset[Strength]
    ) -> NDArray[np.float64]:
        """Return the greatest distance from each of ``points`` to each, in ticks.

        Only constraints of the given strengths count. Row i, column j bounds ``j - i`` from above.
        """
        edges = (
            (source, target, float(min(data[s] for s in strengths & data.keys())))
            for source, target, data in self.graph.edges(data=True)
            if strengths & data.keys()
        )
        return distances_between(points, edges, self._schedule)
