"""The least points of a tiny block by trying every block there is, told apart from how the planner searches.

Which sessions are wanted, how many sets each exercise may have, when a lift may start, which weeks may be
lighter and in which weeks an exercise may change is told here from the rule pages and the scenario alone.
Each block is then judged by the checker. Repetitions, loads and reserves are taken from a plan of the same
runner without limits of time on the days that have room, with the same lighter weeks, as nothing here is to
decide them.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

import mesocycle as mc
from mesocycle.files.library import exercises
from mesocycle.models.clock import WEEKDAYS
from mesocycle.models.plan import Audit, Plan, PlannedExercise, PlannedSession, PlannedSet, PlannedWeek
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Kind, Session, SessionExercise
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

WARMUP_SECONDS, SETUP_SECONDS = 480, 75
IN_TURN = Fraction(6, 10)
# A plan has these as its weeks and says nothing of the blocks that are to be told apart.
REMARKS = ("the plan does not remark", "the plan remarks")
# Said of a lift because of another one, or because it is longer than the runner gives it.
OF_OTHERS = ("overlap", "is planned although", "comes before")
TOO_LONG = "are given to it"
# What these rules charge and forbid depends on one lift and the calendar, and on nothing else of the block.
OF_ONE_LIFT = frozenset(
    {
        "availability_window",
        "blocked_dates",
        "protect_rest_day",
        "no_overlap_with_run",
        "no_lower_lift_before_key_same_day",
        "no_lower_lift_day_before_key",
        "recovery_before_intensity",
        "min_gap_after_run",
        "min_gap_before_run",
        "session_order",
        "hard_easy_policy",
        "long_run_stack",
        "daily_stress_cap",
        "post_race_recovery",
        "race_blackout",
        "planned_sets",
        "session_duration",
        "set_trim_by_mileage",
        "taper_before_race",
        "deload_weeks",
        "block_early_emphasis",
        "session_days",
        "session_times",
        "time_of_day",
    }
)
# Not forbidden by one lift alone, but their price is a sum that has lifts left out in it.
SUMS = OF_ONE_LIFT | {"sessions_per_week", "pins"}
# What shapes the cards of a session; all else is off where cards are asked for.
SHAPING = (
    "equipment_available",
    "in_session_order",
    "load_rep_zone",
    "never_failure",
    "novelty_guard",
    "progressive_overload",
    "return_from_break",
    "short_time_priority",
    "older_athlete",
)
KEEP = ("main", "single_leg", "calf", "legs", "core", "upper")
# A lighter week that gives up no sets, for cards; and a movement is new in its first two sessions.
NOTHING_GIVEN_UP, NEW_SESSIONS = 1, 2
# What a runner new to lifting may begin at any time loads the legs less than this.
HEAVY_START = 0.8
# Metres of A races, and how many days of taper they are worth.
TAPERS = ((15_000, 7), (25_000, 10), (42_195, 14), (10**9, 21))
# What they say is on the cards already: a breach of theirs would be our own mistake.
PRESCRIBING = frozenset(SHAPING) - {"novelty_guard"}


@dataclass(frozen=True)
class Piece:
    """One exercise of a wanted session: its sets, and what a set of it takes and asks."""

    exercise: Exercise
    card: PlannedExercise
    full: int
    floor: int
    top: int
    unit: int
    seconds: Fraction
    dose: int


@dataclass(frozen=True)
class Lift:
    """A wanted session of a week, counted from 0; `again` tells that the week has it once before."""

    id: str
    week: int
    session: str
    name: str
    kind: Kind
    again: bool
    pieces: tuple[Piece, ...]

    def versions(self) -> Iterator[tuple[int, ...]]:
        """Every number of sets of every exercise, or the exercise left out, at least one being done."""
        units = {piece.unit: [*range(piece.top, piece.floor - 1, -1), 0] for piece in self.pieces}
        for counts in itertools.product(*units.values()):
            if any(counts):
                of_unit = dict(zip(units, counts, strict=True))
                yield tuple(of_unit[piece.unit] for piece in self.pieces)

    def minutes(self, sets: Sequence[int]) -> int:
        """Warm-up, set-up of what is done, and the sets, rounded up to minutes."""
        taken = sum(
            SETUP_SECONDS + count * piece.seconds
            for piece, count in zip(self.pieces, sets, strict=True)
            if count
        )
        return int(-(-(WARMUP_SECONDS + taken) // 60))


@dataclass(frozen=True)
class Choice:
    """One way for a lift to take place."""

    lift: Lift
    sets: tuple[int, ...]
    day: int
    start: int

    def session(
        self, monday: date, done: Sequence[PlannedExercise], rotated: tuple[str, ...]
    ) -> PlannedSession:
        """The session as a plan lists it."""
        lift = self.lift
        pairs = list(zip(lift.pieces, done, self.sets, strict=True))
        dose = sum(piece.dose * count for piece, _, count in pairs)
        return PlannedSession.model_construct(
            id=lift.id,
            week=lift.week + 1,
            date=monday + timedelta(days=self.day),
            start=self.start,
            end=self.start + lift.minutes(self.sets),
            session=lift.name,
            kind=lift.kind,
            exercises=tuple(_with_sets(card, count) for _, card, count in pairs if count),
            dropped=tuple(piece.exercise.id for piece, _, count in pairs if not count),
            rotated=rotated,
            sets=sum(self.sets),
            lower_body_dose=round(dose / 1000, 3),
            why="",
        )


def _with_sets(card: PlannedExercise, count: int) -> PlannedExercise:
    """An exercise with so many working sets, its warm-up sets before them."""
    first = next(one for one in card.set_list if not one.warm_up)
    warm_ups: tuple[PlannedSet, ...] = tuple(one for one in card.set_list if one.warm_up)
    return card.model_copy(update={"sets": count, "set_list": warm_ups + count * (first,)})


@dataclass(frozen=True)
class Best:
    """The best block there is, and how many blocks it was taken from."""

    points: int
    plan: Plan
    blocks: int
    judged: int


def best_points(scenario: Scenario) -> int | None:
    """The least penalty points of any block; None where no block keeps the hard rules."""
    best = best_block(scenario)
    return None if best is None else best.points


Fits = Callable[[Lift, Choice | None], bool]


def best_block(
    scenario: Scenario, fits: Fits = lambda lift, choice: True, alone: frozenset[int] | None = None
) -> Best | None:
    """The best block, of several the first found.

    Of those in which every lift's choice, None where it is left out, `fits`; with these lighter weeks `alone`
    if they are given.
    """
    context = understand(scenario)
    changing = _Changes(scenario)
    found = [
        _Block(context, _open_plan(scenario, context, lighter), changing, lighter).best(fits)
        for lighter in (lighter_weeks(context) if alone is None else [alone])
    ]
    return min((one for one in found if one is not None), key=lambda one: one.points, default=None)


def block_count(scenario: Scenario) -> int:
    """How many blocks there are, changes of exercises aside, before any rule says anything."""
    context, total = understand(scenario), 0
    for lighter in lighter_weeks(context):
        lifts = wanted_lifts(context, lighter, None)
        total += prod(1 + sum(1 for _ in choices(scenario, context, lift)) for lift in lifts)
    return total


def lighter_weeks(context: Instance) -> list[frozenset[int]]:
    """Every pattern of lighter weeks: the cutbacks, else every so many weeks from that one or a later one.

    The week of a B race is a lighter one and takes the place of the one in whose weeks it lies; the first
    week after a break is none.
    """
    rule, calendar = context.settings.deload_weeks, context.calendar
    if rule is None:
        return [frozenset()]
    count, every = len(calendar.weeks), rule.every_weeks
    cutbacks = {at for at, week in enumerate(calendar.weeks) if week.cutback}
    found = [cutbacks]
    if cutbacks <= calendar.minor_race_weeks and every <= count:
        found = []
        for first in range(every - 1, min(count, 2 * every - 1)):
            ends = range(first, count, every)
            kept = {end for end in ends if not cutbacks & {*range(end + 1 - every, end + 1)}}
            found.append(cutbacks | kept)
    return list(dict.fromkeys(frozenset(weeks).difference(returns(context)) for weeks in found))


def returns(context: Instance) -> dict[int, int]:
    """The weeks in which lifting begins again, each with the days without a possible lift before it."""
    rule, calendar = context.settings.return_from_break, context.calendar
    if rule is None or not context.scenario.strength.sessions_per_week:
        return {}
    found: dict[int, int] = {}
    open_days = [day for week in range(len(calendar.weeks)) for day in days_with_room(context, week)]
    if calendar.last_lift_day is not None:
        open_days.insert(0, calendar.last_lift_day)
    for before, day in itertools.pairwise(open_days):
        if day - before - 1 >= rule.days:
            found[day // 7] = day - before - 1
    return found


def shares(context: Instance, lighter: frozenset[int], bought: bool = False) -> list[Fraction]:
    """The share of the full sets that each week allows; with what can be bought where a rule is soft."""
    every: dict[str, Any] = dict(context.settings.items())
    rules = {name: rule for name, rule in every.items() if not bought or name == "ramp_limits" or rule.hard}
    result: list[Fraction] = []
    for at in range(len(context.calendar.weeks)):
        share = min(
            _share_by_mileage(context, rules.get("set_trim_by_mileage"), at),
            _share_by_races(context, rules.get("taper_before_race"), at),
            _share_by_phase(context, rules.get("block_early_emphasis"), at),
        )
        if (rule := rules.get("deload_weeks")) is not None and at in lighter:
            share = min(share, _exact(rule.factor))
        if (rule := rules.get("ramp_limits")) is not None:
            if context.calendar.slow_start and at < rule.first_weeks:
                share = min(share, _exact(rule.first_factor))
            if result:
                share = min(share, max(result[-4:]) + _exact(rule.growth))
        result.append(share)
    return result


def _share_by_mileage(context: Instance, rule: Any, at: int) -> Fraction:
    """All sets up to a share of the top, from there in a line; light weeks count the three before."""
    calendar, week = context.calendar, context.calendar.weeks[at]
    if rule is None or not calendar.rises:
        return Fraction(1)
    start, bottom = _exact(rule.start_share), _exact(rule.peak_factor)
    load = week.load
    if week.cutback or week.phase in ("taper", "recovery"):
        before = [*calendar.history, *(each.load for each in calendar.weeks[:at])]
        load = max(before[-3:], default=load)
    near = min(Fraction(1), load / calendar.top)
    return 1 - (1 - bottom) * max(Fraction(0), near - start) / (1 - start)


def _share_by_races(context: Instance, rule: Any, at: int) -> Fraction:
    """Fewer sets in the last days before an A race, counted from Thursday, fewest in the last week."""
    share, thursday = Fraction(1), 7 * at + 3
    for race in context.scenario.races if rule is not None else ():
        if race.priority != "A":
            continue
        day = (race.date - context.calendar.monday).days
        days = rule.days or next(days for metres, days in TAPERS if race.distance <= metres)
        if day // 7 == at or 0 <= day - thursday <= 7:
            share = min(share, _exact(rule.last_factor))
        elif 0 <= day - thursday <= days:
            share = min(share, _exact(rule.first_factor))
    return share


def _share_by_phase(context: Instance, rule: Any, at: int) -> Fraction:
    """Fewer sets in build weeks, where the block has a base phase."""
    phases = [week.phase for week in context.calendar.weeks]
    less = rule is not None and phases[at] == "build" and "base" in phases
    return _exact(rule.build_factor) if less else Fraction(1)


def wanted_lifts(
    context: Instance, lighter: frozenset[int], cards: Mapping[str, PlannedSession] | None
) -> list[Lift]:
    """The sessions of each week in turn, each with the sets that its week allows; without cards no doses."""
    own, most = shares(context, lighter), shares(context, lighter, bought=True)
    caps = _Caps(context)
    lifts = []
    for week, sessions in enumerate(_wanted(context)):
        names: Counter[str] = Counter()
        for session in sessions:
            names[session.name] += 1
            number = names[session.name]
            name = session.name + (str(number) if number > 1 else "")
            id_ = f"w{week + 1:02d}-{name}"
            # In a week without room a lift has no card: it never takes place.
            card = None if cards is None else cards.get(id_)
            pieces = _pieces(context, session, card, {own[week], most[week]}, caps.of(session, week))
            lifts.append(Lift(id_, week, session.name, name, session.kind, number > 1, pieces))
    return lifts


def _wanted(context: Instance) -> Iterator[list[Session]]:
    """The sessions of each week: lifts in turn, then core, plyo and mobility, each as often as it says.

    A week that has not room for all lifts goes on where the week before ended; an order of the runner's own
    always does.
    """
    strength = context.scenario.strength
    count = strength.sessions_per_week
    assert isinstance(count, int), "tiny scenarios ask for one number of lifts"
    lifts = [session for session in strength.sessions if session.kind == "lift"]
    named = {session.name: session for session in lifts}
    order = [named[name] for name in strength.rotation] or lifts
    done = 0
    for week in context.calendar.weeks:
        assert len(week.days) == 7, "tiny scenarios have whole weeks"
        goes_on = bool(strength.rotation) or count < len(lifts)
        wanted = [order[((done if goes_on else 0) + place) % len(order)] for place in range(count)]
        done += count
        for session in strength.sessions:
            if session.kind != "lift":
                wanted += [session] * (session.per_week or 1)
        yield wanted


@dataclass(frozen=True)
class Cap:
    """The most sets of an exercise in a session, and whether it is new there, or has to stay light."""

    most: int | None
    new: bool
    light: bool


class _Caps:
    """How many sets what is new, or comes back, may have; sessions are told off in their order."""

    def __init__(self, context: Instance) -> None:
        self.context = context
        self.returns = returns(context)
        assert self.returns == dict(context.returns), "the weeks after a break differ"
        self.guarded = _weeks_without_heavy_beginnings(context)
        self.done: Counter[str] = Counter()
        self.light: set[str] = set()

    def of(self, session: Session, week: int) -> dict[str, Cap]:
        """What holds in the next session, which is then over."""
        guard, back = self.context.settings.novelty_guard, self.context.settings.return_from_break
        listed, caps = [one.exercise for one in session.exercises], {}
        newcomer = self.context.scenario.athlete.experience == "new"
        for name in listed:
            new, before = self._is_new(name), self.done[name]
            begins_late = newcomer and new and not before and week in self.guarded
            most = []
            if guard is not None and new and before < len(guard.first_sets):
                most.append(guard.first_sets[before])
            if back is not None and week in self.returns:
                most.append(back.sets)
            light = name in self.light or begins_late
            caps[name] = Cap(min(most, default=None), new and before < NEW_SESSIONS, light)
        if days_with_room(self.context, week):
            # Elsewhere nothing can begin or become familiar.
            self.done.update(listed)
            self.light.update(name for name in listed if caps[name].light)
        return caps

    def _is_new(self, exercise: str) -> bool:
        familiar = self.context.scenario.history.familiar
        if familiar is None:
            return self.context.scenario.athlete.experience == "new"
        return exercise not in familiar


def _weeks_without_heavy_beginnings(context: Instance) -> set[int]:
    """Peak and taper weeks, and those with one of the days before an A race in which nothing heavy begins."""
    rule, calendar = context.settings.novelty_guard, context.calendar
    if rule is None:
        return set()
    found = {at for at, week in enumerate(calendar.weeks) if week.phase in ("peak", "taper")}
    for race in context.scenario.races:
        if race.priority == "A":
            day = (race.date - calendar.monday).days
            kind = 0 if race.distance <= 15_000 else 1 if race.distance <= 25_000 else 2
            first = day - max(rule.race_days, rule.heavy_days[kind])
            found |= {one // 7 for one in range(max(first, 0), day + 1)}
    return found


def days_with_room(context: Instance, week: int) -> list[int]:
    """The days of a week with a free minute beside its runs."""
    calendar, rules = context.calendar, context.settings
    overlap, blocked = rules.no_overlap_with_run, rules.blocked_dates
    apart: int | None = overlap.transition_minutes if overlap is not None and overlap.hard else None
    found = []
    for day in calendar.weeks[week].days:
        if day in calendar.blocked and blocked is not None and blocked.hard:
            continue
        free = set[int]()
        for first, last in _windows(context.scenario, calendar.monday + timedelta(days=day)):
            free.update(range(1440 * day + first, 1440 * day + last))
        if apart is not None:
            for run in calendar.runs_on(day):
                free -= set(range(run.start - apart, run.end + apart))
        if free:
            found.append(day)
    return found


@dataclass(frozen=True)
class _Unit:
    """What is done in turn, or one exercise: its range of sets, and its place among what is kept."""

    full: int
    floor: int
    place: int


def _allowed(units: Sequence[_Unit], share: Fraction) -> list[int]:
    """The sets of a share, by unit: all together rounded half up, each as near to its part as can be.

    Every set above the floors is as much due as is missing of its exercise's part before it is given.
    """
    full = sum(unit.full for unit in units)
    total = int((2 * full * share + 1) // 2)
    due = sorted(
        (-(share * unit.full - count), unit.place, at)
        for at, unit in enumerate(units)
        for count in range(unit.floor, unit.full)
    )
    sets = [unit.floor for unit in units]
    for _, _, at in due[: max(0, total - sum(sets))]:
        sets[at] += 1
    return sets


def _pieces(
    context: Instance,
    session: Session,
    card: PlannedSession | None,
    week: set[Fraction],
    caps: Mapping[str, Cap],
) -> tuple[Piece, ...]:
    """The exercises of a session in the order in which they are done."""
    entries = {entry.exercise: entry for entry in session.exercises}
    unit_of = dict(zip(entries, _units(session), strict=True))
    order = list(entries) if card is None else [one.exercise for one in card.exercises]
    assert sorted(order) == sorted(entries), (order, list(entries))
    members = {unit: [name for name in order if unit_of[name] == unit] for unit in map(unit_of.get, order)}
    units = [_unit(context, [entries[name] for name in names]) for names in members.values()]
    tops = [max(counts) for counts in zip(*(_allowed(units, share) for share in week), strict=True)]
    by_unit = dict(zip(members, zip(units, tops, strict=True), strict=True))
    pieces = []
    for at, name in enumerate(order):
        (unit, top), mine = by_unit[unit_of[name]], members[unit_of[name]]
        top = min([top, *(_cap(context, entries[one], caps[one]) for one in mine)])
        one, shown = exercises()[name], None if card is None else card.exercises[at]
        in_turn = len(mine) > 1 and entries[name].superset is not None
        pieces.append(
            Piece(
                exercise=one,
                card=shown or PlannedExercise(exercise=name, sets=unit.full),
                full=unit.full,
                floor=min(unit.floor, top),
                top=top,
                unit=unit_of[name],
                seconds=one.seconds_per_set * (IN_TURN if in_turn else Fraction(1)),
                dose=0 if shown is None else _dose(one, shown, caps[name].new),
            )
        )
    return tuple(pieces)


def _unit(context: Instance, mine: Sequence[SessionExercise]) -> _Unit:
    """What goes as one: the fewest of the most sets, the highest floor."""
    full = min(_range(entry)[1] for entry in mine)
    floor = max(_floor(context, exercises()[entry.exercise]) for entry in mine)
    return _Unit(full, min(full, floor), min(_place(context, exercises()[entry.exercise]) for entry in mine))


def _range(entry: SessionExercise) -> tuple[int, int]:
    return entry.range or exercises()[entry.exercise].sets


def _cap(context: Instance, entry: SessionExercise, cap: Cap) -> int:
    """The most sets of what is new, comes back or stays light: of that the least of its range."""
    least, most = _range(entry)
    older = _older(context, exercises()[entry.exercise])
    light = [max(least, min(older, most))] if cap.light else []
    return min([most, *light, *([] if cap.most is None else [cap.most])])


def _place(context: Instance, one: Exercise) -> int:
    """Its place among what is kept when time is short; what is not listed comes last."""
    rule = context.settings.short_time_priority
    keep: Sequence[str] = KEEP if rule is None else rule.keep
    return keep.index(_kind(one)) if _kind(one) in keep else len(KEEP) - 1


def _kind(one: Exercise) -> str:
    """What it is when time is short."""
    if one.pattern in ("single_leg", "calf"):
        return one.pattern
    if not one.legs:
        return "core" if one.role is Role.CORE else "upper"
    return "main" if one.role is Role.MAIN or one.counts_for[0] in ("squat", "hinge") else "legs"


def _floor(context: Instance, one: Exercise) -> int:
    """The fewest sets of an exercise that is done: two of what is main, an older runner's own of leg work."""
    return max(2 if one.role is Role.MAIN or _kind(one) == "main" else 1, _older(context, one))


