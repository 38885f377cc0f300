"""The schema: built once."""

from typing import Any

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.tools import merge_types

from lineofsight.graph.mutations.administration import AdministrationMutations
from lineofsight.graph.mutations.goals import GoalMutations
from lineofsight.graph.mutations.identity import IdentityMutations
from lineofsight.graph.mutations.measures import MeasureMutations
from lineofsight.graph.mutations.people import PeopleMutations
from lineofsight.graph.payloads import PROBLEM_TYPES
from lineofsight.graph.query import NODE_TYPES, Query

Mutation = merge_types(
    "Mutation", (IdentityMutations, GoalMutations, MeasureMutations, PeopleMutations, AdministrationMutations)
)


class Names(NameConverter):
    """Connections are named by the row's short name: PlanConnection, not StrategicPlanConnection."""

    def from_generic(self, *args: Any, **kwargs: Any) -> str:
        return super().from_generic(*args, **kwargs).replace("StrategicPlan", "Plan")


class Schema(strawberry.Schema):
    """Errors are told and logged by graph.http alone: a message may name what its reader may not see."""

    def process_errors(self, *args: Any, **kwargs: Any) -> None:
        """Does nothing."""


schema = Schema(
    query=Query,
    mutation=Mutation,
    types=[*NODE_TYPES, *PROBLEM_TYPES],
    config=StrawberryConfig(name_converter=Names()),
)


def sdl() -> str:
    """The schema as text, as schema.graphql holds it."""
    return schema.as_str() + "\n"
