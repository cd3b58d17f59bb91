"""Tiny weeks in which one rule is on, judged by the solver and by the verifier at once.

A lift is written like "1A tue 17:00": session A of week 1, on Tuesday, with the most sets; at the end "2+0+1"
asks for the version with so many sets of each exercise, "3" for the only one of so many in all. A run is
written like "intervals 06:30 60": type, start, minutes, perhaps kilometres.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from blocks import build_problem
from pinned import Moments, Pinned, Seen

import mesocycle as mc
from mesocycle.models.clock import WEEKDAYS
from mesocycle.models.plan import Audit, Plan
from mesocycle.models.result import Result
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.grounding import Grounded, ground, points_by_rule, with_versions
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import BY_ID, CATALOGUE, deload_weeks
from mesocycle.solver.rules.base import Changes
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

MONDAY = "2026-09-07"
MOST_SELECTIONS = 4000
LIFT = re.compile(r"^(\d+)(\w+) (mon|tue|wed|thu|fri|sat|sun) (\d\d):(\d\d)(?: (\d+(?:\+\d+)*))?$")

Sets = int | list[int]


def session(name: str, **sets: Sets) -> dict[str, Any]:
    """A session of library exercises at 80 % of 1RM, where a set counts for its full lower-body load."""
    return {"name": name, "exercises": [{"exercise": one, "sets": n, "load": 80} for one, n in sets.items()]}


# Minutes: 8 of warm-up, 75 s for each exercise, and the sets: 200 s a squat, 180 s a deadlift, 80 s a press.
LEGS = session("A", back_squat=3)  # dose 3 (loaded, not full), 480 + 75 + 600 s: 20 min
HEAVY = session("A", back_squat=4, romanian_deadlift=4)  # dose 8 (full), 480 + 150 + 800 + 720 s: 36 min
CORE = session("A", pallof_press=3)  # dose 0, 480 + 75 + 240 s: 14 min


def named(one: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The same session under another name."""
    return {**one, "name": name}


