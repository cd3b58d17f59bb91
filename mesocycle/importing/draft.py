"""A gathered plan -> the text of a scenario: every run on its date, and what to look at as comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import shorten
from typing import Any

from mesocycle.files.commented import Path, commented
from mesocycle.importing.block import Gathered, when_text
from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.feed import Kind
from mesocycle.importing.own_lifts import OwnLifts, own_lifts
from mesocycle.models.clock import WEEKDAY_NAMES, format_day, format_time
from mesocycle.models.scenario import PROGRAM
from mesocycle.models.training import RACE_METRES, in_units

DEFAULT_NAME = "Imported plan"
LONGEST_TITLE, LONGEST_NAME = 200, 200
NO_TIME = (
    "Lifts may stand at any time from 06:00 to 21:00: say when you have time with --free, or here with "
    'athlete: {availability: {weekdays: ["17:00-21:00"]}}.'
)
# The whole title stands at its date.
LONGEST_LISTED = 60
# 13.1 miles are 15 m short of a half marathon, 42 km 195 m short of a marathon.
NAMED_WITHIN = 0.006
UNITS_AND_RUN = ("run", "km", "k", "mi", "mile", "miles", "m", "min", "h")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LENGTH_AFTER = re.compile(r"\s*[•·|]\s*\d[\d.,:]*\s?(?:km|mi|m|min|h)?[\d]*m?\s*$")
# More lines at the top of a file hide the file.
MOST_LISTED = 60


@dataclass(frozen=True)
class DraftOptions:
    """What the runner adds to the plan.

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
        Free windows by weekday or date, as texts; empty if unknown.
    blocked : sequence of str
        Dates without lifts.
    notes : sequence of str
        Further notes for the top of the file.
    """

    name: str = ""
    policy: str = "stack_hard"
    program: str = PROGRAM
    own_lifts: bool = False
    availability: Mapping[str | date, Sequence[str]] = field(default_factory=dict)
    blocked: Sequence[str] = ()
    notes: Sequence[str] = ()


def draft(plan: Gathered, source: str, options: DraftOptions) -> str:
    """Write the scenario of a plan.

    Parameters
    ----------
    plan : Gathered
        What was read.
    source : str
        The file it came from, as the comment at the top names it.
    options : DraftOptions
        What the runner adds.

    Returns
    -------
    str
        YAML with comments.
    """
    own = own_lifts(plan) if options.own_lifts else None
    comments: dict[Path, str] = {}
    data: dict[str, Any] = {
        "schema_version": 1,
        "name": (options.name or plan.name or DEFAULT_NAME)[:LONGEST_NAME],
        "start": plan.start,
        "weeks": plan.weeks,
        "policy": options.policy,
        "units": plan.units,
    }
    comments[("policy",)] = "stack_hard | easy_moderate | stack_hard_long_run | auto"
    athlete = {
        "availability": {key: list(windows) for key, windows in options.availability.items()},
        "blocked": list(options.blocked),
    }
    if any(athlete.values()):
        data["athlete"] = {key: value for key, value in athlete.items() if value}
    data["runs"] = {"week": {}, "dates": {}}
    unsure = {(entry.day, entry.reading.title): entry for entry in plan.unsure}
    for day, runs in plan.runs.items():
        content = _day(runs, plan.units)
        if content is None:
            continue
        data["runs"]["dates"][day] = content
        doubts = [_doubt(unsure[key]) for run in runs if (key := (day, run.reading.title)) in unsure]
        if doubts:
            comments[("runs", "dates", day)] = f"not sure: {'; '.join(dict.fromkeys(doubts))}"
    if data["runs"]["dates"]:
        comments[("runs", "week")] = "every run stands on its date"
    races = _races(plan)
    if races:
        data["races"] = races
        guessed = "" if all(race.priority for race in plan.races) else ": which is which was guessed"
        comments[("races",)] = f"A is tapered for, B respected, C a key run{guessed}"
    data["strength"] = _strength(own, options)
    history: dict[str, Any] = {}
    if plan.last_lift is not None:
        history["last_lift"] = plan.last_lift
    if plan.weekly_metres:
        history["weekly_distance"] = [_length(metres, plan.units) for metres in plan.weekly_metres]
    if history:
        data["history"] = history
    return commented(data, list(_head(plan, own, source, options)), comments)


def _day(runs: Sequence[PlanEntry], units: str) -> Any:
    """What stands at a date; None if its race stands in `races`."""
    if not runs:
        return "rest"
    if len(runs) == 1 and runs[0].kind is Kind.RACE and runs[0].reading.metres:
        return None
    entries = [_run(run, units) for run in runs]
    return entries[0] if len(entries) == 1 else entries


def _run(run: PlanEntry, units: str) -> dict[str, Any]:
    data: dict[str, Any] = {"type": str(run.kind)}
    if run.start is not None:
        data["start"] = format_time(run.start)
    if run.reading.minutes:
        data["minutes"] = run.reading.minutes
    metres = run.reading.metres
    # The planner would take a ride for a run of the same length.
    if metres and (run.kind is not Kind.CROSS or run.reading.minutes):
        data["distance"] = _length(metres, units)
    if title(run):
        data["title"] = title(run)
    return data


def title(run: PlanEntry) -> str:
    """A run's title without what its fields hold: nothing of "3 mi easy", most of "Track • 12 km"."""
    text = run.reading.title
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    if words <= {*UNITS_AND_RUN, str(run.kind)} and len(_NUMBER.findall(text)) <= 1:
        return ""
    return _LENGTH_AFTER.sub("", text)[:LONGEST_TITLE].strip()


