"""From a scenario to an instance, or to what is wrong with it: exercises, rules, dated runs, room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mesocycle.files.library import programs, schemes
from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAYS, format_day, format_time
from mesocycle.models.errors import Problem, ScenarioError
from mesocycle.models.names import nearest
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Kind, Session
from mesocycle.solver.instance.breaks import returns
from mesocycle.solver.instance.calendar import Calendar, build_calendar
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.run_remarks import run_remarks
from mesocycle.solver.prescription.ceiling import ladder
from mesocycle.solver.prescription.exercises import exercise_problems, exercises_of
from mesocycle.solver.prescription.goals import Adapting, adapted
from mesocycle.solver.prescription.items import LOADED_DOSE, Item, plain_items, session_items
from mesocycle.solver.prescription.kit import fits, kit_of, kit_problems
from mesocycle.solver.prescription.moves import moves_of
from mesocycle.solver.prescription.named import named_problems
from mesocycle.solver.prescription.program import (
    due_by_week,
    expected_per_week,
    resolve_policy,
    sessions_of,
)
from mesocycle.solver.prescription.versions import shortest_of
from mesocycle.solver.prescription.written import read_names
from mesocycle.solver.prescription.zones import Demands
from mesocycle.solver.rules.settings import read_settings

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings

Path = tuple[str | int, ...]


def problems(scenario: Scenario, *, begun: bool = False) -> Iterator[Problem]:
    """Yield everything wrong; what needs sound exercises and rules only if those are."""
    return iter(_examined(scenario, begun)[1])


def understand(scenario: Scenario, *, begun: bool = False) -> Instance:
    """Check a scenario and work out what is known before anything is decided.

    Where the block has `begun` there may be no room left for a session.

    Raises
    ------
    ScenarioError
        With everything that is wrong.
    """
    instance, wrong = _examined(scenario, begun)
    if instance is None or wrong:
        raise ScenarioError(wrong)
    return instance


def _examined(scenario: Scenario, begun: bool = False) -> tuple[Instance | None, tuple[Problem, ...]]:
    """The instance of a scenario, where its parts are sound, and what is wrong."""
    reading = read_names(scenario)
    scenario = reading.scenario
    calendar, exercises = build_calendar(scenario), exercises_of(scenario)
    settings, wrong = read_settings(scenario)
    known = scenario.strength.sessions or scenario.strength.program in programs()
    sessions = sessions_of(scenario) if known else ()
    every_scheme = {**schemes(), **scenario.strength.schemes}
    named = [
        *exercise_problems(scenario),
        *named_problems(scenario, exercises, every_scheme, sessions),
    ]
    wrong += [*reading.problems, *map(reading.as_written, named)]
    wrong += [*kit_problems(scenario), *_overlaps(scenario, calendar)]
    if settings is None or wrong:
        return None, tuple(wrong)
    policy, notes = resolve_policy(scenario, calendar)
    kit = kit_of(scenario)
    content = adapted(sessions, Adapting(scenario, exercises, kit))
    instance = Instance(
        scenario=scenario,
        settings=_for_goal(settings, scenario),
        calendar=calendar,
        policy=policy,
        exercises=exercises,
        kit=kit,
        sessions=content.sessions,
        schemes=every_scheme,
        due=due_by_week(scenario, calendar, content.sessions),
        ladder=ladder(scenario, exercises, kit, settings.kit_ceiling),
        returns=returns(calendar, expected_per_week(scenario, calendar), settings),
        notes=(
            *calendar.notes,
            *notes,
            *reading.notes,
            *content.notes,
            *run_remarks(calendar, scenario.units),
        ),
    )
    for check in (_pins, _patterns, _kit) if begun else (_pins, _patterns, _kit, _room):
        wrong += check(instance)
        if wrong:
            break
    return instance, tuple(wrong)


def _for_goal(settings: RuleSettings, scenario: Scenario) -> RuleSettings:
    """The settings with the build zone of the goal power, unless the runner says otherwise."""
    zone = settings.load_rep_zone
    power = scenario.strength.goal == "power" and not scenario.strength.sessions
    if zone is None or not power or "load_rep_zone" in scenario.rules:
        return settings
    return replace(settings, load_rep_zone=zone.model_copy(update={"build": "power"}))


def _pins(instance: Instance) -> Iterator[Problem]:
    """What is pinned is expected in that week."""
    calendar = instance.calendar
    for at, pin in enumerate(instance.scenario.strength.pins):
        path = ("strength", "pins", at, "session")
        if pin.date is None:
            if all(pin.session != due.name for week in instance.due for due in week):
                yield Problem(path, "no week of the block has this session", pin.session)
            continue
        number = (pin.date - calendar.monday).days // 7
        names = [due.name for due in instance.due[number]]
        if pin.session not in names:
            words = f"week {number + 1} of the block has no session {pin.session}"
            yield Problem(path, words, str(pin), f"it has {', '.join(names)}" if names else "it has none")


def _patterns(instance: Instance) -> Iterator[Problem]:
    """The movement patterns that rules name are those of some exercise."""
    known = sorted({pattern for exercise in instance.exercises.values() for pattern in exercise.counts_for})
    coverage, bands = instance.settings.pattern_coverage, instance.settings.weekly_sets_per_pattern
    named = [("pattern_coverage", "patterns", pattern) for pattern in (coverage.patterns if coverage else ())]
    named += [("weekly_sets_per_pattern", "bands", pattern) for pattern in (bands.bands if bands else ())]
    for rule, key, pattern in named:
        if pattern not in known:
            words = f"no exercise counts for the pattern {pattern}"
            yield Problem(("rules", rule, key), words, pattern, nearest(pattern, known))


def _kit(instance: Instance) -> Iterator[Problem]:
    """The kit has a way to do something of every session, and all of it where nothing may be exchanged."""
    rule, kit = instance.settings.equipment_available, instance.kit
    if rule is None or kit is None:
        return
    for at, session in enumerate(instance.sessions):
        lacking = [
            exercise
            for exercise in (instance.exercises[entry.exercise] for entry in session.exercises)
            if not fits(exercise, kit)
        ]
        if lacking and not rule.substitute:
            ways = " or ".join(", ".join(way) for way in lacking[0].equipment)
            names = ", ".join(exercise.id for exercise in lacking)
            yield Problem(
                ("athlete", "equipment"),
                f"session {session.name} holds {names}, which your kit has no way to do",
                remedy=f"{lacking[0].id} needs {ways}; or rules.equipment_available.substitute: true",
            )
        elif session.exercises and not moves_of(session, instance).done:
            words = f"your kit has no way to do anything of session {session.name}"
            yield Problem(_where(instance, at), words)


def _where(instance: Instance, session: int) -> Path:
    """The key of a session: its own, or that of the program."""
    return (
        ("strength", "sessions", session) if instance.scenario.strength.sessions else ("strength", "program")
    )


def _overlaps(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    seen: set[Path] = set()
    before = None
    for after in calendar.runs:
        before, earlier = (after if before is None or after.end > before.end else before), before
        if earlier is None or after.start >= earlier.end:
            continue
        exception = after.date in scenario.runs.dates
        path = ("runs", "dates", str(after.date)) if exception else ("runs", "week", WEEKDAYS[after.day % 7])
        if path not in seen:
            seen.add(path)
            yield Problem(
                path,
                f"two runs overlap on {format_day(after.date)}: one from {format_time(earlier.start)} to "
                f"{format_time(earlier.end)}, the next starts at {format_time(after.start)}",
                remedy="move one, or shorten it; runs grow with `weekly_distance`",
            )


def _room(instance: Instance) -> Iterator[Problem]:
    """Every session, at its shortest, fits some window of some day, and the longest that is allowed."""
    calendar, settings = instance.calendar, instance.settings
    if not any(instance.due):
        return
    free = settings.availability_window
    duration = settings.session_duration
    travel = settings.blocked_dates
    blocked = calendar.blocked if travel is not None and travel.hard else frozenset()
    days = [day for day in range(calendar.first_day, calendar.last_day + 1) if day not in blocked]
    if not days:  # no lift can take place, and none has to: nothing needs room
        return
    longest = max((w.end_minute - w.start_minute for day in days for w in calendar.windows[day]), default=0)
    if not longest and free and free.hard:
        where = ("athlete", "availability")
        yield Problem(where, "no day of the block has a free window", remedy="write when a lift may happen")
        return
    longest = longest - 2 * free.travel_minutes if free and free.hard else MINUTES_PER_DAY
    own = bool(instance.scenario.strength.sessions)
    for at, session in enumerate(instance.sessions):
        moves = moves_of(session, instance)
        demands = Demands(settings)
        items = session_items(moves.done, demands) if session.exercises else plain_items(session)
        band = duration if duration is not None and duration.hard and session.is_lift else None
        shortest = shortest_of(items, 0 if band is None else band.least_minutes)
        path = _where(instance, at)
        yield from _small(session, items, path)
        if session.exercises and session.minutes is not None and shortest > session.minutes:
            yield Problem(
                (*path, "minutes") if own else path,
                f"session {session.name} takes at least {shortest} min, its minutes are {session.minutes}",
                remedy="more minutes, or shorter exercises",
            )
        elif shortest > longest:
            yield Problem(
                path,
                f"session {session.name} takes at least {shortest} min, "
                f"the longest free window has {longest} min",
                remedy="shorten the session, or widen athlete.availability",
            )
        elif band is not None and shortest > band.most_minutes:
            yield Problem(
                path,
                f"session {session.name} takes at least {shortest} min, "
                f"session_duration allows {band.most_minutes}",
                remedy="shorten the session, or raise rules.session_duration.most_minutes",
            )


def _small(session: Session, items: Sequence[Item], path: Path) -> Iterator[Problem]:
    """Core and mobility may stand on the eve of a key run, so they do not load the legs."""
    dose = sum(item.dose_of(item.most) for item in items)
    if session.kind in (Kind.CORE, Kind.MOBILITY) and dose >= LOADED_DOSE:
        yield Problem(
            (*path, "kind"),
            f"session {session.name} loads the legs like a lift ({dose / 1000:g}; "
            f"{LOADED_DOSE / 1000:g} is where a lift begins)",
            session.kind,
            "leave kind out, or take exercises that spare the legs",
        )
