"""Mutations on goals: made, edited, moved through their life, linked, checked in on."""

from datetime import date
from typing import Any

import strawberry

from lineofsight.goals import reads
from lineofsight.goals.actions import aligning, checkin, lifecycle
from lineofsight.goals.words import (
    AlignmentType,
    Ambition,
    Cadence,
    GoalKind,
    GoalLevel,
    GoalMethod,
    GoalOutcome,
    Horizon,
    OwnView,
    Visibility,
)
from lineofsight.graph.alignment import Alignment
from lineofsight.graph.context import Info
from lineofsight.graph.goals import Goal
from lineofsight.graph.measures import CheckIn
from lineofsight.graph.mutations.measures import MetricInput, new_metric
from lineofsight.graph.payloads import Problem, attempt, goal_later, optional_key, problem_list, row_later
from lineofsight.kernel.ids import global_id, key_of, parse_id
from lineofsight.kernel.problems import InvalidField

ID = strawberry.ID


@strawberry.input(description="A new goal; title, parentId, ownerId, dueDate and metric suffice.")
class GoalCreateInput:
    """What is left out is inferred."""

    title: str = strawberry.field(description="The wanted result in a sentence.")
    description: str | None = strawberry.field(default=None, description="More about it.")
    parent_id: ID | None = strawberry.field(default=None, description="The goal it mainly serves.")
    owner_id: ID | None = strawberry.field(
        default=None, description="Person or unit whose goal it is; default the viewer."
    )
    start_date: date | None = strawberry.field(default=None, description="First day of its period; default today.")
    due_date: date | None = strawberry.field(default=None, description="Day it is due.")
    level: GoalLevel | None = strawberry.field(
        default=None, description="Default INDIVIDUAL for a person, UNIT for a unit."
    )
    kind: GoalKind | None = strawberry.field(default=None, description="Default OUTCOME.")
    method: GoalMethod | None = strawberry.field(default=None, description="Goal-setting method.")
    ambition: Ambition | None = strawberry.field(default=None, description="Default COMMITTED.")
    horizon: Horizon | None = strawberry.field(default=None, description="How far ahead it looks.")
    visibility: Visibility | None = strawberry.field(default=None, description="Who sees it; default AGENCY.")
    cadence: Cadence | None = strawberry.field(
        default=None, description="Interval between check-ins; default by level."
    )
    cycle_id: ID | None = strawberry.field(default=None, description="The time box it runs in.")
    weight: float | None = strawberry.field(default=None, description="Share of its owner's cycle, 0 to 1.")
    unaligned_reason: str | None = strawberry.field(default=None, description="Why it serves no other goal.")
    metric: MetricInput | None = strawberry.field(default=None, description="How it is measured.")
    client_key: str | None = strawberry.field(default=None, description="Repeating the key answers the same goal.")


@strawberry.type(description="Answer of goalCreate.")
class GoalCreatePayload:
    """The new goal."""

    problems: list[Problem] = problem_list()
    goal: Goal | None = strawberry.field(default=None, description="The new draft.")


@strawberry.input(description="Fields to change; those left out stay.")
class GoalChanges:
    """Absent: unchanged; null: emptied."""

    title: strawberry.Maybe[str] = strawberry.field(description="The wanted result in a sentence.")
    description: strawberry.Maybe[str | None] = strawberry.field(description="More about it.")
    owner_id: strawberry.Maybe[ID] = strawberry.field(description="Person or unit whose goal it is.")
    start_date: strawberry.Maybe[date | None] = strawberry.field(description="First day of its period.")
    due_date: strawberry.Maybe[date | None] = strawberry.field(description="Day it is due.")
    level: strawberry.Maybe[GoalLevel] = strawberry.field(description="Where in the cascade it stands.")
    kind: strawberry.Maybe[GoalKind] = strawberry.field(description="What it is about.")
    method: strawberry.Maybe[GoalMethod | None] = strawberry.field(description="Goal-setting method.")
    ambition: strawberry.Maybe[Ambition] = strawberry.field(description="A promise or a stretch.")
    horizon: strawberry.Maybe[Horizon] = strawberry.field(description="How far ahead it looks.")
    visibility: strawberry.Maybe[Visibility] = strawberry.field(description="Who sees it.")
    cadence: strawberry.Maybe[Cadence] = strawberry.field(description="Interval between check-ins.")
    cycle_id: strawberry.Maybe[ID | None] = strawberry.field(description="The time box it runs in.")
    weight: strawberry.Maybe[float | None] = strawberry.field(description="Share of its owner's cycle, 0 to 1.")
    unaligned_reason: strawberry.Maybe[str | None] = strawberry.field(description="Why it serves no other goal.")