def _races(plan: Gathered) -> list[dict[str, Any]]:
    """Races of a known length; if the plan does not rank them, the last of the longest is tapered for."""
    known = {race.day: race for race in plan.races if race.reading.metres}
    longest = max((race.reading.metres or 0 for race in known.values()), default=0)
    goal = max((day for day, race in known.items() if race.reading.metres == longest), default=None)
    ranked = any(race.priority == "A" for race in known.values())
    races = []
    for day, race in known.items():
        data: dict[str, Any] = {
            "date": day,
            "distance": _race_length(race.reading.metres or 0, plan.units),
            "priority": race.priority or ("A" if day == goal and not ranked else "B"),
        }
        if race.start is not None:
            data["start"] = format_time(race.start)
        if title(race):
            data["name"] = title(race)
        races.append(data)
    return races


def _race_length(metres: int, units: str) -> str:
    near = (name for name, exact in RACE_METRES.items() if abs(metres - exact) <= NAMED_WITHIN * exact)
    return next(near, _length(metres, units))


def _length(metres: int, units: str) -> str:
    return f"{in_units(metres, units):.2f}".rstrip("0").rstrip(".") + f" {units}"


def _strength(own: OwnLifts | None, options: DraftOptions) -> dict[str, Any]:
    if own is None:
        return {"program": options.program}
    counts = set(own.per_week)
    return {
        "sessions_per_week": counts.pop() if len(counts) == 1 else list(own.per_week),
        "sessions": [
            {"name": session.name, "minutes": session.minutes, "lower_body": session.lower_body}
            for session in own.sessions
        ],
    }


def _doubt(entry: PlanEntry) -> str:
    return entry.reading.doubt or f"taken as {entry.kind}"


def _head(plan: Gathered, own: OwnLifts | None, source: str, options: DraftOptions) -> Iterator[str]:
    runs = [run for day in plan.runs.values() for run in day]
    yield f"Imported from {source}: {summary_of(plan)}."
    yield f"Read it through, then:  mesocycle solve FILE     ({_by_kind(runs)})"
    notes = notes_of(plan, own, options)
    if plan.unsure:
        yield ""
        yield "Look at these, of which the import was not sure:"
        yield from _listed(list(lines(plan.unsure)))
    if notes:
        yield ""
        yield "Left out or assumed:"
        yield from _listed(notes)


def notes_of(plan: Gathered, own: OwnLifts | None, options: DraftOptions) -> list[str]:
    """What was left out or assumed, including the plan's own strength sessions."""
    notes = [*plan.notes, *options.notes]
    sessions = _many(len(plan.lifts), "strength session")
    if not options.availability:
        notes.append(NO_TIME)
    if own is None and plan.lifts:
        notes.append(
            f"{sessions} of the plan left out: `mesocycle audit` judges them, --own-lifts places them."
        )
    elif own is not None:
        turns = "" if own.by_turns else "; they follow no order, so all become one session"
        notes.append(f"The plan's own lifts are placed: {sessions}{turns}.")
    return notes


def _listed(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {text}" for text in lines[:MOST_LISTED])
    if len(lines) > MOST_LISTED:
        yield f"  and {len(lines) - MOST_LISTED} more"


def _by_kind(runs: Sequence[PlanEntry]) -> str:
    kinds = Counter(str(run.kind) for run in runs)
    return ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())


def summary_of(plan: Gathered) -> str:
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


def lines(entries: Iterable[PlanEntry]) -> Iterator[str]:
    """What to look at, a line each: entries of the same words together, "4 Tuesdays, 8 Sep to 29 Sep"."""
    alike: dict[tuple[str, Kind, str], list[PlanEntry]] = {}
    for entry in entries:
        reading = entry.reading
        alike.setdefault((reading.title, reading.kind, reading.doubt), []).append(entry)
    for same in alike.values():
        yield line(same[0], _days_of(same))


def _days_of(same: Sequence[PlanEntry]) -> str:
    """The days of entries that are alike: a day, or how many of which weekday, from the first to the last."""
    if len(same) == 1:
        return when_text(same[0])
    days = [entry.day for entry in same]
    weekdays = {day.weekday() for day in days}
    which = f"{WEEKDAY_NAMES[days[0].weekday()]}s" if len(weekdays) == 1 else "days"
    return f"{len(same)} {which}, {format_day(min(days))[4:]} to {format_day(max(days))[4:]}"


def line(entry: PlanEntry, when: str = "") -> str:
    """An entry to look at: day, title, the kind that was read, and why that is not sure."""
    why = f"; {entry.reading.doubt}" if entry.reading.doubt else ""
    taken = "left out as no training" if entry.kind is Kind.OTHER else f"taken as {entry.kind}"
    text = shorten(entry.reading.title, LONGEST_LISTED, placeholder=" ...") or "(no title)"
    return f'{when or when_text(entry)}  "{text}" is {taken}{why}'
