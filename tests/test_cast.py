"""The agency of tests/cast.py stands as it is told."""

from lineofsight.goals import linking, progress
from lineofsight.kernel import clock
from lineofsight.people import lines
from tests import cast as story
from tests.support.databases import TestDatabase


async def test_every_stored_fact_follows_from_its_parts(db: TestDatabase, cast: story.Cast) -> None:
    with clock.at(story.TODAY):
        assert await lines.verify() == []
        assert await linking.verify() == []
        assert await progress.verify() == []


async def test_keys_are_found_again(db: TestDatabase, cast: story.Cast) -> None:
    assert set(cast.goals) == set(story.GOAL)
    assert cast == await story.load()
