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
from mesocycle.solver.diagnose.content import count_knobs, extra_versions, lighter_sessions, version_knobs
from mesocycle.solver.diagnose.hitting_sets import ENOUGH, Candidate, Repairs
from mesocycle.solver.diagnose.relaxations import Knob, policy_knobs, rest_day_knobs, rule_knobs
from mesocycle.solver.diagnose.relaxed_model import Knobbed
from mesocycle.solver.diagnose.search import Found, Whole, whole_of
from mesocycle.solver.diagnose.windows import window_knobs
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
    """A candidate as changes of the scenario, with the steps of each, and the scenario they make."""

    changes: tuple[Change, ...]
    each: tuple[int, ...]
    order: int
    scenario: Scenario

    @property
    def steps(self) -> int:
        """How much is loosened."""
        return sum(self.each)

    def without(self, change: Change, scenario: Scenario) -> Patch | None:
        """The patch with one change undone; None where the others alone are not sound."""
        pairs = [pair for pair in zip(self.changes, self.each, strict=True) if pair[0] is not change]
        left = tuple(one for one, _ in pairs)
        try:
            return replace(
                self, changes=left, each=tuple(steps for _, steps in pairs), scenario=patched(scenario, left)
            )
        except ValueError:
            return None

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """Its changes, to know it again."""
        return tuple((change.path, repr(change.to)) for change in self.changes)


def repairs(whole: Whole, found: Sequence[Found]) -> tuple[Repair, ...]:
    """The least changes, tested on ever more stretches until they help everywhere, then planned."""
    search = _Search(whole, found)
    rows: list[tuple[Patch, Result | None]] = []
    for _ in range(ROUNDS):
        patches = list(search.patches())
        with ThreadPoolExecutor(THREADS) as pool:
            planned = list(zip(patches, pool.map(search.planned, patches), strict=True))
        least = [search.least(patch, result) for patch, result in planned if not _is_infeasible(result)]
        rows = sorted(
            {patch.key: (patch, result) for patch, result in least}.values(), key=lambda row: _rank(*row)
        )
        # What was planned in vain is looked into only where a better change of its kind could rank high.
        last = _rank(*rows[ENOUGH - 1])[:2] if len(rows) >= ENOUGH else (PATIENCE, 0)
        vain = [patch for patch, result in planned if _is_infeasible(result)]
        failed = next((patch for patch in vain if (len(patch.changes), patch.steps) < last), None)
        if failed is None or not search.learn_from(failed):
            break
    rows = [row for row in rows if not any(_contains(row[0], other[0]) for other in rows)]
    base = next((r.plan for _, r in rows if r is not None and r.plan is not None), None)
    week = found[0].weeks[0] + 1
    return tuple(
        _repair(chr(ord("A") + at), patch, result, base, week)
        for at, (patch, result) in enumerate(rows[:MOST_REPAIRS])
    )


def _contains(patch: Patch, other: Patch) -> bool:
    """Whether a patch gives up all that another does, and more: further changes, or fewer lifts."""
    mine, theirs = ({change.path: change.to for change in one.changes} for one in (patch, other))
    if patch is other or not theirs.keys() <= mine.keys():
        return False
    pairs = [(mine[path], to) for path, to in theirs.items()]
    same = [a == b or _fewer_everywhere(a, b, patch.scenario) for a, b in pairs]
    return all(same) and (len(mine) > len(theirs) or any(a != b for a, b in pairs))


def _fewer_everywhere(mine: Any, theirs: Any, scenario: Scenario) -> bool:
    weeks = scenario.week_count
    lists = [[one] * weeks if isinstance(one, int) else one for one in (mine, theirs)]
    if not all(isinstance(one, list) and len(one) == weeks for one in lists):
        return False
    return all(isinstance(a, int) and isinstance(b, int) and a <= b for a, b in zip(*lists, strict=True))


def _is_infeasible(result: Result | None) -> bool:
    return result is not None and result.status is Status.INFEASIBLE


