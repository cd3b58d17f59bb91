"""Strength's own clock: repetitions and reserve week by week, told by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from blocks import context_of

from mesocycle.files.library import exercises
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.prescription.clock import Clock, Turn, WeekKind, in_range, week_kinds
from mesocycle.solver.rules import load_rep_zone

# A week is a letter: w works (base), b works in build, p in peak; d is lighter, t tapers, r recovers; B is
# the first after a break, in base, and D too, where it is one of the lighter weeks; a dot does not expect the
# movement.
PHASES = {"b": "build", "p": "peak", "t": "taper", "r": "recovery"}
# Its day does not matter here: phases are given by the letters.
RACE = {"date": "2026-09-07", "distance": "10k", "priority": "A"}


def instance(weeks: int, **more: Any) -> Instance:
    return context_of({"start": "2026-09-07", "weeks": weeks, "runs": {"week": {}}} | more)


def kind(number: int, letter: str) -> WeekKind:
    """A week by its letter."""
    return WeekKind(number, PHASES.get(letter, "base"), letter not in "dtr", letter == "B")


def turns(
    weeks: str, exercise: str = "back_squat", settings: dict[str, Any] | None = None, **more: Any
) -> list[Turn]:
    chosen = load_rep_zone.Parameters.model_validate(settings or {})
    clock, own = Clock(instance(len(weeks), **more), chosen), exercises()[exercise]
    return [
        clock.turn(kind(number, letter), own) for number, letter in enumerate(weeks, start=1) if letter != "."
    ]


def reps(weeks: str, exercise: str = "back_squat", settings: Any = None, **more: Any) -> list[int]:
    return [turn.reps for turn in turns(weeks, exercise, settings, **more)]


def zones(found: Sequence[Turn]) -> str:
    """First letters of the zones."""
    return "".join(turn.zone[0] for turn in found)


NEW: dict[str, Any] = {"athlete": {"experience": "new"}}


def test_three_weeks_of_foundation_and_then_strength() -> None:
    found = turns("wwwwwwwww", races=[RACE])
    assert [(turn.reps, turn.rir) for turn in found] == [
        (10, 3), (8, 3), (8, 3), (6, 2), (5, 2), (5, 2), (5, 2), (4, 2), (4, 2),
    ]  # fmt: skip
    assert zones(found) == "fffssssss"
    # All but the taper loads by the repetitions that are done.
    assert all(turn.load_reps == turn.reps for turn in found)


@pytest.mark.parametrize(
    ("foundation", "expected"),
    [(0, [6, 5, 5, 5, 4, 4]), (1, [10, 6, 5, 5, 5, 4]), (2, [10, 8, 6, 5, 5, 5]), (5, [10, 8, 8, 8, 8, 6])],
)
def test_the_weeks_of_foundation(foundation: int, expected: list[int]) -> None:
    assert reps("wwwwww", settings={"foundation": foundation}) == expected


def test_who_comes_out_of_strength_goes_on_with_it() -> None:
    assert reps("www", history={"strength_phase": "strength"}) == [6, 5, 5]
    assert reps("www", history={"strength_phase": "foundation"}) == [10, 8, 8]
    assert reps("www", history={"strength_phase": "strength"}, **NEW) == [6, 5, 5]


@pytest.mark.parametrize(
    ("weeks", "foundation"),
    [
        # A third of the block, rounded half up, but two at least and five at most.
        (2, 2),
        (4, 2),
        (7, 2),
        (8, 3),  # 2.67
        (10, 3),  # 3.33
        (11, 4),  # 3.67
        (13, 4),
        (14, 5),  # 4.67
        (15, 5),
        (30, 5),
    ],
)
def test_a_new_lifter_has_a_third_of_the_block(weeks: int, foundation: int) -> None:
    found = turns("w" * weeks, races=[RACE], **NEW)
    assert zones(found) == "f" * foundation + "s" * (weeks - foundation)
    # The trained have three, however long the block.
    assert zones(turns("w" * weeks, races=[RACE])) == ("fff" + "s" * weeks)[:weeks]


def test_new_foundation_may_be_shorter_than_a_third() -> None:
    assert zones(turns("w" * 12, settings={"new_foundation": 1}, races=[RACE], **NEW)) == "f" + "s" * 11
    assert zones(turns("w" * 12, settings={"new_foundation": 0}, races=[RACE], **NEW)) == "s" * 12
    # Of eighteen weeks a third is six.
    assert zones(turns("w" * 18, settings={"new_foundation": 8}, races=[RACE], **NEW)) == "f" * 6 + "s" * 12


def test_lighter_taper_and_recovery_weeks_take_no_step() -> None:
    assert reps("wwdwdw") == [10, 8, 8, 8, 8, 6]
    assert reps("wwwwrw") == [10, 8, 8, 6, 6, 5]
    # A block that begins with a lighter week begins with its first step, and takes it once.
    assert reps("dww") == [10, 10, 8]


def test_weeks_without_the_movement_do_not_count() -> None:
    # Every second week: two weeks of foundation are four of the block.
    assert reps("w.w.w.w") == [10, 8, 8, 6]


def test_in_peak_weeks_it_stays_at_five_and_goes_on_to_four_with_every_second() -> None:
    # Weeks 4 and 5 are 6 and 5; then six peak weeks.
    assert reps("wwwwwpppppp", races=[RACE]) == [10, 8, 8, 6, 5, 5, 4, 4, 4, 4, 4]
    # A lighter week between them takes no step.
    assert reps("wwwwwpdpp", races=[RACE]) == [10, 8, 8, 6, 5, 5, 5, 4, 4]
    # Between other weeks the second peak week goes on to four all the same.
    assert reps("wwwwwpbp", races=[RACE]) == [10, 8, 8, 6, 5, 5, 5, 4]


def test_before_five_repetitions_a_peak_week_is_like_others() -> None:
    # Peak from week 2 on: 8, 8, 6, 5, then one week at five, and four with the second.
    assert reps("wppppppp", races=[RACE]) == [10, 8, 8, 6, 5, 5, 4, 4]
    assert reps("pppp", races=[RACE]) == [10, 8, 8, 6]


def test_in_a_taper_two_repetitions_fewer_at_the_same_load() -> None:
    found = turns("wwwwwtt", races=[RACE])
    assert [(turn.reps, turn.load_reps, turn.rir, turn.zone) for turn in found[4:]] == [
        (5, 5, 2, "strength"),
        (3, 5, 2, "taper"),
        (3, 5, 2, "taper"),
    ]
    # Three at least: of four they are three, of three none is taken.
    four = turns("wwwwwwwwt", races=[RACE])[-1]
    assert (four.reps, four.load_reps) == (3, 4)
    # Out of foundation: eight less two.
    early = turns("wwt", races=[RACE])[-1]
    assert (early.reps, early.load_reps, early.rir) == (6, 8, 3)
    # In a taper the range of an exercise does not hold: a split squat of six to ten has four.
    assert [turn.reps for turn in turns("wwwwwt", "split_squat", races=[RACE])] == [10, 8, 8, 6, 6, 4]


def test_power_in_build_weeks_if_chosen_and_not_for_the_new() -> None:
    power = {"build": "power"}
    found = turns("wbbbbpb", settings=power, races=[RACE])
    # Foundation first; then three with three in reserve in build weeks, and what is due in others.
    assert [(turn.reps, turn.rir) for turn in found] == [
        (10, 3),
        (8, 3),
        (8, 3),
        (3, 3),
        (3, 3),
        (5, 2),
        (3, 3),
    ]
    assert zones(found) == "fffppsp"
    assert zones(turns("wbbbbpb", settings=power, races=[RACE], **NEW)) == "ffsssss"
    # A taper does not go below three.
    assert reps("wbbbbt", settings=power, races=[RACE]) == [10, 8, 8, 3, 3, 3]


def test_power_keeps_to_the_range_of_the_exercise() -> None:
    assert reps("bbbb", "split_squat", {"build": "power"}, races=[RACE]) == [10, 8, 8, 6]


def test_without_a_race_a_new_wave_begins_after_eight_weeks() -> None:
    found = turns("w" * 20)
    # Strength begins in week 4: the next waves in weeks 12 and 20.
    assert [turn.reps for turn in found] == [
        10,
        8,
        8,
        *(6, 5, 5, 5, 4, 4, 4, 4),
        *(6, 5, 5, 5, 4, 4, 4, 4),
        6,
    ]
    assert [turn.wave for turn in found] == [0] * 3 + [4] * 8 + [12] * 8 + [20]
    # With an A race anywhere in the scenario it goes on as it is; a B race changes nothing.
    assert reps("w" * 20, races=[RACE])[11:] == [4] * 9
    assert reps("w" * 20, races=[RACE | {"priority": "B"}])[11] == 6


def test_a_wave_is_counted_in_weeks_of_the_block() -> None:
    # Weeks without a step are part of its eight; week 12 is lighter, so that the wave begins in week 13.
    found = turns("wwwwdwwdwwwdw")
    assert [turn.wave for turn in found][-2:] == [4, 13]
    assert [turn.reps for turn in found][-3:] == [4, 4, 6]
    assert reps("w" * 9, settings={"wave_weeks": 4}) == [10, 8, 8, 6, 5, 5, 5, 6, 5]


def test_a_new_wave_begins_in_peak_weeks_too() -> None:
    # Week 12, whatever its phase; five follows and stays, and four with the second week after six.
    assert reps("w" * 11 + "ppppp")[10:] == [4, 6, 5, 5, 4, 4]


def test_a_return_repeats_the_step_before_and_takes_none() -> None:
    # Weeks 4 and 5 are away; week 6 has what week 2 had, the step before the last; week 7 goes on.
    found = turns("www..Bww")
    assert [turn.reps for turn in found] == [10, 8, 8, 8, 6, 5]
    # Out of strength: after 6 and 5 the first week back has 6, with three in reserve, then it goes on.
    found = turns("wwwww..Bw", races=[RACE])
    assert [(turn.reps, turn.rir) for turn in found[4:]] == [(5, 2), (6, 3), (5, 2)]
    # Before anything was done it begins at the first step.
    assert reps("Bww") == [10, 10, 8]


def test_the_reserve_of_a_return_is_that_of_its_rule() -> None:
    back: dict[str, Any] = {"rules": {"return_from_break": {"rir": 4}}}
    assert [turn.rir for turn in turns("wwwww..Bw", races=[RACE], **back)] == [3, 3, 3, 2, 2, 4, 2]
    # Not less than the clock's own.
    back = {"rules": {"return_from_break": {"rir": 2}}}
    assert [turn.rir for turn in turns("ww..Bw", races=[RACE], **back)] == [3, 3, 3, 3]


@pytest.mark.parametrize(
    ("exercise", "expected"),
    [
        ("back_squat", [10, 8, 8, 6, 5, 5, 5, 4]),  # 2 to 10
        ("front_squat", [8, 8, 8, 6, 5, 5, 5, 4]),  # 3 to 8
        ("goblet_squat", [10, 8, 8, 6, 6, 6, 6, 6]),  # 6 to 12
        ("bulgarian_split_squat", [10, 8, 8, 6, 5, 5, 5, 5]),  # 5 to 10
    ],
)
def test_repetitions_keep_within_the_range_of_the_exercise(exercise: str, expected: list[int]) -> None:
    assert reps("w" * 8, exercise, races=[RACE]) == expected


def test_in_range() -> None:
    squat = exercises()["front_squat"]
    assert [in_range(count, squat) for count in (1, 2, 3, 8, 9)] == [3, 3, 3, 8, 8]


def test_what_a_week_is() -> None:
    # Blocked for the first two weeks and last lifted on the day before: week 3 is the first after 14 days.
    away = instance(
        6,
        phases=["base", "base", "base", "build", "taper", "recovery"],
        athlete={"blocked": ["2026-09-07..2026-09-20"]},
        history={"last_lift": "2026-09-06"},
    )
    assert dict(away.returns) == {2: 14}
    kinds = week_kinds(away, frozenset({2, 3}))
    # A return works, also where the run plan cuts back, but takes no step.
    assert [(week.number, week.phase, week.working, week.returning, week.steps) for week in kinds] == [
        (1, "base", True, False, True),
        (2, "base", True, False, True),
        (3, "base", True, True, False),
        (4, "build", False, False, False),
        (5, "taper", False, False, False),
        (6, "recovery", False, False, False),
    ]
