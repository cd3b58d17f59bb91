"""What to say about what was recorded: what it breaks, what it costs, and what to do next.

Nothing is refused for breaking a rule: what was done was done, and a runner may put a lift where he likes.
"""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.diary.changed import PINS, scenario_now
from mesocycle.diary.now import Now
from mesocycle.models.clock import format_day
from mesocycle.models.errors import ScenarioError
from mesocycle.models.happened import (
    Available,
    Away,
    Event,
    LiftDone,
    LiftMoved,
    Pinned,
    Recorded,
    RunChanged,
    RunDropped,
    Sick,
    Unpinned,
)
from mesocycle.models.plan import Audit, Plan
from mesocycle.models.prices import more_text
from mesocycle.solver.rules import CATALOGUE
from mesocycle.solver.rules.base import Section
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

MOST_BREACHES = 4
PLAN_AGAIN = "`mesocycle replan` plans the rest with it"
PLACING = {rule.id for rule in CATALOGUE if rule.section not in (Section.CONTENT, Section.PRESCRIPTION)}
# What the plan does not know yet.
ASKING = (Sick, Away, Available, RunChanged, RunDropped, Pinned, Unpinned, Recorded)


def remarks(event: Event, before: Now, after: Now) -> Iterator[str]:
    """Sentences about an event that was just recorded."""
    if isinstance(event, (LiftMoved, LiftDone)):
        yield from _judged(event, before, after)
    if isinstance(event, (Sick, Away)):
        yield from _absent(event, after)
    if isinstance(event, Available) and event.windows:
        yield from _closed(event, after)
    if isinstance(event, ASKING):
        yield PLAN_AGAIN


def _judged(event: LiftMoved | LiftDone, before: Now, after: Now) -> Iterator[str]:
    """What a place breaks and costs beside where the lift stood before."""
    if event.session is None or event.session not in after.planned:
        return
    was, now = before.lift(event.session), after.lift(event.session)
    if was is None or now is None or (was.date, was.start) == (now.date, now.start):
        return
    try:
        old, new = _audit(before), _audit(after)
    except ScenarioError:  # two runs at once, as an event was taken back: `replan` tells
        return
    known = {breach.text for breach in old.breaches}
    # The grid is the planner's, and what a session holds is not a question of its place.
    # A pin is kept when the block is planned again; what was done is not measured by it to the minute.
    left = PLACING - {PINS} if isinstance(event, LiftDone) else PLACING
    rules = (breach for breach in new.breaches if breach.rule in left)
    broken = list(dict.fromkeys(breach.text for breach in rules if breach.text not in known))
    for text in broken[:MOST_BREACHES]:
        yield f"against your rules: {text}"
    if len(broken) > MOST_BREACHES:
        yield f"and {len(broken) - MOST_BREACHES} more"
    points = new.points - old.points
    if points:
        yield more_text(points)


def _audit(now: Now) -> Audit:
    """The plan with lifts where they stand, judged with the runs and windows as they are now."""
    plan = now.result.plan or Plan(sessions=(), weeks=())
    sessions = []
    for one in plan.sessions:
        lift = now.lift(one.id)
        if lift is None or lift.status == "skipped":
            continue
        place = {"date": lift.date, "start": lift.start, "end": lift.start + one.end - one.start}
        sessions.append(one.model_copy(update=place))
    ordered = tuple(sorted(sessions, key=lambda one: (one.date, one.start)))
    instance = understand(scenario_now(now), begun=True)
    return verify(instance, plan.model_copy(update={"sessions": ordered}))


def _closed(event: Available, after: Now) -> Iterator[str]:
    """Why no lift may happen on a day in spite of its windows."""
    absence = after.state.no_lift(event.date, after.today)
    if absence is not None:
        number = after.state.in_force[absence.key].number
        told = "you are away then" if isinstance(absence, Away) else "illness keeps that day free"
        yield f"{told}, as event {number} says: no lift all the same"


def _absent(event: Sick | Away, after: Now) -> Iterator[str]:
    """Which lifts and key runs lie in days of illness or absence."""
    lifts = [one for one in after.lifts if event.holds(one.date, after.today) and one.status != "done"]
    runs = [one for one in after.runs if event.holds(one.run.date, after.today)]
    runs = [one for one in runs if one.run.key and one.status != "done"]
    if lifts:
        yield f"lifts in these days: {', '.join(one.id or '' for one in lifts)}"
    if runs and event.runs == "keep":
        days = ", ".join(f"{one.run.type} on {format_day(one.run.date)}" for one in runs[:MOST_BREACHES])
        yield f"runs stay as planned ({days}); --runs drop leaves them out"
