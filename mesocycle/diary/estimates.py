"""What the log says of a lift's max: a fold over its records and done sessions, in order of their dates.

A record is the max from its date on. After it the median of the last three exposures counts, each by its best
set; the record stands for those that are still missing, so that one session alone moves nothing. What was
logged first does not matter, only when it was lifted. A session of which no set was told repeats the plan,
and tells nothing of the max.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from mesocycle.diary.exposures import Exposure, exposures_of, in_unit, shown
from mesocycle.diary.now import Now
from mesocycle.files.safe_text import shown as quoted
from mesocycle.models.errors import BlockError
from mesocycle.models.exercise_names import did_you_mean, find, names_of
from mesocycle.models.happened import LiftDone
from mesocycle.models.lift_log import ExposureSeen, RecordSeen, Standing, Step
from mesocycle.models.strength import Exercise, Record
from mesocycle.solver.prescription.exercises import exercises_of
from mesocycle.solver.prescription.loads import one_rm
from mesocycle.solver.prescription.written import read_names
from mesocycle.solver.prescription.zones import COUNTED

# So many exposures are looked at: of three the middle one is right even if one is wrong.
WINDOW = 3
# An outlier lies further than this from what held: three repetitions by Epley's formula, more than anybody
# gains from one session to the next, and more than lifters misjudge their reserve by. So it is a slip of
# the pen, another unit or a bad day, until the next session says the same.
OUTLIER = Fraction(1, 10)
# Missed repetitions once are a bad day; twice in a row the weight is too heavy.
STRUGGLES, BACK = 2, Fraction(95, 100)


@dataclass(frozen=True)
class DatedRecord:
    """A record in the runner's unit; without a date it holds from the start."""

    day: date | None
    one_rm: Fraction
    text: str
    source: str

    def seen(self, day: date) -> RecordSeen:
        """The same for an answer about a day."""
        return RecordSeen(
            date=self.day,
            text=self.text,
            one_rm=float(round(self.one_rm, 1)),
            source="log" if self.source == "log" else "scenario",
            counts=self.day is None or self.day <= day,
        )


