"""All that the max of a lift rests on, on a day, and what the published plan goes by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mesocycle.diary.estimates import Log, lift_called, log_of, records_of
from mesocycle.diary.exposures import planned_of, shown
from mesocycle.diary.now import Now
from mesocycle.diary.settle import day_meant
from mesocycle.models.lift_log import LoadReason, PlanGoesBy
from mesocycle.models.living import LiftNow
from mesocycle.models.work import Work


def load_reason(now: Now, name: str, on: str | None = None) -> LoadReason:
    """All that the max of a lift rests on, on a day; today if left out.

    Raises
    ------
    BlockError
        If there is no such lift, or no such day.
    """
    exercise, unit = lift_called(now, name), now.scenario.strength.weights.unit
    when = now.today if on is None else day_meant(on, now, "past")
    records, log = records_of(now, exercise.id), log_of(now, exercise.id, when)
    return LoadReason(
        exercise=exercise.id,
        name=exercise.name,
        date=when,
        unit=unit,
        records=tuple(one.seen(when) for one in records),
        exposures=tuple(log.seen()),
        max=shown(log.max),
        counted=tuple(float(round(one, 1)) for one in log.window) if log.max is not None else (),
        step=log.step,
        text=_sentence(log, unit),
        plan=_plan_goes_by(now, exercise.id, when),
    )


def _sentence(log: Log, unit: str) -> str:
    if log.max is None:
        return "no record, and no set with a weight"
    told = f"{shown(log.max):g} {unit}"
    if log.step == "back":
        return f"{told}: repetitions were missed or none were left twice in a row: back by 5 %, or more"
    if log.step == "hold":
        return f"{told}: repetitions were missed or none were left, so it does not rise"
    if log.base is None:
        words = {1: "from one session", 2: f"the lower of {_listed(log, unit)}"}
        return f"{told}: {words.get(len(log.window), f'the median of {_listed(log, unit)}')}"
    if not log.counted:
        return f"{told}: nothing since has counted"
    return f"{told}: the median of {_listed(log, unit)}"


def _listed(log: Log, unit: str) -> str:
    return f"{', '.join(f'{shown(one):g}' for one in log.window)} {unit}"


def _plan_goes_by(now: Now, exercise: str, day: date) -> PlanGoesBy | None:
    """The card of the day with the lift, else the next one, else the last."""
    cards = list(_cards(now, exercise))
    ahead = [lift for lift in cards if lift.date >= day] or cards[-1:]
    if not ahead or ahead[0].id is None:
        return None
    planned = planned_of(ahead[0], exercise)
    assert planned is not None
    work = Work.of(planned).text
    return PlanGoesBy(session=ahead[0].id, date=ahead[0].date, week_max=planned.week_max, work=work)


def _cards(now: Now, exercise: str) -> Iterator[LiftNow]:
    """Lifts with the exercise on their card, but for those that are left out, in order of time."""
    return (lift for lift in now.lifts if lift.status != "skipped" and planned_of(lift, exercise))
