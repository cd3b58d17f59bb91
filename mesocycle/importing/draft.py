"""A gathered plan -> the text of a scenario: every run on its date, and what to look at as comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import shorten
from typing import Any

from mesocycle.files.commented import Path, commented
from mesocycle.importing.block import Gathered, at
from mesocycle.importing.entries import Taken
from mesocycle.importing.feed import Kind
from mesocycle.importing.own_lifts import OwnLifts, own_lifts
from mesocycle.models.clock import format_time
from mesocycle.models.scenario import PROGRAM
from mesocycle.models.training import METRES_PER_MILE, RACE_METRES

DEFAULT_NAME = "Imported plan"
LONGEST_TITLE, LONGEST_NAME = 200, 200
NO_TIME = (
    "Lifts may stand at any time from 06:00 to 21:00: say when you have time with --free, or here with "
    'athlete: {availability: {weekdays: ["17:00-21:00"]}}.'
)
# The whole title stands at its date.
LONGEST_TOLD = 60
# 13.1 miles are 15 m short of a half marathon, 42 km 195 m short of a marathon.
NAMED_WITHIN = 0.006
UNITS_AND_RUN = ("run", "km", "k", "mi", "mile", "miles", "m", "min", "h")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LENGTH_AFTER = re.compile(r"\s*[•·|]\s*\d[\d.,:]*\s?(?:km|mi|m|min|h)?[\d]*m?\s*$")
# More lines at the top of a file hide the file.
MOST_LISTED = 60


@dataclass(frozen=True)
class Wishes:
    """What the runner adds to what his plan says.

    Attributes
    ----------
    name : str
        Of the block; the plan's own if empty.
    policy : str
        A preset.
    program : str
        A built-in program to place.
    own_lifts : bool
        Whether to place the plan's own strength sessions instead, where it has any.
    availability : mapping
        Free windows by weekday or date, as texts; empty where nothing is known.
    blocked : sequence of str
        Dates without lifts.
    notes : sequence of str
        What else is to be said at the top.
    """

    name: str = ""
    policy: str = "stack_hard"
    program: str = PROGRAM
    own_lifts: bool = False
    availability: Mapping[str | date, Sequence[str]] = field(default_factory=dict)
    blocked: Sequence[str] = ()
    notes: Sequence[str] = ()


def draft(plan: Gathered, source: str, wishes: Wishes) -> str:
    """Write the scenario of a plan.

    Parameters
    ----------
    plan : Gathered
        What was read.
    source : str
        The file it came from, as the comment at the top names it.
    wishes : Wishes
        What the runner adds.

    Returns
    -------
    str
        YAML with comments.
    """
    own = own_lifts(plan) if wishes.own_lifts else None
    beside: dict[Path, str] = {}
    data: dict[str, Any] = {
        "schema_version": 1,
        "name": (wishes.name or plan.name or DEFAULT_NAME)[:LONGEST_NAME],
        "start": plan.start,
        "weeks": plan.weeks,
        "policy": wishes.policy,
        "units": plan.units,
    }
    beside[("policy",)] = "stack_hard | easy_moderate | stack_hard_long_run | auto"
    athlete = {
        "availability": {key: list(windows) for key, windows in wishes.availability.items()},
        "blocked": list(wishes.blocked),
    }
    data["athlete"] = {key: value for key, value in athlete.items() if value}
    if not data["athlete"]:
        del data["athlete"]
    data["runs"] = {"week": {}, "dates": {}}
    unsure = {(one.day, one.reading.title): one for one in plan.unsure}
    for day, runs in plan.runs.items():
        entry = _day(runs, plan.units)
        if entry is None:
            continue
        data["runs"]["dates"][day] = entry
        doubts = [_doubt(unsure[key]) for one in runs if (key := (day, one.reading.title)) in unsure]
        if doubts:
            beside[("runs", "dates", day)] = f"not sure: {'; '.join(dict.fromkeys(doubts))}"
    if data["runs"]["dates"]:
        beside[("runs", "week")] = "every run stands on its date"
    races = _races(plan)
    if races:
        data["races"] = races
        guessed = "" if all(one.priority for one in plan.races) else ": which is which was guessed"
        beside[("races",)] = f"A is tapered for, B respected, C a key run{guessed}"
    data["strength"] = _strength(own, wishes)
    history: dict[str, Any] = {}
    if plan.last_lift is not None:
        history["last_lift"] = plan.last_lift
    if plan.weekly_metres:
        history["weekly_distance"] = [_length(metres, plan.units) for metres in plan.weekly_metres]
    if history:
        data["history"] = history
    return commented(data, list(_head(plan, own, source, wishes)), beside)


def _day(runs: Sequence[Taken], units: str) -> Any:
    """What stands at a date; None where the race alone says it all."""
    if not runs:
        return "rest"
    if len(runs) == 1 and runs[0].kind is Kind.RACE and runs[0].reading.metres:
        return None
    entries = [_run(one, units) for one in runs]
    return entries[0] if len(entries) == 1 else entries


def _run(one: Taken, units: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": str(one.kind)}
    if one.start is not None:
        entry["start"] = format_time(one.start)
    if one.reading.minutes:
        entry["minutes"] = one.reading.minutes
    metres = one.reading.metres
    # The planner would take a ride for a run of the same length.
    if metres and (one.kind is not Kind.CROSS or one.reading.minutes):
        entry["distance"] = _length(metres, units)
    if title(one):
        entry["title"] = title(one)
    return entry


def title(one: Taken) -> str:
    """What a run is called, without what its fields tell: nothing of "3 mi easy", most of "Track • 12 km"."""
    words = set(re.findall(r"[^\W\d_]+", one.reading.title.lower()))
    if words <= {*UNITS_AND_RUN, str(one.kind)} and len(_NUMBER.findall(one.reading.title)) <= 1:
        return ""
    return _LENGTH_AFTER.sub("", one.reading.title)[:LONGEST_TITLE].strip()


def _races(plan: Gathered) -> list[dict[str, Any]]:
    """Races of a known length; where the plan does not rank them, the last of the longest is tapered for."""
    known = {one.day: one for one in plan.races if one.reading.metres}
    longest = max((one.reading.metres or 0 for one in known.values()), default=0)
    goal = max((day for day, one in known.items() if one.reading.metres == longest), default=None)
    ranked = any(one.priority == "A" for one in known.values())
    races = []
    for day, one in known.items():
        race: dict[str, Any] = {
            "date": day,
            "distance": _race_length(one.reading.metres or 0, plan.units),
            "priority": one.priority or ("A" if day == goal and not ranked else "B"),
        }
        if one.start is not None:
            race["start"] = format_time(one.start)
        if title(one):
            race["name"] = title(one)
        races.append(race)
    return races


def _race_length(metres: int, units: str) -> str:
    near = (name for name, exact in RACE_METRES.items() if abs(metres - exact) <= NAMED_WITHIN * exact)
    return next(near, _length(metres, units))


def _length(metres: int, units: str) -> str:
    number = metres / METRES_PER_MILE if units == "mi" else metres / 1000
    return f"{number:.2f}".rstrip("0").rstrip(".") + f" {units}"


def _strength(own: OwnLifts | None, wishes: Wishes) -> dict[str, Any]:
    if own is None:
        return {"program": wishes.program}
    counts = set(own.per_week)
    return {
        "sessions_per_week": counts.pop() if len(counts) == 1 else list(own.per_week),
        "sessions": [
            {"name": one.name, "minutes": one.minutes, "lower_body": one.lower_body} for one in own.sessions
        ],
    }


def _doubt(one: Taken) -> str:
    return one.reading.doubt or f"taken as {one.kind}"


def _head(plan: Gathered, own: OwnLifts | None, source: str, wishes: Wishes) -> Iterator[str]:
    runs = [one for day in plan.runs.values() for one in day]
    yield f"Imported from {source}: {counted(plan)}."
    yield f"Read it through, then:  mesocycle solve FILE     ({_by_kind(runs)})"
    notes = notes_of(plan, own, wishes)
    if plan.unsure:
        yield ""
        yield "Look at these, of which the import was not sure:"
        yield from _listed([line(one) for one in plan.unsure])
    if notes:
        yield ""
        yield "Left out or assumed:"
        yield from _listed(notes)


def notes_of(plan: Gathered, own: OwnLifts | None, wishes: Wishes) -> list[str]:
    """What was left out or assumed, what becomes of the plan's own strength sessions included."""
    notes = [*plan.notes, *wishes.notes]
    if not wishes.availability:
        notes.append(NO_TIME)
    if plan.lifts and own is None:
        told = _many(len(plan.lifts), "strength session")
        notes.append(f"{told} of the plan left out: `mesocycle audit` judges them, --own-lifts places them.")
    elif own is not None:
        turns = "" if own.by_turns else "; they follow no order, so all are told as one session"
        told = _many(len(plan.lifts), "strength session")
        notes.append(f"What is to be placed is the plan's own: {told}{turns}.")
    return notes