@strawberry.input(description="An edit of a goal.")
class GoalEditInput:
    """The goal, the version it was read at, the changes."""

    goal_id: ID = strawberry.field(description="The goal.")
    version: int = strawberry.field(description="The version it was read at.")
    changes: GoalChanges = strawberry.field(description="What changes.")


@strawberry.type(description="Answer of a mutation on one goal.")
class GoalPayload:
    """The goal as it is now."""

    problems: list[Problem] = problem_list()
    goal: Goal | None = strawberry.field(default=None, description="The goal as it is now.")


@strawberry.input(description="A goal to act on.")
class GoalIdInput:
    """The goal, and as it was read."""

    goal_id: ID = strawberry.field(description="The goal.")
    version: int | None = strawberry.field(
        default=None, description="The version it was read at; another one by now is a StaleVersion."
    )


@strawberry.input(description="A goal to act on, with a reason.")
class GoalReasonInput:
    """The goal and why."""

    goal_id: ID = strawberry.field(description="The goal.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="A goal to begin.")
class GoalActivateInput:
    """The goal, and why it is not linked."""

    goal_id: ID = strawberry.field(description="The goal.")
    unaligned_reason: str | None = strawberry.field(default=None, description="Why it serves no other goal.")


@strawberry.type(description="Answer of goalActivate.")
class GoalActivatePayload:
    """The goals begun."""

    problems: list[Problem] = problem_list()
    goal: Goal | None = strawberry.field(default=None, description="The goal as it is now.")
    activated_ids: list[ID] = strawberry.field(
        default_factory=list, description="Ids of all goals begun: with weights, those of the owner's cycle together."
    )


@strawberry.input(description="A goal to close.")
class GoalCloseInput:
    """The goal and what it came to."""

    goal_id: ID = strawberry.field(description="The goal.")
    outcome: GoalOutcome = strawberry.field(description="What it came to.")
    note: str | None = strawberry.field(default=None, description="A word on it.")


@strawberry.type(description="Answer of goalDelete.")
class GoalDeletePayload:
    """The id that is no more."""

    problems: list[Problem] = problem_list()
    deleted_id: ID | None = strawberry.field(default=None, description="Id of the deleted draft.")


@strawberry.input(description="A link between goals.")
class GoalAlignInput:
    """Child, parent, and what the one is to the other."""

    child_id: ID = strawberry.field(description="The goal that serves.")
    parent_id: ID = strawberry.field(description="The goal that is served.")
    type: AlignmentType = strawberry.field(
        default=AlignmentType.CONTRIBUTES, description="What the child is to the parent."
    )
    primary: bool | None = strawberry.field(
        default=None, description="Whether it becomes the child's main goal; the first one does."
    )
    weight: float | None = strawberry.field(default=None, description="Relative weight; none counts as 1.")
    reason: str | None = strawberry.field(default=None, description="Why they are linked.")


@strawberry.type(description="Answer of goalAlign.")
class GoalAlignPayload:
    """The link and the child."""

    problems: list[Problem] = problem_list()
    alignment: Alignment | None = strawberry.field(default=None, description="The link.")
    child: Goal | None = strawberry.field(default=None, description="The goal that serves.")


@strawberry.input(description="A link to remove.")
class GoalUnalignInput:
    """The link and why."""

    alignment_id: ID = strawberry.field(description="The link.")
    reason: str | None = strawberry.field(default=None, description="Why; kept on a goal left without one.")


@strawberry.type(description="Answer of goalUnalign.")
class GoalUnalignPayload:
    """The child."""

    problems: list[Problem] = problem_list()
    child: Goal | None = strawberry.field(default=None, description="The goal that served.")


@strawberry.input(description="A check-in; a value, how sure you are, or a note suffices.")
class GoalRecordCheckInInput:
    """At most three fields are usual."""

    goal_id: ID = strawberry.field(description="The goal.")
    metric_id: ID | None = strawberry.field(default=None, description="Which measure; left out when the goal has one.")
    value: float | None = strawberry.field(default=None, description="The measure's value today.")
    text: str | None = strawberry.field(default=None, description="The value where it is text.")
    progress: float | None = strawberry.field(default=None, description="0 to 1, where the goal has no measures.")
    milestone_id: ID | None = strawberry.field(default=None, description="A milestone that is done.")
    confidence: int | None = strawberry.field(default=None, description="1 (no) to 5 (sure).")
    note: str | None = strawberry.field(default=None, description="A note.")
    view: OwnView | None = strawberry.field(default=None, description="How you see it.")
    blocker: str | None = strawberry.field(default=None, description="What stands in the way.")
    client_key: str | None = strawberry.field(default=None, description="Repeating the key answers the same check-in.")


@strawberry.type(description="Answer of goalRecordCheckIn.")
class GoalRecordCheckInPayload:
    """The check-in and its goal."""

    problems: list[Problem] = problem_list()
    check_in: CheckIn | None = strawberry.field(default=None, description="The new check-in.")
    goal: Goal | None = strawberry.field(default=None, description="The goal as it is now.")


def owner_key(value: str | None, *path: str) -> tuple[str, int] | None:
    """(type, key) of an owner's global id."""
    if value is None:
        return None
    parsed = parse_id(value)
    if parsed is None or parsed[0] not in ("Person", "OrgUnit") or parsed[1] >= 1 << 63:
        raise InvalidField("This is not the id of a person or a unit.", path=path)
    return parsed


@strawberry.type
class GoalMutations:
    """Mutations on goals."""

    @strawberry.mutation(description="Make a goal: a draft, linked to the goal it serves, with its measure.")
    async def goal_create(self, info: Info, input: GoalCreateInput) -> GoalCreatePayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            given = lifecycle.NewGoal(
                title=input.title,
                description=input.description,
                parent_id=optional_key("Goal", input.parent_id, "parentId"),
                owner=owner_key(input.owner_id, "ownerId"),
                start_date=input.start_date,
                due_date=input.due_date,
                level=input.level,
                kind=input.kind or GoalKind.OUTCOME,
                method=input.method,
                ambition=input.ambition or Ambition.COMMITTED,
                horizon=input.horizon,
                visibility=input.visibility or Visibility.AGENCY,
                cadence=input.cadence,
                cycle_id=optional_key("Cycle", input.cycle_id, "cycleId"),
                weight=input.weight,
                unaligned_reason=input.unaligned_reason,
                metric=new_metric(input.metric, "metric") if input.metric else None,
            )
            key = await lifecycle.create_goal(info.context.viewer, given, client_key=input.client_key)
            return {"goal": goal_later(key)}

        return await attempt(info.context, GoalCreatePayload, do)

    @strawberry.mutation(description="Change fields of a goal.")
    async def goal_edit(self, info: Info, input: GoalEditInput) -> GoalPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            changes = {}
            for name in GoalChanges.__annotations__:
                given = getattr(input.changes, name)
                if given is None:
                    continue
                value = given.value
                match name:
                    case "owner_id":
                        changes["owner"] = owner_key(value, "changes", "ownerId")
                    case "cycle_id":
                        changes["cycle_id"] = optional_key("Cycle", value, "changes", "cycleId")
                    case _:
                        changes[name] = value
            key = key_of("Goal", input.goal_id, path=("goalId",))
            goal = await lifecycle.edit_goal(info.context.viewer, key, input.version, changes)
            return {"goal": goal_later(goal.id)}

        return await attempt(info.context, GoalPayload, do)

    @strawberry.mutation(description="Hand a draft in for approval.")
    async def goal_propose(self, info: Info, input: GoalIdInput) -> GoalPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Goal", input.goal_id, path=("goalId",))
            goal = await lifecycle.propose_goal(info.context.viewer, key, version=input.version)
            return {"goal": goal_later(goal.id)}

        return await attempt(info.context, GoalPayload, do)

    @strawberry.mutation(description="Give a proposed goal back to be changed.")
    async def goal_return(self, info: Info, input: GoalReasonInput) -> GoalPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Goal", input.goal_id, path=("goalId",))
            goal = await lifecycle.return_goal(info.context.viewer, key, reason=input.reason)
            return {"goal": goal_later(goal.id)}

        return await attempt(info.context, GoalPayload, do)

    @strawberry.mutation(description="Approve a proposed goal; nobody their own.")
    async def goal_approve(self, info: Info, input: GoalIdInput) -> GoalPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Goal", input.goal_id, path=("goalId",))
            goal = await lifecycle.approve_goal(info.context.viewer, key, version=input.version)
            return {"goal": goal_later(goal.id)}

        return await attempt(info.context, GoalPayload, do)

    @strawberry.mutation(description="Begin an approved goal; with weights, the owner's cycle together at 100%.")
    async def goal_activate(self, info: Info, input: GoalActivateInput) -> GoalActivatePayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Goal", input.goal_id, path=("goalId",))
            begun = await lifecycle.activate_goal(info.context.viewer, key, unaligned_reason=input.unaligned_reason)
            return {"goal": goal_later(key), "activated_ids": [global_id("Goal", goal.id) for goal in begun]}

        return await attempt(info.context, GoalActivatePayload, do)

    @strawberry.mutation(description="Close an active goal with its outcome.")
    async def goal_close(self, info: Info, input: GoalCloseInput) -> GoalPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Goal", input.goal_id, path=("goalId",))
            goal = await lifecycle.close_goal(info.context.viewer, key, outcome=input.outcome, note=input.note)
            return {"goal": goal_later(goal.id)}

        return await attempt(info.context, GoalPayload, do)

    @strawberry.mutation(description="Give a goal up, with a reason; its history stays.")
    async def goal_retire(self, info: Info, input: GoalReasonInput) -> GoalPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Goal", input.goal_id, path=("goalId",))
            goal = await lifecycle.retire_goal(info.context.viewer, key, reason=input.reason)
            return {"goal": goal_later(goal.id)}

        return await attempt(info.context, GoalPayload, do)

    @strawberry.mutation(description="Delete one's own draft.")
    async def goal_delete(self, info: Info, input: GoalIdInput) -> GoalDeletePayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Goal", input.goal_id, path=("goalId",))
            await lifecycle.delete_draft(info.context.viewer, key, version=input.version)
            return {"deleted_id": input.goal_id}

        return await attempt(info.context, GoalDeletePayload, do)

    @strawberry.mutation(description="Link a goal to one it serves; refuses circles.")
    async def goal_align(self, info: Info, input: GoalAlignInput) -> GoalAlignPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            made = await aligning.align(
                info.context.viewer,
                key_of("Goal", input.child_id, path=("childId",)),
                key_of("Goal", input.parent_id, path=("parentId",)),
                type=input.type,
                primary=input.primary,
                weight=input.weight,
                reason=input.reason,
            )
            child = key_of("Goal", input.child_id)
            return {"alignment": row_later("Alignment", reads.ALIGNMENTS, made.id), "child": goal_later(child)}

        return await attempt(info.context, GoalAlignPayload, do)

    @strawberry.mutation(description="Remove a link.")
    async def goal_unalign(self, info: Info, input: GoalUnalignInput) -> GoalUnalignPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Alignment", input.alignment_id, path=("alignmentId",))
            child = await aligning.unalign(info.context.viewer, key, reason=input.reason)
            return {"child": goal_later(child.id)}

        return await attempt(info.context, GoalUnalignPayload, do)

    @strawberry.mutation(description="Check in on a goal.")
    async def goal_record_check_in(self, info: Info, input: GoalRecordCheckInInput) -> GoalRecordCheckInPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            given = checkin.NewCheckIn(
                goal_id=key_of("Goal", input.goal_id, path=("goalId",)),
                metric_id=optional_key("Metric", input.metric_id, "metricId"),
                value=input.value,
                text=input.text,
                progress=input.progress,
                milestone_id=optional_key("Milestone", input.milestone_id, "milestoneId"),
                confidence=input.confidence,
                note=input.note,
                view=input.view,
                blocker=input.blocker,
            )
            key = await checkin.record_check_in(info.context.viewer, given, client_key=input.client_key)
            return {"check_in": row_later("CheckIn", reads.CHECK_INS, key), "goal": goal_later(given.goal_id)}

        return await attempt(info.context, GoalRecordCheckInPayload, do)
