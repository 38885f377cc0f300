"""Parents of imported goals without circles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Edge = tuple[int, int]
"""Child, parent."""


def cut_circles(stated: Sequence[Edge], standing: Mapping[int, Iterable[int]]) -> list[tuple[Edge, list[int]]]:
    """The stated edges to leave out so that, with those standing, no circle is left.

    `standing`: child → parents of the edges that stay, themselves without a circle. In each circle the
    first stated edge that does not stand yet is cut, so that the same source always gives the same graph.
    Returns each cut edge with the circle it would have closed: its child first, upward.
    """
    above: dict[int, set[int]] = {child: set(parents) for child, parents in standing.items()}
    fresh = [edge for edge in dict.fromkeys(stated) if edge[1] not in above.get(edge[0], ())]
    for child, parent in fresh:
        above.setdefault(child, set()).add(parent)
    cut: list[tuple[Edge, list[int]]] = []
    tangles = _tangles(above, above)
    while tangles:
        tangle = tangles.pop()
        edge = next(edge for edge in fresh if edge[0] in tangle and edge[1] in tangle and edge[1] in above[edge[0]])
        cut.append((edge, [edge[0], *_way(edge[1], edge[0], above, tangle)]))
        above[edge[0]].discard(edge[1])
        tangles += _tangles(tangle, above)
    order = {edge: place for place, edge in enumerate(fresh)}
    return sorted(cut, key=lambda found: order[found[0]])


def _way(start: int, end: int, above: Mapping[int, set[int]], within: set[int]) -> list[int]:
    """The shortest way upward, without its last node."""
    if start == end:
        return []
    came: dict[int, int] = {start: start}
    front = [start]
    while front and end not in came:
        step = []
        for node in front:
            for parent in sorted(above.get(node, ())):
                if parent in within and parent not in came:
                    came[parent] = node
                    step.append(parent)
        front = step
    way = [end]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[:0:-1]


def _tangles(nodes: Iterable[int], above: Mapping[int, set[int]]) -> list[set[int]]:
    """Groups of several nodes, or one that is its own parent, in which each reaches each (Tarjan 1972)."""
    among = set(nodes)
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[set[int]] = []
    for start in among:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        work = [(start, iter(sorted(above.get(start, ()))))]
        while work:
            node, parents = work[-1]
            parent = next(parents, None)
            if parent is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group: set[int] = set()
                    while node not in group:
                        group.add(stack.pop())
                    on_stack -= group
                    if len(group) > 1 or node in above.get(node, ()):
                        found.append(group)
            elif parent not in among:
                continue
            elif parent not in index:
                index[parent] = low[parent] = len(index)
                stack.append(parent)
                on_stack.add(parent)
                work.append((parent, iter(sorted(above.get(parent, ())))))
            elif parent in on_stack:
                low[node] = min(low[node], index[parent])
    return found
