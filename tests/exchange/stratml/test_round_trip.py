"""Read → write → read keeps everything the format can say; what is written is always valid."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from lineofsight.exchange.stratml import vocabulary as words
from lineofsight.exchange.stratml.document import Document
from lineofsight.exchange.stratml.identifiers import ncname
from lineofsight.exchange.stratml.loss import LossReport
from lineofsight.exchange.stratml.reading import read
from lineofsight.exchange.stratml.writing import has_indicators, write

from .plans import NAMES, content, documents, faults, needs_data

_invented = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


def identifiers(part: Any) -> Iterator[str]:
    """Every identifier below, in the order a document has them."""
    if isinstance(part, tuple):
        for each in part:
            yield from identifiers(each)
    elif is_dataclass(part) and not isinstance(part, type):
        if own := getattr(part, "identifier", ""):
            yield own
        for each in fields(part):
            yield from identifiers(getattr(part, each.name))


def without_identifiers(part: Any) -> Any:
    """The same with every identifier reduced to whether there is one."""
    if isinstance(part, tuple):
        return tuple(without_identifiers(each) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        changes = {each.name: without_identifiers(getattr(part, each.name)) for each in fields(part) if each.init}
        if "identifier" in changes:
            changes["identifier"] = "some" if part.identifier else ""  # type: ignore[attr-defined]
        return replace(part, **changes)
    return part


def assert_same(before: Document, after: Document) -> None:
    assert without_identifiers(after) == without_identifiers(before)
    old, new = list(identifiers(before)), list(identifiers(after))
    assert len(set(new)) == len(new) == len(old)
    safe = [ncname(each) for each in old]
    for each in new:
        assert each in safe or re.sub(r"_\d+$", "", each) in safe
    once = {each for each in safe if safe.count(each) == 1}
    assert once <= set(new)


def again(document: Document, losses: LossReport | None = None) -> Document:
    return read(write(document, losses or LossReport()))[0]


@pytest.mark.requirement("C4.1")
@needs_data
@pytest.mark.parametrize("name", NAMES)
def test_a_real_plan_keeps_everything(name: str) -> None:
    document, _ = read(content(name))
    losses = LossReport()
    data = write(document, losses)
    assert faults(data) == []
    assert_same(document, again(document))
    assert {loss.code for loss in losses.losses} <= {"identifier-changed", "identifier-suffixed"}
    assert read(data)[0].part == document.part


@needs_data
def test_later_duplicates_get_a_suffix_and_are_listed() -> None:
    losses = LossReport()
    document, _ = read(content("SMLC2011"))
    after = again(document, losses)
    found = [one.identifier for goal in after.goals for each in goal.objectives for one in each.indicators]
    repeated = "_8c60e70d-55b5-4ee6-9db3-3a0e202179f2"
    assert [each for each in found if each.startswith(repeated)] == [
        repeated,
        *(f"{repeated}_{number}" for number in range(2, 7)),
    ]
    suffixed = [loss.where for loss in losses.losses if loss.code == "identifier-suffixed"]
    assert len(suffixed) == 6
    assert suffixed[0] == "goal 1 / objective 2 / indicator 1"


@given(documents())
@_invented
def test_an_invented_plan_keeps_everything(document: Document) -> None:
    losses = LossReport()
    data = write(document, losses)
    assert_same(document, read(data)[0])
    assert {loss.code for loss in losses.losses} <= {"identifier-changed", "identifier-suffixed"}


@needs_data
@given(documents(clean=False))
@_invented
def test_whatever_a_plan_holds_the_output_is_valid(document: Document) -> None:
    losses = LossReport()
    data = write(document, losses)
    assert faults(data) == []
    after = again(document)
    if not losses.losses:
        assert_same(document, after)
    assert again(after) == after


@needs_data
@given(documents())
@_invented
def test_a_part_1_plan_stays_one_unless_it_has_indicators(document: Document) -> None:
    losses = LossReport()
    data = write(replace(document, part=1, type=""), losses)
    assert faults(data) == []
    codes = {loss.code for loss in losses.losses}
    if has_indicators(document):
        assert words.PART_2_NAMESPACE.encode() in data
        assert "part-2" in codes
    else:
        assert words.PART_1_NAMESPACE.encode() in data


@needs_data
@given(documents())
@_invented
def test_part_1_on_request_lists_every_indicator_it_loses(document: Document) -> None:
    losses = LossReport()
    assert faults(write(document, losses, part=1)) == []
    lost = [loss for loss in losses.losses if loss.code == "indicator"]
    assert len(lost) == sum(
        len(goal.indicators) + sum(len(each.indicators) for each in goal.objectives) for goal in document.goals
    )
