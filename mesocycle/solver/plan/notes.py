"""What the block does that a runner may not expect, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mesocycle.models.clock import MINUTES_PER_DAY, weeks_text
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.amounts import least_of, minutes_of
from mesocycle.solver.prescription.fuller import fuller_program
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import active

# A meal belongs between a run and a lift that are no further apart (article 000).
FUEL_MINUTES = 120
# From so many weeks on article 004's signs can be seen.
LONG_BLOCK = 8


def block_notes(problem: Problem) -> Iterator[str]:
    """Yield why there is no lift or some weeks have fewer sets, and where the lighter weeks come from."""
    if problem.lifts and all_blocked(problem):
        yield "Every day of the block is blocked, so no lift is planned."
        return
    fewer = {
        lift.week + 1
        for lift in problem.lifts
        if any(sets < item.most for sets, item in zip(lift.own, lift.items, strict=True))
    }
    why: dict[str, list[int]] = {}
    for number in sorted(fewer):
        why.setdefault(why_fewer(problem, number - 1), []).append(number)
    for reason, numbers in why.items():
        has = "has" if len(numbers) == 1 else "have"
        yield f"{weeks_text(numbers).capitalize()} {has} fewer sets: {reason}."
    if not problem.calendar.rises and problem.settings.set_trim_by_mileage is not None:
        yield "Your mileage is even over the block, so no week is trimmed for it."


def offered(problem: Problem, patterns: int) -> str:
    """Say which blocks a proof speaks of: the space of docs/model.md, with the numbers of this scenario."""
    count = sum(lift.space.count for lift in problem.lifts)
    if not problem.deload_is_choice:
        lighter = "lighter weeks as the run plan has them" if problem.deload_weeks else "no lighter weeks"
    else:
        lighter = f"lighter weeks by one of {patterns} patterns"
    grid = problem.scenario.strength.grid_minutes
    what = "lifts" if all(lift.is_lift for lift in problem.lifts) else "sessions"
    return (
        f"Each of {len(problem.lifts)} {what} at any {grid}-minute start of its windows, or left out; "
        f"{count:,} versions: each exercise, a superset or complex as one, with any number of sets from the "
        "week's most down to its floor, or left out; a change of exercise in any week that allows it; "
        f"{lighter}."
    )


def all_blocked(problem: Problem) -> bool:
    """Whether no day of the block may hold a lift."""
    travel = problem.settings.blocked_dates
    days = {day for week in problem.calendar.weeks for day in week.days}
    return travel is not None and travel.hard and days <= problem.calendar.blocked


def why_fewer(problem: Problem, index: int) -> str:
    """Why a week has fewer sets: the first of the reasons that come to its share."""
    week, own = problem.calendar.weeks[index], problem.factors[index].own
    if week.phase == "taper":
        return "taper"
    if index in problem.deload_weeks:
        if index in problem.calendar.minor_race_weeks:
            return "lighter, as you race"
        return "lighter by turns" if problem.deload_is_choice else "lighter, like your cutback in running"
    if week.phase == "recovery":
        return "recovery after the race"
    if index in problem.instance.returns:
        return "back after a break"
    if own == 1:
        return "what is new begins small"
    for rule, settings in active(problem.settings):
        shares = rule.factors(problem.calendar, settings, (), frozenset()) if rule.fewer else None
        if shares is not None and shares[index] == own:
            return rule.fewer
    return "a gentle start" if problem.calendar.slow_start else "sets grow step by step"


def left_out_notes(problem: Problem, chosen: Iterable[int]) -> Iterator[str]:
    """Yield which of the wanted lifts do not take place."""
    placed = {problem.lift_at(at).index for at in chosen}
    if not placed and all_blocked(problem):
        return
    missing: dict[str, list[int]] = {}
    for lift in problem.lifts:
        if lift.index not in placed:
            missing.setdefault(lift.name, []).append(lift.week + 1)
    for name, weeks in missing.items():
        yield f"{name} is left out in {weeks_text(weeks)}: every place for it would cost more than that."


def short_notes(problem: Problem, chosen: Iterable[int]) -> Iterator[str]:
    """Yield what was kept and what was dropped where a session is shorter than its week allows."""
    dropped: dict[tuple[str, str, str, int], list[int]] = {}
    fewer: dict[tuple[str, str], list[int]] = {}
    for at in sorted(chosen):
        lift, version = problem.lift_at(at), problem.version_at(at)
        rows = zip(lift.items, version.sets, lift.own, strict=True)
        named = [(item, n, own) for item, n, own in rows if item.exercise is not None]
        gone = [item.name for item, n, _ in named if not n]
        less = [item.name for item, n, own in named if 0 < n < own]
        if gone:
            kept = [item.name for item, n, _ in named if n]
            whole = minutes_of(lift.items, least_of(lift.items, lift.own))
            why = f" takes {whole} minutes at least" if whole > _room(problem, lift) else ""
            key = (f"{lift.session}{why}", listed(kept), listed(gone), version.minutes)
            dropped.setdefault(key, []).append(lift.week + 1)
        if less:
            fewer.setdefault((lift.session, listed(less)), []).append(lift.week + 1)
    for (session, left, away, minutes), weeks in dropped.items():
        when = weeks_text(list(dict.fromkeys(weeks)))
        yield f"{session}: kept {left}, dropped {away} in {when}; that takes {minutes} minutes."
    for (session, names), weeks in fewer.items():
        yield f"{session}: fewer sets of {names} than planned in {weeks_text(list(dict.fromkeys(weeks)))}."


def _room(problem: Problem, lift: Lift) -> int:
    """The longest that a lift may take in its week: by free windows, and by what is given to a session."""
    free, duration = problem.settings.availability_window, problem.settings.session_duration
    bounds = [
        lift.space.most_minutes,
        duration.most_minutes if duration is not None and duration.hard else None,
    ]
    if free is not None and free.hard:
        days = problem.calendar.weeks[lift.week].days
        windows = [window for day in days for window in problem.calendar.windows[day]]
        longest = max((window.end_minute - window.start_minute for window in windows), default=0)
        bounds.append(longest - 2 * free.travel_minutes)
    return min((minutes for minutes in bounds if minutes is not None), default=MINUTES_PER_DAY)


def advice_notes(problem: Problem, chosen: Iterable[int]) -> Iterator[str]:
    """Yield what a coach would say along with the block, where it applies."""
    fuller = fuller_program(problem.instance)
    if fuller:
        yield fuller
    soon = set()
    for at in chosen:
        if not problem.lift_at(at).is_lift:
            continue
        start = int(problem.options.start[at])
        runs = problem.calendar.runs_on(int(problem.options.day[at]))
        if any(0 <= start - run.end < FUEL_MINUTES for run in runs):
            soon.add(problem.lift_at(at).week + 1)
    if soon:
        yield (
            f"In {weeks_text(sorted(soon))} a lift follows a run within two hours: have something with "
            "carbohydrate and protein in between."
        )
    if any(item.novel and item.legs for lift in problem.lifts for item in lift.items):
        yield "Sore legs for a day or two are fine after new work, but not before key runs: then do less."
    if len(problem.calendar.weeks) >= LONG_BLOCK and problem.lifts:
        yield (
            "At the end look for what this is for: better form on hills, less soreness after long runs, "
            "steady hips late in them."
        )


def listed(names: Sequence[str]) -> str:
    """Write "rows, presses and planks"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