def _older(context: Instance, one: Exercise) -> int:
    """The sets that an older runner keeps of leg work and main lifts."""
    rule, age = context.settings.older_athlete, context.scenario.athlete.age
    if rule is None or age is None or age < rule.from_age or not (one.legs or one.role is Role.MAIN):
        return 0
    return int(rule.least_sets)


def _units(session: Session) -> list[int]:
    """A number for each exercise, the same for those of one superset or complex."""
    labels = [(entry.superset, entry.complex) for entry in session.exercises]
    return [at if not any(label) else labels.index(label) for at, label in enumerate(labels)]


def _dose(exercise: Exercise, card: PlannedExercise, fresh: bool) -> int:
    """What a set asks of the legs in thousandths: by load, more near failure and while new."""
    usual = Fraction(sum(exercise.load), 2) if exercise.load else Fraction(60)
    load = usual if card.load is None else Fraction(card.load)
    dose = 1000 * _exact(exercise.lower_body_load) * max(Fraction(6, 10), min(Fraction(115, 100), load / 80))
    if card.rir in (0, 1):
        dose *= Fraction(5, 4)
    if fresh:
        dose *= 1 + Fraction(3, 10) * _exact(exercise.eccentric_load)
    return int((2 * dose + 1) // 2)


def choices(scenario: Scenario, context: Instance, lift: Lift) -> Iterator[Choice]:
    """Every start on the grid at which a version of a lift fits into a free window of a day of its week.

    None in a week in which runs leave no minute of them.
    """
    if not days_with_room(context, lift.week):
        return
    grid, monday = scenario.strength.grid_minutes, context.calendar.monday
    versions = [(sets, lift.minutes(sets)) for sets in lift.versions()]
    for day in context.calendar.weeks[lift.week].days:
        for first, last in _windows(scenario, monday + timedelta(days=day)):
            for start in range(-(-first // grid) * grid, last, grid):
                for sets, minutes in versions:
                    if start + minutes <= last:
                        yield Choice(lift, sets, day, start)


def _windows(scenario: Scenario, day: date) -> list[tuple[int, int]]:
    """The free windows of a date: its own, else its weekday's, else those of weekdays or weekend."""
    free: Mapping[Any, Any] = scenario.athlete.availability
    keys = (day, WEEKDAYS[day.weekday()], "weekend" if day.weekday() > 4 else "weekdays")
    found = next((free[key] for key in keys if key in free), ())
    return [(window.start_minute, window.end_minute) for window in found]


def _exact(value: float) -> Fraction:
    return Fraction(str(value))


def _open_plan(scenario: Scenario, context: Instance, lighter: frozenset[int]) -> Plan:
    """A plan of the same runner with all sessions and sets, free all day where a day has room at all.

    Its lighter weeks give up no sets, and are not the plan's to choose; lifting begins again when it does.
    """
    data = _opened(scenario)
    weeks = range(len(context.calendar.weeks))
    days = [day for week in weeks for day in days_with_room(context, week)]
    free = {str(context.calendar.monday + timedelta(days=day)): _ALL_DAY["weekend"] for day in days}
    data["athlete"]["availability"] = free
    if scenario.week_count > 1:
        data["runs"]["cutback_weeks"] = [week + 1 for week in sorted(lighter)]
    deload = {"every_weeks": 8, "factor": NOTHING_GIVEN_UP}
    return _plan(data | {"rules": _rules(scenario, {"deload_weeks": deload} if lighter else {})})


def _opened(scenario: Scenario) -> dict[str, Any]:
    data = scenario.model_dump(mode="json", exclude_unset=True)
    data["athlete"] = {**data.get("athlete", {}), "availability": _ALL_DAY, "blocked": [], "rest_days": []}
    data["strength"].pop("pins", None)
    for session in data["strength"]["sessions"]:
        for wish in ("minutes", "days", "time", "must"):
            session.pop(wish, None)
    return data


_ALL_DAY = {"weekdays": ["05:00-22:00"], "weekend": ["05:00-22:00"]}


def _rules(scenario: Scenario, also: Mapping[str, Any]) -> dict[str, Any]:
    off = {rule.id: "off" for rule in mc.rules() if rule.id not in SHAPING}
    kept = {name: value for name, value in scenario.rules.items() if name in SHAPING}
    # All that can take place does, with all sets, whatever they are worth.
    kept.pop("short_time_priority", None)
    taking_place = {"hard": False, "minimum": 0, "weight": 1000}
    asked = {"availability_window": "hard", "sessions_per_week": taking_place, "planned_sets": "soft"}
    asked["small_sessions"] = {"hard": False, "weight": 1000}
    return off | kept | asked | dict(also)


def _plan(data: Mapping[str, Any]) -> Plan:
    result = mc.solve(mc.load_scenario(data))
    assert result.plan is not None
    return result.plan


class _Changes:
    """How the exercises of each session look after so many changes, as a long block shows them."""

    WEEKS = 12

    def __init__(self, scenario: Scenario) -> None:
        self.after: dict[str, list[tuple[tuple[PlannedExercise, ...], tuple[str, ...]]]] = {}
        rule = understand(scenario).settings.exercise_rotation
        if rule is None or scenario.week_count == 1:
            return
        data = _opened(scenario)
        turning = {"every_weeks": 2, "least_weeks": 1, "mode": rule.mode, "weight": 1000}
        data |= {"weeks": self.WEEKS, "phases": ["base"] * self.WEEKS, "races": []}
        data["rules"] = _rules(scenario, {"exercise_rotation": turning, "progressive_overload": "off"})
        data["runs"] = {"week": data["runs"]["week"]}
        data.get("history", {}).pop("last_lift", None)
        for session in _plan(data).sessions:
            seen = self.after.setdefault(session.session, [(session.exercises, ())])
            if session.rotated:
                seen.append((session.exercises, session.rotated))

    def may(self, session: str) -> bool:
        """Whether anything of a session ever changes."""
        return len(self.after.get(session, ())) > 1

    def cards(self, lift: Lift, count: int) -> tuple[PlannedExercise, ...]:
        """The exercises of a lift after so many changes; main lifts are the week's own."""
        own = tuple(piece.card for piece in lift.pieces)
        if not count:
            return own
        changed = self.after[lift.session][count][0]
        return tuple(
            card if piece.exercise.role is Role.MAIN else _changed(card, other)
            for piece, card, other in zip(lift.pieces, own, changed, strict=True)
        )

    def name(self, lift: Lift, count: int) -> tuple[str, ...]:
        """What is said to change with a change."""
        return self.after[lift.session][count][1]


def _changed(card: PlannedExercise, other: PlannedExercise) -> PlannedExercise:
    """The week's own exercise in another form: reserve and load are the week's where it stays the same."""
    if card.exercise != other.exercise:
        return other
    form: dict[str, Any] = {"variant": other.variant, "reps": other.reps, "set_list": other.set_list}
    if other.variant == "short_rest" and card.rest_seconds is not None:
        form["rest_seconds"] = 3 * card.rest_seconds // 4
    return card.model_copy(update=form)


class _Block:
    """Every block with one pattern of lighter weeks."""

    def __init__(self, context: Instance, cards: Plan, changing: _Changes, lighter: frozenset[int]) -> None:
        self.context, self.changing, self.lighter = context, changing, lighter
        by_id = {session.id: session for session in cards.sessions}
        self.lifts = wanted_lifts(context, lighter, by_id)
        rooms = {week for week in range(len(context.calendar.weeks)) if days_with_room(context, week)}
        assert {lift.id for lift in self.lifts if lift.week in rooms} == set(by_id)
        self.profiles = [week.profile for week in cards.weeks]

    @cached_property
    def empty_rows(self) -> list[dict[str, Any]]:
        """What is said of each week whatever is done in it."""
        own = shares(self.context, self.lighter)
        return [
            {
                "week": week.number,
                "start": week.monday,
                "distance_km": None if week.metres is None else week.metres / 1000,
                "phase": week.phase,
                "profile": self.profiles[at],
                "set_factor": float(own[at]),
                "deload": at in self.lighter,
                "full_sets": sum(p.full for lift in self.lifts if lift.week == at for p in lift.pieces),
            }
            for at, week in enumerate(self.context.calendar.weeks)
        ]

    def plan(self, chosen: Sequence[Choice], changes: frozenset[str] = frozenset()) -> Plan:
        """The plan of these lifts, something changing with those of these ids."""
        sessions = []
        counts: Counter[str] = Counter()
        for one in sorted(chosen, key=lambda choice: (choice.lift.week, choice.lift.again)):
            lift = one.lift
            counts[lift.session] += lift.id in changes
            count = counts[lift.session]
            rotated = self.changing.name(lift, count) if lift.id in changes else ()
            sessions.append(
                one.session(self.context.calendar.monday, self.changing.cards(lift, count), rotated)
            )
        sessions.sort(key=lambda session: (session.date, session.start, session.id))
        rows = []
        for at, row in enumerate(self.empty_rows):
            mine = [one for one in chosen if one.lift.week == at]
            patterns: Counter[str] = Counter()
            for one in mine:
                for piece, count in zip(one.lift.pieces, one.sets, strict=True):
                    for place, pattern in enumerate(piece.exercise.counts_for):
                        patterns[pattern] += count * (1 if place else 2)
            rows.append(
                PlannedWeek.model_construct(
                    **row,
                    sets=sum(sum(one.sets) for one in mine),
                    minutes=sum(one.lift.minutes(one.sets) for one in mine),
                    sessions=len(mine),
                    pattern_sets={name: halves / 2 for name, halves in patterns.items() if halves},
                )
            )
        return Plan.model_construct(sessions=tuple(sessions), weeks=tuple(rows), notices=())

    def judged(
        self, chosen: Sequence[Choice], changes: frozenset[str] = frozenset()
    ) -> tuple[Audit, set[str]]:
        """Costs and the hard rules broken; whatever else does not hold together is our own mistake."""
        audit = verify(self.context, self.plan(chosen, changes))
        broken = set()
        # A change of what is left out cannot be written on its card.
        hidden = bool(changes) and not all(all(one.sets) for one in chosen)
        for breach in audit.breaches:
            if breach.rule != "structure":
                assert breach.rule not in PRESCRIBING, breach.text
                broken.add(breach.rule)
            elif TOO_LONG in breach.text:
                broken.add("too long")
            elif breach.text.startswith(REMARKS):
                continue
            else:
                assert hidden or any(words in breach.text for words in OF_OTHERS), breach.text
                broken.add("structure")
        return audit, broken

    def best(self, fits: Fits) -> Best | None:
        """The best block: all of them by what their lifts cost alone, until that is the best one's price."""
        base, _ = self.judged([])
        lists: list[list[tuple[int, Choice | None]]] = []
        for lift in self.lifts:
            mine: list[tuple[int, Choice | None]] = [(0, None)] * fits(lift, None)
            for choice in choices(self.context.scenario, self.context, lift):
                if not fits(lift, choice):
                    continue
                audit, broken = self.judged([choice])
                if not broken & OF_ONE_LIFT and "too long" not in broken:
                    mine.append((_sums(audit) - _sums(base), choice))
            if not mine:
                return None
            lists.append(sorted(mine, key=lambda pair: pair[0]))
        best: tuple[int, Sequence[Choice], frozenset[str]] | None = None
        judged = 0
        for least, several in _by_sum(lists):
            if best is not None and _sums(base) + least >= best[0]:
                break
            chosen = [choice for choice in several if choice is not None]
            for changes in self.moments(chosen):
                audit, broken = self.judged(chosen, changes)
                judged += 1
                assert _sums(audit) == _sums(base) + least, "a price of one lift depends on another"
                if broken and not changes:
                    break  # no change mends what is broken without any
                if not broken and (best is None or audit.points < best[0]):
                    best = audit.points, chosen, changes
        if best is None:
            return None
        return Best(best[0], self.plan(*best[1:]), prod(map(len, lists)), judged)

    def moments(self, chosen: Sequence[Choice]) -> Iterator[frozenset[str]]:
        """Every set of lifts with which something may change: any but a session's first."""
        firsts: dict[str, str] = {}
        for lift in self.lifts:
            firsts.setdefault(lift.session, lift.id)
        ids = [
            one.lift.id
            for one in chosen
            if self.changing.may(one.lift.session)
            and not one.lift.again
            and firsts[one.lift.session] != one.lift.id
        ]
        for count in range(len(ids) + 1):
            yield from map(frozenset, itertools.combinations(ids, count))


def _sums(audit: Audit) -> int:
    return sum(cost.points for cost in audit.costs if cost.rule in SUMS)


def _by_sum(
    lists: Sequence[Sequence[tuple[int, Choice | None]]],
) -> Iterator[tuple[int, list[Choice | None]]]:
    """Every combination of one of each list, by its sum: each is followed by its neighbours."""

    def value(at: tuple[int, ...]) -> int:
        return sum(one[i][0] for one, i in zip(lists, at, strict=True))

    first = (0,) * len(lists)
    heap, seen = [(value(first), first)], {first}
    while heap:
        total, at = heapq.heappop(heap)
        yield total, [one[i][1] for one, i in zip(lists, at, strict=True)]
        for place in range(len(lists)):
            after = (*at[:place], at[place] + 1, *at[place + 1 :])
            if after[place] < len(lists[place]) and after not in seen:
                seen.add(after)
                heapq.heappush(heap, (value(after), after))
