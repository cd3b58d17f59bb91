"""Hard and long runs on the eve of a race, and long runs that are most of their week, are remarked on."""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc


def notes(week: dict[str, Any], **more: Any) -> list[str]:
    races = [{"date": "2026-09-27", "distance": "marathon", "name": "the city marathon", **more}]
    result = mc.solve({"start": "2026-09-07", "weeks": 3, "runs": {"week": week}, "races": races})
    return [note for note in result.notes if "day before" in note or "half of the week" in note]


EASY = {"type": "easy", "start": "07:00", "distance": "6 km"}
USUAL = {"tue": {"type": "easy", "distance": "10 km"}, "thu": {"type": "easy", "distance": "12 km"}}


def test_an_easy_run_on_the_eve_is_fine() -> None:
    assert notes({**USUAL, "sat": EASY}) == []


def test_a_hard_run_on_the_eve_is_remarked_on() -> None:
    week = {**USUAL, "sat": {"type": "tempo", "start": "07:00", "distance": "8 km"}}
    assert notes(week) == [
        "8 km tempo on Sat 26 Sep: nothing hard is run on the day before the city marathon."
    ]


def test_twenty_two_kilometres_on_the_eve_are_far() -> None:
    week = {**USUAL, "sat": {"type": "easy", "start": "07:00", "distance": "22 km"}}
    assert notes(week) == ["22 km easy run on Sat 26 Sep: that is far for the day before the city marathon."]


def test_a_race_that_is_a_key_run_alone_has_no_eve() -> None:
    week = {**USUAL, "sat": {"type": "tempo", "start": "07:00", "distance": "8 km"}}
    assert notes(week, priority="C") == []


@pytest.mark.parametrize(("kilometres", "remarked"), [(20, False), (24, True)])
def test_a_long_run_of_more_than_half_of_the_week(kilometres: int, remarked: bool) -> None:
    week = {**USUAL, "sun": {"type": "long", "start": "08:00", "distance": f"{kilometres} km"}}
    result = mc.solve({"start": "2026-09-07", "weeks": 2, "runs": {"week": week}})
    said = [note for note in result.notes if "half of the week" in note]
    text = "In weeks 1 and 2 the long run is more than half of the week's distance"
    assert [note.partition(":")[0] for note in said] == [text] * remarked


def test_distances_stand_in_the_units_of_the_runner() -> None:
    race = {"date": "2026-09-27", "distance": "marathon", "name": "the city marathon"}
    week = {"tue": {"type": "easy", "distance": "8 mi"}, "sat": {"type": "easy", "distance": "12.5 mi"}}
    scenario = {"start": "2026-09-07", "weeks": 3, "units": "mi", "runs": {"week": week}, "races": [race]}
    (note,) = (note for note in mc.solve(scenario).notes if "day before" in note)
    assert note == "12.5 mi easy run on Sat 26 Sep: that is far for the day before the city marathon."
