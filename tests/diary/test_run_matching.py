"""Entries of a feed and runs of a block: which is which, by hand, and that no other match is better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.diary.feeds.matching import LEFT_OVER, NOT_EXACT, cheapest, matched
from mesocycle.diary.feeds.runs import Measures, as_told
from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.feed import Kind, Reading
from mesocycle.models.plan import CalendarRun
from mesocycle.models.training import KEY_TYPES

MONDAY = date(2026, 9, 21)
METRIC = Measures("km", 330)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def run(
    day: int, kind: str, minutes: int = 40, km: float | None = None, start: int = 390, title: str = ""
) -> CalendarRun:
    return CalendarRun(
        date=MONDAY + timedelta(days=day),
        start=start,
        minutes=minutes,
        type=kind,
        key=kind in KEY_TYPES,
        distance_km=km,
        title=title,
    )


def entry(
    day: int,
    kind: str,
    minutes: int | None = 40,
    metres: int | None = None,
    start: int | None = 390,
    title: str = "",
    sure: float = 0.95,
) -> PlanEntry:
    reading = Reading(Kind(kind), title or kind, minutes, metres, confidence=sure)
    return PlanEntry(MONDAY + timedelta(days=day), start, reading)


def pairs(runs: list[CalendarRun], entries: list[PlanEntry]) -> dict[int, int]:
    return matched([(one,) for one in runs], entries, METRIC)


def test_the_same_week_is_the_same_in_any_order() -> None:
    runs = [run(MON, "easy"), run(TUE, "intervals"), run(WED, "easy"), run(SUN, "long")]
    entries = [entry(SUN, "long"), entry(WED, "easy"), entry(MON, "easy"), entry(TUE, "intervals")]
    assert pairs(runs, entries) == {0: 2, 1: 3, 2: 1, 3: 0}


def test_an_exact_run_is_never_given_away_for_one_that_moved() -> None:
    # Greedy by file order, the first entry would take Tuesday's run, and leave Tuesday's own entry over.
    runs = [run(TUE, "easy"), run(THU, "easy")]
    assert pairs(runs, [entry(MON, "easy"), entry(TUE, "easy")]) == {0: 1, 1: 0}


def test_what_moves_is_the_nearest_of_its_type() -> None:
    # Wednesday's and Saturday's easy runs are gone; the one on Friday is nearer to Saturday.
    runs = [run(WED, "easy"), run(SAT, "easy")]
    assert pairs(runs, [entry(FRI, "easy")]) == {1: 0}


def test_runs_that_move_keep_their_order() -> None:
    # Monday and Tuesday to Thursday and Friday: 3 + 3 days as good as 4 + 2, and nobody overtakes.
    runs = [run(MON, "easy"), run(TUE, "easy")]
    assert pairs(runs, [entry(FRI, "easy"), entry(THU, "easy")]) == {0: 1, 1: 0}


def test_a_name_tells_runs_of_one_type_apart() -> None:
    runs = [run(MON, "easy", title="River loop"), run(TUE, "easy", title="Hill loop")]
    entries = [entry(THU, "easy", title="Hill loop"), entry(FRI, "easy", title="River loop")]
    assert pairs(runs, entries) == {0: 1, 1: 0}


def test_a_name_finds_a_run_whose_type_changed() -> None:
    runs = [run(MON, "easy", title="Club night"), run(TUE, "easy")]
    assert pairs(runs, [entry(WED, "tempo", title="Club night")]) == {0: 0}


def test_a_week_that_shifts_by_a_day_moves_run_by_run() -> None:
    runs = [run(MON, "easy"), run(TUE, "intervals"), run(THU, "tempo"), run(SUN, "long")]
    # The long run falls on the Monday after.
    entries = [entry(TUE, "easy"), entry(WED, "intervals"), entry(FRI, "tempo"), entry(SUN + 1, "long")]
    assert pairs(runs, entries) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_equal_runs_of_each_week_stay_in_their_weeks() -> None:
    runs = [run(TUE + 7 * week, "easy") for week in range(4)]
    # Two weeks are gone, and one run has moved within its week.
    assert pairs(runs, [entry(TUE, "easy"), entry(THU + 14, "easy")]) == {0: 0, 2: 1}


@pytest.mark.parametrize(
    ("day", "found"), [(SUN, {0: 0}), (SUN + 1, {0: 0}), (SUN + 2, {0: 0}), (SUN + 3, {})]
)
def test_over_the_end_of_a_week_a_run_slips_by_two_days_at_most(day: int, found: dict[int, int]) -> None:
    assert pairs([run(SUN, "long")], [entry(day, "long")]) == found


def test_of_two_runs_of_a_day_each_has_its_own() -> None:
    runs = [run(TUE, "easy", 30), run(TUE, "easy", 60, start=1050)]
    # Without a time, the lengths tell; with it, that tells too.
    timeless = [entry(TUE, "easy", 60, start=None), entry(TUE, "easy", 30, start=None)]
    assert pairs(runs, timeless) == {0: 1, 1: 0}
    timed = [entry(TUE, "easy", 45, start=1050), entry(TUE, "easy", 45, start=390)]
    assert pairs(runs, timed) == {0: 1, 1: 0}


def test_a_day_whose_run_is_another_one_is_that_run_unless_it_moved() -> None:
    assert pairs([run(TUE, "intervals")], [entry(TUE, "tempo")]) == {0: 0}
    # The intervals went to Thursday: Tuesday's tempo is new.
    assert pairs([run(TUE, "intervals")], [entry(TUE, "tempo"), entry(THU, "intervals")]) == {0: 1}
    assert pairs([run(TUE, "intervals")], [entry(WED, "tempo")]) == {}
    # It went to Saturday, whose run is gone: nothing else is taken for two other runs instead.
    runs, entries = [run(TUE, "intervals"), run(SAT, "easy")], [entry(TUE, "cross"), entry(SAT, "intervals")]
    assert pairs(runs, entries) == {0: 1}


def test_a_run_may_be_found_where_it_stood_before() -> None:
    forms = (run(FRI, "tempo"), run(THU, "tempo"))
    assert matched([forms, (run(MON, "easy"),)], [entry(THU, "tempo")], METRIC) == {0: 0}
    assert matched([], [entry(THU, "tempo")], METRIC) == {}
    assert matched([forms], [], METRIC) == {}


# --- what an entry says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "same"),
    [
        (entry(TUE, "easy", 40, 8_080), True),  # a tenth of a mile, halved, is 80 m
        (entry(TUE, "easy", 40, 8_163), True),  # 2 %
        (entry(TUE, "easy", 40, 8_200), False),
        (entry(TUE, "easy", 41, 8_000), True),
        (entry(TUE, "easy", 42, 8_000), False),
        (entry(TUE, "easy", None, None, None), True),
        (entry(TUE, "tempo", 40, 8_000, sure=0.6), True),  # a guess
        (entry(TUE, "tempo", 40, 8_000), False),
        (entry(TUE, "long", 40, 8_000, sure=0.8), True),  # long for its length alone
        (entry(TUE, "long", 40, 8_000), False),
        (entry(TUE, "easy", 40, 8_000, start=420), False),
        (entry(WED, "easy", 40, 8_000), False),
    ],
)
def test_what_rounds_or_was_guessed_is_no_news(told: PlanEntry, same: bool) -> None:
    planned = run(TUE, "easy", 40, 8.0)
    assert (as_told(planned, told, METRIC) == planned) is same


@pytest.mark.parametrize(
    ("planned", "told", "km", "minutes"),
    [
        (run(TUE, "easy", 50, 10.0), entry(TUE, "easy", None, 12_000), 12.0, 60),  # at 5:00 /km as planned
        (run(TUE, "easy", 50, 10.0), entry(TUE, "easy", 55, None), 10.0, 55),
        (run(TUE, "easy", 50, 10.0), entry(TUE, "easy", 70, 12_000), 12.0, 70),
        (run(TUE, "easy", 65, None), entry(TUE, "easy", None, 12_000), 12.0, 65),  # at easy pace 66
        (run(TUE, "easy", 45, None), entry(TUE, "easy", None, 20_000), 20.0, 110),  # nobody runs 2:15 /km
        (run(TUE, "cross", 45, None), entry(TUE, "cross", None, 20_000), None, 45),  # a ride
    ],
)
def test_what_an_entry_does_not_say_stays(
    planned: CalendarRun, told: PlanEntry, km: float | None, minutes: int
) -> None:
    found = as_told(planned, told, METRIC)
    assert (found.distance_km, found.minutes, found.start) == (km, minutes, 390)


@pytest.mark.parametrize(
    ("planned", "told", "title", "kind"),
    [
        (run(TUE, "tempo", title="8 x 400 m"), entry(TUE, "tempo", title="5 x 1 km"), "5 x 1 km", "tempo"),
        (run(TUE, "tempo"), entry(TUE, "tempo", title="5 x 1 km"), "", "tempo"),  # a name alone is no news
        (run(TUE, "tempo"), entry(TUE, "tempo", 60, title="5 x 1 km"), "5 x 1 km", "tempo"),
        (run(TUE, "tempo", title="Club"), entry(TUE, "tempo", 60, title="10 km tempo"), "Club", "tempo"),
        (run(TUE, "tempo", title="Club"), entry(TUE, "easy", title="10 km easy"), "", "easy"),
        # The runner put the type of this title right in his scenario.
        (run(TUE, "tempo", title="Club"), entry(TUE, "easy", 60, title="Club"), "Club", "tempo"),
        (run(TUE, "tempo", title="Club"), entry(TUE, "easy", 60, title="Club", sure=1.0), "Club", "easy"),
        # What Mesocycle's own calendar calls it.
        (
            run(TUE, "tempo", title="Club"),
            entry(TUE, "easy", title="Club (tempo run), 40 min"),
            "Club",
            "tempo",
        ),
    ],
)
def test_names_and_types(planned: CalendarRun, told: PlanEntry, title: str, kind: str) -> None:
    found = as_told(planned, told, METRIC)
    assert (found.title, found.type) == (title, kind)


# --- that no match is better -------------------------------------------------------------------------------

COSTS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    st.integers(0, 30) | st.integers(NOT_EXACT - 1000, NOT_EXACT + 180),
    max_size=25,
)


def total(costs: Mapping[tuple[int, int], int], match: Mapping[int, int]) -> int:
    """What a match of five runs and five entries costs, with what it leaves over."""
    return sum(costs[pair] for pair in match.items()) + 2 * (5 - len(match)) * (NOT_EXACT // 2 + LEFT_OVER)


def test_no_other_match_costs_less() -> None:
    seen = Counter[str]()

    @given(COSTS)
    def check(costs: dict[tuple[int, int], int]) -> None:
        found = cheapest(costs, 5, 5)
        assert found.items() <= costs.keys()
        assert len(set(found.values())) == len(found)
        # Of a permutation all pairs that are allowed: to leave one over never costs less.
        every = (
            {run: at for run, at in enumerate(order) if (run, at) in costs}
            for order in permutations(range(5))
        )
        least = min(total(costs, match) for match in every)
        assert total(costs, found) == least
        greedy: dict[int, int] = {}
        for run, at in sorted(costs, key=lambda pair: costs[pair]):
            if run not in greedy and at not in greedy.values():
                greedy[run] = at
        seen["greedy is worse"] += total(costs, greedy) > least
        seen["some are left over"] += 0 < len(found) < 5

    check()
    assert min(seen["greedy is worse"], seen["some are left over"]) >= 3, seen
