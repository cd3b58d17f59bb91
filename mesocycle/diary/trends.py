"""Week by week up to today: what was lifted and run beside what was planned. Nothing is interpreted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from mesocycle.diary.estimates import lifts_known, maxes_by, unit_of
from mesocycle.diary.exposures import done_of, planned_of, sets_done, shown
from mesocycle.diary.now import Now
from mesocycle.diary.progress import targets_seen
from mesocycle.models.living import LiftNow
from mesocycle.models.plan import CalendarRun, PlannedSession
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Kind
from mesocycle.models.strength import Exercise
from mesocycle.models.trends import Adherence, LiftSeen, Trends, WeekSeen
from mesocycle.solver.prescription.exercises import exercises_of
from mesocycle.solver.prescription.written import read_names

COUNTS = ("done", "assumed")
NO_REASON = "none"


def trends_of(now: Now, wanted: Scenario) -> Trends:
    """What the weeks up to today show; targets are those of `wanted`, the scenario that holds."""
    mondays = _mondays(now)
    known = exercises_of(read_names(now.scenario).scenario)
    weeks = tuple(_week(now, number, monday, known) for number, monday in enumerate(mondays, 1))
    first, last = now.first_monday, mondays[-1] + timedelta(days=6) if mondays else now.first_monday
    streak = _streak(now, weeks)
    return Trends(
        name=now.result.name,
        date=now.today,
        units="mi" if now.result.units == "mi" else "km",
        weeks=weeks,
        adherence=_sum(week.adherence for week in weeks),
        lifts=tuple(_lifts(now, mondays)),
        streak=len(streak),
        streak_assumed=sum(week.adherence.assumed for week in streak),
        targets=tuple(targets_seen(now, wanted)),
        soreness=tuple(one for one in now.state.soreness if first <= one.date <= min(last, now.today)),
        wellness=tuple(one for one in now.state.wellness if first <= one.date <= min(last, now.today)),
    )


def _mondays(now: Now) -> Sequence[date]:
    """The Mondays of the weeks that have begun."""
    every = (now.first_monday + timedelta(weeks=number) for number in range(now.scenario.week_count))
    return [monday for monday in every if monday <= now.today]


def _in_week(day: date, monday: date) -> bool:
    return 0 <= (day - monday).days < 7


def _week(now: Now, number: int, monday: date, known: Mapping[str, Exercise]) -> WeekSeen:
    still = now.today < monday + timedelta(days=7)
    cards = [card for card in now.planned.values() if card.week == number and (not still or _due(now, card))]
    done = [lift for lift in now.lifts if lift.status in COUNTS and _in_week(lift.date, monday)]
    planned_runs = [
        run
        for run in now.planned_runs.values()
        if _in_week(run.date, monday) and (not still or now.is_past(run.date, run.start))
    ]
    runs = [one.run for one in now.runs if one.status in COUNTS and _in_week(one.run.date, monday)]
    sore = [one for one in now.state.soreness if _in_week(one.date, monday) and one.date <= now.today]
    sites = sorted({one.site for one in sore})
    return WeekSeen(
        week=number,
        start=monday,
        open=still,
        adherence=_adherence(now, number, monday),
        planned_km=_distance(planned_runs),
        km=_distance(runs) if runs else (None if _distance(planned_runs) is None else 0.0),
        planned_run_minutes=sum(run.minutes for run in planned_runs),
        run_minutes=sum(run.minutes for run in runs),
        planned_lift_minutes=sum(card.end - card.start for card in cards),
        lift_minutes=sum(_minutes(now, lift) for lift in done),
        planned_sets=_by_pattern((_planned_sets(card) for card in cards), known),
        sets=_by_pattern((sets_done(now, lift) for lift in done), known),
        planned_working_sets=sum(card.sets for card in cards),
        working_sets=sum(lift.sets for lift in done),
        planned_legs_dose=round(sum(card.lower_body_dose for card in cards), 1),
        legs_dose=round(sum(_legs_dose(now, lift, known) for lift in done), 1),
        soreness={site: max(one.level for one in sore if one.site == site) for site in sites},
    )


def _due(now: Now, card: PlannedSession) -> bool:
    """Whether the time of a planned session has come, or it was settled before."""
    lift = now.lift(card.id)
    settled = lift is not None and lift.status in ("done", "skipped")
    return settled or now.is_past(card.date, card.end)


def _distance(runs: Iterable[CalendarRun]) -> float | None:
    """Kilometres of runs; None where none tells its own."""
    known = [run.distance_km for run in runs if run.distance_km is not None]
    return round(sum(known), 1) if known else None


def _minutes(now: Now, lift: LiftNow) -> int:
    done = done_of(now, lift)
    return lift.end - lift.start if done is None else done.minutes


def _planned_sets(card: PlannedSession) -> Mapping[str, int]:
    return {item.exercise: item.sets for item in card.exercises}


def _by_pattern(sessions: Iterable[Mapping[str, int]], known: Mapping[str, Exercise]) -> dict[str, float]:
    """Sets by movement pattern: the first of an exercise whole, the others by half."""
    halves: Counter[str] = Counter()
    for sets in sessions:
        for name, count in sets.items():
            for at, pattern in enumerate(known[name].counts_for if name in known else ()):
                halves[pattern] += count * (1 if at else 2)
    return {pattern: count / 2 for pattern, count in sorted(halves.items()) if count}


def _legs_dose(now: Now, lift: LiftNow, known: Mapping[str, Exercise]) -> float:
    """Load on the legs: that of the card, by the share of its leg sets that was done.

    Without a card, or with leg work on it that was not planned, a set counts as one at 80 % of 1RM.
    """
    done = _leg_sets(sets_done(now, lift), known)
    if lift.card is None:
        return done
    planned = _leg_sets(_planned_sets(lift.card), known)
    if not planned:
        return lift.card.lower_body_dose or done
    return lift.card.lower_body_dose * done / planned


def _leg_sets(sets: Mapping[str, int], known: Mapping[str, Exercise]) -> float:
    return sum(count * known[name].lower_body_load for name, count in sets.items() if name in known)


# --- adherence -------------------------------------------------------------------------------------------


def _adherence(now: Now, number: int, monday: date) -> Adherence:
    """What became of a week's lifts; small sessions such as core work are none."""
    owed = _owed(now, number)
    past = [lift for lift in owed if lift.status != "planned"]
    skipped = Counter(lift.why or NO_REASON for lift in past if lift.status == "skipped")
    return Adherence(
        planned=len(past),
        done=sum(lift.status == "done" for lift in past),
        assumed=sum(lift.status == "assumed" for lift in past),
        moved=sum(_moved(lift) for lift in owed),
        skipped={why: skipped[why] for why in sorted(skipped)},
        beside=sum(lift.card is None and _in_week(lift.date, monday) for lift in now.lifts),
    )


