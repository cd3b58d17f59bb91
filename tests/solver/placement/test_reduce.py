"""What is removed is what nothing holds in its place, and no optimum loses anything by it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from blocks import canonical, context_of, few_of, few_problem, grounded_of, small_blocks
from hypothesis import given, settings
from hypothesis import strategies as st

import mesocycle as mc
from mesocycle.models.plan import Status
from mesocycle.models.sessions import Kind
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.grounding import Grounded, ground, with_versions
from mesocycle.solver.model.search import Deadline, search
from mesocycle.solver.placement import reduce
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.reduce import undominated
from mesocycle.solver.placement.slots import LIFT, SESSIONS, Ints, Options
from mesocycle.solver.prescription.items import LOADED_DOSE
from mesocycle.solver.rules import lift_spacing, one_lift_per_day
from mesocycle.solver.rules.base import Limit
from mesocycle.solver.rules.check import understand

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

SCENARIOS = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))
Row = tuple[int, int, int, int, int, bool]


def table(
    rows: Sequence[Row], hours: float = 24, most: int | None = 1, small: Collection[int] = ()
) -> Problem:
    """Make a problem of (lift, version, day, minute, minutes, loaded); None: days hold any number.

    The lifts that are `small` are core sessions.
    """
    columns: dict[str, Any] = {
        name: np.zeros(len(rows), dtype=np.int64) for name in Options.__dataclass_fields__
    }
    if rows:
        lift, version, day, at, minutes, loaded = np.array(sorted(rows), dtype=np.int64).T
        columns |= {
            "lift": lift,
            "version": version,
            "kind": np.where(np.isin(lift, list(small)), SESSIONS.index(Kind.CORE), LIFT),
            "day": day,
            "minutes": minutes,
            "dose": loaded * LOADED_DOSE,
        }
        columns |= {"start": 1440 * day + at, "end": 1440 * day + at + minutes}
    settings = SimpleNamespace(
        lift_spacing=lift_spacing.Parameters(hard_hours=hours),
        one_lift_per_day=one_lift_per_day.Parameters(hard=most is not None, most=most or 1),
    )
    lifts = [
        SimpleNamespace(index=lift, week=0, is_lift=lift not in small)
        for lift in sorted({row[0] for row in rows})
    ]
    problem = SimpleNamespace(options=Options(**columns), settings=settings, lifts=lifts)
    problem.lifts_a_day = Problem.lifts_a_day.__get__(problem)
    problem.most_a_day = Problem.most_a_day.__get__(problem)
    return cast(Problem, problem)


def left_of(problem: Problem, prices: Sequence[int]) -> list[tuple[int, int]]:
    """Reduce a table with all options open and return (day, minute of the day) of what is left."""
    options = problem.options
    keep = undominated(problem, np.arange(len(options)), np.array(prices, dtype=np.int64))
    return [(int(options.day[at]), int(options.start[at]) % 1440) for at in keep]


def limits_of(problem: Problem) -> tuple[int, int]:
    """Minutes between loaded starts, and sessions a day: the small ones come on top."""
    spacing, alone = problem.settings.lift_spacing, problem.settings.one_lift_per_day
    assert spacing is not None
    assert alone is not None
    small = sum(not lift.is_lift for lift in problem.lifts)
    return round(60 * spacing.hard_hours), small + (alone.most if alone.hard else len(problem.lifts))


def fits(problem: Problem, first: int, second: int) -> bool:
    """Whether the second option may follow the first, as far as hours and overlaps go."""
    options, (reach, _) = problem.options, limits_of(problem)
    gap = int(options.start[second] - options.start[first])
    both = options.loaded[first] and options.loaded[second]
    same_day = options.day[first] == options.day[second]
    return gap >= max(reach if both else 0, int(options.minutes[first]) if same_day else 0)


def naive(problem: Problem, prices: Ints) -> list[int]:
    """The module's docstring taken at its word: all pairs, again and again until nothing goes."""
    options, (_, most) = problem.options, limits_of(problem)
    everything = range(len(options))
    group = [(int(options.lift[at]), int(options.version[at]), int(options.day[at])) for at in everything]

    def held(x: int, by: set[int], left: bool) -> bool:
        for other in everything:
            cheap = prices[other] <= prices[x] if left else prices[other] < prices[x]
            beyond = (
                options.start[other] < options.start[x] if left else options.start[other] > options.start[x]
            )
            if group[other] != group[x] or not cheap or not beyond:
                continue
            if not any(
                (fits(problem, y, x) and not fits(problem, y, other) and options.start[y] < options.start[x])
                if left
                else (fits(problem, x, y) and not fits(problem, other, y))
                for y in by
                if options.lift[y] != options.lift[x] and (options.day[y] != options.day[x] or y in rivals)
            ):
                return False
        return True

    keep = set(everything)
    while True:
        before = len(keep)
        for day in set(options.day[sorted(keep)].tolist()):
            here = {at for at in keep if options.day[at] == day}
            rivals: set[int] = set()
            for _ in range(min(most, len(set(options.lift[sorted(here)].tolist())))):
                rivals = {x for x in here if held(x, keep, left=True)}
            keep -= here - rivals
        rivals = set(keep) if most > 1 else set()
        keep -= {x for x in keep if not held(x, keep, left=False)}
        if len(keep) == before:
            return sorted(keep)


