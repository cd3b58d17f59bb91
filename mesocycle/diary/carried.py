"""What the next block takes over from one that was lived by: what the runner lifted, and what he ran.

It goes into the scenario of the next block, so that this stays the only thing a plan rests on. What that
scenario says of its own stays; what it merely has from the one before is brought up to date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from mesocycle.diary.block import Block
from mesocycle.diary.changed import distances
from mesocycle.diary.estimates import lifts_known, maxes
from mesocycle.diary.exposures import planned_of, sets_done, shown
from mesocycle.diary.now import Now
from mesocycle.diary.trends import COUNTS
from mesocycle.files.patch import patched
from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import Document, parse
from mesocycle.models.clock import format_day, monday_of
from mesocycle.models.diagnosis import Change
from mesocycle.models.errors import BlockError
from mesocycle.models.living import LiftNow
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Record, Role
from mesocycle.models.training import METRES_PER_MILE, RunType
from mesocycle.solver.prescription.exercises import exercises_of
from mesocycle.solver.prescription.written import read_names
from mesocycle.solver.rules.check import problems

# An exercise is familiar if it was done in so many weeks; so many weeks of mileage count.
FAMILIAR_WEEKS, MILEAGE_WEEKS = 8, 8
# Sets of so few repetitions in so many weeks are what the second phase of strength begins with.
FEW_REPS, HEAVY_WEEKS = 6, 4


def carried_into(document: Document, old: Path, now: datetime | None) -> tuple[Document, tuple[Change, ...]]:
    """The scenario of the next block with what an older one knows, and what was taken over.

    Raises
    ------
    BlockError
        If `old` is no block file, or its block does not begin before the next one.
    ScenarioFileError
        If the scenario is wrong.
    """
    scenario = validate(document, problems)
    begins = datetime.combine(scenario.start, datetime.min.time())
    facts = Block(old).facts
    moment = begins if now is None else min(begins, facts.local(now))
    before = Block(old, now=moment).now()
    if before.scenario.start >= scenario.start:
        raise BlockError(
            f"its block begins on {before.scenario.start}, the next one on {scenario.start}",
            "the next block begins after the one that it goes on from",
            file=str(old),
        )
    changes = tuple(_changes(before, scenario))
    if not changes:
        return document, ()
    text = patched(document, changes)
    changed = parse(text.encode(), document.name)
    validate(changed, problems)
    return changed, changes


def _changes(before: Now, scenario: Scenario) -> Iterator[Change]:
    lifts = [lift for lift in before.lifts if lift.status in COUNTS and lift.date < scenario.start]
    for key, value, text in _history(before, scenario, lifts):
        mine, theirs = getattr(scenario.history, key), getattr(before.wanted.history, key)
        if key not in scenario.history.model_fields_set or mine == theirs:
            yield Change(path=f"history.{key}", before=None, to=value, text=text)
    own, older = _records(scenario), _records(before.wanted)
    known = exercises_of(read_names(scenario).scenario)
    for name, (day, most) in sorted(_known_maxes(before, lifts).items()):
        if name not in known or (name in own and own[name] != older.get(name)):
            continue
        unit = before.wanted.strength.weights.unit
        record = {"one_rm": shown(most), "unit": unit, "date": day}
        text = f"{known[name].name} {shown(most):g} {unit} once, as of {format_day(day)}"
        yield Change(path=f"strength.records.{name}", before=None, to=record, text=text)


def _records(scenario: Scenario) -> Mapping[str, Record]:
    return read_names(scenario).scenario.strength.records


def _history(before: Now, scenario: Scenario, lifts: list[LiftNow]) -> Iterator[tuple[str, Any, str]]:
    """Keys of `history`, what they are by the older block, and that in a few words."""
    if lifts:
        last = lifts[-1].date
        yield "last_lift", last, f"the last lift was on {format_day(last)}"
        names = exercises_of(read_names(scenario).scenario)
        since = scenario.start - timedelta(weeks=FAMILIAR_WEEKS)
        recent = (lift for lift in lifts if lift.date >= since)
        done = {name for lift in recent for name, sets in sets_done(before, lift).items() if sets}
        familiar = sorted(done & names.keys())
        yield "familiar", familiar, f"{len(familiar)} exercises are familiar"
        if _is_heavy(before, scenario.start, lifts):
            text = f"sets of {FEW_REPS} repetitions and fewer are usual"
            yield "strength_phase", "strength", text
    weeks = _mileage(before, scenario.start)
    if weeks:
        text = f"the {len(weeks)} weeks before went {weeks[0]} to {weeks[-1]}" if len(weeks) > 1 else ""
        yield "weekly_distance", weeks, text or f"the week before went {weeks[0]}"


def _is_heavy(before: Now, start: date, lifts: list[LiftNow]) -> bool:
    """Whether main lifts were done in few repetitions of late."""
    known = exercises_of(read_names(before.scenario).scenario)
    recent = (lift for lift in lifts if lift.date >= start - timedelta(weeks=HEAVY_WEEKS))
    return any(
        (item.reps or 0) in range(1, FEW_REPS + 1) and known[item.exercise].role is Role.MAIN
        for lift in recent
        for item in (() if lift.card is None else lift.card.exercises)
        if item.exercise in known and sets_done(before, lift).get(item.exercise)
    )


def _mileage(before: Now, start: date) -> list[str]:
    """Distances of the last weeks that go on to the start, the oldest first; none where one is not known."""
    monday, first = monday_of(start), before.first_monday
    ahead = {monday_of(one.run.date) for one in before.runs if one.status == "planned"}
    told = distances(before)
    found: list[str] = []
    for number in range(1, MILEAGE_WEEKS + 1):
        own = monday - timedelta(weeks=number)
        week = (own - first).days // 7
        if own in ahead or not 0 <= week < before.scenario.week_count:
            break
        metres = told[week] if told else _metres_run(before, own)
        if metres is None:
            break
        found.insert(0, _distance(metres, before.result.units))
    return found


def _metres_run(before: Now, monday: date) -> int | None:
    """How far was run in a week; None where the distance of a run is not known."""
    runs = [one.run for one in before.runs if one.status in COUNTS and monday_of(one.run.date) == monday]
    counted = [run.distance_km for run in runs if run.type != RunType.CROSS]
    return None if None in counted else round(1000 * sum(km or 0 for km in counted))


def _distance(metres: int, units: str) -> str:
    if units == "mi":
        return f"{metres / METRES_PER_MILE:.1f} mi"
    return f"{metres / 1000:.1f} km"


def _known_maxes(before: Now, lifts: list[LiftNow]) -> dict[str, tuple[date, Fraction]]:
    """What each lift's max is by the log; where nothing was told of it, by the plan that was done."""
    found: dict[str, tuple[date, Fraction]] = {}
    for name in lifts_known(before):
        for lift in lifts:
            item = planned_of(lift, name)
            if item is not None and item.week_max is not None and sets_done(before, lift).get(name):
                found[name] = (lift.date, Fraction(item.week_max).limit_denominator(100))
    return found | maxes(before)
