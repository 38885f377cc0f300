"""Reporting lines without circles."""

from __future__ import annotations

from collections.abc import MutableSequence

TOP = -1
"""Stands for no superior."""


def cut_cycles(superiors: MutableSequence[int], stated: int) -> list[list[int]]:
    """Make a forest of a graph in which each node has at most one superior, by cutting one line of each
    circle.

        `superiors[i]`: index of the superior of node i, or TOP. The nodes below `stated` are the source's, in
        its order; of those in a circle the first loses its superior, so that the same source always gives the
        same lines. Returns each circle as it was, the cut node first, upward.
    """
    circles: list[list[int]] = []
    state = bytearray(len(superiors))  # 0 new, 1 on this way up, 2 done
    for start in range(len(superiors)):
        node = start
        way: list[int] = []
        while node != TOP and state[node] == 0:
            state[node] = 1
            way.append(node)
            node = superiors[node]
        if node != TOP and state[node] == 1:
            circle = way[way.index(node) :]
            cut = min((member for member in circle if member < stated), default=circle[0])
            at = circle.index(cut)
            circles.append(circle[at:] + circle[:at])
            superiors[cut] = TOP
        for node in way:
            state[node] = 2
    return circles