class _Search:
    """Patches that mend all stretches known so far, and how they are planned."""

    def __init__(self, whole: Whole, found: Sequence[Found]) -> None:
        self.whole = whole
        self.scenario = whole.problem.scenario
        self.known = [one.weeks for one in found]
        self.alike = [weeks for one in found for weeks in one.alike]
        together = [tuple(sorted({*one.weeks, *(w for weeks in one.alike for w in weeks)})) for one in found]
        every = tuple(sorted({week for weeks in together for week in weeks}))
        groups = [every, *together, *((week,) for weeks in self.known for week in weeks)]
        if any(len(weeks) > 1 for weeks in self.known):
            groups.append(tuple(whole.weeks))
        self.groups = list(dict.fromkeys(groups))
        self.possible = {
            week: most
            for one in found
            if len(one.weeks) == 1
            for most in [whole.most_lifts(one.weeks[0])]
            for week in (*one.weeks, *(week for weeks in one.alike for week in weeks))
        }
        self.alone = len(found) == 1 and not found[0].alike
        self.lighter = list(lighter_sessions(self.scenario))
        problem = whole.problem
        self.extra = extra_versions(self.lighter, problem.instance, problem.factors)
        self.model = Repairs()
        self.results: dict[tuple[tuple[str, str], ...], Result | None] = {}
        self._added = 0

    def patches(self) -> Iterator[Patch]:
        """Yield patches; those that leave a stretch unmended show one more stretch to look at."""
        found: list[Patch] = []
        try:
            while True:
                for weeks in self.known[self._added :]:
                    self.model.add(self._knobbed(weeks))
                    self._added += 1
                found = []
                for order, candidate in enumerate(self.model.candidates(MOST_REPAIRS)):
                    patch = _patch(self.scenario, self.model.knobs, candidate, order)
                    missed = None if patch is None else self._missed(patch)
                    if missed is not None:
                        self.known.append(missed)
                        break
                    if patch is not None:
                        found.append(patch)
                else:
                    break
        except TimeoutError:
            pass  # what was found until then is told, though it may not be planned any more
        yield from found

    def _knobbed(self, weeks: tuple[int, ...]) -> Knobbed:
        stretch = self.whole.stretch(weeks, self.extra)
        knobs = [
            *window_knobs(self.scenario, stretch, self.alone),
            *rest_day_knobs(self.scenario, stretch),
            *policy_knobs(self.scenario, stretch),
            *rule_knobs(self.scenario, stretch),
            *count_knobs(self.scenario, stretch, self.groups, self.possible),
            *version_knobs(stretch, self.lighter),
        ]
        return Knobbed(stretch, knobs, self.whole.effort)

    def _missed(self, patch: Patch) -> tuple[int, ...] | None:
        """A stretch that fails alike and still does under a patch; the first, middle and last are asked."""
        left = [weeks for weeks in self.alike if weeks not in self.known]
        asked = dict.fromkeys(left[at] for at in (0, len(left) // 2, -1)) if left else {}
        changed = whole_of(patch.scenario, self.whole.effort) if asked else None
        return next((weeks for weeks in asked if changed is not None and changed.fails(weeks)), None)

    def learn_from(self, patch: Patch) -> bool:
        """Look for what still fails under a patch that was planned in vain; False if nothing new is found."""
        changed = whole_of(patch.scenario, self.whole.effort)
        failing = changed.failing_weeks()
        weeks = failing[:1] or (
            changed.failing_stretch(changed.weeks) if changed.fails(changed.weeks) else ()
        )
        if not weeks or weeks in self.known:
            return False
        self.known.append(weeks)
        return True

    def least(self, patch: Patch, result: Result | None) -> tuple[Patch, Result | None]:
        """Undo changes that a block does not need after all: what one change does may do another's work.

        The small models ask of each change only what it does to the cases they know; a session without leg
        work, for one, also ends the demand for leg work.
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
                result = solve(patch.scenario, time_limit=deadline.left(), stop=deadline.event)
            except KeyboardInterrupt:  # asked to stop with no block found yet
                return None
            self.results[patch.key] = result
        return self.results[patch.key]


def _patch(scenario: Scenario, knobs: Sequence[Knob], candidate: Candidate, order: int) -> Patch | None:
    changes = tuple(
        Change(
            path=format_path(knobs[at].path),
            before=knobs[at].before,
            to=knobs[at].levels[level].to,
            text=knobs[at].levels[level].text,
        )
        for at, level in candidate.levels
    )
    try:
        each = tuple(knobs[at].levels[level].steps for at, level in candidate.levels)
        return Patch(changes, each, order, patched(scenario, changes))
    except ValueError:  # two changes that are sound alone may not be together
        return None


def patched(scenario: Scenario, changes: Sequence[Change]) -> Scenario:
    """Return the scenario with changes.

    Raises
    ------
    ValueError
        If it would not be a sound scenario.
    """
    data = scenario.model_dump(mode="python", exclude_unset=True)
    for change in changes:
        data = with_value(data, parse_path(change.path), change.to)
    changed = Scenario.model_validate(data)
    wrong = next(problems(changed), None)
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
    mine, theirs = ({s.id: (s.date, s.start) for s in one.sessions} for one in (plan, base))
    return sum(mine.get(name) != theirs.get(name) for name in mine.keys() | theirs.keys())


def _lifts(plan: Plan, week: int) -> str:
    mine = [session for session in plan.sessions if session.week == week]
    return ", ".join(f"{s.session} {format_day(s.date)[:3]} {format_time(s.start)}" for s in mine)
