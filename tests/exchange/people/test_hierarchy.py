"""No circle survives, and the same source is always cut in the same place."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from lineofsight.exchange.goals.parents import cut_circles
from lineofsight.exchange.people.hierarchy import TOP, cut_cycles


def is_forest(superiors: array[int]) -> bool:
    for start in range(len(superiors)):
        node, steps = start, 0
        while node != TOP:
            node, steps = superiors[node], steps + 1
            if steps > len(superiors):
                return False
    return True


@given(st.integers(1, 30).flatmap(lambda n: st.lists(st.integers(TOP, n - 1), min_size=n, max_size=n)))
def test_no_circle_of_superiors_survives(above: list[int]) -> None:
    superiors = array("q", above)
    circles = cut_cycles(superiors, len(above))
    assert is_forest(superiors)
    assert [circle[0] for circle in circles] == [min(circle) for circle in circles]
    cut = {circle[0] for circle in circles}
    assert all(superiors[node] == (TOP if node in cut else above[node]) for node in range(len(above)))
    again = array("q", superiors)
    assert cut_cycles(again, len(above)) == []


NODES = st.integers(0, 12)
EDGES = st.lists(st.tuples(NODES, NODES), max_size=25)


def has_circle(edges: set[tuple[int, int]]) -> bool:
    left = set(edges)
    while left:
        children = {child for child, _ in left}
        rest = {edge for edge in left if edge[1] in children}
        if rest == left:
            return True
        left = rest
    return False


@given(EDGES, EDGES)
def test_no_circle_of_goals_survives(stated: list[tuple[int, int]], before: list[tuple[int, int]]) -> None:
    standing: dict[int, set[int]] = {}
    for child, parent in before:
        if child < parent:  # what stands has no circle
            standing.setdefault(child, set()).add(parent)
    stays = {(child, parent) for child, parents in standing.items() for parent in parents}
    cut = cut_circles(stated, standing)
    left_out = {edge for edge, _ in cut}
    assert left_out <= set(stated) - stays
    kept = stays | (set(stated) - left_out)
    assert not has_circle(kept)
    for edge, circle in cut:
        assert circle[0] == edge[0]
        steps = set(zip(circle, [*circle[1:], circle[0]], strict=True))
        assert edge in steps
        assert steps <= stays | set(stated)
    assert cut == cut_circles(stated, standing)
    if not has_circle(stays | set(stated)):
        assert cut == []


def test_a_long_chain_and_a_wide_knot_are_quick() -> None:
    chain = [(node, node + 1) for node in range(5_000)]
    assert cut_circles([*chain, (5_000, 0)], {})[0][0] == (0, 1)
    knot = [(a, b) for a in range(25) for b in range(25)]
    kept = set(knot) - {edge for edge, _ in cut_circles(knot, {})}
    assert not has_circle(kept)
