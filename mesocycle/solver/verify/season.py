"""Where in the season each week stands, worked out a second time from mileage and races."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance

AWAY = ("taper", "recovery")
AFTER_RACE_DAYS = 14
LAST_WEEKS = 6


def a_races(calendar: Calendar) -> dict[int, int]:
    """The A races that are run in the block: metres by day."""
    races = ((run.day, run.race) for run in calendar.races)
    return {day: race.distance for day, race in races if race is not None and race.priority == "A"}


def taper_length(metres: int) -> int:
    """Days of taper before a race: up to 15 km, up to a half marathon, up to a marathon, and longer."""
    if metres <= 15_000:
        return 7
    if metres <= 25_000:
        return 10
    return 14 if metres <= 42_195 else 21


def top_and_rise(calendar: Calendar) -> tuple[Fraction, bool]:
    """The biggest mileage of training, and whether it lies above what the runner comes from."""
    training = [week for week in calendar.weeks if week.phase not in AWAY]
    weeks = [week for week in training if week.number - 1 not in calendar.race_weeks]
    weeks = weeks or training or list(calendar.weeks)
    top = max(week.load for week in weeks)
    history = calendar.history
    if history:
        last = history[max(0, len(history) - LAST_WEEKS) :]
        if 10 * top >= 11 * max(history):
            return top, True
    else:
        last = tuple(week.load for week in weeks if len(week.days) == 7)[:2]
        last = last or tuple(week.load for week in weeks)[:2]
    return top, top > 0 and 100 * top * len(last) >= 112 * sum(last)


def phases(instance: Instance) -> Iterator[str]:
    """The phase of each week: the runner's own, else by races first and mileage then."""
    calendar, given = instance.calendar, instance.scenario.phases
    if given:
        yield from given
        return
    top, up = top_and_rise(calendar)
    count = len(calendar.weeks)
    races = {
        (race.date - calendar.monday).days: taper_length(race.distance)
        for race in instance.scenario.races
        if race.priority == "A"
    }
    away = []
    for index in range(count):
        thursday = 7 * index + 3
        if any(day // 7 == index or 0 <= day - thursday <= length for day, length in races.items()):
            away.append("taper")
        elif any(day // 7 < index and thursday - day <= AFTER_RACE_DAYS for day in races):
            away.append("recovery")
        else:
            away.append("")
    base = 0
    while base < count and 10 * calendar.weeks[base].load < 8 * top:
        base += 1
    base = max(base, (count + 3) // 4)
    if "taper" in away:
        base = min(base, count // 2)
    for index, week in enumerate(calendar.weeks):
        if away[index]:
            yield away[index]
        elif up and 10 * week.load >= 9 * top:
            yield "peak"
        else:
            yield "base" if index < base else "build"
