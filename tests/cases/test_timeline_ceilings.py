"""Ceilings refuse a contradiction early, and never anything else."""

from hypothesis import given
from hypothesis import strategies as st

from kg.cases.timeline.network import DAY, Constraint, Network

_SIZE = 6
_CONSTRAINTS = st.lists(
    st.tuples(
        st.integers(0, _SIZE - 1),
        st.integers(0, _SIZE - 1),
        st.integers(-9, 9),
        st.one_of(st.none(), st.integers(0, 5)),
    ).filter(lambda row: row[0] != row[1]),
    max_size=25,
)


def _constraint(row: tuple[int, int, int, int | None]) -> Constraint:
    source, target, low, width = row
    high = None if width is None else (low + width) * DAY
    return Constraint(source, target, low * DAY, high, "stated")


@given(_CONSTRAINTS, st.integers(0, 25))
def test_the_same_is_refused_with_ceilings_as_without(rows, when):
    plain, noted = Network(_SIZE), Network(_SIZE)
    # As in a course: a calendar far before everything else, which never has to move.
    for network in (plain, noted):
        for point in range(1, _SIZE):
            network.add(Constraint(0, point, 1000 * DAY, None, "dated"))
    for number, row in enumerate(rows):
        if number == when:
            noted.set_ceilings(0)
        refused = plain.add(_constraint(row)), noted.add(_constraint(row))
        assert bool(refused[0]) == bool(refused[1])
        if refused[1]:
            assert refused[1][0] == _constraint(row)
    assert plain.bounds_from(0) == noted.bounds_from(0)


def test_the_cycle_names_what_holds_a_point_back():
    network = Network(4)
    held = Constraint(0, 1, 10 * DAY, 10 * DAY, "dated")
    late = Constraint(0, 2, 20 * DAY, 20 * DAY, "dated")
    network.add(held)
    network.add(late)
    network.set_ceilings(0)
    assert network.excludes(2, 1)
    assert not network.excludes(1, 2)
    wrong = Constraint(2, 1, 0, None, "narrated")
    assert set(network.add(wrong)) == {wrong, held, late}
