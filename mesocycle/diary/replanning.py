"""Planning the rest of a block again: what it would be, and its publication."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from mesocycle.diary import changed, settled
from mesocycle.diary.now import Now
from mesocycle.diary.remarks import PLACING
from mesocycle.models.clock import format_day
from mesocycle.models.diagnosis import Diagnosis
from mesocycle.models.living import Compromise, Replan
from mesocycle.models.plan import Audit, CalendarRun, Plan, Status
from mesocycle.models.result import Result
from mesocycle.solver.diagnose import diagnose
from mesocycle.solver.instance.calendar import build_calendar
from mesocycle.solver.lived import living
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.plan.difference import difference_between
from mesocycle.solver.plan.planning import calendar_runs
from mesocycle.solver.replan import Replanned, Wishes, replan
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

# What a runner waits for the reason why there is no plan, and for what would help.
DIAGNOSIS_SECONDS = 30.0


@dataclass(frozen=True)
class Asked:
    """How a block is planned again.

    Attributes
    ----------
    since : date, optional
        The first day that may change; from now on if left out.
    hold : int
        Changes within so many days are moves.
    stay : int
        Points that a move has to win.
    moves : int, optional
        So many moves at most.
    """

    since: date | None = None
    hold: int = 7
    stay: int = 12
    moves: int | None = None


def planned_again(now: Now, asked: Asked, deadline: Deadline) -> Replanned:
    """The rest of a block, planned again.

    Raises
    ------
    ScenarioError
        If what changed cannot be, such as two runs at once.
    """
    scenario = changed.scenario_now(now)
    lived = settled.lived(now, asked.since)
    before = settled.before(now)
    # A session that the scenario no longer has goes without being asked.
    spared = changed.spared(now, scenario) | settled.strangers(now, before)
    wishes = Wishes(asked.hold, asked.stay, asked.moves, spared)
    return replan(scenario, lived, before, wishes, deadline)


def _diagnosis(now: Now, asked: Asked, before: Plan) -> Diagnosis:
    """Which rules cannot all be kept from here on, and what would help."""
    lived = settled.lived(now, asked.since)
    return diagnose(changed.scenario_now(now), Deadline(DIAGNOSIS_SECONDS), lived, before)


def _paid(result: Result, today: date) -> int:
    """Points of a plan for days that are past."""
    cases = [case for cost in result.costs for case in cost.cases]
    return sum(case.points for case in cases if case.dates and max(case.dates) < today)


def _forced(now: Now, before: Plan, after: Plan) -> tuple[str, ...]:
    """Sessions that leave a day which something happened to."""
    spared = changed.spared(now, changed.scenario_now(now))
    days = {one.id: one.date for one in after.sessions}
    return tuple(
        one.id
        for one in before.sessions
        if one.id in spared and one.date >= now.today and days.get(one.id) != one.date
    )


def told(now: Now, found: Replanned, asked: Asked) -> Replan:
    """What planning again comes to, beside the plan as it stands; or why there is no plan."""
    standing = settled.before(now)
    difference = None
    broken: tuple[str, ...] = ()
    if found.result.plan is not None:
        # What is settled is the same in both, whatever a card would say of it today.
        past = {one.id: one for one in settled.lived(now, asked.since).plan.sessions}
        plan = found.result.plan
        kept = tuple(past.get(one.id, one) for one in plan.sessions)
        weeks = tuple(settled.as_filled(now, week, kept) for week in plan.weeks)
        after = plan.model_copy(update={"sessions": kept, "weeks": weeks})
        audit = _audited(now, _with_past_of(standing, plan, past))
        difference = difference_between(
            _judged(now, standing, audit), found.result.model_copy(update={"plan": after}), judged=True
        )
        broken = tuple(dict.fromkeys(breach.text for breach in audit.breaches if breach.rule in PLACING))
    fewest = None
    if found.result.status is Status.INFEASIBLE and asked.moves is not None:
        freely = planned_again(now, replace(asked, moves=None), Deadline(DIAGNOSIS_SECONDS))
        fewest = len(freely.frontier[0].moved) if freely.frontier else None
    diagnosed = found.result.status is Status.INFEASIBLE and fewest is None
    return Replan(
        name=now.result.name,
        status=found.result.status,
        proven=found.complete,
        frontier=tuple(
            Compromise(
                moves=len(one.moved),
                points=one.points,
                paid=_paid(one.result, now.today),
                later=one.points - (one.result.objective or 0),
                moved=one.moved,
                chosen=at == found.chosen,
            )
            for at, one in enumerate(found.frontier)
        ),
        difference=difference,
        plan=found.result.to_dict(),
        forced=() if found.result.plan is None else _forced(now, standing, found.result.plan),
        broken=broken,
        fewest=fewest,
        diagnosis=_diagnosis(now, asked, standing) if diagnosed else None,
    )


def _with_past_of(standing: Plan, plan: Plan, past: Collection[str]) -> Plan:
    """A plan with the past as another one has it: there it is as the rules count it."""
    settled_ones = tuple(one for one in plan.sessions if one.id in past)
    rest = tuple(one for one in standing.sessions if one.id not in past)
    ordered = sorted((*settled_ones, *rest), key=lambda one: (one.date, one.start, one.id))
    return standing.model_copy(update={"sessions": tuple(ordered)})


def _audited(now: Now, plan: Plan) -> Audit:
    """A plan judged after all that happened, by the scenario that it was made for."""
    own = now.of_plan()
    instance = living(understand(changed.scenario_now(own), begun=True), settled.lived(own))
    return verify(instance, plan)


def _judged(now: Now, plan: Plan, audit: Audit) -> Result:
    """A plan with what it pays by an audit; not proven."""
    return now.result.model_copy(
        update={
            "plan": plan,
            "status": Status.FEASIBLE,
            "proven": False,
            "objective": audit.points,
            "bound": None,
            "proof": None,
            "costs": audit.costs,
        }
    )


def standing(now: Now) -> Result:
    """The plan as it stands; see `Block.standing`."""
    plan = settled.before(now.of_plan())
    runs = calendar_runs(build_calendar(changed.scenario_now(now)))
    if plan == now.plan and _ahead(now, runs) == _ahead(now, now.result.runs):
        return now.result.model_copy(update={"runs": runs})
    note = f"As it stands on {format_day(now.today)}, after revision {now.state.published.revision}."
    update = {"runs": runs, "notes": (note, *now.result.notes)}
    return _judged(now, plan, _audited(now, plan)).model_copy(update=update)


def _ahead(now: Now, runs: tuple[CalendarRun, ...]) -> list[CalendarRun]:
    """The runs that are still to come: what was run otherwise than planned changes no lift."""
    return [run for run in runs if not now.is_past(run.date, run.start)]
