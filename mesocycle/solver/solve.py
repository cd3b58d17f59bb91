"""From a scenario to a checked result: read the calendar, build, search, verify."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Audit, Plan, Reference, Status
from mesocycle.models.result import Proof, Result, RunInfo
from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.lived import Lived, living
from mesocycle.solver.model.certificate import certificate
from mesocycle.solver.model.goal import POINTS, Goal
from mesocycle.solver.model.grounding import Grounded, points_by_rule
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.rotation import Moments, best_weeks
from mesocycle.solver.model.search import PARAMETERS, Answer, Deadline, Progress
from mesocycle.solver.model.settled import SETTLED
from mesocycle.solver.model.stay import STAY, Stay
from mesocycle.solver.patterns import PatternSearch
from mesocycle.solver.plan.notes import advice_notes, block_notes, left_out_notes, offered, short_notes
from mesocycle.solver.plan.planning import build_plan, calendar_runs
from mesocycle.solver.plan.targets import target_notes
from mesocycle.solver.plan.why import reasons
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


@dataclass(frozen=True, eq=False)
class Solved:
    """A result with what it was proven by."""

    result: Result
    instance: Instance
    search: PatternSearch


def solve(scenario: Scenario, **how: Any) -> Result:
    """Plan the block of a scenario; arguments and errors as in `solved`."""
    return solved(scenario, **how).result


def solved(
    scenario: Scenario,
    *,
    time_limit: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    read_seconds: float = 0.0,
    stop: threading.Event | None = None,
    reference: Reference | None = None,
    lived: Lived | None = None,
    stay: Stay | None = None,
    certified: Callable[[dict[str, Any]], None] | None = None,
) -> Solved:
    """Plan the block of a scenario, and keep what it was proven by.

    Parameters
    ----------
    scenario : Scenario
        A runner, his runs and his wishes.
    time_limit : float, optional
        Seconds for building and solving together; the best block so far comes back with its gap.
    workers : int
        Solver threads. One is fastest and the default; the answer does not depend on it.
    progress : callable, optional
        Called with (points of the incumbent or None, bound or None) while the solver runs.
    read_seconds : float
        Seconds already spent on reading, for the result's record.
    stop : threading.Event, optional
        Set from outside, it ends the search: the best block so far comes back.
    reference : Reference, optional
        Of equally good blocks the one nearest to this plan is taken: fewest sessions moved.
    lived : Lived, optional
        What is settled of the block already; the rest is planned from its moment on.
    stay : Stay, optional
        What the rest stays near to, at a price.
    certified : callable, optional
        Given the certificate of the bound, ready for JSON, where there is one.

    Returns
    -------
    Solved
        Its result was checked by an independent verifier.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ValueError
        If what is settled does not fit the scenario.
    InternalError
        If the verifier disagrees with the solver: our mistake, and no plan is returned.
    KeyboardInterrupt
        If interrupted before any block was found.
    """
    deadline = Deadline(time_limit, stop)
    clock = _Clock()
    clock.seconds["read"] = read_seconds
    instance = understand(scenario, begun=lived is not None)
    if lived is not None:
        instance = living(instance, lived)
    goal = POINTS if stay is None else Goal(stay=stay)
    search = PatternSearch(instance, reference, deadline, workers, clock.lap, goal)
    grounded, answer = search.best(progress)
    plan, audit = None, Audit(breaches=(), costs=())
    if grounded is not None and answer.chosen is not None:
        plan, audit = planned(instance, grounded, answer, clock.lap)
        if lived is not None:
            plan = _as_told(plan, lived.plan)
    shown = _beside(answer, audit) if lived is not None and plan is not None else answer
    if certified is not None and answer.status is not Status.INFEASIBLE and not search.unrelaxed:
        proven = certificate(search.relaxed, fingerprint(scenario))
        if proven is not None:
            certified(proven)
    result = Result(
        name=scenario.name,
        units=scenario.units,
        status=answer.status,
        proven=answer.status is Status.OPTIMAL,
        objective=shown.objective,
        bound=shown.bound,
        proof=_proof(search.relaxed, answer, shown.bound),
        plan=plan,
        costs=audit.costs,
        runs=calendar_runs(instance.calendar),
        notes=(*instance.notes, *_notes(instance, grounded, answer, plan, reference)),
        exercise_names=_names(instance, plan),
        run=RunInfo(
            mesocycle=MESOCYCLE_VERSION,
            ortools=ORTOOLS_VERSION,
            input_sha256=fingerprint(scenario),
            parameters={**PARAMETERS, "num_workers": workers, "time_limit": time_limit},
            seconds={stage: round(value, 3) for stage, value in clock.seconds.items()},
        ),
    )
    return Solved(result, instance, search)


def _beside(answer: Answer, audit: Audit) -> Answer:
    """The answer in the checker's points: what is settled may have others, the same in every block."""
    other = (answer.objective or 0) - audit.points
    bound = None if answer.bound is None else answer.bound - other
    return replace(answer, objective=audit.points, bound=bound)


def _as_told(plan: Plan, lived: Plan) -> Plan:
    """What is settled is there for the reason that was told when it was planned."""
    texts = {session.id: session.why for session in lived.sessions}
    told = (one.model_copy(update={"why": texts.get(one.id, one.why)}) for one in plan.sessions)
    return plan.model_copy(update={"sessions": tuple(told)})


