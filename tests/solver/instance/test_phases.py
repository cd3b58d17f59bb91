"""Phases, cutbacks and flat mileage: each share met, missed and exactly hit."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.models.scenario import PHASES
from mesocycle.solver.instance.phases import find_cutbacks, is_flat, name_phases


def fractions(*loads: float) -> list[Fraction]:
    return [Fraction(str(load)) for load in loads]


# Article 004's block: nine weeks, the race on the last Sunday (day 62).
WEEKS_004 = fractions(30, 34, 38, 32, 42, 46, 50, 36, 25)


def test_the_block_of_article_004() -> None:
    # 90 % of 50 is 45: weeks 6 and 7 are the peak. 75 % of it is 37.5: week 3 ends the base, and the
    # cutback after it does not begin it again. Week 8's Thursday is day 52, ten days before the race.
    assert name_phases(WEEKS_004, [62]) == [
        "base", "base", "build", "build", "build", "peak", "peak", "taper", "taper",
    ]  # fmt: skip
    # 32 of 38 km are 84 %: the cutback that a limit of 80 % would miss.
    phases = name_phases(WEEKS_004, [62])
    assert find_cutbacks(WEEKS_004, phases, [], None) == [index == 3 for index in range(9)]


@pytest.mark.parametrize(
    ("goal", "tapers"),
    [
        # Thursdays are days 3, 10, 17, 24; a taper's Thursday lies 0 to 14 days before the race.
        (27, {3, 4}),  # Sunday of week 4: 10 and 3 days after the Thursdays of weeks 3 and 4
        (24, {2, 3, 4}),  # Thursday: exactly 14 days after the Thursday of week 2
        (25, {3, 4}),  # Friday: 15 days after it
        (21, {2, 3, 4}),  # Monday: 11 days after the Thursday of week 2, and the race week itself
    ],
)
def test_the_taper_is_the_weeks_with_most_days_in_the_fourteen_before_the_race(
    goal: int, tapers: set[int]
) -> None:
    phases = name_phases(fractions(20, 30, 40, 50, 20), [goal])
    named = {index + 1 for index, phase in enumerate(phases) if phase == "taper"}
    assert named == tapers
    assert phases[4] == "recovery"


def test_between_two_races_the_second_taper_wins_over_recovery() -> None:
    # A single week of training has nothing to compare with: it is called build.
    phases = name_phases(fractions(40, 50, 30, 30, 30), [20, 34])
    assert phases == ["build", "taper", "taper", "taper", "taper"]


def test_training_goes_on_two_weeks_after_a_goal_race() -> None:
    # An A race on the Sunday of week 3 and another in week 20: weeks 4 and 5 recover, 6 to 18 train.
    loads = [30, 30, 20, 20, 30, *range(40, 66, 2), 40, 30]
    phases = name_phases(fractions(*loads), [20, 139])
    assert phases[1:5] == ["taper", "taper", "recovery", "recovery"]
    assert set(phases[5:18]) == {"base", "build", "peak"}
    assert phases[18:] == ["taper", "taper"]


def test_a_race_week_is_no_peak() -> None:
    # 85 km with a B marathon in week 5 do not make 50 km a base week.
    assert name_phases(fractions(20, 30, 40, 50, 85, 40), [], frozenset({4}))[3] == "peak"
    assert name_phases(fractions(20, 30, 40, 50, 85, 40), [])[3] == "base"


def test_a_new_level_is_one_cutback_at_most() -> None:
    # After the first lighter week the same mileage goes on: no second cutback when 50 is still in sight.
    phases = ["build"] * 6
    assert find_cutbacks(fractions(50, 40, 40, 40, 40, 40), phases, [], None) == [False, True] + [False] * 4
    # The week after a marathon week is not measured by the marathon.
    races = frozenset({1})
    assert not any(find_cutbacks(fractions(50, 85, 50, 50, 50, 50), phases, [], None, races))


@pytest.mark.parametrize(
    ("load", "phase"),
    [(45, "peak"), (44.999, "build"), (37.5, "build"), (37.499, "base")],
)
def test_the_shares_of_the_peak(load: float, phase: str) -> None:
    # The block's most is 50 km: 90 % are 45, 75 % are 37.5; both limits belong to the higher phase.
    assert name_phases(fractions(load, 20, 50, 20), [])[0] == phase


@pytest.mark.parametrize(
    ("loads", "flat"),
    [
        ((100, 85, 85), False),  # the median is exactly 15 % below
        ((100, 84.999, 84), False),
        ((100, 85.001, 85.001), True),
        ((40, 40, 40), True),
        ((0, 0), True),
        ((50,), True),
        ((100, 80, 90, 60), False),  # the median of four is the middle of the two: 85
    ],
)
def test_flat_is_a_median_within_fifteen_percent_of_the_most(loads: tuple[float, ...], flat: bool) -> None:
    assert is_flat(fractions(*loads)) is flat


def test_flat_mileage_has_no_base_and_no_peak() -> None:
    assert name_phases(fractions(40, 40, 42), []) == ["build"] * 3
    # With a race it still has a taper.
    assert name_phases(fractions(40, 40, 40, 40), [27]) == ["build", "build", "taper", "taper"]


def test_a_block_that_is_all_taper() -> None:
    assert name_phases(fractions(40, 30), [13]) == ["taper", "taper"]


@pytest.mark.parametrize(
    ("loads", "history", "expected"),
    [
        ((40, 34), (), [False, True]),  # exactly 85 %
        ((40, 34.001), (), [False, False]),
        ((40, 30, 30), (), [False, True, False]),  # a new level, not a second cutback
        ((40, 30, 40, 30), (), [False, True, False, True]),
        ((40,), (50,), [True]),  # 80 % of the week before the block
        ((40,), (), [False]),  # nothing to compare with
        ((40, 0), (), [False, False]),  # a week without running is a break
        # Only three weeks back: 40 is 80 % of the 50 of week 1, but 88.9 % of the 45s since.
        ((50, 45, 45, 45, 40), (), [False] * 5),
        ((45, 45, 40), (50, 60), [True, False, True]),  # 45 is 75 % of 60, which week 3 still sees
        ((45, 45, 40), (60, 50), [True, False, True]),  # 45 is 75 % of 60; 40 is 80 % of 50
    ],
)
def test_cutbacks(loads: tuple[float, ...], history: tuple[float, ...], expected: list[bool]) -> None:
    found = find_cutbacks(fractions(*loads), ["build"] * len(loads), fractions(*history), None)
    assert found == expected


def test_taper_and_recovery_weeks_are_no_cutbacks() -> None:
    phases = ["build", "taper", "recovery"]
    assert find_cutbacks(fractions(50, 30, 20), phases, [], None) == [False] * 3


def test_declared_cutbacks_replace_the_search() -> None:
    assert find_cutbacks(fractions(40, 30, 40), ["build"] * 3, [], (3,)) == [False, False, True]
    assert find_cutbacks(fractions(40, 30, 40), ["build"] * 3, [], ()) == [False] * 3


def test_random_blocks_have_one_phase_a_week_and_no_two_cutbacks_in_a_row() -> None:
    seen: dict[str, int] = dict.fromkeys((*PHASES, "cutback"), 0)

    @given(
        loads=st.lists(st.integers(0, 100), min_size=1, max_size=12),
        goals=st.lists(st.integers(0, 83), max_size=2),
    )
    def check(loads: list[int], goals: list[int]) -> None:
        values = fractions(*loads)
        phases = name_phases(values, goals)
        cutbacks = find_cutbacks(values, phases, [], None)
        assert len(phases) == len(cutbacks) == len(loads)
        assert not any(a and b for a, b in itertools.pairwise(cutbacks))
        assert "base" not in phases[next((i for i, p in enumerate(phases) if p in ("build", "peak")), 99) :]
        for phase in phases:
            seen[phase] += 1
        seen["cutback"] += sum(cutbacks)

    check()
    assert all(count >= 5 for count in seen.values()), seen
