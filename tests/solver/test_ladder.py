"""The trim ladder: minutes and dose by hand, rounding, floors, and what is kept longest."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

import pytest

from mesocycle.files.library import exercises, programs
from mesocycle.models.strength import Session
from mesocycle.solver.ladder import Item, build_ladder, cap, round_half_up, session_items

FULL = (Fraction(1),)


def items(*entries: dict[str, Any], novel: frozenset[str] = frozenset()) -> tuple[Item, ...]:
    return session_items(
        Session.model_validate({"name": "A", "exercises": entries}), dict(exercises()), novel
    )


def one(exercise: str, **more: Any) -> Item:
    (item,) = items({"exercise": exercise} | more)
    return item


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("5/2", 3), ("3/2", 2), ("1/2", 1), ("249/100", 2), ("7/3", 2), ("8/3", 3), ("2", 2), ("0", 0)],
)
def test_halves_are_rounded_up(value: str, rounded: int) -> None:
    # Python's own round() would make 2.5 sets into 2.
    assert round_half_up(Fraction(value)) == rounded


def test_minutes_and_dose_of_session_a_of_the_two_day_program() -> None:
    session = programs()["runner_two_day"].sessions[0]
    parts = session_items(session, dict(exercises()), frozenset())
    # Squat 1000 x 80/80. RDL 700 x 67.5/80 = 590.6, calf raise 500 x 77.5/80 = 484.4: the middle of the
    # library's loads where none is given. Row 100 x 60/80: 60 % where the library has none. Press 0.
    assert [item.dose for item in parts] == [1000, 591, 484, 75, 0]
    top = build_ladder(parts, FULL)[0]
    assert top.sets == (3, 3, 3, 2, 2)
    # 480 + 5 x 75 + 3 x 200 + 3 x 125 + 3 x 140 + 2 x 90 + 2 x 80 s = 2590 s: 43 min 10 s.
    assert top.minutes == 44
    # 3000 + 1773 + 1452 + 150.
    assert top.dose == 6375
    assert top.leg_sets == 9  # squat, RDL, calf raise
    assert (top.short_main, top.short_other, top.total) == (0, 0, 13)


def test_what_is_kept_longest() -> None:
    parts = session_items(programs()["runner_two_day"].sessions[0], dict(exercises()), frozenset())
    ladder = build_ladder(parts, FULL)
    # Row (upper body) first, press (core), RDL (other legs), squat (main lift), calf raise last.
    assert [rung.sets for rung in ladder] == [
        (3, 3, 3, 2, 2), (3, 3, 3, 1, 2), (3, 3, 3, 1, 1), (3, 2, 3, 1, 1), (2, 2, 3, 1, 1), (2, 2, 2, 1, 1),
    ]  # fmt: skip
    assert [(rung.short_main, rung.short_other) for rung in ladder] == [
        (0, 0), (0, 1), (0, 2), (0, 3), (1, 3), (1, 4),
    ]  # fmt: skip


def test_single_leg_work_outlasts_calves_and_main_lifts() -> None:
    parts = items(
        *({"exercise": name, "sets": [1, 2]} for name in ("split_squat", "calf_raise_bent", "back_squat"))
    )
    assert [rung.sets for rung in build_ladder(parts, FULL)] == [(2, 2, 2), (2, 2, 1), (2, 1, 1), (1, 1, 1)]


def test_among_equals_the_one_with_most_sets_gives_way() -> None:
    parts = items({"exercise": "plank", "sets": [1, 2]}, {"exercise": "dead_bug", "sets": [1, 3]})
    assert [rung.sets for rung in build_ladder(parts, FULL)] == [(2, 3), (2, 2), (1, 2), (1, 1)]


@pytest.mark.parametrize(
    ("exercise", "sets", "factor", "expected"),
    [
        ("back_squat", 3, "1", 3),
        ("back_squat", 3, "1/2", 2),  # 1.5, rounded up
        ("back_squat", 4, "6/10", 2),  # 2.4
        ("back_squat", 4, "1/4", 2),  # 1, but a main lift keeps two
        ("back_squat", 1, "1/4", 1),  # never above what was asked for
        ("plank", 3, "1/2", 2),
        ("plank", 3, "4/10", 1),  # 1.2
        ("plank", 2, "1/10", 1),  # never none
    ],
)
def test_what_a_week_allows(exercise: str, sets: int, factor: str, expected: int) -> None:
    assert cap(one(exercise, sets=sets), Fraction(factor)) == expected


def test_a_week_below_the_runners_own_minimum_goes_below_it() -> None:
    # [3, 4] sets in a week of half the sets: 2, the week's cap, and no rung above it.
    assert [
        rung.sets
        for rung in build_ladder(items({"exercise": "back_squat", "sets": [3, 4]}), (Fraction(1, 2),))
    ] == [(2,)]


def test_a_soft_trim_offers_the_sets_above_without_calling_the_rest_short() -> None:
    ladder = build_ladder(items({"exercise": "back_squat", "sets": [2, 4]}), (Fraction(1), Fraction(1, 2)))
    assert [rung.sets for rung in ladder] == [(4,), (3,), (2,)]
    assert [rung.short_main for rung in ladder] == [0, 0, 0]
    alone = build_ladder(items({"exercise": "back_squat", "sets": [2, 4]}), FULL)
    assert [rung.short_main for rung in alone] == [0, 1, 2]


@pytest.mark.parametrize(
    ("more", "dose"),
    [
        ({"load": 80}, 1000),
        ({"load": 90}, 1125),  # 90/80
        ({"load": 100}, 1150),  # 125 % is cut at 115 %
        ({"load": 20}, 600),  # 25 % is lifted to 60 %
        ({"load": 80, "rir": 2}, 1000),
        ({"load": 80, "rir": 1}, 1250),  # a quarter more near failure
        ({"load": 80, "rir": 0}, 1250),
        ({}, 1031),  # the library's 75 to 90: 82.5/80 = 1.03125
    ],
)
def test_the_dose_of_a_set_of_squats(more: dict[str, Any], dose: int) -> None:
    item = one("back_squat", **more)
    assert item.dose == dose
    assert item.to_failure == (more.get("rir") == 0)
    assert item.heavy_load == (more.get("load", 0) >= 80)


def test_new_movements_weigh_more_by_what_they_ask_in_lowering() -> None:
    (item,) = items({"exercise": "back_squat", "load": 80}, novel=frozenset({"back_squat"}))
    assert item.dose == 1180  # 1 + 0.3 x 0.6


@pytest.mark.parametrize(
    ("minutes", "legs", "rungs"),
    [
        # 45 min less 8 of warm-up are 12 sets of 3 min and one minute over; at least half of them stay.
        (45, "heavy", [(45, 8004), (42, 7337), (39, 6670), (36, 6003), (33, 5336), (30, 4669), (27, 4002)]),
        # 10 min hold no set after the warm-up; two are taken all the same, and the minutes stay 10.
        (10, "none", [(10, 0), (7, 0)]),
    ],
)
def test_a_session_by_its_minutes(minutes: int, legs: str, rungs: list[tuple[int, int]]) -> None:
    session = Session.model_validate({"name": "A", "minutes": minutes, "lower_body": legs})
    parts = session_items(session, {}, frozenset())
    # 8000 / 12 = 666.7 is rounded up, so that the whole session does not fall short of a full dose.
    assert [(rung.minutes, rung.dose) for rung in build_ladder(parts, FULL)] == rungs


def test_random_ladders_step_down_one_set_at_a_time_to_the_least() -> None:
    random.seed(1)
    seen = {"steps": 0, "single": 0, "trimmed": 0}
    names = list(exercises())
    for _ in range(200):
        chosen = random.sample(names, random.randint(1, 5))
        entries = [{"exercise": name, "sets": sorted(random.choices(range(1, 7), k=2))} for name in chosen]
        factor = Fraction(random.choice([1, 1, 2, 3]), 4) if random.random() < 0.5 else Fraction(1)
        parts = items(*entries)
        ladder = build_ladder(parts, (factor,))
        own = [cap(item, factor) for item in parts]
        assert list(ladder[0].sets) == own
        assert list(ladder[-1].sets) == [min(top, item.least) for top, item in zip(own, parts, strict=True)]
        for above, below in itertools.pairwise(ladder):
            assert above.total - below.total == 1
            assert above.minutes > below.minutes
            assert above.dose >= below.dose
            seen["steps"] += 1
        seen["single"] += len(ladder) == 1
        seen["trimmed"] += factor < 1 and own != [item.most for item in parts]
    assert all(count >= 10 for count in seen.values()), seen
