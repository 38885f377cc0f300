"""How mutations answer: nullable nodes, and the problems a user can act on."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from tortoise.exceptions import BaseORMException

from lineofsight.goals import reads as goal_reads
from lineofsight.graph.context import Context
from lineofsight.graph.node import kinded
from lineofsight.kernel import problems
from lineofsight.kernel.database import worth_repeating
from lineofsight.kernel.ids import key_of
from lineofsight.kernel.rows import Row, Source

P = TypeVar("P")
TRIES = 3


@strawberry.interface(description="What the user can act on; each kind its own type.")
class Problem:
    """A problem as data."""

    code: str = strawberry.field(description="Stable code of the kind.", resolver=lambda root: root.problem.code)
    message: str = strawberry.field(description="A sentence fit to show.", resolver=lambda root: root.problem.message)
    path: list[str] | None = strawberry.field(
        description="Path into the input, such as metric, target; null where it is about the whole.",
        resolver=lambda root: list(root.problem.path) or None,
    )


@dataclass(frozen=True)
class Told:
    """A problem on its way into an answer; the engine takes a bare exception for a fault."""

    problem: problems.Problem


def _kind(exception: type[problems.Problem], description: str) -> Callable[[type], type]:
    def register(cls: type) -> type:
        def is_type_of(_cls: type, obj: Any, _info: Any) -> bool:
            return isinstance(obj, Told) and type(obj.problem) is exception

        cls.is_type_of = classmethod(is_type_of)  # type: ignore[attr-defined]
        return strawberry.type(cls, description=description)

    return register


@_kind(problems.NotFound, "The row does not exist, or is hidden from the viewer.")
class NotFound(Problem):
    """Hidden or absent."""


@_kind(problems.NotAllowed, "The viewer sees the row but may not do this.")
class NotAllowed(Problem):
    """No right."""


@_kind(problems.InvalidField, "A value that cannot be taken.")
class InvalidField(Problem):
    """A bad value."""


@_kind(problems.StaleVersion, "Someone else changed the row since the viewer read it.")
class StaleVersion(Problem):
    """A lost race."""

    current_version: int = strawberry.field(description="The version it has now.", resolver=lambda root: root.current)


@_kind(problems.WrongState, "The row is not in a state that allows this.")
class WrongState(Problem):
    """A wrong moment."""


@_kind(problems.CycleRefused, "The link would close a circle; the message names it.")
class CycleRefused(Problem):
    """A circle."""


@_kind(problems.Conflict, "It contradicts something that is already there.")
class Conflict(Problem):
    """A contradiction."""


@_kind(problems.TooManyAttempts, "Too many failed attempts; wait.")
class TooManyAttempts(Problem):
    """A closed door."""


@_kind(problems.SignInRefused, "E-mail and password, or link, do not open a session.")
class SignInRefused(Problem):
    """No entry."""


PROBLEM_TYPES = [
    NotFound, NotAllowed, InvalidField, StaleVersion, WrongState, CycleRefused, Conflict,
    TooManyAttempts, SignInRefused,
]  # fmt: skip


def problem_list() -> Any:
    """The ``problems`` of a payload."""
    return strawberry.field(description="Why nothing was done; empty on success.")


async def attempt(context: Context, payload: Callable[..., P], do: Callable[[], Awaitable[dict[str, Any]]]) -> P:
    """``payload`` with what ``do`` answers, or with the problem it raised; the only place that catches problems.

    ``do`` is one transaction; one that lost against another is run again.
    """
    for tries_left in range(TRIES - 1, -1, -1):
        try:
            answer = await do()
            break
        except problems.Problem as problem:
            return payload(problems=[Told(problem)])
        except BaseORMException as error:
            if not tries_left or not worth_repeating(error):
                raise
            await asyncio.sleep(random.uniform(0, 0.05))
    context.forget()
    return payload(
        problems=[], **{name: await value(context) if callable(value) else value for name, value in answer.items()}
    )


def row_later(
    kind: str, source: Source | Callable[[Context], Source], key: int
) -> Callable[[Context], Awaitable[Row | None]]:
    """A row of the payload, read with the viewer's rights after the change."""

    async def load(context: Context) -> Row | None:
        found = source if isinstance(source, Source) else source(context)
        return kinded(kind, await context.row(found, key))

    return load


def goal_later(key: int) -> Callable[[Context], Awaitable[Row | None]]:
    """A goal of the payload."""
    return row_later("Goal", lambda context: goal_reads.goals(context.on), key)


def optional_key(kind: str, value: str | None, *path: str) -> int | None:
    """The key in a global id that may be left out."""
    return None if value is None else key_of(kind, value, path=path)
