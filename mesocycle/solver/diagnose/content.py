"""What the lifts themselves may give: how many a week, how much of the legs, how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mesocycle.models.clock import weeks_text
from mesocycle.models.paths import Path
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Session
from mesocycle.solver.diagnose.relaxations import Cases, Level, Relaxation
from mesocycle.solver.diagnose.week_range import WeekRange, asks_less
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.phases import WeekFactors
from mesocycle.solver.prescription.lifts import build_lifts
from mesocycle.solver.prescription.program import in_week, requested_per_week, sessions_of
from mesocycle.solver.prescription.versions import Version
from mesocycle.solver.rules import set_by
from mesocycle.solver.rules.base import Limit, closed

# Steps beside a quarter of an hour of a free window, which counts one.
LIFT_STEPS, NO_LIFT_STEPS = 4, 4
LIGHTER_STEPS = 6
(COUNT,) = set_by("strength.sessions_per_week")
# Not a rule: versions of a session that the runner has not written.
VERSIONS = "versions"


def count_relaxations(
    scenario: Scenario,
    week_range: WeekRange,
    groups: Iterable[tuple[int, ...]],
    possible: Mapping[int, int],
) -> Iterator[Relaxation]:
    """Fewer lifts in weeks (indices) that fail together, or in each week what is `possible` there."""
    settings = week_range.problem.settings.sessions_per_week
    demands = [case for _, case in week_range.grounded.cases if isinstance(case, Limit) and case.step]
    if settings is None or not demands:
        return
    calendar, written = week_range.problem.calendar, scenario.strength.sessions_per_week
    wanted = requested_per_week(scenario, calendar)
    ways = [
        [
            [min(n, left) if week in weeks else n for week, n in enumerate(wanted)]
            for left in range(max(wanted[week] for week in weeks) - 1, -1, -1)
        ]
        for weeks in groups
    ]
    if len(set(possible.values())) > 1:
        ways.append([[min(n, possible.get(week, n)) for week, n in enumerate(wanted)]])
    for way in ways:
        levels: list[Level] = []
        limits: list[dict[int, int]] = []
        for counts in way:
            scaled = {week: in_week(count, calendar.weeks[week]) for week, count in enumerate(counts)}
            if not settings.hard:
                scaled = {week: min(settings.minimum, count) for week, count in scaled.items()}
            binds = any(scaled[(case.when.day or 0) // 7] < -case.most for case in demands)
            if binds and any(counts):  # a block without lifts is no block
                to = counts[0] if len(set(counts)) == 1 else counts
                levels.append(Level(to, _count_steps(wanted, counts), _count_text(wanted, counts)))
                limits.append(scaled)
        if levels:
            yield Relaxation(
                kind=COUNT,
                path=("strength", "sessions_per_week"),
                before=list(written) if isinstance(written, tuple) else written,
                rules=(COUNT,),
                levels=tuple(levels),
                cases=_fewer(demands, limits),
            )


def _count_steps(wanted: Sequence[int], counts: Sequence[int]) -> int:
    """The deepest cut counts most, then each further week, and a week that is left without."""
    cuts = [before - after for before, after in zip(wanted, counts, strict=True) if after < before]
    bare = any(after == 0 < before for before, after in zip(wanted, counts, strict=True))
    return LIFT_STEPS * max(cuts) + 2 * (len(cuts) - 1) + bare * NO_LIFT_STEPS


def _count_text(wanted: Sequence[int], counts: Sequence[int]) -> str:
    """The weeks that change, by how many lifts are left: "1 lift in week 3, instead of 2"."""
    weeks: dict[tuple[int, int], list[int]] = {}
    for week, (before, after) in enumerate(zip(wanted, counts, strict=True), 1):
        if after < before:
            weeks.setdefault((-after, before), []).append(week)
    parts = []
    for (left, before), named in sorted(weeks.items()):
        by_week = " a week" if left and len(named) > 1 else ""
        lifts = f"{-left or 'no'} lift{'s' if left < -1 else ''}{by_week}"
        parts.append(f"{lifts} in {weeks_text(named)}, instead of {before}")
    return "; ".join(parts)


def _fewer(demands: list[Limit], limits: list[dict[int, int]]) -> Callable[[int], Cases]:
    def cases(level: int) -> Cases:
        least = limits[level]
        found = []
        for case in demands:
            week = (case.when.day or 0) // 7
            found.append((COUNT, replace(case, most=max(case.most, -least[week])) if week in least else case))
        return found

    return cases


@dataclass(frozen=True)
class Lighter:
    """Smaller versions of sessions than the runner wrote, and what would be written.

    `names` are the sessions that change.
    """

    names: tuple[str, ...]
    path: Path
    before: Any
    to: Any
    steps: int
    text: str
    scenario: Scenario


def lighter_sessions(scenario: Scenario) -> Iterator[Lighter]:
    """Versions with half the sets, of a shorter time, or without leg work; then all sessions at once."""
    sessions = sessions_of(scenario)
    first: list[tuple[dict[str, Any], int, str]] = []
    for at, session in enumerate(sessions):
        ways = list(_smaller(session))
        first += ways[:1]
        for change, steps, text in ways:
            yield _lighter(scenario, sessions, {at: change}, steps, f"{session.name} {text}")
    if 1 < len(sessions) == len(first):
        words = {text for _, _, text in first}
        text = f"every session {words.pop()}" if len(words) == 1 else "every session in a smaller version"
        changes = {at: change for at, (change, _, _) in enumerate(first)}
        yield _lighter(scenario, sessions, changes, sum(steps for _, steps, _ in first), text)


def _lighter(
    scenario: Scenario, sessions: Sequence[Session], changes: dict[int, dict[str, Any]], steps: int, text: str
) -> Lighter:
    """One value where a single session of the runner's own changes; all sessions are written else."""
    written = [_plain(session) | changes.get(at, {}) for at, session in enumerate(sessions)]
    path: Path = ("strength", "sessions")
    before: Any = [_plain(session) for session in scenario.strength.sessions] or None
    to: Any = written
    if before and len(changes) == 1:
        ((at, change),) = changes.items()
        ((key, to),) = change.items()
        path, before = (*path, at, key), before[at].get(key)
    read = tuple(Session.model_validate(data) for data in written)
    strength = scenario.strength.model_copy(update={"sessions": read})
    names = tuple(sessions[at].name for at in changes)
    changed = scenario.model_copy(update={"strength": strength})
    return Lighter(names, path, before, to, steps, text, changed)


