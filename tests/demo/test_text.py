"""What an editor looks for in the invented texts."""

import re
from collections import Counter
from datetime import date

from lineofsight.demo.agency import invent
from lineofsight.demo.figures import shown
from lineofsight.demo.text import Line, common_lines, places, unit_blocks

AGENCY = invent(400, 1, date(2026, 11, 22))
ONE_OF_MANY = re.compile(r"(?<![\d.,])1 (?!a )[a-z]+s\b(?<!ss)|(?<![\d.,])1 (people|children)")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def all_lines() -> list[Line]:
    lines = [line for block in unit_blocks() for line in block.goals]
    teams = [team for block in unit_blocks() for team in block.teams]
    lines += [line for team in teams for goal, own in team.goals for line in (goal, *own)]
    return [*lines, *(line for word in ("dept", "own", "lead") for line in common_lines(word))]


def test_every_hole_of_a_title_can_be_filled() -> None:
    known = {*places(), "b", "t", "lo", "hi", "dept", "colleague"}
    for line in all_lines():
        assert set(re.findall(r"{(\w+)}", line.title)) <= known, line


def test_every_team_has_goals_for_itself_and_its_people() -> None:
    for block in unit_blocks():
        for team in block.teams:
            assert team.goals
            assert sum(len(own) for _, own in team.goals) >= 3, team.name
            assert team.jobs


def test_titles_read_like_titles() -> None:
    for goal in AGENCY.goals:
        assert goal.title[0].isupper(), goal.title
        assert not goal.title.endswith("."), goal.title
        assert "{" not in goal.title
        assert "  " not in goal.title
        assert len(goal.title) <= 110, goal.title
        assert not ONE_OF_MANY.search(goal.title.replace("priority 1", "")), goal.title


def test_a_deadline_in_the_title_is_the_goals_deadline() -> None:
    for goal in AGENCY.goals:
        found = re.search(rf" by ((?:{MONTHS}) \d+)$", goal.title)
        if found:
            assert found[1] == f"{goal.due:%B} {goal.due.day}", goal.title


def test_numbers_of_the_title_are_those_of_the_measure() -> None:
    for goal in AGENCY.goals:
        metric = goal.metric
        if metric is None or goal.level.startswith("STRATEGIC") or metric.target is None:
            continue
        assert shown(metric.target, metric.decimals) in goal.title, goal.title


def test_most_titles_are_used_once_in_a_year() -> None:
    titles = Counter(goal.title for goal in AGENCY.goals if goal.cycle == "this")
    assert len(titles) / titles.total() > 0.8
    assert max(titles.values()) <= 12


def test_notes_vary_and_read_as_sentences() -> None:
    notes = [check_in.note for goal in AGENCY.goals for check_in in goal.check_ins]
    assert len(set(notes)) / len(notes) > 0.8
    for note in notes:
        assert note[0].isupper() or note[0].isdigit() or note[0] == '"', note
        assert note[-1] in '."', note
        assert "{" not in note
        assert not ONE_OF_MANY.search(note), note
        assert len(note) < 330


def test_no_one_reports_an_earlier_figure_as_the_later_one() -> None:
    for goal in AGENCY.goals:
        numbers = [c.value for c in goal.check_ins if c.value is not None]
        if goal.metric and goal.metric.cumulative:
            assert numbers == sorted(numbers)
