"""People from organograms and staff lists: real ones where they are here, and small dirty ones."""

from pathlib import Path
from typing import Any

import pytest

from lineofsight.exchange.people.importing import import_people
from lineofsight.exchange.report import ImportReport
from lineofsight.goals.models import Goal, GoalLevel
from lineofsight.kernel import clock
from lineofsight.kernel.events import COMMAND_LINE
from lineofsight.kernel.models import Event, ExternalRef
from lineofsight.people import lines
from lineofsight.people.models import Holding, Person, Position, ReportingLine, Unit
from tests.exchange.data import shared

ORGANOGRAMS = {
    # file: positions, persons, units, warnings by code
    "300913-DECC-organogram": (454, 50, 8, {"holder-undisclosed": 79, "duplicate-posts": 8, "vacant": 2,
                                            "duplicate-row": 2, "missing-title": 2}),
    "300913-Land-Registry-Organogram": (124, 11, 9, {"holder-undisclosed": 14}),
    "Acas-Sep-13": (35, 4, 7, {"holder-undisclosed": 2, "self-report": 1, "several-roots": 2}),
    "Environment-Agency-September-2013-Final": (2148, 75, 140, {"holder-undisclosed": 104, "vacant": 2}),
    "TSol-government-staff-and-salary-data---Dec-2013-v2": (431, 18, 78, {"holder-undisclosed": 76}),
    "advisory_conciliation_and_arbitration_service-2011-09-30": (297, 3, 32, {"vacant": 1}),
}  # fmt: skip


async def run(*paths: Path, **options: Any) -> ImportReport:
    return await import_people(paths, actor=COMMAND_LINE, **options)


def by_code(report: ImportReport) -> dict[str, int]:
    codes = [warning.code for warning in report.warnings]
    return {code: codes.count(code) for code in codes}


@pytest.mark.requirement("C4.1")
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("name", ORGANOGRAMS)
async def test_every_organogram_imports_and_twice_changes_nothing(name: str) -> None:
    senior, junior = (shared("uk-organograms", f"{name}-{kind}.csv") for kind in ("senior", "junior"))
    report = await run(senior, junior, profile="uk-organogram")
    positions, persons, units, warnings = ORGANOGRAMS[name]
    assert report.errors == []
    assert by_code(report) == warnings
    assert (report.created["position"], report.created["person"], report.created["unit"]) == (positions, persons, units)
    assert await lines.verify() == []
    again = await run(junior, senior, profile="uk-organogram")
    assert (+again.created, +again.changed) == ({}, {})
    assert +again.unchanged == +report.created


@pytest.mark.usefixtures("db")
async def test_junior_rows_are_positions_with_fractional_headcount_under_their_senior_post() -> None:
    files = [shared("uk-organograms", f"Acas-Sep-13-{kind}.csv") for kind in ("senior", "junior")]
    await run(*files)
    director = await Position.get(title="Director of Delivery").select_related("superior", "unit")
    assert director.headcount_bp == 55_100
    assert director.superior.title == "Chief Operating Officer"
    assert director.unit.name == "Delivery"
    chief = await Position.get(title="Chief Executive").select_related("superior")
    assert chief.superior is None  # it says to report to itself
    officer = await Person.get(name="Postholder 5").select_related("manager")
    assert officer.manager.name == "Postholder 1"
    unit = await Unit.get(name="Delivery").select_related("parent__parent__parent")
    assert unit.parent.name == "Advisory, Conciliation and Arbitration Service"
    assert unit.parent.parent.parent.code == "agency"


@pytest.mark.usefixtures("db")
async def test_a_later_organogram_of_the_same_organisation_updates_the_posts() -> None:
    names = ("advisory_conciliation_and_arbitration_service-2011-09-30", "Acas-Sep-13")
    earlier, later = (
        [shared("uk-organograms", f"{name}-{kind}.csv") for kind in ("senior", "junior")] for name in names
    )
    await run(*earlier)
    report = await run(*later)
    assert report.errors == []
    assert report.changed["position"] > 0
    assert await lines.verify() == []