def _plain(session: Session) -> dict[str, Any]:
    return session.model_dump(mode="json", exclude_defaults=True)


def _smaller(session: Session) -> Iterator[tuple[dict[str, Any], int, str]]:
    if session.exercises:
        return  # down to one exercise with its fewest sets: all of that may be planned already
    if session.lower_body in ("heavy", "moderate"):
        yield {"lower_body": "none"}, LIGHTER_STEPS + 2, "for core and upper body only"
    if session.minutes and session.minutes >= 30:
        shorter = max(15, session.minutes - 15)
        yield {"minutes": shorter}, LIGHTER_STEPS, f"of {shorter} min instead of {session.minutes} min"


def extra_versions(
    lighter: Sequence[Lighter],
    instance: Instance,
    factors: tuple[WeekFactors, ...],
    deloads: frozenset[int],
) -> dict[str, list[tuple[int, Version]]]:
    """By lift: the versions that lighter sessions would add, each with the position of its session."""
    extra: dict[str, list[tuple[int, Version]]] = {}
    for number, change in enumerate(lighter):
        changed = replace(instance, scenario=change.scenario, sessions=change.scenario.strength.sessions)
        alike = {at for at, other in enumerate(lighter) if other.names == change.names}
        for lift in build_lifts(changed, factors, deloads):
            if lift.session in change.names:
                known = [version for at, version in extra.get(lift.id, ()) if at in alike]
                for version in lift.versions:
                    if all(asks_less(version, other) for other in known):
                        extra.setdefault(lift.id, []).append((number, version))
    return extra


def version_relaxations(week_range: WeekRange, lighter: Sequence[Lighter]) -> Iterator[Relaxation]:
    """The relaxations of lighter sessions, on a week range that was cut with their versions."""
    for number, change in enumerate(lighter):

        def cases(level: int, number: int = number) -> Cases:
            others = np.flatnonzero((week_range.versions >= 0) & (week_range.versions != number))
            return ((VERSIONS, closed(others)),)

        if (week_range.versions == number).any():
            level = Level(change.to, change.steps, change.text)
            yield Relaxation(VERSIONS, change.path, change.before, (VERSIONS,), (level,), cases)