def _listed(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {one}" for one in lines[:MOST_LISTED])
    if len(lines) > MOST_LISTED:
        yield f"  and {len(lines) - MOST_LISTED} more"


def _by_kind(runs: Sequence[Taken]) -> str:
    return ", ".join(
        f"{count} {kind}" for kind, count in Counter(str(one.kind) for one in runs).most_common()
    )


def counted(plan: Gathered) -> str:
    """How much was read: "96 runs on 84 days in 12 weeks, 4 days with two, 3 races, 12 strength sessions"."""
    runs = sum(len(day) for day in plan.runs.values())
    days = sum(bool(day) for day in plan.runs.values())
    parts = [f"{_many(runs, 'run')} on {_many(days, 'day')} in {_many(plan.weeks, 'week')}"]
    parts += [f"{_many(plan.doubles, 'day')} with more than one"] if plan.doubles else []
    parts += [_many(len(plan.races), "race")] if plan.races else []
    parts += [_many(len(plan.lifts), "strength session")] if plan.lifts else []
    return ", ".join(parts)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


def line(one: Taken) -> str:
    """One thing to look at: day, title, what it was taken for, and why that is not sure."""
    why = f"; {one.reading.doubt}" if one.reading.doubt else ""
    taken = "left out as no training" if one.kind is Kind.OTHER else f"taken as {one.kind}"
    told = shorten(one.reading.title, LONGEST_TOLD, placeholder=" ...") or "(no title)"
    return f'{at(one)}  "{told}" is {taken}{why}'
