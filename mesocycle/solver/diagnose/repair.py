"""Repairs: candidates become patches of the scenario, each planned from the patched scenario and ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from mesocycle.models.clock import format_day, format_time
from mesocycle.models.diagnosis import Change, Repair
from mesocycle.models.paths import format_path, parse_path, with_value
from mesocycle.models.plan import Plan, Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.solver.diagnose.content import (
    count_relaxations,
    extra_versions,
    lighter_sessions,
    version_relaxations,
)
from mesocycle.solver.diagnose.hitting_sets import ENOUGH, Candidate, HittingSets
from mesocycle.solver.diagnose.relaxations import (
    must_relaxations,
    pin_relaxations,
    policy_relaxations,
    rest_day_relaxations,
    rule_relaxations,
)
from mesocycle.solver.diagnose.relaxed_model import RelaxedModel
from mesocycle.solver.diagnose.search import FoundConflict, WholeBlock
from mesocycle.solver.diagnose.windows import window_relaxations
from mesocycle.solver.rules.check import problems
from mesocycle.solver.solve import solve

MOST_REPAIRS = 5
# Two cores plan two repairs at a time; the solver lets go of Python's lock.
THREADS = 2
ROUNDS = 6
# More changes than anything has.
PATIENCE = 99


@dataclass(frozen=True, eq=False)
class Patch:
    """A candidate as changes of the scenario, with the steps of each change, and the scenario they make.

    `begun` means that the block is lived by already.
    """

    changes: tuple[Change, ...]
    steps_of: tuple[int, ...]
    order: int
    scenario: Scenario
    begun: bool = False

    @property
    def steps(self) -> int:
        """How much is loosened."""
        return sum(self.steps_of)

    def without(self, change: Change, scenario: Scenario) -> Patch | None:
        """The patch with one change undone; None where the others alone are not sound."""
        pairs = [pair for pair in zip(self.changes, self.steps_of, strict=True) if pair[0] is not change]
        changes, steps_of = (tuple(column) for column in zip(*pairs, strict=True))
        try:
            changed = patched(scenario, changes, begun=self.begun)
            return replace(self, changes=changes, steps_of=steps_of, scenario=changed)
        except ValueError:
            return None

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """Its changes, to know it again."""
        return tuple((change.path, repr(change.to)) for change in self.changes)


def repairs(
    whole: WholeBlock, conflicts: Sequence[FoundConflict], base: Plan | None = None
) -> tuple[Repair, ...]:
    """The least changes, tested on ever more week ranges until they help everywhere, then planned.

    Sessions are counted as moved beside `base`; beside the plan of the first repair if that is left out.
    """
    search = _Search(whole, conflicts)
    rows: list[tuple[Patch, Result | None]] = []
    for _ in range(ROUNDS):
        patches = list(search.patches())
        with ThreadPoolExecutor(THREADS) as pool:
            planned = list(zip(patches, pool.map(search.planned, patches), strict=True))
        vain = [patch for patch, result in planned if result and result.status is Status.INFEASIBLE]
        least = [search.least(patch, result) for patch, result in planned if patch not in vain]
        rows = sorted(
            {patch.key: (patch, result) for patch, result in least}.values(), key=lambda row: _rank(*row)
        )
        # What was planned in vain is looked into only where a better change of its kind could rank high.
        last = _rank(*rows[ENOUGH - 1])[:2] if len(rows) >= ENOUGH else (PATIENCE, 0)
        failed = next((patch for patch in vain if (len(patch.changes), patch.steps) < last), None)
        if failed is None or not search.learn_from(failed):
            break
    rows = [row for row in rows if not any(_contains(row[0], other[0]) for other in rows)]
    base = base or next((r.plan for _, r in rows if r is not None and r.plan is not None), None)
    week = conflicts[0].weeks[0] + 1
    return tuple(
        _repair(chr(ord("A") + at), patch, result, base, week)
        for at, (patch, result) in enumerate(rows[:MOST_REPAIRS])
    )


def _contains(patch: Patch, other: Patch) -> bool:
    """Whether a patch gives up all that another does, and more: further changes, or fewer lifts."""
    wide, narrow = ({change.path: change.to for change in side.changes} for side in (patch, other))
    if patch is other or not narrow.keys() <= wide.keys():
        return False
    pairs = [(wide[path], to) for path, to in narrow.items()]
    same = [a == b or _fewer_everywhere(a, b, patch.scenario) for a, b in pairs]
    return all(same) and (len(wide) > len(narrow) or any(a != b for a, b in pairs))


def _fewer_everywhere(first: Any, second: Any, scenario: Scenario) -> bool:
    """Whether numbers of lifts, one for all weeks or one for each, are nowhere above others."""
    weeks = scenario.week_count
    lists = [[value] * weeks if isinstance(value, int) else value for value in (first, second)]
    if not all(isinstance(values, list) and len(values) == weeks for values in lists):
        return False
    return all(isinstance(a, int) and isinstance(b, int) and a <= b for a, b in zip(*lists, strict=True))


class _Search:
    """Patches that repair all week ranges known so far, and how they are planned."""

    def __init__(self, whole: WholeBlock, conflicts: Sequence[FoundConflict]) -> None:
        self.whole = whole
        self.scenario = whole.problem.scenario
        self.known = [conflict.weeks for conflict in conflicts]
        self.alike = [weeks for conflict in conflicts for weeks in conflict.alike]
        together = [conflict.all_weeks for conflict in conflicts]
        every = tuple(sorted({week for weeks in together for week in weeks}))
        groups = [every, *together, *((week,) for weeks in self.known for week in weeks)]
        if any(len(weeks) > 1 for weeks in self.known):
            groups.append(tuple(whole.weeks))
        self.groups = list(dict.fromkeys(groups))
        self.possible = {
            week: most
            for conflict in conflicts
            if len(conflict.weeks) == 1
            for most in [whole.most_lifts(conflict.weeks[0])]
            for week in conflict.all_weeks
        }
        self.alone = len(conflicts) == 1 and not conflicts[0].alike
        self.lighter = list(lighter_sessions(self.scenario))
        self.extra = extra_versions(
            self.lighter, whole.problem.instance, whole.problem.factors, whole.problem.deload_weeks
        )
        self.model = HittingSets()
        self.results: dict[tuple[tuple[str, str], ...], Result | None] = {}
        self._added = 0

    def patches(self) -> Iterator[Patch]:
        """Yield patches; one that does not repair a week range shows one more to look at."""
        found: list[Patch] = []
        try:
            while True:
                for weeks in self.known[self._added :]:
                    self.model.add(self._relaxed(weeks))
                    self._added += 1
                found = []
                for order, candidate in enumerate(self.model.candidates(MOST_REPAIRS)):
                    patch = self._patch(candidate, order)
                    missed = None if patch is None else self._missed(patch)
                    if missed is not None:
                        self.known.append(missed)
                        break
                    if patch is not None:
                        found.append(patch)
                else:
                    break
        except TimeoutError:
            pass  # what was found until then is reported, though it may not be planned any more
        yield from found

    def _patch(self, candidate: Candidate, order: int) -> Patch | None:
        relaxations, begun = self.model.relaxations, self.whole.lived is not None
        used = [(relaxations[at], relaxations[at].levels[level]) for at, level in candidate.levels]
        changes = tuple(
            Change(path=format_path(relaxation.path), before=relaxation.before, to=level.to, text=level.text)
            for relaxation, level in used
        )
        try:
            scenario = patched(self.scenario, changes, begun=begun)
        except ValueError:  # two changes that are sound alone may not be together
            return None
        return Patch(changes, tuple(level.steps for _, level in used), order, scenario, begun)

    def _relaxed(self, weeks: tuple[int, ...]) -> RelaxedModel:
        week_range = self.whole.week_range(weeks, self.extra)
        relaxations = [
            *window_relaxations(self.scenario, week_range, self.alone),
            *rest_day_relaxations(self.scenario, week_range),
            *policy_relaxations(self.scenario, week_range),
            *pin_relaxations(self.scenario, week_range),
            *must_relaxations(self.scenario, week_range),
            *rule_relaxations(self.scenario, week_range),
            *count_relaxations(self.scenario, week_range, self.groups, self.possible),
            *version_relaxations(week_range, self.lighter),
        ]
        return RelaxedModel(week_range, relaxations, self.whole.effort)

    def _missed(self, patch: Patch) -> tuple[int, ...] | None:
        """A week range that fails alike and still does under a patch; of many the first, middle and last."""
        left = [weeks for weeks in self.alike if weeks not in self.known]
        if not left:
            return None
        changed = self.whole.changed(patch.scenario)
        sample = dict.fromkeys(left[at] for at in (0, len(left) // 2, -1))
        return next((weeks for weeks in sample if changed.fails(weeks)), None)

    def learn_from(self, patch: Patch) -> bool:
        """Look for what still fails under a patch that was planned in vain; False if nothing new is found."""
        changed = self.whole.changed(patch.scenario)
        weeks = changed.failing_weeks()[:1]
        if not weeks and changed.fails(changed.weeks):
            weeks = changed.failing_range(changed.weeks)
        if not weeks or weeks in self.known:
            return False
        self.known.append(weeks)
        return True

    def least(self, patch: Patch, result: Result | None) -> tuple[Patch, Result | None]:
        """Undo changes that a block does not need after all: what one change does may do another's work.

        The small models see only what each change does to the cases they know; a session without leg work,
        for instance, also ends the demand for leg work.
        """
        for change in patch.changes if len(patch.changes) > 1 else ():
            fewer = patch.without(change, self.scenario)
            without = None if fewer is None else self.planned(fewer)
            if fewer is not None and without is not None and without.plan is not None:
                return self.least(fewer, without)
        return patch, result

    def planned(self, patch: Patch) -> Result | None:
        """The best block under a patch; None if the time was up."""
        if patch.key not in self.results:
            self.whole.effort.solves += 1
            deadline = self.whole.effort.deadline
            if deadline.passed:
                self.whole.effort.out_of_time = True
                return None
            try:
                result = solve(
                    patch.scenario,
                    time_limit=deadline.left(),
                    stop=deadline.event,
                    lived=self.whole.lived,
                )
            except KeyboardInterrupt:  # stopped with no block found yet
                return None
            self.results[patch.key] = result
        return self.results[patch.key]


def patched(scenario: Scenario, changes: Sequence[Change], *, begun: bool = False) -> Scenario:
    """Return the scenario with changes; where the block has `begun` there may be no room left for a session.

    Raises
    ------
    ValueError
        If it would not be a sound scenario.
    """
    data = scenario.model_dump(mode="python", exclude_unset=True)
    for change in changes:
        data = with_value(data, parse_path(change.path), change.to)
    changed = Scenario.model_validate(data)
    wrong = next(problems(changed, begun=begun), None)
    if wrong is not None:
        raise ValueError(f"{wrong.key}: {wrong.message}")
    return changed


def _rank(patch: Patch, result: Result | None) -> tuple[int, int, float, int]:
    points = float("inf") if result is None or result.objective is None else result.objective
    return len(patch.changes), patch.steps, points, patch.order


def _repair(name: str, patch: Patch, result: Result | None, base: Plan | None, week: int) -> Repair:
    plan = None if result is None else result.plan
    return Repair(
        name=name,
        changes=patch.changes,
        objective=None if result is None else result.objective,
        proven=result is not None and result.proven,
        verified=plan is not None,
        sessions_moved=None if plan is None or base is None else _moved(plan, base),
        lifts="" if plan is None else _lifts(plan, week),
    )


def _moved(plan: Plan, base: Plan) -> int:
    """Sessions that stand elsewhere than in another plan, or in one of the two alone."""
    places, before = ({s.id: (s.date, s.start) for s in side.sessions} for side in (plan, base))
    return sum(places.get(name) != before.get(name) for name in places.keys() | before.keys())


def _lifts(plan: Plan, week: int) -> str:
    sessions = (session for session in plan.sessions if session.week == week)
    return ", ".join(f"{s.session} {format_day(s.date)[:3]} {format_time(s.start)}" for s in sessions)