@dataclass
class Trial:
    """A scenario about one rule."""

    rule: str
    data: dict[str, Any]
    pattern: int = 0
    listed: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def context(self) -> Instance:
        return understand(mc.load_scenario(self.data))

    @cached_property
    def problem(self) -> Problem:
        """With options outside the free windows where those are the subject, and only the listed versions."""
        context, whole_day = self.context, self.rule == "availability_window"
        patterns = self.patterns()
        problem = build_problem(context, patterns[self.pattern], whole_day)
        if not self.listed:
            return problem
        lifts = tuple(
            replace(lift, versions=tuple(one for one in lift.versions if one.sets in self.listed))
            for lift in problem.lifts
        )
        assert {len(lift.versions) for lift in lifts} == {len(self.listed)}
        return with_versions(problem, lifts, whole_day)

    def patterns(self) -> tuple[frozenset[int], ...]:
        """The lighter weeks to choose from, as week indices."""
        return deload_weeks.patterns(self.context)

    @cached_property
    def grounded(self) -> Grounded:
        return ground(self.problem)

    @cached_property
    def block(self) -> Pinned:
        """The block as it is solved, but without removal of dominated options."""
        return Pinned(build_block(self.grounded, reduce=False))

    @cached_property
    def switched(self) -> Pinned | None:
        """The block of the diagnosis with all its switches on; None if there is nothing to switch."""
        block = build_block(self.grounded, switches=True)
        for switch in block.switches:
            block.model.add(switch.literal == 1)
        return Pinned(block) if block.switches else None

    def cost(self, *lifts: str, changes: Moments = ()) -> int:
        """Points of the rule for exactly these lifts and changes, which must be allowed."""
        audit = self.check(self.find(lifts), changes=changes)
        assert not audit.breaches, audit.breaches
        return self.points(audit)

    def forbids(self, *lifts: str, changes: Moments = ()) -> bool:
        """Whether the rule forbids exactly these lifts and changes."""
        rules = {breach.rule for breach in self.check(self.find(lifts), changes=changes).breaches}
        assert rules <= {self.rule}, rules
        return bool(rules)

    def points(self, audit: Audit) -> int:
        return sum(cost.points for cost in audit.costs if cost.rule == self.rule)

    def find(self, lifts: Sequence[str]) -> list[int]:
        """Positions of written lifts in the option table."""
        options, ids = self.problem.options, {lift.id: lift for lift in self.problem.lifts}
        found = []
        for text in lifts:
            match = LIFT.match(text)
            assert match is not None, text
            week, name, weekday, hours, minutes, sets = match.groups()
            lift = ids[f"w{int(week):02d}-{name}"]
            start = 1440 * (7 * (int(week) - 1) + WEEKDAYS.index(weekday)) + 60 * int(hours) + int(minutes)
            here = np.flatnonzero((options.lift == lift.index) & (options.start == start)).tolist()
            if sets is not None:
                wanted = self.versions(lift, sets)
                here = [at for at in here if int(options.version[at]) in wanted]
            assert here, f"no option for {text}"
            found.append(min(here, key=lambda at: int(options.version[at])))
        return found

    def versions(self, lift: Lift, sets: str) -> set[int]:
        """Position of the version with so many sets, among those that are listed."""
        counts = tuple(int(count) for count in sets.split("+"))
        found = {
            at
            for at, version in enumerate(lift.versions)
            if (version.sets == counts if len(counts) > 1 else version.total == counts[0])
        }
        assert len(found) == 1, f"{sets} sets of {lift.id} are {len(found)} versions"
        return found

    def refuses(self, untrimmed: Trial, lift: str) -> bool:
        """Whether a lift of the same scenario without the rule has more sets than the rule allows."""
        picked = untrimmed.find([lift])
        plan, own = build_plan(untrimmed.problem, picked), build_plan(self.problem, [])
        audit = verify(self.context, plan.model_copy(update={"weeks": own.weeks}))
        refused = any("the week allows" in breach.text for breach in audit.breaches)
        chosen = untrimmed.problem.lifts[int(untrimmed.problem.options.lift[picked[0]])]
        sets = chosen.versions[int(untrimmed.problem.options.version[picked[0]])].sets
        assert refused == all(
            version.sets != sets for version in self.problem.lifts[chosen.index].versions
        ), lift
        return refused

    def check(self, picked: Sequence[int], switched: Pinned | None = None, changes: Moments = ()) -> Audit:
        """Judge a selection by verifier, blocks and tally, which must agree."""
        audit = verify(self.context, build_plan(self.problem, picked, changes))
        charged = points_by_rule(self.grounded, picked, changes)
        for block in filter(None, (self.block, switched)):
            objective = block.objective(picked, changes)
            # Described only where it fails: thousands of selections agree.
            assert (objective is None) == bool(audit.breaches), (
                self.describe(picked),
                changes,
                audit.breaches,
            )
            assert objective is None or objective == audit.points, (self.describe(picked), audit.costs)
        if not audit.breaches:
            assert charged.get(self.rule, 0) == self.points(audit), (self.describe(picked), audit.costs)
        return audit

    def describe(self, picked: Sequence[int]) -> list[str]:
        plan = build_plan(self.problem, picked)
        return [
            f"{one.id} {one.date:%a %d %b} {one.start / 60:g} h, {one.sets} sets" for one in plan.sessions
        ]

    def selections(self) -> Iterator[list[int]]:
        """Every selection: one option or none for each lift."""
        options = self.problem.options
        choices = [
            [None, *np.flatnonzero(options.lift == lift.index).tolist()] for lift in self.problem.lifts
        ]
        count = int(np.prod([len(choice) for choice in choices]))
        assert count <= MOST_SELECTIONS, f"{count} selections are too many"
        for picked in itertools.product(*choices):
            yield [at for at in picked if at is not None]

    def moments(self, picked: Sequence[int]) -> Iterator[Moments]:
        """Every choice of weeks of change, wanted or not, among those in which the session takes place."""
        placed = {self.problem.lifts[lift] for lift in self.problem.options.lift[list(picked)].tolist()}
        keys = [
            (case.scope, lift.week)
            for _, case in self.grounded.cases
            if isinstance(case, Changes)
            for lift in sorted(placed, key=lambda lift: lift.index)
            if lift.session == case.session and lift.twin is None
        ]
        for count in range(len(keys) + 1):
            yield from itertools.combinations(keys, count)

    def audits(self, switched: bool = True) -> Iterator[Audit]:
        """Check every selection with every choice of changes."""
        block = self.switched if switched else None
        for picked in self.selections():
            for changes in self.moments(picked):
                yield self.check(picked, block, changes)

    def shown(self, lifts: Sequence[str], changes: Moments) -> Plan:
        """The plan of these lifts and changes."""
        return build_plan(self.problem, self.find(lifts), changes)

    def agreement(self) -> Seen:
        """Check every selection and count what the rule said."""
        seen = Seen()
        for audit in self.audits():
            if self.rule in {breach.rule for breach in audit.breaches}:
                seen.broken += 1
            elif not audit.breaches:
                seen.kept += 1
                if self.points(audit):
                    seen.paid += 1
                else:
                    seen.free += 1
        return seen

    def told(self) -> list[tuple[str, tuple[int, ...]]]:
        """What the rule remarks of the block: subjects and weeks."""
        notices = build_plan(self.problem, []).notices
        return [(notice.subject, notice.weeks) for notice in notices if notice.rule == self.rule]

    def solve(self) -> Result:
        return mc.solve(mc.load_scenario(self.data))

    def shares(self) -> list[float]:
        """Share of the full sets that each week allows."""
        return [round(float(factors.own), 4) for factors in self.problem.factors]

    def tops(self) -> list[int]:
        """The most sets that each lift may have, in order of the lifts."""
        return [max(version.total for version in lift.versions) for lift in self.problem.lifts]