def _owed(now: Now, number: int) -> list[LiftNow]:
    """The lifts that the plan has for a week, wherever they stand."""
    return [
        lift
        for lift in now.lifts
        if lift.card is not None and lift.card.kind is Kind.LIFT and lift.week == number
    ]


def _moved(lift: LiftNow) -> bool:
    """Whether a lift stands on another day than planned, and is not left out."""
    return lift.status != "skipped" and lift.planned_date is not None and lift.planned_date != lift.date


def _sum(weeks: Iterable[Adherence]) -> Adherence:
    listed = list(weeks)
    skipped: Counter[str] = Counter()
    for week in listed:
        skipped.update(week.skipped)
    return Adherence(
        planned=sum(week.planned for week in listed),
        done=sum(week.done for week in listed),
        assumed=sum(week.assumed for week in listed),
        moved=sum(week.moved for week in listed),
        skipped={why: skipped[why] for why in sorted(skipped)},
        beside=sum(week.beside for week in listed),
    )


def _streak(now: Now, weeks: Sequence[WeekSeen]) -> list[WeekSeen]:
    """The last weeks in a row in which every lift was done.

    A week that is still open counts once all its lifts are done, and ends nothing before one is left out.
    """
    found: list[WeekSeen] = []
    for week in reversed(weeks):
        if week.adherence.skipped:
            break
        waiting = any(lift.status == "planned" for lift in _owed(now, week.week))
        if week.adherence.planned and not waiting:
            found.append(week)
    return found


# --- lifts -------------------------------------------------------------------------------------------------


def _lifts(now: Now, mondays: Sequence[date]) -> Iterable[LiftSeen]:
    """Lifts of which a max is known in some week, in the order of the library."""
    known = lifts_known(now)
    seen = {one.exercise for event in now.state.done.values() for one in event.sets}
    seen |= {one.exercise for event in now.state.beside for one in event.sets}
    seen |= {event.exercise for event in now.state.records}
    seen |= {item.exercise for card in now.planned.values() for item in card.exercises}
    days = tuple(min(monday + timedelta(days=6), now.today) for monday in mondays)
    for name, exercise in known.items():
        if name not in seen:
            continue
        maxes = tuple(shown(one) for one in maxes_by(now, name, days))
        if any(one is not None for one in maxes):
            unit = "lb" if unit_of(now) == "lb" else "kg"
            plan = tuple(_plan_max(now, name, number) for number in range(1, len(mondays) + 1))
            yield LiftSeen(exercise=name, name=exercise.name, unit=unit, maxes=maxes, plan=plan)


def _plan_max(now: Now, exercise: str, week: int) -> float | None:
    """The week's max that the published plan goes by."""
    lifts = (lift for lift in now.lifts if lift.card is not None and lift.card.week == week)
    found = (planned_of(lift, exercise) for lift in lifts)
    return next((item.week_max for item in found if item is not None and item.week_max is not None), None)