@pytest.mark.requirement("C4.1")
@pytest.mark.usefixtures("db")
async def test_oracle_hr_by_ordinary_guessing_keeps_logins_as_external_references() -> None:
    report = await run(shared("hris", "oracle-hr", "employees.csv"))
    assert report.errors == []
    assert by_code(report) == {"email-is-login": 1}
    assert (report.created["person"], report.created["reporting line"]) == (107, 106)
    assert await Person.filter(email__isnull=False).count() == 0
    assert await ExternalRef.filter(key="101").values_list("kind", flat=True) == ["PERSON"]
    ref = await ExternalRef.get(key="NYANG").select_related("system")
    assert ref.system.name == "hr-login"
    neena = await Person.get(id=ref.row_id).select_related("manager", "unit")
    assert (neena.name, neena.job_title) == ("Neena Yang", "Administration Vice President")
    assert (neena.manager.name, neena.unit.name, str(neena.started_on)) == ("Steven King", "Executive", "2015-09-21")
    assert await lines.verify() == []


DIRTY = """\
Staff list, as of 1 March;;;;;;
;;;;;;
Employee ID;Name;E-mail;Job title;Manager ID;Department;FTE
1;Ada Okafor;ada@example.gov;Director;;Permits;1,0
2;Bo Lindqvist;BO@example.gov;Clerk;1;Permits;0,5
3;Cy Duarte;bo@example.gov;Clerk;3;Permits;lots
4;Di Nakamura;not an address;;5;Parks;
5;Eve Haddad;eve@example.gov;Ranger;6;Parks;
6;Fay Ito;fay@example.gov;Ranger;4;Parks;
7;Gus Weaver;gus@example.gov;Ranger;99;Parks;
2;Bo Lindqvist;BO@example.gov;Clerk;1;Permits;0,5

8;Vacant;;Keeper;1;Parks;
9;Hal Novak;hal@example.gov;Keeper;8;Parks;
"""


@pytest.mark.usefixtures("db")
async def test_dirty_rows_are_kept_where_they_can_be_and_warned_of_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(DIRTY, encoding="cp1252")
    report = await run(path)
    assert report.errors == []
    assert sorted((warning.line, warning.code) for warning in report.warnings) == [
        (4, "several-roots"),
        (6, "duplicate-email"),
        (6, "self-report"),
        (6, "several-roots"),
        (6, "unreadable-number"),
        (7, "cycle-cut"),
        (7, "missing-title"),
        (7, "not-an-email"),
        (10, "manager-missing"),
        (11, "duplicate-row"),
        (12, "blank-row"),
        (13, "vacant"),
    ]
    assert (report.created["person"], report.created["position"]) == (8, 9)
    people = {person.name: person for person in await Person.all().select_related("manager", "position", "unit")}
    assert people["Bo Lindqvist"].position.headcount_bp == 5_000
    assert people["Cy Duarte"].email is None
    assert people["Di Nakamura"].manager is None  # the circle is cut at its first row
    assert people["Fay Ito"].manager.name == "Di Nakamura"
    assert people["Gus Weaver"].manager is None
    assert people["Hal Novak"].manager.name == "Ada Okafor"  # over the vacant position
    assert await lines.verify() == []


@pytest.mark.usefixtures("db")
async def test_a_circle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(DIRTY, encoding="utf-8")
    (circle,) = [w.message for w in (await run(path)).warnings if w.code == "cycle-cut"]
    assert circle == "reports in a circle: 4 → 5 → 6 → 4; this line is cut"


@pytest.mark.usefixtures("db")
async def test_dry_run_tells_the_same_and_strict_refuses_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(DIRTY, encoding="utf-8")
    dry = await run(path, dry_run=True)
    assert await Person.all().count() == 0
    assert await Event.all().count() == 0
    strict = await run(path, strict=True)
    assert await Person.all().count() == 0
    assert (strict.errors, strict.warnings, +strict.created) == (dry.warnings, [], {})
    real = await run(path)
    assert (real.created, real.warnings) == (dry.created, dry.warnings)
    again = await run(path)
    assert (+again.created, +again.changed, again.warnings) == ({}, {}, real.warnings)