def only(
    rule: str,
    settings: str | Mapping[str, Any] | None = None,
    *,
    runs: Mapping[str, str | list[str]] | None = None,
    free: Mapping[str, list[str]] | None = None,
    sessions: Sequence[Mapping[str, Any]] = (LEGS,),
    lifts: int | list[int] = 1,
    weeks: int = 1,
    grid: int = 15,
    distances: Sequence[float] = (),
    also: Mapping[str, Any] | None = None,
    athlete: Mapping[str, Any] | None = None,
    running: Mapping[str, Any] | None = None,
    pattern: int = 0,
    listed: Sequence[tuple[int, ...]] = (),
    **more: Any,
) -> Trial:
    """Make a scenario in which all rules but this one are off.

    The free windows hold all the same: a start outside them is no option. `runs` is the repeating week,
    `free` the windows (06:00-21:00 if left out), `also` further rules that this one needs to make sense,
    `running` more keys of the runs, such as single dates. `listed` keeps to these versions, by their sets,
    where all of them are too many to try. A rule with a price is hard if not said otherwise.
    """
    if settings is None:
        settings = "hard" if "hard" in BY_ID[rule].parameters.model_fields else "on"
    windows = {"weekdays": ["06:00-21:00"], "weekend": ["06:00-21:00"]} if free is None else dict(free)
    week = {day: [_run(one) for one in _listed(text)] for day, text in (runs or {}).items()}
    data: dict[str, Any] = {
        "start": MONDAY,
        "weeks": weeks,
        "athlete": {"availability": windows, **(athlete or {})},
        "runs": {
            "week": week,
            **({"weekly_distance": list(distances)} if distances else {}),
            **(running or {}),
        },
        "strength": {
            "sessions_per_week": lifts,
            "grid_minutes": grid,
            "sessions": [dict(s) for s in sessions],
        },
        "rules": {one.id: "off" for one in CATALOGUE}
        | {"availability_window": "hard"}
        | dict(also or {})
        | {rule: settings if isinstance(settings, str) else dict(settings)},
        **more,
    }
    return Trial(rule, data, pattern, tuple(listed))


def _listed(text: str | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else text


def _run(text: str) -> dict[str, Any]:
    kind, start, minutes, *rest = text.split()
    run: dict[str, Any] = {"type": kind, "start": start, "minutes": int(minutes)}
    return {**run, "distance": f"{rest[0]} km"} if rest else run