def random_table(random: np.random.Generator, lifts: int, days: int, versions: int) -> tuple[Problem, Ints]:
    """Draw options and prices on a coarse grid, so that much is equal."""
    rows: list[Row] = []
    for lift, version in itertools.product(range(lifts), range(versions)):
        minutes = int(random.choice([60, 120, 180]))
        loaded = bool(random.random() < 0.7)
        for day in random.choice(days, size=random.integers(1, days + 1), replace=False).tolist():
            hours = random.choice(9, size=random.integers(1, 6), replace=False).tolist()
            rows += [(lift, version, day, 360 + 60 * hour, minutes, loaded) for hour in hours]
    hours = float(random.choice([0, 2, 5, 22, 24, 24, 26, 46]))
    most = [1, 1, 2, None][random.integers(4)]
    small = np.flatnonzero(random.random(lifts) < random.choice([0, 0, 0.4])).tolist()
    return table(rows, hours, most, small), random.integers(0, 4, size=len(rows))


def test_what_goes_is_what_nothing_holds() -> None:
    seen = Counter[str]()
    for seed in range(300):
        random = np.random.default_rng(seed)
        problem, prices = random_table(random, *random.integers(1, [5, 5, 3]).tolist())
        keep = undominated(problem, np.arange(len(prices)), prices)
        assert keep.tolist() == naive(problem, prices)
        several = "several" if limits_of(problem)[1] > 1 else "one"
        columns = problem.options
        groups = len(set(zip(columns.lift, columns.version, columns.day, strict=True)))
        seen[f"{several} a day, {'some held apart' if len(keep) > groups else 'one of each'}"] += 1
        seen["small ones"] += not columns.is_lift.all()
    assert len(seen) == 5
    assert min(seen.values()) >= 10, seen