@pytest.mark.usefixtures("db")
async def test_a_row_without_key_or_name_is_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Employee ID,Name\n1,Ada\n,Bo\n3,\n", encoding="utf-8")
    report = await run(path)
    assert [(e.line, e.code) for e in report.errors] == [(3, "missing-key"), (4, "missing-name")]
    assert await Person.all().count() == 0


@pytest.mark.usefixtures("db")
async def test_changes_move_people_and_end_what_was(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    head = "Employee ID,Name,Title,Manager ID,Department\n"
    path.write_text(head + "1,Ada,Head,,A\n2,Bo,Lead,1,A\n3,Cy,Clerk,2,B\n", encoding="utf-8")
    with clock.at("2026-01-01"):
        await run(path)
    path.write_text(head + "1,Ada,Head,,A\n2,Vacant,Lead,1,A\n3,Cyrus,Clerk,1,A\n", encoding="utf-8")
    with clock.at("2026-02-01"):
        report = await run(path)
    assert dict(+report.changed) == {"person": 1, "position": 1, "holding": 1, "reporting line": 1}
    cy = await Person.get(name="Cyrus").select_related("manager", "unit")
    assert (cy.manager.name, cy.unit.name) == ("Ada", "A")
    bo = await Person.get(name="Bo")
    holding = await Holding.get(person_id=bo.id)
    assert str(holding.valid_to) == "2026-02-01"
    history = await ReportingLine.filter(position__title="Clerk").order_by("id")
    assert [(str(line.valid_from), str(line.valid_to)) for line in history] == [
        ("2026-01-01", "2026-02-01"),
        ("2026-02-01", "None"),
    ]
    with clock.at("2026-02-01"):
        assert await lines.verify() == []


@pytest.mark.usefixtures("db")
async def test_people_are_matched_by_email_and_superiors_across_imports(tmp_path: Path) -> None:
    await Person.create(name="Ada O.", sort_key="ada o.", email="ada@example.gov", email_key="ada@example.gov")
    path = tmp_path / "a.csv"
    path.write_text("Employee ID,Name,Email\n1,Ada Okafor,Ada@example.gov\n", encoding="utf-8")
    report = await run(path)
    assert dict(+report.changed) == {"person": 1}
    assert report.created["person"] == 0
    path.write_text("Email,Name,Manager Email\nbo@example.gov,Bo,ada@example.gov\n", encoding="utf-8")
    report = await run(path)
    assert report.warnings == []
    bo = await Person.get(name="Bo").select_related("manager")
    assert bo.manager.name == "Ada Okafor"


@pytest.mark.usefixtures("db")
async def test_positions_of_their_own_hold_vacancies_second_posts_and_job_shares(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "Position ID,Employee ID,Name,Reports to position\n"
        "P1,1,Ada,\nP2,,Vacant,P1\nP3,2,Bo,P2\nP4,2,Bo,P1\nP3,3,Cy,P2\n",
        encoding="utf-8",
    )
    report = await run(path)
    assert report.errors == []
    assert {(w.line, w.code) for w in report.warnings} == {(3, "vacant"), (5, "second-position"), (6, "duplicate-row")}
    people = {p.name: p for p in await Person.all().select_related("manager")}
    assert people["Bo"].manager.name == people["Cy"].manager.name == "Ada"
    assert people["Cy"].position_id == people["Bo"].position_id
    assert await lines.verify() == []
    again = await run(path)
    assert (+again.created, +again.changed) == ({}, {})


@pytest.mark.usefixtures("db")
async def test_a_header_that_is_none_names_what_is_needed_and_found(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Nummer,Wer\n1,Ada\n", encoding="utf-8")
    (error,) = (await run(path)).errors
    assert error.code == "wrong-header"
    assert "name or first_name and last_name" in error.message
    assert "Nummer, Wer" in error.message
    report = await run(path, mapping=["Nummer=employee_id", "Wer=name"])
    assert (report.errors, report.created["person"]) == ([], 1)
    (error,) = (await run(path, mapping=["Nummer=shoe size"])).errors
    assert error.code == "wrong-mapping"


@pytest.mark.usefixtures("db")
async def test_units_attach_under_the_unit_named(tmp_path: Path) -> None:
    root = await Unit.get(code="agency")
    await Unit.create(code="W", name="Works", sort_key="works", parent=root, path=f"{root.path}000zzz/")
    path = tmp_path / "staff.csv"
    path.write_text("Employee ID,Name,Department\n1,Ada,Roads\n2,Bo,\n", encoding="utf-8")
    await run(path, unit_code="W")
    roads = await Unit.get(name="Roads").select_related("parent")
    assert (roads.parent.code, roads.code) == ("W", "roads")
    bo = await Person.get(name="Bo").select_related("unit")
    assert bo.unit.code == "W"


@pytest.mark.usefixtures("db")
async def test_the_events_say_what_was_imported(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Employee ID,Name,Manager ID,Department\n1,Ada,,A\n2,Bo,1,A\n", encoding="utf-8")
    await run(path)
    verbs = await Event.all().order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["unit.import", "position.import", "position.import", "person.import", "person.import"]
    assert await Event.all().values_list("actor_kind", flat=True) == ["COMMAND_LINE"] * 5


@pytest.mark.usefixtures("db")
async def test_people_who_left_stand_where_they_stood_last_and_manage_nobody(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(
        "Employee ID,Name,Manager ID,Department,Hire Date,End Date\n"
        "1,Ada,,A,2020-01-01,\n2,Bo,1,A,2020-01-01,2025-06-30\n3,Cy,2,A,2020-01-01,\n",
        encoding="utf-8",
    )
    with clock.at("2026-01-01"):
        report = await run(path)
        assert await lines.verify() == []
        again = await run(path)
    assert report.errors == again.errors == []
    assert (+again.created, +again.changed) == ({}, {})
    people = {person.name: person for person in await Person.all().select_related("manager", "unit")}
    assert str(people["Bo"].ended_on) == "2025-06-30"
    assert people["Bo"].unit.name == "A"
    assert people["Cy"].manager.name == "Ada"
    assert str((await Holding.get(person_id=people["Bo"].id)).valid_to) == "2025-06-30"


@pytest.mark.usefixtures("db")
async def test_staff_lists_and_organograms_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Employee ID,Name\n1,Ada\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(
        "Post Unique Reference,Name,Job Title,Organisation,Unit,Reports to Senior Post\n1,Ada,Chief,Org,Unit,XX\n",
        encoding="utf-8",
    )
    assert [e.code for e in (await run(tmp_path / "a.csv", tmp_path / "b.csv")).errors] == ["mixed-files"]
    assert (await run(tmp_path / "b.csv")).created["position"] == 1


@pytest.mark.usefixtures("db")
async def test_managers_by_name_where_it_is_unique_or_by_key_in_the_same_column(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(
        "Employee ID,Full Name,Reports To\nE1,Ana,\nE2,Ben,ana\nE3,Ben,Ben\nE4,Dot,E1\nE5,Eli,dot\nE6,Fay,Gil\n",
        encoding="utf-8",
    )
    report = await run(path)
    assert sorted((w.line, w.code) for w in report.warnings) == [(4, "manager-ambiguous"), (7, "manager-missing")]
    managers = dict(await Person.filter(manager_id__isnull=False).values_list("name", "manager__name"))
    assert managers == {"Ben": "Ana", "Dot": "Ana", "Eli": "Dot"}


@pytest.mark.usefixtures("db")
async def test_goals_follow_owners_who_move(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Employee ID,Name,Department\n1,Ada,Roads\n", encoding="utf-8")
    await run(path)
    ada = await Person.get(name="Ada")
    goal = await Goal.create(
        title="Fix it", sort_key="fix it", level=GoalLevel.INDIVIDUAL, owner_person=ada, changed_at=clock.now()
    )
    path.write_text("Employee ID,Name,Department\n1,Ada,Parks\n", encoding="utf-8")
    await run(path)
    goal = await Goal.get(id=goal.id).select_related("unit")
    assert goal.unit.name == "Parks"
