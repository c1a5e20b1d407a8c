"""Laws of the temporal network, against the plain algorithms."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import networkx as nx
import pytest
from hypothesis import given, settings

from kg.cases.timeline.network import DAY, TICK, Constraint, Network, days

SIZE = 6
POINTS = st.integers(0, SIZE - 1)
BOUND = st.none() | st.integers(-20, 20)
CONSTRAINTS = st.lists(
    st.tuples(POINTS, POINTS, BOUND, BOUND, st.sampled_from(["dated", "stated", "narrated"]))
    .filter(lambda c: c[0] != c[1])
    .map(lambda c: Constraint(*c)),
    max_size=14,
)


def edges(constraints):
    for c in constraints:
        if c.high is not None:
            yield c.source, c.target, c.high
        if c.low is not None:
            yield c.target, c.source, -c.low


def plain(constraints):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(SIZE))
    for source, target, weight in edges(constraints):
        known = graph.get_edge_data(source, target, {"weight": math.inf})["weight"]
        graph.add_edge(source, target, weight=min(weight, known))
    return graph


def filled(constraints):
    network, held = Network(SIZE), []
    for constraint in constraints:
        conflict = network.add(constraint)
        assert bool(conflict) == nx.negative_edge_cycle(plain([*held, constraint]))
        if conflict:
            assert conflict[0] == constraint
            assert nx.negative_edge_cycle(plain(conflict)), "the cycle contradicts by itself"
        else:
            held.append(constraint)
    return network, held


@given(CONSTRAINTS)
@settings(max_examples=150, deadline=None)
def test_a_constraint_is_refused_exactly_where_it_closes_a_negative_cycle(constraints):
    filled(constraints)


@given(CONSTRAINTS)
def test_the_schedule_satisfies_what_was_accepted(constraints):
    network, held = filled(constraints)
    time = network.schedule
    assert all(time[target] - time[source] <= weight for source, target, weight in edges(held))


@given(CONSTRAINTS)
def test_bounds_are_shortest_paths(constraints):
    network, held = filled(constraints)
    shortest = nx.floyd_warshall(plain(held))
    low, high = network.bounds_from(0)
    for point in range(SIZE):
        assert high[point] == shortest[0][point]
        assert low[point] == -shortest[point][0]


@given(CONSTRAINTS, st.sets(st.sampled_from(["dated", "stated", "narrated"]), min_size=1))
def test_distances_between_points_use_the_strengths_asked_for(constraints, strengths):
    network, held = filled(constraints)
    shortest = nx.floyd_warshall(plain([c for c in held if c.strength in strengths]))
    table = network.distances_between(list(range(SIZE)), frozenset(strengths))
    assert [list(row) for row in table] == [
        [shortest[i][j] for j in range(SIZE)] for i in range(SIZE)
    ]


def test_a_refused_constraint_leaves_no_trace():
    network = Network(2)
    network.add(Constraint(0, 1, 5, 5, "dated"))
    assert network.add(Constraint(0, 1, 6, 9, "stated"))
    low, high = network.bounds_from(0)
    assert (low[1], high[1]) == (5, 5)


@pytest.mark.parametrize("ticks", [0, 400 * TICK, -400 * TICK])
def test_order_within_a_day_rounds_to_the_day(ticks):
    assert days(3 * DAY + ticks) == 3
