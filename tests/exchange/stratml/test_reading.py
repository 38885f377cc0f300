"""What real files do that the schema forbids: read, and remarked where something is lost."""

from collections import Counter

import pytest

from lineofsight.exchange.stratml import vocabulary as words
from lineofsight.exchange.stratml.document import Document, Goal, Indicator, Result, Role
from lineofsight.exchange.stratml.markup import Unreadable
from lineofsight.exchange.stratml.reading import read

from .plans import content, measured, minimal, needs_data


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in read(data)[1]]


def indicator(data: bytes) -> Indicator:
    return read(data)[0].goals[0].objectives[0].indicators[0]


@needs_data
@pytest.mark.parametrize(
    ("name", "goals", "objectives", "indicators", "instances", "results", "stakeholders", "remarks"),
    [
        ("PMOAI", 1, 5, 0, 0, 0, 19, {}),
        ("SMLC2011", 3, 10, 11, 11, 22, 55, {"duplicate-identifier": 6, "empty-date": 1}),
        ("HHIOP20200304", 41, 386, 0, 0, 0, 200, {"empty-stakeholder": 1, "empty-date": 1}),
        ("Albania", 2, 12, 104, 2392, 4784, 0, {}),
    ],
)
def test_a_real_plan_is_read_whole(
    name: str,
    goals: int,
    objectives: int,
    indicators: int,
    instances: int,
    results: int,
    stakeholders: int,
    remarks: dict[str, int],
) -> None:
    document, findings = read(content(name))
    all_objectives = [each for goal in document.goals for each in goal.objectives]
    all_indicators = [each for objective in all_objectives for each in objective.indicators]
    all_instances = [each for one in all_indicators for each in one.instances]
    people = [
        each for whose in (*document.organizations, *document.goals, *all_objectives) for each in whose.stakeholders
    ]
    assert len(document.goals) == goals
    assert len(all_objectives) == objectives
    assert len(all_indicators) == indicators
    assert len(all_instances) == instances
    assert sum(len(each.targets) + len(each.actuals) for each in all_instances) == results
    assert len(people) == stakeholders
    assert all(each.name or each.description or each.roles for each in people)
    assert Counter(finding.code for finding in findings) == remarks


@needs_data
def test_old_names_and_attributes() -> None:
    document, _ = read(content("SMLC2011"))
    assert document.submitter is not None
    assert (document.submitter.given_name, document.submitter.surname) == ("Owen", "Ambur")
    assert document.goals[0].objectives[0].indicators[0].type == "Qualitative"


@needs_data
def test_the_submitter_inside_administrative_information_is_found() -> None:
    document, _ = read(content("HHIOP20200304"))
    assert document.submitter is not None
    assert document.submitter.email == "hhi-plan@googlegroups.com"


@needs_data
def test_numbers_dates_and_text_are_as_written() -> None:
    document, _ = read(content("Albania"))
    first = document.goals[0].objectives[0].indicators[0].instances[0].targets[0]
    assert (first.units, first.start, first.end) == ("6.82", "2022-01-01", "2022-12-31")
    assert document.values[3].description.endswith("methodologies\n                ")


@pytest.mark.parametrize("namespace", sorted(words.NAMESPACES))
@pytest.mark.parametrize("prefix", ["", "stratml:"])
@pytest.mark.parametrize("root", [words.PART_1_ROOT, words.PART_2_ROOT])
def test_any_of_the_namespaces_with_or_without_prefix(namespace: str, prefix: str, root: str) -> None:
    declared = f'xmlns{":stratml" if prefix else ""}="{namespace}"'
    kind = "" if root == words.PART_1_ROOT else ' Type="Performance_Plan"'
    data = (
        f"<{prefix}{root} {declared}{kind}><{prefix}Name>P</{prefix}Name><{prefix}StrategicPlanCore>"
        f"<{prefix}Goal><{prefix}Name>G</{prefix}Name></{prefix}Goal></{prefix}StrategicPlanCore></{prefix}{root}>"
    )
    document, findings = read(data.encode())
    assert document == Document(
        part=1 if root == words.PART_1_ROOT else 2,
        type="Performance_Plan" if kind else "",
        name="P",
        goals=(Goal(name="G"),),
    )
    assert findings == []