def _notes(
    instance: Instance,
    grounded: Grounded | None,
    answer: Answer,
    plan: Plan | None,
    reference: Reference | None,
) -> Iterator[str]:
    """What the runner may not expect of the block, and of the answer."""
    if grounded is not None:
        yield from block_notes(grounded.problem)
        if answer.chosen is not None:
            yield from left_out_notes(grounded.problem, answer.chosen)
            yield from short_notes(grounded.problem, answer.chosen)
            yield from advice_notes(grounded.problem, answer.chosen)
    if plan is not None:
        yield from (notice.text for notice in plan.notices)
        yield from target_notes(instance, plan)
    if answer.status is Status.OPTIMAL and not answer.canonical:
        which = "most readable" if reference is None else "nearest"
        yield f"Time was up before the {which} of the equally good blocks was found; this is one of them."


def _names(instance: Instance, plan: Plan | None) -> dict[str, str]:
    """How the exercises of a plan are called, those left out for lack of time included."""
    sessions = () if plan is None else plan.sessions
    used = {name for s in sessions for name in (*(item.exercise for item in s.exercises), *s.dropped)}
    return {exercise.id: exercise.name for exercise in instance.exercises.values() if exercise.id in used}


def fingerprint(scenario: Scenario) -> str:
    """Hash of a scenario's content, whatever the order of its keys or the layout of its file."""
    content = scenario.model_dump(mode="json", exclude={"variants", "grid"})  # they are for other plans
    if not scenario.strength.targets:
        del content["strength"]["targets"]  # so a scenario without any is what it was before there were some
    data = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def _proof(relaxed: Mapping[int, Relaxed], answer: Answer, bound: int | None) -> Proof | None:
    """What is proven of the points, and over which blocks; `bound` as it is shown."""
    if answer.bound is None and answer.status is not Status.INFEASIBLE:
        return None
    bounds = [relaxation.bound for relaxation in relaxed.values()]
    alone = answer.bound is not None and all(bound is not None and bound >= answer.bound for bound in bounds)
    return Proof(
        bound=bound,
        how="relaxation" if alone else "search",
        offered=offered(next(iter(relaxed.values())).few, len(relaxed)),
    )


def _weeks_of_change(grounded: Grounded, answer: Answer) -> Moments:
    """Of the equally good weeks of change the most sensible ones; an unproven block may only gain by it."""
    chosen = answer.chosen or ()
    chains = [case for _, case in grounded.cases if isinstance(case, Changes)]
    problem = grounded.problem
    sets = {problem.lift_at(at).index: problem.version_at(at).sets for at in chosen}
    days = {problem.lift_at(at).index: int(problem.options.day[at]) for at in chosen}
    moments = best_weeks(chains, sets, days)
    if answer.status is Status.OPTIMAL:
        return moments
    # The objective is reported with the block: it must not change any more.
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
    made = instance.past.changes if instance.past is not None else frozenset()
    plan = build_plan(grounded.problem, chosen, {*changes, *made})
    texts = reasons(grounded, chosen)
    plan = plan.model_copy(
        update={"sessions": tuple(s.model_copy(update={"why": texts[s.id]}) for s in plan.sessions)}
    )
    lap("build")
    audit = verify(instance, plan)
    points = points_by_rule(grounded, chosen, changes)
    near = points.pop(STAY, 0)  # no rule's
    if points.pop(SETTLED, 0):
        raise InternalError("what was done does not take place in the planned block")
    told = points if instance.past is None else _as_checked(points, grounded, chosen, plan)
    _compare(audit, (answer.objective or 0) - near + sum(told.values()) - sum(points.values()), told)
    lap("verify")
    return plan, audit


def _as_checked(
    points: Mapping[str, int], grounded: Grounded, chosen: Sequence[int], plan: Plan
) -> dict[str, int]:
    """Points by rule, with what is settled priced as the checker does.

    What breaks a hard rule may be counted in two ways where a price sums what that rule keeps apart. As it is
    the same in every block, only what is added to it has to agree. What changes in turn is priced by whole
    chains, of which settled sessions alone tell nothing.
    """
    problem, instance = grounded.problem, grounded.problem.instance
    own = [at for at in chosen if problem.lift_at(at).settled is not None]
    names = {problem.lift_at(at).id for at in own}
    settled = tuple(session for session in plan.sessions if session.id in names)
    counted = points_by_rule(grounded, own)
    counted.pop(SETTLED, None)
    checked = verify(instance, plan.model_copy(update={"sessions": settled}))
    beyond = {cost.rule: cost.points for cost in checked.costs}
    for rule in {rule for rule, case in grounded.cases if isinstance(case, Changes)}:
        counted.pop(rule, None)
        beyond.pop(rule, None)
    return {
        rule: points.get(rule, 0) + beyond.get(rule, 0) - counted.get(rule, 0)
        for rule in dict.fromkeys([*points, *beyond, *counted])
    }


def _compare(audit: Audit, objective: int, points: Mapping[str, int]) -> None:
    differences = [f"{breach.rule}: {breach.text}" for breach in audit.breaches]
    differences += agree(audit, points)
    if audit.points != objective:
        differences.append(f"the verifier counts {audit.points} points, the solver {objective}")
    if differences:
        raise InternalError(
            "the planned block did not pass its own check; please report this with the scenario",
            tuple(differences[:20]),
        )
