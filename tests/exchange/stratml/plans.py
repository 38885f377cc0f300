"""The real plans and schemas the tests read, and documents that Hypothesis invents."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from lxml import etree

from lineofsight.exchange.stratml import vocabulary as words
from lineofsight.exchange.stratml.document import (
    Administrative,
    Document,
    Goal,
    Indicator,
    Instance,
    Objective,
    Organization,
    Relationship,
    Result,
    Role,
    Stakeholder,
    Statement,
    Submitter,
    Value,
)

_DATA = Path(__file__).parents[4] / "shared" / "data"
PLANS = _DATA / "stratml-plans"
SCHEMAS = _DATA / "stratml-xsd"
NAMES = ("PMOAI", "SMLC2011", "HHIOP20200304", "Albania")

needs_data = pytest.mark.skipif(not PLANS.exists(), reason=f"the real plans are not at {PLANS}")


def path(name: str) -> Path:
    return PLANS / f"{name}.xml"


def content(name: str) -> bytes:
    return path(name).read_bytes()


@cache
def _schema(part: int) -> etree.XMLSchema:
    name = "StrategicPlanISOVersion20140401" if part == 1 else "PerformancePlanOrReport20160216"
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd"))


def faults(data: bytes) -> list[str]:
    """What the schema of the document's part says against it."""
    root = etree.fromstring(data)
    schema = _schema(1 if root.tag.endswith("StrategicPlan") else 2)
    schema.validate(root)
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def minimal(inside: str = "<Goal><Name>G</Name></Goal>", around: str = "") -> bytes:
    """A Part 2 document with the given core and what follows it."""
    return (
        f'<PerformancePlanOrReport xmlns="{words.PART_2_NAMESPACE}" Type="Strategic_Plan"><Name>Plan</Name>'
        f"<StrategicPlanCore>{inside}</StrategicPlanCore>{around}</PerformancePlanOrReport>"
    ).encode()


def measured(inside: str) -> bytes:
    """A Part 2 document with one indicator that holds `inside`."""
    return minimal(
        "<Goal><Name>G</Name><Objective><Name>O</Name><PerformanceIndicator>"
        f"<MeasurementDimension>M</MeasurementDimension>{inside}</PerformanceIndicator></Objective></Goal>"
    )


# Documents as Hypothesis invents them: `clean` ones keep to the schema, others hold any text anywhere.


def _said(text: str) -> str:
    return text if text.strip(" \t\r\n") else ""


_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r"), max_size=12)
_clean_texts = _texts.filter(lambda text: not set(text) & {"\ufffe", "\uffff"}).map(_said)
_wild_texts = st.text(max_size=8).map(_said)
_days = st.dates().map(str) | st.sampled_from(["2024-02-29Z", "2020-01-01+05:30"])
_numbers = st.from_regex(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?", fullmatch=True)


def _tuples(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


def documents(clean: bool = True) -> st.SearchStrategy[Document]:
    """Documents without empty shells, each of both parts and with duplicate and unsafe identifiers."""
    texts = _clean_texts if clean else _wild_texts
    tokens = texts.map(lambda text: text.strip(" \t\r\n"))
    identifiers = st.just("") | st.sampled_from(["a", "_a", "78901c50-230a", "Code#P320", "urn:uuid:1"]) | tokens

    def either(good: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.just("") | (good if clean else good | tokens)

    def one_of(choices: tuple[str, ...]) -> st.SearchStrategy[str]:
        return either(st.sampled_from(choices))

    def build(kind: Callable[..., Any], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.builds(kind, **parts).filter(lambda built: built != kind())

    dates, numbers = either(_days), either(_numbers)
    role_types = st.sampled_from(words.ROLE_TYPES) if clean else st.sampled_from(words.ROLE_TYPES) | tokens
    role = build(Role, name=texts, description=texts, types=_tuples(role_types.filter(bool), 2 if clean else 4))
    stakeholder = st.builds(
        Stakeholder,
        name=texts.filter(bool),
        description=texts,
        type=one_of(words.STAKEHOLDER_TYPES),
        roles=_tuples(role),
    )
    organization = build(
        Organization,
        name=texts,
        acronym=texts,
        identifier=identifiers,
        description=texts,
        stakeholders=_tuples(stakeholder),
    )
    statement = build(Statement, description=texts, identifier=identifiers)
    result = st.builds(
        Result,
        start=dates,
        end=dates,
        units=numbers,
        descriptor_name=texts,
        descriptor_value=texts,
        description=texts,
    )
    instance = st.builds(Instance, targets=_tuples(result, 2), actuals=_tuples(result, 2))
    relationship = build(
        Relationship,
        type=one_of(words.RELATIONSHIP_TYPES),
        identifier=identifiers,
        referents=_tuples(tokens.filter(bool), 2),
        name=texts,
        description=texts,
    )
    indicator = st.builds(
        Indicator,
        dimension=texts.filter(bool),
        unit=texts,
        identifier=identifiers,
        sequence=texts,
        stage=one_of(words.VALUE_CHAIN_STAGES),
        type=one_of(words.INDICATOR_TYPES),
        relationships=_tuples(relationship, 2),
        instances=_tuples(instance, 2),
        other_information=texts,
    )
    body = {
        "name": texts.filter(bool),
        "description": texts,
        "identifier": identifiers,
        "sequence": texts,
        "stakeholders": _tuples(stakeholder, 2),
        "other_information": texts,
        "indicators": _tuples(indicator, 2),
    }
    objective = st.builds(Objective, **body)
    goal = st.builds(Goal, objectives=_tuples(objective, 2), **body)
    administrative = build(
        Administrative,
        identifier=identifiers,
        start=dates,
        end=dates,
        publication=dates,
        source=_sources(clean),
    )
    submitter = build(Submitter, identifier=identifiers, given_name=texts, surname=texts, phone=texts, email=texts)
    return st.builds(
        Document,
        part=st.just(2),
        type=st.sampled_from(words.DOCUMENT_TYPES),
        name=texts.map("Plan {}".format),
        description=texts,
        other_information=texts,
        organizations=_tuples(organization, 2),
        vision=st.none() | statement,
        mission=st.none() | statement,
        values=_tuples(build(Value, name=texts, description=texts)),
        goals=st.lists(goal, min_size=1, max_size=2).map(tuple),
        administrative=st.none() | administrative,
        submitter=st.none() | submitter,
    )


def _sources(clean: bool) -> st.SearchStrategy[str]:
    good = st.sampled_from(["", "https://a.example/b?c=d#e", "plan.xml", "urn:x:y"])
    return good if clean else good | st.text(max_size=12).map(lambda text: _said(text).strip(" \t\r\n"))