def test_no_namespace_is_read_with_a_warning() -> None:
    data = minimal().replace(f' xmlns="{words.PART_2_NAMESPACE}"'.encode(), b"")
    assert codes(data) == ["no-namespace"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html/>", "not-stratml"),
        (b'<StrategicPlan xmlns="urn:other"/>', "not-stratml"),
        (b"<StrategicPlan><Name>P</Name></StrategicPlan>", "no-core"),
        (minimal().replace(b"<Name>Plan</Name>", b"<Name> </Name>"), "no-name"),
    ],
)
def test_no_plan_at_all(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == code
    assert (refused.value.line, refused.value.column) == (1, 1)


def test_any_order_of_children() -> None:
    units, name = "<NumberOfUnits>7</NumberOfUnits>", "<DescriptorName>Status</DescriptorName>"
    value = "<DescriptorValue>Baseline</DescriptorValue>"
    dates = "<StartDate>2020-01-01</StartDate><EndDate>2020-12-31</EndDate>"
    text = "<Description>d</Description>"
    expected = Result("2020-01-01", "2020-12-31", "7", "Status", "Baseline", "d")
    for order in (
        (dates, units, f"<Descriptor>{name}{value}</Descriptor>", text),
        (text, f"<Descriptor>{value}{name}</Descriptor>", units, dates),
        (text, units, f"<Descriptor>{name}{value}</Descriptor>", dates),
    ):
        found = indicator(
            measured(f"<MeasurementInstance><TargetResult>{''.join(order)}</TargetResult></MeasurementInstance>")
        )
        assert found.instances[0].targets == (expected,)


def test_empty_shells_are_dropped_but_results_keep_their_number() -> None:
    found = indicator(
        measured(
            "<Relationship RelationshipType=''><Identifier/><ReferentIdentifier/></Relationship>"
            "<MeasurementInstance><TargetResult><Description/></TargetResult><ActualResult/></MeasurementInstance>"
            "<MeasurementInstance/>"
        )
    )
    assert found.relationships == ()
    assert [(each.targets, each.actuals) for each in found.instances] == [
        ((Result(),), (Result(),)),
        ((), ()),
    ]


def test_the_empty_template_form_is_remarked() -> None:
    data = minimal("<Goal><Name/><Description/><Objective><Name/></Objective></Goal><Goal><Name>G</Name></Goal>")
    assert codes(data) == ["empty-element", "empty-element"]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<Goal><Name>G</Name><id>7</id></Goal>", "foreign-element"),
        ("<Goal><Name>G<b>bold</b></Name></Goal>", "foreign-element"),
        ('<Goal colour="red"><Name>G</Name></Goal>', "foreign-attribute"),
        ("<Goal>text<Name>G</Name></Goal>", "stray-text"),
        ("<Goal><Name>G</Name><Name>H</Name></Goal>", "repeated-element"),
        (
            "<Goal><Name>G</Name><Stakeholder StakeholderTypeType='Group'><Name>S</Name></Stakeholder></Goal>",
            "unknown-value",
        ),
        (
            "<Goal><Name>G</Name><Identifier>a</Identifier></Goal>"
            "<Goal><Name>H</Name><Identifier>a</Identifier></Goal>",
            "duplicate-identifier",
        ),
        ("", "no-goals"),
    ],
)
def test_what_is_skipped_is_remarked(inside: str, code: str) -> None:
    assert codes(minimal(inside)) == [code]


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ("<NumberOfUnits>about 7</NumberOfUnits>", "unreadable-number"),
        ("<NumberOfUnits>1e3</NumberOfUnits>", "unreadable-number"),
        ("<StartDate>1/1/2020</StartDate>", "unreadable-date"),
        ("<StartDate>2021-02-29</StartDate>", "unreadable-date"),
        ("<StartDate/>", "empty-date"),
        ("<StartDate>2021-01-01</StartDate><EndDate>2020-01-01</EndDate>", "reversed-dates"),
    ],
)
def test_unreadable_values_are_kept_as_text_and_remarked(result: str, code: str) -> None:
    data = measured(f"<MeasurementInstance><ActualResult>{result}</ActualResult></MeasurementInstance>")
    assert codes(data) == [code]
    found = indicator(data).instances[0].actuals[0]
    for text in (found.start, found.end, found.units):
        assert text in result


def test_places_of_the_draft_are_kept() -> None:
    place = "<Place><Name>Springfield</Name><PlaceIdentifier>sp</PlaceIdentifier></Place>"
    document, findings = read(minimal(f"<Goal><Name>G</Name>{place}</Goal>"))
    assert [each.name for each in document.goals[0].places] == ["Springfield"]
    assert findings == []


def test_a_role_without_a_type() -> None:
    role = "<Role><Name>Mayor</Name><Description/><RoleType/></Role>"
    document, findings = read(minimal(f"<Goal><Name>G</Name><Stakeholder><Name>S</Name>{role}</Stakeholder></Goal>"))
    assert document.goals[0].stakeholders[0].roles == (Role("Mayor"),)
    assert findings == []
