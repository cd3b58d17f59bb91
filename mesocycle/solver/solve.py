"""From a scenario to a checked result: read the calendar, build, search, verify."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

import numpy as np

from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Audit, Plan, Reference, Status
from mesocycle.models.result import Proof, Result, RunInfo
from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.certificate import certificate
from mesocycle.solver.model.grounding import Grounded, few_versions
from mesocycle.solver.model.optimum import Outcome, Relaxed
from mesocycle.solver.model.rotation import Moments, best_weeks
from mesocycle.solver.model.search import PARAMETERS, Answer, Deadline, Progress
from mesocycle.solver.model.tally import points_by_rule
from mesocycle.solver.plan.notes import block_notes, left_out_notes, offered, short_notes
from mesocycle.solver.plan.planning import build_plan, calendar_runs
from mesocycle.solver.plan.why import reasons
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.rules.base import Changes
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import agree, verify

MESOCYCLE_VERSION = version("mesocycle")
ORTOOLS_VERSION = version("ortools")


@dataclass
class _Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys(("read", "build", "solve", "verify"), 0.0)
    )
    _since: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """Book the time since the last lap under a stage."""
        now = time.perf_counter()
        self.seconds[stage] += now - self._since
        self._since = now


def solve(
    scenario: Scenario,
    *,
    time_limit: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    read_seconds: float = 0.0,
    stop: threading.Event | None = None,
    reference: Reference | None = None,
    certified: Callable[[dict[str, Any]], None] | None = None,
) -> Result:
    """Plan the block of a scenario.

    Parameters
    ----------
    scenario : Scenario
        A runner, his runs and his wishes.
    time_limit : float, optional
        Seconds for building and solving together; the best block so far comes back with its gap.
    workers : int
        Solver threads. One is fastest and the default; the answer does not depend on it.
    progress : callable, optional
        Called with (points of the best block or None, bound or None) while the solver runs.
    read_seconds : float
        Seconds already spent on reading, for the result's record.
    stop : threading.Event, optional
        Set from outside, it ends the search: the best block so far comes back.
    reference : Reference, optional
        Of equally good blocks the one nearest to this plan is taken: fewest sessions moved.
    certified : callable, optional
        Given the certificate of the bound, ready for JSON, where there is one.

    Returns
    -------
    Result
        Checked by an independent verifier before it is returned.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    InternalError
        If the verifier disagrees with the solver: our mistake, and no plan is returned.
    KeyboardInterrupt
        If interrupted before any block was found.
    """
    deadline = Deadline(time_limit, stop)
    clock = _Clock()
    clock.seconds["read"] = read_seconds
    instance = understand(scenario)
    patterns = _patterns(instance, reference)
    relaxed = _relaxed(instance, patterns, deadline, workers, clock, reference)
    best, answer = _best_pattern(relaxed, len(patterns), deadline, progress, clock)
    plan, audit = None, Audit(breaches=(), costs=())
    if best is not None and answer.chosen is not None:
        plan, audit = planned(instance, best, answer, clock.lap)
    if certified is not None and answer.status is not Status.INFEASIBLE and len(relaxed) == len(patterns):
        proven = certificate(relaxed, fingerprint(scenario))
        if proven is not None:
            certified(proven)
    notes = [*instance.notes, *(block_notes(best.problem) if best is not None else ())]
    if best is not None and answer.chosen is not None:
        notes += left_out_notes(best.problem, answer.chosen)
        notes += short_notes(best.problem, answer.chosen)
    if plan is not None:
        notes += [notice.text for notice in plan.notices]
    if answer.status is Status.OPTIMAL and not answer.canonical:
        which = "most readable" if reference is None else "nearest"
        notes.append(
            f"Time was up before the {which} of the equally good blocks was found; this is one of them."
        )
    return Result(
        name=scenario.name,
        units=scenario.units,
        status=answer.status,
        proven=answer.status is Status.OPTIMAL,
        objective=answer.objective,
        bound=answer.bound,
        proof=_proof(instance, relaxed, answer),
        plan=plan,
        costs=audit.costs,
        runs=calendar_runs(instance.calendar),
        notes=tuple(notes),
        exercise_names=_names(instance, plan),
        run=RunInfo(
            mesocycle=MESOCYCLE_VERSION,
            ortools=ORTOOLS_VERSION,
            input_sha256=fingerprint(scenario),
            parameters={**PARAMETERS, "num_workers": workers, "time_limit": time_limit},
            seconds={stage: round(value, 3) for stage, value in clock.seconds.items()},
        ),
    )


def _names(instance: Instance, plan: Plan | None) -> dict[str, str]:
    """How the exercises of a plan are called, those left out for lack of time included."""
    sessions = () if plan is None else plan.sessions
    used = {one for s in sessions for one in (*(item.exercise for item in s.exercises), *s.dropped)}
    return {one.id: one.name for one in instance.exercises.values() if one.id in used}


def fingerprint(scenario: Scenario) -> str:
    """Hash of what a scenario says, whatever the order of its keys or the layout of its file."""
    said = scenario.model_dump(mode="json", exclude={"variants", "grid"})  # they are for other plans
    data = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def _best_pattern(
    relaxed: Mapping[int, Relaxed], count: int, deadline: Deadline, progress: Progress | None, clock: _Clock
) -> tuple[Grounded | None, Answer]:
    """Of so many patterns of lighter weeks, solve those that may hold the best block by their bounds.

    Ties go to the reference's own pattern, then to the first.
    """
    best: tuple[int, Outcome] | None = None
    bounds: dict[int, int | None] = {at: one.bound for at, one in relaxed.items()}
    for at in sorted(relaxed, key=lambda at: (float("inf") if bounds[at] is None else bounds[at], at)):
        least = None
        if best is not None and best[1].answer.objective is not None:
            # An earlier pattern may tie, a later one has to be better.
            least = best[1].answer.objective + (at < best[0])
            if least <= (bounds[at] or 0):
                continue
        try:
            found = relaxed[at].search(progress, below=least)
        except KeyboardInterrupt:
            # A block is there already: it is the answer, unproven.
            if best is None:
                raise
            deadline.stop()
            break
        finally:
            clock.lap("solve")
        bounds[at] = found.answer.bound if found.answer.status is not Status.INFEASIBLE else None
        if found.answer.status is Status.INFEASIBLE:
            del bounds[at]
        elif found.answer.chosen is not None:
            best = (at, found)
    open_count = count - len(relaxed)
    if best is None:
        unknown = bool(bounds) or open_count > 0
        return None, Answer(
            Status.UNKNOWN if unknown else Status.INFEASIBLE, None, _bound(bounds, open_count), None
        )
    grounded, answer = best[1].grounded, best[1].answer
    bound = _bound(bounds, open_count)
    if answer.status is Status.OPTIMAL and bound is not None and bound >= (answer.objective or 0):
        return grounded, answer
    return grounded, replace(answer, status=Status.FEASIBLE, bound=bound, canonical=False)


def _bound(bounds: Mapping[int, int | None], open_count: int) -> int | None:
    """What no block has fewer points than; None where a pattern is not bounded yet."""
    known = [bound for bound in bounds.values() if bound is not None]
    return None if open_count or len(known) < len(bounds) or not known else min(known)


def _patterns(instance: Instance, reference: Reference | None) -> tuple[frozenset[int], ...]:
    """The patterns of lighter weeks, that of the reference first."""
    patterns = deload_weeks.patterns(instance.calendar, instance.settings.deload_weeks)
    if reference is None:
        return patterns
    before = frozenset(week - 1 for week in reference.lighter_weeks)
    return tuple(sorted(patterns, key=lambda pattern: pattern != before))


def _relaxed(
    instance: Instance,
    patterns: Sequence[frozenset[int]],
    deadline: Deadline,
    workers: int,
    clock: _Clock,
    reference: Reference | None,
) -> dict[int, Relaxed]:
    """The relaxation of each pattern, as far as half of the time goes; the first in any case."""
    relaxed: dict[int, Relaxed] = {}
    limit, before = deadline.part(0.5), None
    for at, pattern in enumerate(patterns):
        if relaxed and limit.passed:
            break
        few = few_versions(instance, pattern)
        relaxed[at] = before = Relaxed(few, reference, deadline, workers, limit=limit, like=before)
        clock.lap("build")
    return relaxed


def _proof(instance: Instance, relaxed: Mapping[int, Relaxed], answer: Answer) -> Proof | None:
    """What is proven of the points, and over which blocks."""
    if answer.bound is None and answer.status is not Status.INFEASIBLE:
        return None
    bounds = [one.bound for one in relaxed.values()]
    alone = answer.bound is not None and all(bound is not None and bound >= answer.bound for bound in bounds)
    return Proof(
        bound=answer.bound,
        how="relaxation" if alone else "search",
        offered=offered(next(iter(relaxed.values())).few, len(relaxed)),
    )


def _weeks_of_change(grounded: Grounded, answer: Answer) -> Moments:
    """Of the equally good weeks of change the most sensible ones; an unproven block may only gain by it."""
    chosen = answer.chosen or ()
    chains = [case for _, case in grounded.cases if isinstance(case, Changes)]
    problem, picked = grounded.problem, grounded.problem.options.take(np.array(chosen, dtype=np.int64))
    lifts = picked.lift.tolist()
    sets = {
        lift: problem.lifts[lift].versions[version].sets
        for lift, version in zip(lifts, picked.version.tolist(), strict=True)
    }
    moments = best_weeks(chains, sets, dict(zip(lifts, picked.day.tolist(), strict=True)))
    if answer.status is Status.OPTIMAL:
        return moments
    # The objective is told with the block: it may not fall behind its back.
    now, then = (sum(points_by_rule(grounded, chosen, weeks).values()) for weeks in (answer.changes, moments))
    return moments if then == now else answer.changes


def planned(
    instance: Instance, grounded: Grounded, answer: Answer, lap: Callable[[str], None] = lambda stage: None
) -> tuple[Plan, Audit]:
    """Turn an answer with a block into its plan, with reasons, judged by the checker.

    Raises
    ------
    InternalError
        If the checker disagrees with the solver.
    """
    chosen = answer.chosen or ()
    changes = _weeks_of_change(grounded, answer)
    plan = build_plan(grounded.problem, chosen, changes)
    texts = reasons(grounded, chosen)
    plan = plan.model_copy(
        update={"sessions": tuple(s.model_copy(update={"why": texts[s.id]}) for s in plan.sessions)}
    )
    lap("build")
    audit = verify(instance, plan)
    _compare(audit, answer, points_by_rule(grounded, chosen, changes))
    lap("verify")
    return plan, audit


def _compare(audit: Audit, answer: Answer, points: Mapping[str, int]) -> None:
    differences = [f"{breach.rule}: {breach.text}" for breach in audit.breaches]
    differences += agree(audit, points)
    if audit.points != answer.objective:
        differences.append(f"the verifier counts {audit.points} points, the solver {answer.objective}")
    if differences:
        raise InternalError(
            "the planned block did not pass its own check; please report this with the scenario",
            tuple(differences[:20]),
        )
