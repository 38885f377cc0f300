"""What performance.gov says of each observation is what the graph answers."""

import json
from collections import defaultdict
from typing import Any

import pytest

from lineofsight.exchange.metrics.importing import import_metrics
from lineofsight.exchange.tables.values import one_line
from lineofsight.kernel.events import COMMAND_LINE
from tests.exchange.data import shared
from tests.support.graph import Graph

MEASURES = """
query($key: String!) {
  byExternalId(system: "performance-gov", key: $key, kind: GOAL) {
    ... on Goal {
      owner { name }
      metrics(first: 100) { nodes { name values(first: 100) { nodes { period value attainment source } } } }
    }
  }
}
"""


@pytest.mark.requirement("C4.1")
async def test_attainment_of_all_numeric_rows_through_the_graph(graph: Graph) -> None:
    goals, targets = shared("performance-gov", "goals.json"), shared("performance-gov", "target.json")
    report = await import_metrics([goals, targets], actor=COMMAND_LINE, profile="performance-gov")
    assert report.errors == []
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in json.loads(targets.read_text(encoding="utf-8")):
        numeric = all(row[name] for name in ("value_start", "value_target", "value_current", "progress_pct"))
        if numeric and row["indicator_type"] in ("Measurable increase", "Measurable decrease"):
            rows[row["related_goal_id"]].append(row)
    compared = 0
    for key, wanted in rows.items():
        found = (await graph.of("di")(MEASURES, key=key))["byExternalId"]
        values = {
            (metric["name"], value["period"]): value
            for metric in found["metrics"]["nodes"]
            for value in metric["values"]["nodes"]
        }
        for row in wanted:
            value = values[one_line(row["indicator"]), f"FY{row['fiscal_yr']}-Q{row['fiscal_qtr']}"]
            assert value["value"] == float(row["value_current"])
            assert value["attainment"] == pytest.approx(float(row["progress_pct"]), abs=1e-8)
            assert value["source"] == "IMPORT"
            compared += 1
    assert compared == 195
