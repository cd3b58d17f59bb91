"""Soreness and wellness are events like all others: corrected under their key, told, backed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from logged import at, begun, tuesday

from mesocycle.living import backup, restore
from mesocycle.models.errors import BlockError
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happened import EVENT


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begun(tmp_path_factory.mktemp("felt"))


def test_a_site_and_a_day_are_one_event(tmp_path: Path) -> None:
    block = at(begun(tmp_path), tuesday(1))
    assert block.sore("Left  Calf", 4).events[0].text == "left calf sore on Tue 5 Jan: 4 of 10"
    assert block.sore("left calf", 4).already
    block.sore("left calf", 2)
    block.sore("left calf", 5, on="yesterday")
    block.sore("quads", 3)
    held = block.now().state.soreness
    assert [(one.date.day, one.site, one.level) for one in held] == [
        (4, "left calf", 5),
        (5, "left calf", 2),
        (5, "quads", 3),
    ]


def test_sleep_in_the_morning_and_fatigue_in_the_evening_are_one_day(tmp_path: Path) -> None:
    block = at(begun(tmp_path), tuesday(1))
    block.wellness(sleep=7.5)
    noted = block.wellness(fatigue=6)
    assert noted.events[0].text == "Tue 5 Jan: slept 7.5 h, fatigue 6 of 10"
    (one,) = block.now().state.wellness
    assert (one.sleep_hours, one.fatigue) == (7.5, 6)
    block.undo()
    (one,) = block.now().state.wellness
    assert (one.sleep_hours, one.fatigue) == (7.5, None)


def test_they_come_back_from_a_backup(tmp_path: Path) -> None:
    block = at(begun(tmp_path), tuesday(1))
    block.sore("knee", 0)
    block.wellness(sleep=0, fatigue=0)
    copy = tmp_path / "copy.jsonl"
    copy.write_text("".join(backup(block.path)), encoding="utf-8")
    again = restore(copy, tmp_path / "again.block")
    assert again.now().state.soreness == block.now().state.soreness
    assert again.now().state.wellness == block.now().state.wellness
    assert again.history().events == block.history().events


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda block: block.sore("knee", 11), "level"),
        (lambda block: block.sore(" ", 3), "site"),
        (lambda block: block.sore("knee\x1b[2J", 3), "invisible character"),
        (lambda block: block.sore("knee", 3, on="2027-01-06"), "still to come"),
        (lambda block: block.sore("knee", 3, on="someday"), "no day"),
        (lambda block: block.wellness(), "--sleep"),
        (lambda block: block.wellness(sleep=25), "sleep_hours"),
        (lambda block: block.wellness(sleep=float("nan")), "sleep_hours"),
    ],
)
def test_what_cannot_be_is_refused(call: object, words: str, path: Path) -> None:
    assert callable(call)
    with pytest.raises(BlockError, match=words):
        call(at(path, tuesday(1)))


def test_an_event_reads_back_from_its_own_text() -> None:
    for event in (
        Soreness(date=tuesday(1), site="knee", level=0),
        Wellness(date=tuesday(1), fatigue=0),
    ):
        assert EVENT.validate_python(event.to_dict()) == event
    with pytest.raises(ValueError, match="sleep or fatigue"):
        Wellness(date=tuesday(1))
