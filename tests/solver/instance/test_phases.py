"""Phases, cutbacks and rising mileage: each share met, missed and exactly hit."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.models.training import PHASES
from mesocycle.solver.instance.phases import (
    Goal,
    around_races,
    find_cutbacks,
    name_phases,
    reference_mileage,
    rises,
    taper_days,
)


def fractions(*loads: float) -> list[Fraction]:
    return [Fraction(str(load)) for load in loads]


def named(loads: list[Fraction], *goals: Goal, up: bool = True) -> list[str]:
    """Phases of weeks whose top is the most of those that do not taper or recover."""
    around = around_races(len(loads), goals)
    training = [load for load, phase in zip(loads, around, strict=True) if not phase]
    return name_phases(loads, around, max(training or loads), up)


# Article 004's block: nine weeks, the race on the last Sunday (day 62).
WEEKS_004 = fractions(30, 34, 38, 32, 42, 46, 50, 36, 25)


def test_the_block_of_article_004() -> None:
    # 90 % of 50 is 45: weeks 6 and 7 are the peak. 80 % of it is 40: week 5 ends the base, which is four
    # weeks, no more than half of nine. Week 8's Thursday is day 52, ten days before the half marathon.
    assert named(WEEKS_004, Goal(62, taper_days(21_098))) == [
        "base", "base", "base", "base", "build", "peak", "peak", "taper", "taper",
    ]  # fmt: skip
    # 32 of 38 km are 84 %: the cutback that a limit of 80 % would miss.
    phases = ["build"] * 9
    assert find_cutbacks(WEEKS_004[:7], phases, [], None) == [index == 3 for index in range(7)]


@pytest.mark.parametrize(
    ("metres", "days"),
    [
        (5_000, 7),
        (10_000, 7),
        (15_000, 7),
        (15_001, 10),
        (21_098, 10),
        (25_001, 14),
        (42_195, 14),
        (50_000, 21),
    ],
)
def test_the_taper_is_as_long_as_the_race_is_worth(metres: int, days: int) -> None:
    assert taper_days(metres) == days


@pytest.mark.parametrize(
    ("goal", "days", "tapers"),
    [
        # Thursdays are days 3, 10, 17, 24; a taper's Thursday lies within its days before the race.
        (27, 14, {3, 4}),  # Sunday of week 4: 10 and 3 days after the Thursdays of weeks 3 and 4
        (24, 14, {2, 3, 4}),  # Thursday: exactly 14 days after the Thursday of week 2
        (25, 14, {3, 4}),  # Friday: 15 days after it
        (21, 14, {2, 3, 4}),  # Monday: 11 days after the Thursday of week 2, and the race week itself
        (27, 10, {3, 4}),  # exactly ten days after the Thursday of week 3
        (27, 7, {4}),
        (27, 21, {2, 3, 4}),  # 17 days after the Thursday of week 2, 24 after that of week 1
    ],
)
def test_the_taper_is_the_weeks_whose_thursday_lies_in_it(goal: int, days: int, tapers: set[int]) -> None:
    phases = named(fractions(20, 30, 40, 50, 20), Goal(goal, days))
    assert {index + 1 for index, phase in enumerate(phases) if phase == "taper"} == tapers
    assert phases[4] == "recovery"


def test_between_two_races_the_second_taper_wins_over_recovery() -> None:
    phases = named(fractions(40, 50, 30, 30, 30), Goal(20, 14), Goal(34, 14))
    assert phases == ["peak", "taper", "taper", "taper", "taper"]


def test_training_goes_on_two_weeks_after_a_goal_race() -> None:
    # An A race on the Sunday of week 3 and another in week 20: weeks 4 and 5 recover, 6 to 18 train.
    loads = [30, 30, 20, 20, 30, *range(40, 66, 2), 40, 30]
    phases = named(fractions(*loads), Goal(20, 14), Goal(139, 14))
    assert phases[1:5] == ["taper", "taper", "recovery", "recovery"]
    # 80 % of 64 km are 51.2: week 12 (52 km) would end the base, half of twenty weeks does it before.
    assert phases[5:10] == ["base"] * 5
    assert phases[10:18] == ["build"] * 4 + ["peak"] * 4
    assert phases[18:] == ["taper", "taper"]


@pytest.mark.parametrize(
    ("load", "phase"),
    [(45, "peak"), (44.999, "build"), (40, "build"), (39.999, "base")],
)
def test_the_shares_of_the_top(load: float, phase: str) -> None:
    # The top is 50 km: 90 % are 45, 80 % are 40; both limits belong to the higher phase. The first two of
    # eight weeks are base in any case.
    assert named(fractions(20, 20, load, 20, 50, 20, 20, 20))[2] == phase


@pytest.mark.parametrize(("weeks", "base"), [(4, 1), (5, 2), (8, 2), (9, 3)])
def test_a_quarter_of_the_weeks_is_base_at_least_where_mileage_is_even(weeks: int, base: int) -> None:
    phases = named(fractions(*[40] * weeks), up=False)
    assert phases == ["base"] * base + ["build"] * (weeks - base)


def test_half_of_the_weeks_is_base_at_most_before_a_race() -> None:
    # 80 % of 60 km are reached in week 7 alone.
    loads = fractions(20, 22, 24, 26, 28, 30, 60, 58, 40, 20)
    assert named(loads, Goal(69, 14))[:8] == ["base"] * 5 + ["build", "peak", "peak"]
    assert named(loads)[:8] == ["base"] * 6 + ["peak", "peak"]


def test_a_peak_may_stand_in_the_first_quarter() -> None:
    # Peak comes before base in the order of names.
    assert named(fractions(50, 40, 48, 50))[0] == "peak"


@pytest.mark.parametrize(
    ("loads", "history", "reference"),
    [
        ((40, 44, 60), (), 42),  # the first two weeks
        ((40,), (), 40),
        ((), (), 0),
        ((40, 44), (30, 36), 33),
        ((40, 44), (1, 2, 30, 30, 30, 30, 30, 36), 31),  # the last six of the weeks before
    ],
)
def test_what_the_runner_comes_from(
    loads: tuple[float, ...], history: tuple[float, ...], reference: float
) -> None:
    assert reference_mileage(fractions(*loads), fractions(*history)) == reference


@pytest.mark.parametrize(
    ("top", "reference", "history", "up"),
    [
        (56, 50, (), True),  # exactly 12 % above
        (55.999, 50, (), False),
        (55, 60, (50, 50), True),  # 10 % above the biggest week before
        (54.999, 60, (50, 50), False),
        (60, 50, (58, 42), True),
        (0, 0, (), False),
    ],
)
def test_a_block_rises_if_its_top_lies_well_above(
    top: float, reference: float, history: tuple[float, ...], up: bool
) -> None:
    (exact,) = fractions(top)
    assert rises(exact, Fraction(reference), fractions(*history)) is up


def test_four_weeks_at_the_top_are_four_peak_weeks() -> None:
    loads = fractions(50, 54, 58, 46, 62, 66, 70, 56, 74, 78, 80, 80, 80, 80, 58, 36)
    assert named(loads, Goal(111, 14))[8:] == ["peak"] * 6 + ["taper"] * 2


def test_even_mileage_has_no_peak() -> None:
    assert named(fractions(40, 40, 42), up=False) == ["base", "build", "build"]
    assert named(fractions(40, 40, 40, 40), Goal(27, 14), up=False) == ["base", "build", "taper", "taper"]


def test_a_block_that_is_all_taper() -> None:
    assert named(fractions(40, 30), Goal(13, 14)) == ["taper", "taper"]


def test_a_new_level_is_one_cutback_at_most() -> None:
    # After the first lighter week the same mileage goes on: no second cutback when 50 is still in sight.
    phases = ["build"] * 6
    assert find_cutbacks(fractions(50, 40, 40, 40, 40, 40), phases, [], None) == [False, True] + [False] * 4
    # The week after a marathon week is not measured by the marathon.
    races = frozenset({1})
    assert not any(find_cutbacks(fractions(50, 85, 50, 50, 50, 50), phases, [], None, races))


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
        up=st.booleans(),
    )
    def check(loads: list[int], goals: list[int], up: bool) -> None:
        values = fractions(*loads)
        phases = named(values, *(Goal(day, 14) for day in goals), up=up)
        cutbacks = find_cutbacks(values, phases, [], None)
        assert len(phases) == len(cutbacks) == len(loads)
        assert not any(a and b for a, b in itertools.pairwise(cutbacks))
        assert "base" not in phases[next((i for i, p in enumerate(phases) if p == "build"), 99) :]
        assert up or "peak" not in phases
        for phase in phases:
            seen[phase] += 1
        seen["cutback"] += sum(cutbacks)

    check()
    assert all(count >= 5 for count in seen.values()), seen
