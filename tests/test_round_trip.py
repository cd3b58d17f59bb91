"""Somebody's plan in, the block out as a calendar, and in again: the same days, runs and lifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import mesocycle as mc
from mesocycle.files.yaml_source import parse
from mesocycle.importing.block import Gathered
from mesocycle.importing.feed import Kind
from mesocycle.importing.plan import ImportOptions, gathered, open_plan
from mesocycle.importing.times import parse_start_times

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

OWN = Path(__file__).parent / "importing"
SHARED = Path(__file__).parents[2] / "shared" / "plans"
START = date(2026, 11, 23)
STAMP = datetime(2026, 11, 21, tzinfo=UTC)
# Plans with dates of their own begin in the autumn before.
AUTUMN = date(2026, 8, 31)
FIRST_DAYS = {"feed_shape.ics": date(2026, 11, 9)}
# What recurs for years is as good as half a year of it.
WEEKS = 26
WEEKS_ONLY = ("short.json", "weeks.csv")
TIMES = "06:30, weekend 08:00, pm 18:00, lift 19:00"
POLICIES = ("easy_moderate", "stack_hard", "auto", "stack_hard_long_run")


def plans() -> list[Path]:
    """Our own look-alikes always, and those of others where they lie beside the checkout."""
    own = [*(OWN / "plans").iterdir(), *(OWN / "feeds").iterdir()]
    shared = [one for one in SHARED.glob("*/*") if one.name not in ("LICENSE.md", "plan-schema.json")]
    return sorted(one for one in (*own, *shared) if "broken" not in one.name)


def dates_of(plan: Gathered) -> dict[date, list[str]]:
    return {day: sorted(str(one.kind) for one in runs) for day, runs in plan.runs.items() if runs}


@pytest.mark.parametrize("path", plans(), ids=lambda path: path.name)
def test_a_plan_comes_back_with_the_same_days(path: Path, tmp_path: Path) -> None:
    options = ImportOptions(
        weeks=WEEKS, today=FIRST_DAYS.get(path.name, AUTUMN), times=parse_start_times(TIMES)
    )
    if path.name in WEEKS_ONLY or path.suffix == ".yaml":
        options = replace(options, today=START, start_date=START)
    feed = open_plan(path, options)
    before = gathered(feed, path, options)

    result = next(found for policy in POLICIES if (found := solved(path, options, policy)).plan is not None)
    assert result.proven
    calendar = tmp_path / "plan.ics"
    calendar.write_bytes(mc.export(result, "ics", runs=True, stamp=STAMP).encode())

    again = ImportOptions(today=before.start, times=parse_start_times("05:00"))
    after = gathered(open_plan(calendar, again), calendar, again)
    assert dates_of(after) == dates_of(before)
    assert [(one.day, one.start) for one in after.lifts] == [
        (one.date, one.start) for one in (result.plan.sessions if result.plan else ())
    ]
    assert [one.kind for one in after.lifts] == [Kind.STRENGTH] * len(after.lifts)
    assert {one.start for runs in after.runs.values() for one in runs} == {run.start for run in result.runs}


def solved(path: Path, options: ImportOptions, policy: str) -> mc.Result:
    imported = mc.import_plan(
        path,
        today=options.today,
        start_date=options.start_date,
        weeks=WEEKS,
        start_times=TIMES,
        policy=policy,
    )
    return mc.solve(mc.load_scenario(parse(imported.text.encode(), path.name).data), deadline=0)


def test_the_plans_of_others_are_tried_where_they_are() -> None:
    if not SHARED.is_dir():
        pytest.skip("no plans of others lie beside this checkout")
    assert sum(SHARED in path.parents for path in plans()) >= 5


def test_lifts_of_an_exported_block_come_back_as_its_sessions(tmp_path: Path) -> None:
    scenario = mc.load_scenario(Path(__file__).parents[1] / "scenarios" / "half_marathon.yaml")
    calendar = tmp_path / "lifts.ics"
    calendar.write_bytes(mc.export(mc.solve(scenario), "ics", runs=True, stamp=STAMP).encode())
    imported = mc.import_plan(calendar, today=date(2026, 9, 1), own_lifts=True)
    strength = mc.load_scenario(parse(imported.text.encode(), "x").data).strength
    assert [one.name for one in strength.sessions] == ["Strength A", "Strength B"]
