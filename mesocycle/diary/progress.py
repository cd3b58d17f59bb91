"""How far a runner's targets are: by the log, and by the growth of the published plan."""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.diary.estimates import log_of
from mesocycle.diary.exposures import shown
from mesocycle.diary.now import Now
from mesocycle.models.lift_log import Unit
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise
from mesocycle.models.targets import Target
from mesocycle.models.trends import TargetSeen
from mesocycle.solver.plan.targets import as_set, growth_text, reach_of, set_text
from mesocycle.solver.prescription.exercises import exercises_of
from mesocycle.solver.prescription.loads import one_rm
from mesocycle.solver.prescription.written import read_names


def targets_seen(now: Now, wanted: Scenario) -> Iterator[TargetSeen]:
    """Every target of the scenario that holds, in its order."""
    scenario = read_names(wanted).scenario
    known = exercises_of(scenario)
    for name, target in scenario.strength.targets.items():
        yield _target(now, known[name], target, scenario.strength.weights.unit)


def _target(now: Now, exercise: Exercise, target: Target, unit: Unit) -> TargetSeen:
    asked = set_text(target.set, unit)
    log = log_of(now, exercise.id, now.today)
    needed = one_rm(target.set)
    share = None if log.max is None else shown(100 * log.max / needed)
    now_set = ""
    if log.max is not None:
        reps = "once" if target.set.reps is None else f"x {target.set.reps}"
        now_set = f"{shown(as_set(log.max, target.set)):g} {unit} {reps}"
    plan = now.result.plan
    assert plan is not None  # a block begins with one
    reach = reach_of(plan, exercise.id, target)
    source = "the log says" if log.exposures else "your record says"
    so_far = "nothing is known of it yet" if log.max is None else f"{source} {now_set} ({share:g} % of it)"
    return TargetSeen(
        exercise=exercise.id,
        name=exercise.name,
        unit=unit,
        set=asked,
        by=target.by,
        needed=reach.needed,
        now=shown(log.max),
        now_set=now_set,
        share=share,
        plan_max=reach.plan_max,
        reaches=reach.reaches,
        text=f"{exercise.name} {asked}: {so_far}; it asks for a max of {reach.needed:g} {unit}, "
        f"and {growth_text(reach, target.by, unit)}",
    )
