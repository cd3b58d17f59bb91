"""A block as its report shows it: today, every week, the trends, and the plan as it stands."""

from __future__ import annotations

from mesocycle.diary.lines import sentences_of
from mesocycle.diary.now import Now
from mesocycle.diary.replanning import standing
from mesocycle.diary.trends import trends_of
from mesocycle.models.block_seen import BlockSeen
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happened import LiftDone, TakenBack
from mesocycle.models.living import LiftNow, RunNow
from mesocycle.models.scenario import Scenario


def seen_of(now: Now, wanted: Scenario) -> BlockSeen:
    """All that a report shows; targets are those of `wanted`, the scenario that holds."""
    stands, sentences = standing(now), sentences_of(now)
    holding = now.state.in_force.values()
    return BlockSeen(
        today=now.on_today(),
        weeks=tuple(now.on_week(number) for number in range(1, now.scenario.week_count + 1)),
        trends=trends_of(now, wanted),
        standing=stands,
        revision=now.state.published.revision,
        proven=now.state.published.proven,
        changed=happened_since(now),
        lifted={
            entry.number: sentences.lifted(entry.event)
            for entry in holding
            if isinstance(entry.event, LiftDone)
        },
    )


def happened_since(now: Now) -> bool:
    """Whether anything was recorded since the plan was published that planning again would go by."""
    last = now.state.in_force[now.state.published.key].number
    as_planned = {lift.event for lift in now.lifts if _as_planned(now, lift)}
    as_planned |= {run.event for run in now.runs if _run_as_planned(now, run)}
    held = (entry for entry in now.state.in_force.values() if entry.number > last)
    told = [entry.event for entry in held if entry.number not in as_planned]
    back = (entry.event for entry in now.state.entries if entry.number > last)
    return any(not isinstance(event, (Soreness, Wellness)) for event in told) or any(
        isinstance(event, TakenBack) and event.event < last for event in back
    )


def _as_planned(now: Now, lift: LiftNow) -> bool:
    """Whether a lift was done where and as it was planned."""
    done = now.state.done.get(lift.id or "")
    return done is not None and not (done.sets or done.only) and lift.planned_date is None


def _run_as_planned(now: Now, run: RunNow) -> bool:
    """Whether a run was done on its day and as what it was planned, however far it went."""
    planned = now.planned_runs.get(run.id or "")
    if run.status != "done" or planned is None:
        return False
    return (planned.date, planned.type) == (run.run.date, run.run.type)
