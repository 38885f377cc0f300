"""Settings: what the environment may say, and that docs/settings.md describes all of it."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from lineofsight.settings import PREFIX, SettingError, Settings, read_settings

DOCUMENT = Path(__file__).parents[1] / "docs" / "settings.md"


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(rf"^\| `({PREFIX}\w+)` \| (.+?) \|", DOCUMENT.read_text(), re.MULTILINE))
    shown = {
        PREFIX + field.name.upper(): {True: "`yes`", False: "`no`", "": "*(empty)*"}.get(
            field.default,
            f"`{field.default:g}`" if isinstance(field.default, float) else f"`{field.default}`",
        )
        for field in fields(Settings)
    }
    assert rows == shown


def test_defaults_without_an_environment() -> None:
    assert read_settings({}) == Settings()


def test_an_empty_value_counts_as_not_given() -> None:
    assert read_settings({"LINEOFSIGHT_SESSION_HOURS": ""}).session_hours == 12


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FISCAL_YEAR_START", "13", "a whole number from 1 to 12"),
        ("FISCAL_YEAR_START", "October", "a whole number"),
        ("TIME_ZONE", "Mars/Olympus", "a time zone such as"),
        ("TIME_ZONE", "../etc/passwd", "a time zone such as"),
        ("PUBLIC_URL", "goals.example.gov", "an origin such as"),
        ("DATABASE_URL", "mysql://x", "sqlite://path or postgres://"),
        ("DIRECTORY_EMAILS", "perhaps", "yes or no"),
        ("ON_TRACK_PACE", "nan", "a number from"),
        ("DATABSE_URL", "sqlite://x", "is not a setting"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingError, match=says) as raised:
        read_settings({PREFIX + name: value})
    assert PREFIX + name in str(raised.value)


def test_a_refused_database_url_does_not_show_its_password() -> None:
    with pytest.raises(SettingError) as raised:
        read_settings({"LINEOFSIGHT_DATABASE_URL": "mysql://app:hunter2@db/x"})
    assert "hunter2" not in str(raised.value)


def test_what_the_example_of_the_readme_exports_does_not_stop_a_command() -> None:
    exported = {"LINEOFSIGHT_TOKEN": "los_x", "LINEOFSIGHT_SERVER": "http://127.0.0.1:8000"}
    assert read_settings(exported) == Settings()