def blocks_of(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every way to place each lift once."""
    options = problem.options
    each = [np.flatnonzero(options.lift == lift.index).tolist() for lift in problem.lifts]
    for picked in itertools.product(*each):
        chosen = np.array(picked)
        days = Counter(options.day[chosen[options.is_lift[chosen]]].tolist())
        if max(days.values(), default=0) <= problem.lifts_a_day and all(
            fits(problem, a, b) or fits(problem, b, a) for a, b in itertools.combinations(picked, 2)
        ):
            yield picked


def test_every_earliest_optimum_stays() -> None:
    # Rules about days may price any choice of lifts, versions and days: here at random, by block.
    seen = Counter[str]()
    for seed in range(250):
        random = np.random.default_rng(seed)
        problem, prices = random_table(random, lifts=3, days=3, versions=1 + seed % 4 // 3)
        options = problem.options
        by_days: dict[tuple[tuple[int, int], ...], int] = {}
        cost: dict[tuple[int, ...], tuple[int, int]] = {}
        for picked in blocks_of(problem):
            days = tuple((int(options.version[at]), int(options.day[at])) for at in picked)
            points = by_days.setdefault(days, int(random.integers(0, 9))) + int(prices[list(picked)].sum())
            cost[picked] = (points, int(options.start[list(picked)].sum()))
        if not cost:
            seen["impossible"] += 1
            continue
        keep = set(undominated(problem, np.arange(len(prices)), prices).tolist())
        least = min(cost.values())
        best = [picked for picked, value in cost.items() if value == least]
        assert all(keep.issuperset(picked) for picked in best)
        seen["smaller"] += len(keep) < len(prices)
        # The cheapest and earliest start of each lift, version and day would not have done.
        group = list(zip(options.lift, options.version, options.day, strict=True))
        ranked = sorted(range(len(prices)), key=lambda at: (prices[at], options.start[at]), reverse=True)
        first = {group[at]: at for at in ranked}
        seen["held"] += any(first[group[at]] != at for picked in best for at in picked)
    assert seen["smaller"] >= 100, seen
    assert seen["held"] >= 50, seen


def test_alone_on_its_days_only_the_cheapest_and_earliest_start_stays() -> None:
    problem = table([(0, 0, 1, at, 60, True) for at in (600, 660, 720, 780)])
    assert left_of(problem, [3, 1, 1, 2]) == [(1, 660)]


def test_a_lift_the_day_before_holds_a_dearer_start_and_no_other() -> None:
    # Monday's lift is cheapest at noon; Tuesday then begins at noon, at one point, or Monday moves to 10:00.
    rows = [(0, 0, 0, 600, 60, True), (0, 0, 0, 720, 60, True)]
    rows += [(1, 0, 1, at, 60, True) for at in (600, 660, 720, 780)]
    assert left_of(table(rows), [5, 0, 0, 0, 1, 1]) == [(0, 600), (0, 720), (1, 600), (1, 720)]
    # 23 h: Monday at noon leaves Tuesday at 11:00 free, at no price.
    assert left_of(table(rows, hours=23), [5, 0, 0, 0, 1, 1]) == [(0, 600), (0, 720), (1, 600), (1, 660)]
    # 22 h: Tuesday at 10:00 is free either way, and so Monday is at noon.
    assert left_of(table(rows, hours=22), [5, 0, 0, 0, 1, 1]) == [(0, 720), (1, 600)]


def test_what_does_not_load_the_legs_is_held_by_nothing() -> None:
    rows = [(0, 0, 0, 600, 60, True), (0, 0, 0, 720, 60, True)]
    rows += [(1, 0, 1, at, 60, False) for at in (600, 660, 720, 780)]
    assert left_of(table(rows), [5, 0, 0, 0, 1, 1]) == [(0, 720), (1, 600)]


def test_a_lift_is_not_held_by_its_own_starts() -> None:
    rows = [(0, 0, day, at, 60, True) for day in (0, 1, 2) for at in (600, 660, 720)]
    assert left_of(table(rows), [0] * 9) == [(0, 600), (1, 600), (2, 600)]


def test_equal_starts_go_along_a_whole_chain_of_days() -> None:
    # Only the first day has nothing before it; what goes there frees the second day, and so on.
    rows = [
        (lift, 0, day, at, 60, True) for lift in (0, 1) for day in range(30) for at in range(360, 1200, 5)
    ]
    assert left_of(table(rows), [0] * len(rows)) == [(day, 360) for _ in (0, 1) for day in range(30)]


def test_dear_starts_go_along_a_whole_chain_of_days_from_its_end() -> None:
    # The later the cheaper: only the last day has nothing after it.
    rows = [
        (lift, 0, day, at, 60, True) for lift in (0, 1) for day in range(30) for at in range(360, 1200, 5)
    ]
    prices = [1200 - at for _, _, _, at, _, _ in sorted(rows)]
    assert left_of(table(rows), prices) == [(day, 1195) for _ in (0, 1) for day in range(30)]


def test_two_lifts_of_a_day_are_moved_together() -> None:
    # Either lift first, the other right after it: 60 and 90 minutes. A third place is for a third lift.
    rows = [(0, 0, 0, at, 60, False) for at in range(600, 1200, 30)]
    rows += [(1, 0, 0, at, 90, False) for at in range(600, 1200, 30)]
    assert left_of(table(rows, most=2), [0] * 40) == [(0, 600), (0, 690), (0, 600), (0, 660)]
    assert left_of(table(rows, most=1), [0] * 40) == [(0, 600), (0, 600)]
    rows += [(2, 0, 0, at, 30, False) for at in range(600, 1200, 30)]
    assert left_of(table(rows, most=2), [0] * 60)[:3] == [(0, 600), (0, 630), (0, 690)]
    assert left_of(table(rows, most=None), [0] * 60)[:4] == [(0, 600), (0, 630), (0, 690), (0, 720)]


def test_a_table_without_open_options_stays_empty() -> None:
    assert left_of(table([]), []) == []
    problem = table([(0, 0, 0, 600, 60, True)])
    assert len(undominated(problem, np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64))) == 0


def test_closed_options_neither_stay_nor_count() -> None:
    # 10:00 costs least but is closed.
    problem = table([(0, 0, 0, at, 60, True) for at in (600, 660, 720)])
    assert undominated(problem, np.array([2, 1]), np.array([0, 2, 2])).tolist() == [1]


def free(weeks: int, **more: Any) -> dict[str, Any]:
    """One easy run a week and whole days free: the most options there can be."""
    return {
        "start": "2026-09-07",
        "weeks": weeks,
        "runs": {"week": {"wed": {"type": "easy", "start": "06:30", "minutes": 45, "distance": "8 km"}}},
        "strength": {"sessions_per_week": 3, "program": "runner_three_day", "grid_minutes": 5},
    } | more


def reduced(data: dict[str, Any], light: bool) -> tuple[Problem, int, Ints]:
    """The problem of a scenario, how many options are open, and which are left.

    Of the first versions those that load the legs, as lift_spacing is about them; `light` ones too if asked.
    """
    few = few_problem(context_of(data))
    loads = [[one for one in lift.versions if light or one.dose >= LOADED_DOSE] for lift in few.lifts]
    lifts = tuple(replace(lift, versions=tuple(own)) for lift, own in zip(few.lifts, loads, strict=True))
    grounded = ground(with_versions(few, lifts))
    open_options = np.flatnonzero(~grounded.closed())
    keep = undominated(grounded.problem, open_options, grounded.prices())
    return grounded.problem, len(open_options), keep


@pytest.mark.parametrize(
    ("rules", "starts", "light"),
    [
        ({}, 2, False),  # 06:00 and after the run
        ({"lift_spacing": {"hard_hours": 30}}, 3, False),
        ({"lift_spacing": "soft"}, 1, False),
        # Two lifts of a day: those starts, and right after each version of another lift.
        ({"one_lift_per_day": {"most": 2}, "lift_spacing": "off"}, 5, False),
        ({"one_lift_per_day": "off"}, 2, False),  # 24 h apart even so
        # What is light may follow the run of Wednesday at once: 07:30 beside 10:15.
        ({}, 2, True),
        ({"lift_spacing": "soft"}, 2, True),
    ],
)
def test_a_free_calendar_keeps_a_handful_of_starts_a_day(
    rules: dict[str, Any], starts: int, light: bool
) -> None:
    problem, opened, keep = reduced(free(24, rules=rules), light)
    assert opened > 190_000
    days = problem.options.day[keep]
    assert max(len(np.unique(problem.options.start[keep[days == day]])) for day in np.unique(days)) <= starts
    assert len(keep) < opened / 20


def answer_of(grounded: Grounded, all_options: bool) -> tuple[Status, int | None, tuple[int, ...] | None]:
    """Status, points and the most readable block, with the dominated options or without."""
    answer = search(build_block(grounded, reduce=not all_options), Deadline(None))
    final = canonical(build_block(grounded, reduce=not all_options), answer, Deadline(None))
    return final.status, final.objective, final.chosen


def test_the_most_readable_optimum_is_the_same_with_all_options() -> None:
    seen = Counter[str]()

    @settings(max_examples=60)
    @given(data=small_blocks(), hours=st.sampled_from([0, 12, 24, 24, 36]), most=st.sampled_from([0, 1, 2]))
    def compare(data: dict[str, Any], hours: int, most: int) -> None:
        rules = {"lift_spacing": {"hard_hours": hours}} | data["rules"]
        if most:
            rules["one_lift_per_day"] = {"most": most}
        wide = {day: ["06:00-21:00"] for day in data["athlete"]["availability"]}
        data |= {"rules": rules, "athlete": data["athlete"] | {"availability": wide}}
        try:
            grounded = grounded_of(data)
        except mc.ScenarioError:
            return
        full = answer_of(grounded, all_options=True)
        assert answer_of(grounded, all_options=False) == full
        seen["infeasible" if full[2] is None else f"most {most}"] += 1

    compare()
    assert set(seen) == {"infeasible", "most 0", "most 1", "most 2"}
    assert sum(seen.values()) >= 50, seen


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"lift_spacing": {"hard_hours": 36}},
        {"lift_spacing": {"hard_hours": 4}, "one_lift_per_day": "soft"},
        {"lift_spacing": "off", "one_lift_per_day": {"most": 2}},
    ],
)
def test_the_optimum_of_a_free_calendar_is_the_same_with_all_options(rules: dict[str, Any]) -> None:
    # The lifts crowd on three days, so that hours and overlaps matter.
    data = free(2, rules=rules)
    data["strength"] |= {"grid_minutes": 60}
    data["athlete"] = {
        "availability": {"tue": ["06:00-15:00"], "wed": ["07:00-19:00"], "thu": ["06:00-12:00"]}
    }
    grounded = few_of(context_of(data))
    small, full = (answer_of(grounded, all_options) for all_options in (False, True))
    assert full[0] is Status.OPTIMAL
    assert small == full


def test_stopping_early_removes_less_and_never_the_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    data = free(2)
    data["strength"] |= {"grid_minutes": 30}
    data["rules"] = {"time_of_day": {"preferred": ["17:00-19:00"]}}
    grounded = few_of(context_of(data))
    small = build_block(grounded)
    monkeypatch.setattr(reduce, "MOST_SWEEPS", 1)
    early = build_block(grounded)
    assert set(small.positions.tolist()) < set(early.positions.tolist())
    assert search(early, Deadline(None)).objective == search(small, Deadline(None)).objective


def counted(problem: Problem, case: Limit) -> Ints:
    """What each option counts in a sum, by its version and by its day."""
    options = problem.options
    coefficients = np.zeros(len(options), dtype=np.int64)
    for count in case.versions:
        mine = options.lift == count.lift
        amounts = count.coefficient * count.amount.of(problem.lifts[count.lift].sets)
        coefficients[mine] += amounts[options.version[mine]]
    for kind, first, last, coefficient in case.days:
        inside = options.of_kind(kind) & (options.day >= first) & (options.day <= last)
        coefficients[inside] += coefficient
    return coefficients


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_sums_never_tell_the_starts_of_a_day_apart(path: Path) -> None:
    # What the proof rests on: one coefficient for each lift, version and day.
    grounded = few_of(understand(mc.load_scenario(path)))
    options = grounded.problem.options
    columns = np.stack([options.lift, options.version, options.day])
    group = np.unique(columns, axis=1, return_inverse=True)[1].ravel()
    seen = 0
    for _, case in grounded.cases:
        if isinstance(case, Limit) and case.versions:
            coefficients = counted(grounded.problem, case)
            pairs = np.unique(np.stack([group, coefficients]), axis=1)
            assert pairs.shape[1] == len(np.unique(group))
            seen += 1
    assert seen
