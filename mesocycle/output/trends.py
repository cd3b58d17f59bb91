"""Trends of a living block on the terminal, and what a load rests on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mesocycle.models.clock import format_day, weeks_text
from mesocycle.models.numbers import counted
from mesocycle.models.training import in_units
from mesocycle.models.trends import LiftSeen, Trends, WeekSeen
from mesocycle.output.living_words import became, in_a_row
from mesocycle.output.sparks import show_row, spark


def show_trends(trends: Trends, console: Console) -> None:
    """Print the weeks up to today: distance, lifts, sets, soreness, minutes, targets."""
    console.print(Text(trends.name, style="bold"))
    if not trends.weeks:
        console.print("The block has not begun.")
        for target in trends.targets:
            _line(console, f"{target.text}.")
        return
    console.print(Text(_head(trends)))
    _distance(trends, console)
    _maxes(trends.lifts, console)
    _lifts(trends, console)
    _sets(trends.weeks, console)
    _minutes(trends.weeks, console)
    _felt(trends, console)
    if trends.targets:
        _title(console, "Targets")
        for target in trends.targets:
            _line(console, f"{target.text}.")


def _head(trends: Trends) -> str:
    weeks = weeks_text(week.week for week in trends.weeks)
    still = f", week {trends.weeks[-1].week} so far" if trends.weeks[-1].open else ""
    return f"{format_day(trends.date)} · {weeks}, a mark each{still}"


def _title(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, style="bold"))


def _line(console: Console, text: str) -> None:
    console.print(Padding(Text(text), (0, 0, 0, 2)))


def _distance(trends: Trends, console: Console) -> None:
    weeks, units = trends.weeks, trends.units
    planned, run = [week.planned_km for week in weeks], [week.km for week in weeks]
    most = max((one for one in (*planned, *run) if one is not None), default=None)
    if most is None:
        return
    _title(console, f"Distance a week, {units}")
    for label, values in (("planned", planned), ("as run", run)):
        so_far = " so far" if weeks[-1].open else ""
        show_row(console, label, spark(values, 0, most), f"{_from_to(values, units)}{so_far}")


def _from_to(values: Sequence[float | None], units: str) -> str:
    """The first week and the last one: "50 to 62"."""
    known = [f"{in_units(1000 * one, units):.3g}" for one in values if one is not None]
    return " to ".join(known if len(known) < 2 else (known[0], known[-1]))


def _maxes(lifts: Sequence[LiftSeen], console: Console) -> None:
    if lifts:
        _title(console, "Estimated 1RM by the log")
    for lift in lifts:
        known = [one for one in lift.maxes if one is not None]
        ends = dict.fromkeys((known[0], known[-1]))
        told = f"{' to '.join(f'{one:g}' for one in ends)} {lift.unit}"
        plan = next((one for one in reversed(lift.plan) if one is not None), None)
        told += "" if plan is None else f", plan {plan:g}"
        show_row(console, lift.name, spark(lift.maxes), told)


def _lifts(trends: Trends, console: Console) -> None:
    _title(console, "Lifts")
    seen = trends.adherence
    done = [float(week.adherence.done + week.adherence.assumed) for week in trends.weeks]
    owed = [week.adherence.planned for week in trends.weeks]
    told = f"{seen.done + seen.assumed} of {counted(seen.planned, 'lift')}"
    show_row(console, "done", spark(done, 0, max(owed)), told)
    for part in became(seen):
        _line(console, part)
    if trends.streak:
        _line(console, in_a_row(trends))


def _sets(weeks: Sequence[WeekSeen], console: Console) -> None:
    patterns = dict.fromkeys(name for week in weeks for name in (*week.planned_sets, *week.sets))
    if patterns:
        _title(console, "Hard sets done, of planned")
    for name in sorted(patterns):
        done, planned = ([each.get(name, 0.0) for each in sides] for sides in _sides(weeks))
        told = f"{sum(done):g} of {sum(planned):g}"
        show_row(console, name.replace("_", " "), spark(done, 0, max(*done, *planned)), told)


def _sides(weeks: Sequence[WeekSeen]) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    return [week.sets for week in weeks], [week.planned_sets for week in weeks]


def _minutes(weeks: Sequence[WeekSeen], console: Console) -> None:
    _title(console, "Minutes, of planned")
    lifted = [(week.lift_minutes, week.planned_lift_minutes) for week in weeks]
    run = [(week.run_minutes, week.planned_run_minutes) for week in weeks]
    for label, pairs in (("lifting", lifted), ("running", run)):
        done, planned = ([float(pair[side]) for pair in pairs] for side in (0, 1))
        most = max(*done, *planned)
        show_row(console, label, spark(done, 0, most), f"{sum(done):.0f} of {sum(planned):.0f}")


def _felt(trends: Trends, console: Console) -> None:
    """Soreness beside the load on the legs; sleep and fatigue as they were given."""
    weeks = trends.weeks
    sites = dict.fromkeys(site for week in weeks for site in week.soreness)
    if sites:
        _title(console, "Soreness, the most of a week (0 to 10), and load on the legs")
        doses = [week.legs_dose for week in weeks]
        told = f"last week {doses[-1]:g}" if not weeks[-1].open else f"{doses[-1]:g} so far"
        show_row(console, "load on the legs", spark(doses, 0, max(doses)), told)
    for site in sorted(sites):
        levels = [None if site not in week.soreness else float(week.soreness[site]) for week in weeks]
        last = next(one for one in reversed(trends.soreness) if one.site == site)
        show_row(console, site, spark(levels, 0, 10), f"{last.level} on {format_day(last.date)}")
    if trends.wellness:
        _title(console, "Sleep and fatigue, day by day")
        slept = [one.sleep_hours for one in trends.wellness]
        tired = [None if one.fatigue is None else float(one.fatigue) for one in trends.wellness]
        for label, values, high, unit in (("sleep", slept, None, " h"), ("fatigue", tired, 10.0, "")):
            known = [value for value in values if value is not None]
            if known:
                show_row(console, label, spark(values, 0, high), f"{known[-1]:g}{unit} last")