@dataclass
class Log:
    """The max of a lift as the log has it, while it is read.

    Attributes
    ----------
    base : Fraction or None
        The record, or what 5 % back left; it stands for exposures that are missing.
    counted : list of (Fraction, int)
        Estimates since then that count, each with the place of its exposure.
    max : Fraction or None
        What holds.
    doubtful : (Fraction, int) or None
        An outlier that the next exposure may confirm; also with its place.
    held : Fraction or None
        What held before the sets that were struggled with.
    struggles : int
        Exposures in a row with missed repetitions or nothing in reserve.
    """

    base: Fraction | None = None
    counted: list[tuple[Fraction, int]] = field(default_factory=list)
    max: Fraction | None = None
    doubtful: tuple[Fraction, int] | None = None
    held: Fraction | None = None
    struggles: int = 0
    step: Step = "on"
    exposures: list[ExposureSeen] = field(default_factory=list)

    def record(self, one: Fraction) -> None:
        """Take a record: what was before it does not count any more."""
        self.base = self.max = one
        self.counted, self.doubtful, self.struggles, self.step = [], None, 0, "on"

    def exposure(self, exposure: Exposure, unit: str) -> None:
        """Take a done session."""
        before, best = self.max, exposure.best
        estimate = None if best is None else best.estimate
        standing, why = self._standing(exposure, unit)
        if standing == "counts" and estimate is not None:
            self.counted.append((estimate, len(self.exposures)))
            self.max = self._median()
        if exposure.told:
            self._step(exposure, before)
        self.exposures.append(
            ExposureSeen(
                session=exposure.session,
                date=exposure.date,
                told=exposure.told,
                sets=tuple(one.seen(one is best) for one in exposure.sets),
                estimate=shown(estimate),
                at_least=best is not None and best.at_least,
                standing=standing,
                why=why,
                struggle=exposure.struggle,
                step=self.step,
                max=shown(self.max),
            )
        )

    def _standing(self, exposure: Exposure, unit: str) -> tuple[Standing, str]:
        best = exposure.best
        if not exposure.told:
            return "as_planned", "no set was told, so it does not count"
        if best is None or best.estimate is None:
            return "no_estimate", "no set of 1 to 10 repetitions with a weight"
        told = best.estimate
        if best.at_least and self.max is not None and told <= self.max:
            return "at_least", "it says at least so much, and that is known"
        doubtful, self.doubtful = self.doubtful, None
        if self.max is None or abs(told / self.max - 1) <= OUTLIER:
            return "counts", "it counts"
        side = "above" if told > self.max else "below"
        if doubtful is not None and (doubtful[0] > self.max) == (told > self.max):
            self.counted.append(doubtful)
            return "counts", f"it counts, with the one before: both lie far {side} what held"
        self.doubtful = told, len(self.exposures)
        held = f"{shown(self.max):g} {unit}"
        return "outlier", f"ignored: more than 10 % {side} the {held} that held; it counts if the next agrees"

    def _median(self) -> Fraction:
        """The middle of the last three; of two without a record the lower."""
        window = sorted(self.window)
        return window[(len(window) - 1) // 2]

    @property
    def window(self) -> list[Fraction]:
        """The estimates whose median holds, the oldest first; a record stands for what is missing."""
        last = [estimate for estimate, _ in self.counted[-WINDOW:]]
        missing = 0 if self.base is None else WINDOW - len(last)
        return [self.base or Fraction(0)] * missing + last

    def seen(self) -> Iterator[ExposureSeen]:
        """The exposures, those marked whose median holds now."""
        now = {place for _, place in self.counted[-WINDOW:]}
        for at, one in enumerate(self.exposures):
            if at in now:
                late = one.standing == "outlier"
                told = {"standing": "counts", "why": "it counts, as the next one agreed"} if late else {}
                yield one.model_copy(update={"in_median": True, **told})
            else:
                older = one.standing == "counts"
                yield one.model_copy(update={"why": "it counted, and no longer does"}) if older else one

    def _step(self, exposure: Exposure, before: Fraction | None) -> None:
        """Missed repetitions: once the max does not rise, twice in a row it goes back."""
        if not exposure.struggle:
            self.struggles, self.step = 0, "on"
            return
        self.struggles += 1
        if self.struggles == 1 or self.held is None:
            self.held = self.max if before is None else before
        self.step = "hold"
        if self.max is None or self.held is None:
            return
        if self.struggles < STRUGGLES:
            self.max = min(self.max, self.held)
            return
        # Counted anew from there: the same sessions are not held against the runner twice.
        self.record(min(self.max, BACK * self.held))
        self.step = "back"


def log_of(now: Now, exercise: str, day: date) -> Log:
    """Read the log of a lift up to a day, that day included."""
    return _read(records_of(now, exercise), exposures_of(now, exercise), unit_of(now), day)


def maxes_by(now: Now, exercise: str, days: tuple[date, ...]) -> tuple[Fraction | None, ...]:
    """What the log says at the end of each day."""
    records, exposures, unit = records_of(now, exercise), exposures_of(now, exercise), unit_of(now)
    return tuple(_read(records, exposures, unit, day).max for day in days)


def told_max(now: Now, exercise: str) -> tuple[date, Fraction] | None:
    """The max of a lift by what was told of it, and the last day that something was told on."""
    exposures, records = exposures_of(now, exercise), records_of(now, exercise)
    days = [one.date for one in exposures if one.told and one.best is not None and one.date <= now.today]
    days += [one.day for one in records if one.source == "log" and one.day is not None]
    most = _read(records, exposures, unit_of(now), now.today).max if days else None
    return None if most is None else (max(days), most)


def maxes(now: Now) -> dict[str, tuple[date, Fraction]]:
    """What was told of each lift's max, by sets or a record, and the last day of that."""
    told = {one.exercise for event in now.state.all_of(LiftDone) for one in event.sets}
    told |= {event.exercise for event in now.state.records}
    found = ((name, told_max(now, name)) for name in sorted(told & lifts_known(now).keys()))
    return {name: most for name, most in found if most is not None}


def unit_of(now: Now) -> str:
    """The runner's unit of weights."""
    return now.scenario.strength.weights.unit


def _read(records: tuple[DatedRecord, ...], exposures: tuple[Exposure, ...], unit: str, day: date) -> Log:
    log = Log()
    # Of one day the record comes last: that day, too, it is the max.
    moments: list[tuple[date, int, DatedRecord | Exposure]] = [
        *((one.day or date.min, 1, one) for one in records),
        *((one.date, 0, one) for one in exposures),
    ]
    for when, _, one in sorted(moments, key=lambda moment: moment[:2]):
        if when > day:
            break
        if isinstance(one, DatedRecord):
            log.record(one.one_rm)
        else:
            log.exposure(one, unit)
    return log


def records_of(now: Now, exercise: str) -> tuple[DatedRecord, ...]:
    """Records of a lift by date: those of the scenario, then what was recorded since."""
    unit = unit_of(now)
    told: list[DatedRecord] = []
    in_scenario = read_names(now.wanted).scenario.strength.records.get(exercise)
    if in_scenario is not None:
        told.append(_dated(in_scenario, in_scenario.date, unit, "scenario"))
    told += [
        _dated(event.record, event.date, unit, "log")
        for event in now.state.records
        if event.exercise == exercise
    ]
    return tuple(sorted(told, key=lambda one: one.day or date.min))


def _dated(record: Record, day: date | None, unit: str, source: str) -> DatedRecord:
    own = record.unit or unit
    if record.weight is None:
        text = f"{record.one_rm:g} {own} once"
    else:
        left = f", {record.rir} in reserve" if record.rir else ""
        text = f"{record.weight:g} {own} x {record.reps}{left}"
    return DatedRecord(day, in_unit(one_rm(record), own, unit), text, source)


def lifts_known(now: Now) -> Mapping[str, Exercise]:
    """Exercises that have a max, by id: those that are counted in repetitions."""
    every = exercises_of(read_names(now.scenario).scenario)
    return {name: one for name, one in every.items() if one.reps_unit in COUNTED}


def lift_called(now: Now, name: str) -> Exercise:
    """The lift that a written name stands for.

    Raises
    ------
    BlockError
        If there is none, or it is not counted in repetitions.
    """
    every = exercises_of(read_names(now.scenario).scenario)
    meant = name if name in every else find(name, names_of(every.values()))
    if meant is None:
        raise BlockError(f"there is no exercise {quoted(name)}", did_you_mean(name, every))
    if every[meant].reps_unit not in COUNTED:
        raise BlockError(f"{every[meant].in_text} is not counted in repetitions: it has no max")
    return every[meant]
