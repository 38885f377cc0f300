#!/usr/bin/env python3
"""Walk an agency's graph as a partner would: from a person's goal up to the mission, then down its cascade.

Needs Python alone. Make a token first, then say whose goals to look at:

    export LINEOFSIGHT_TOKEN=$(lineofsight token create --person you@agency.example --scope read)
    python examples/partner.py "Name of a person"

LINEOFSIGHT_SERVER is the server's address (default http://127.0.0.1:8000). README.md explains the queries.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from typing import Any

SERVER = os.environ.get("LINEOFSIGHT_SERVER", "http://127.0.0.1:8000").rstrip("/")

GOALS_OF_A_PERSON = """
query GoalsOfAPerson($text: String!, $after: String) {
  people(filter: { text: $text }, first: 1) {
    nodes {
      name
      jobTitle
      unit { name }
      manager { name }
      goals(filter: { status: [ACTIVE] }, first: 50, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id title health progress shareCarried }
      }
    }
  }
}
"""

LINE_OF_SIGHT = """
query LineOfSight($goal: ID!) {
  goal(id: $goal) {
    title
    plan { name mission publisher { name } }
    lineOfSight {
      __typename
      ... on Goal { id title level progress owner { name } primaryAlignment { reason shareCarried } }
      ... on HiddenGoal { level }
    }
  }
}
"""

CASCADE = """
query Cascade($goal: ID!) {
  goal(id: $goal) {
    cascade { ids parents titles levels health progress hidden truncated }
  }
}
"""


def ask(query: str, **variables: Any) -> dict[str, Any]:
    """The data a query answers; ends the script with one line when the server refuses it."""
    request = urllib.request.Request(
        f"{SERVER}/graphql",
        data=json.dumps({"query": query, "variables": variables}).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {os.environ.get('LINEOFSIGHT_TOKEN', '').strip()}",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        sys.exit(f"{SERVER} answered {error.code}: {error.read().decode(errors='replace')[:300]}")
    except (urllib.error.URLError, TimeoutError) as error:
        sys.exit(f"No answer from {SERVER}: {error}")
    if answer.get("errors"):
        sys.exit("\n".join(error["message"] for error in answer["errors"]))
    data: dict[str, Any] = answer["data"]
    return data


def percent(share: float | None) -> str:
    """A share as a reader sees it; null means that there is no data yet."""
    return "no data yet" if share is None else f"{share:.0%}"


def show_goals(text: str) -> str | None:
    """Print a person's active goals; the id of the first, or None where there is none."""
    people = ask(GOALS_OF_A_PERSON, text=text)["people"]["nodes"]
    if not people:
        sys.exit(f"Nobody you may see is called {text}.")
    person = people[0]
    unit, manager = person["unit"], person["manager"]
    print(f"{person['name']}, {person['jobTitle'] or 'no title'}, {unit['name'] if unit else 'no unit'}"
          f", reports to {manager['name'] if manager else 'nobody'}")  # fmt: skip
    goals = person["goals"]["nodes"]
    print(f"{person['goals']['totalCount']} active goals")
    for goal in goals:
        print(f"  {goal['title']}  [{goal['health']}, {percent(goal['progress'])}]")
    return goals[0]["id"] if goals else None


def show_line_of_sight(goal_id: str) -> str:
    """Print the path from a goal up to the mission; the id of its uppermost visible goal."""
    goal = ask(LINE_OF_SIGHT, goal=goal_id)["goal"]
    top = goal_id
    print(f"\nLine of sight of “{goal['title']}”")
    for depth, step in enumerate(goal["lineOfSight"]):
        indent = "  " * (depth + 1)
        if step["__typename"] == "HiddenGoal":
            print(f"{indent}^ a goal you cannot see ({step['level']})")
            continue
        top = step["id"]
        owner = step["owner"]["name"] if step["owner"] else "owner hidden"
        alignment = step["primaryAlignment"]
        carried = f", carries {percent(alignment['shareCarried'])} of the next" if alignment else ""
        print(f"{indent}^ {step['title']} ({step['level']}, {owner}{carried})")
    plan = goal["plan"]
    if plan:
        print(f"  {plan['name']}, {plan['publisher']['name'] if plan['publisher'] else 'no publisher'}")
        print(f"  Mission: {plan['mission'] or 'not stated'}")
    return top


def show_cascade(goal_id: str, rows: int = 25) -> None:
    """Print the tree below a goal, as the graph packs it: columns, each row naming its parent's index."""
    pack = ask(CASCADE, goal=goal_id)["goal"]["cascade"]
    depths: list[int] = []
    print(f"\nCascade: {len(pack['ids'])} goals{' (cut short)' if pack['truncated'] else ''}")
    for index, parent in enumerate(pack["parents"]):
        depths.append(0 if parent < 0 else depths[parent] + 1)
        if index < rows:
            hidden = f", {pack['hidden'][index]} hidden" if pack["hidden"][index] else ""
            print(f"{'  ' * (depths[index] + 1)}{pack['titles'][index]} "
                  f"[{pack['health'][index]}, {percent(pack['progress'][index])}{hidden}]")  # fmt: skip
    if len(depths) > rows:
        print(f"  … and {len(depths) - rows} more, down to depth {max(depths)}")


def main() -> None:
    """The walk."""
    if len(sys.argv) != 2 or not os.environ.get("LINEOFSIGHT_TOKEN"):
        sys.exit(__doc__)
    goal_id = show_goals(sys.argv[1])
    if goal_id:
        show_cascade(show_line_of_sight(goal_id))


if __name__ == "__main__":
    main()
