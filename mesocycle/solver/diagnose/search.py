"""Where a block fails: weeks that fail by themselves, then weeks that fail only together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time
from mesocycle.models.diagnosis import Conflict, ConflictRule
from mesocycle.models.paths import parse_path, value_at
from mesocycle.models.scenario import Scenario
from mesocycle.solver.diagnose.assumption_model import AssumptionModel, Effort, crowded
from mesocycle.solver.diagnose.conflicts import Core, Instance, minimal_core
from mesocycle.solver.diagnose.week_range import WeekRange, base_problem, cut
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.lived import Lived, living
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.versions import Version
from mesocycle.solver.rules import BY_ID, CATALOGUE, deload_weeks
from mesocycle.solver.rules.base import Bar, Demand
from mesocycle.solver.rules.check import understand

MOST_CONFLICTS = 5
Extra = Mapping[str, Sequence[tuple[int, Version]]]


@dataclass(frozen=True, eq=False)
class WholeBlock:
    """A block whose week ranges are looked at; `lived` is what is settled of it."""

    problem: Problem
    lifts: tuple[Lift, ...]
    effort: Effort
    lived: Lived | None = None

    @property
    def weeks(self) -> range:
        """Indices of its weeks."""
        return range(len(self.problem.calendar.weeks))

    def fails(self, weeks: Sequence[int]) -> bool:
        """Whether these weeks are proven to have no block of their own."""
        limits = self.problem.settings.ramp_limits
        compares = len(weeks) > 1 and limits is not None and limits.hard
        ramps = (False, True) if compares else (False,)
        return any(self._fails(weeks, ramp) for ramp in ramps)

    def _fails(self, weeks: Sequence[int], ramp: bool) -> bool:
        part = cut(self.problem, self.lifts, weeks, inside=True, ramp=ramp)
        return AssumptionModel(part, self.effort, inside=True).holds_all() is False

    def changed(self, scenario: Scenario) -> WholeBlock:
        """The same with another scenario."""
        return whole_block(scenario, self.effort, lived=self.lived)

    def week_range(self, weeks: Sequence[int], extra: Extra = MappingProxyType({})) -> WeekRange:
        """Weeks that fail, with ramp_limits only where they would not fail without it."""
        ramp = len(weeks) > 1 and not self._fails(weeks, ramp=False)
        return cut(self.problem, self.lifts, weeks, extra, ramp=ramp)

    def most_lifts(self, week: int) -> int:
        """How many lifts a week can hold at most that cannot hold all that are wanted."""
        model = AssumptionModel(self.week_range((week,)), self.effort)
        demands = [name for name in model.instances if model.step(name)]
        rest = [name for name in model.instances if not model.step(name)]
        tries = (n for n in range(len(demands) - 1, 0, -1) if model.holds([*rest, *demands[:n]]))
        return next(tries, 0)

    def failing_weeks(self) -> tuple[int, ...]:
        """Weeks that fail by themselves."""
        return tuple(week for week in self.weeks if self.fails([week]))

    def failing_range(self, weeks: Sequence[int]) -> tuple[int, ...]:
        """Of weeks that fail together the week range that fails first and begins last, by halving."""
        ends = range(len(weeks) - 1)
        last = bisect_left(ends, True, key=lambda at: self.fails(weeks[: at + 1]))
        weeks = weeks[: last + 1]
        size = 1 + bisect_left(range(last), True, key=lambda at: self.fails(weeks[-at - 1 :]))
        return tuple(weeks[-size:])


def whole_block(
    scenario: Scenario, effort: Effort, pattern: int | None = None, lived: Lived | None = None
) -> WholeBlock:
    """The block of a scenario, with every choice of lighter weeks or one of them, and what is settled."""
    instance = understand(scenario, begun=lived is not None)
    if lived is not None:
        instance = living(instance, lived)
    patterns = deload_weeks.patterns(instance)
    chosen = patterns if pattern is None else patterns[pattern : pattern + 1]
    return WholeBlock(*base_problem(instance, chosen), effort, lived)


@dataclass(frozen=True)
class FoundConflict:
    """A conflict as the solver knows it: its weeks (indices), week ranges that fail alike, and its core.

    The core is an irreducible infeasible subset of the rule instances, `demands` the cases of its members.
    """

    weeks: tuple[int, ...]
    alike: tuple[tuple[int, ...], ...]
    core: Core
    demands: tuple[Demand, ...]

    @property
    def all_weeks(self) -> tuple[int, ...]:
        """Its weeks and those that fail alike, in order."""
        return tuple(sorted({*self.weeks, *(week for weeks in self.alike for week in weeks)}))


def conflicts(whole: WholeBlock, failing: Sequence[int]) -> Iterator[FoundConflict]:
    """Yield conflicts that share no rule instance, the earliest first.

    Parameters
    ----------
    whole : WholeBlock
        A block that fails.
    failing : sequence of int
        Its weeks that fail by themselves.
    """
    known: set[int] = set()
    for week in failing:
        if week not in known:
            for found in _in(whole, (week,)):
                others = [(other,) for other in failing if other > week and other not in known]
                found = _with_alike(whole, found, others)
                known.update(week for (week,) in found.alike)
                yield found
    rest = [] if failing else list(whole.weeks)
    while len(rest) > 1 and whole.fails(rest):
        weeks = whole.failing_range(rest)
        last = weeks[-1]
        for found in _in(whole, weeks):
            later = range(1, rest[-1] - weeks[-1] + 1) if len(weeks) <= 2 else ()
            found = _with_alike(whole, found, [tuple(week + by for week in weeks) for by in later])
            last = max(last, found.all_weeks[-1])
            yield found
        rest = [week for week in rest if week >= last]


def _in(whole: WholeBlock, weeks: tuple[int, ...]) -> Iterator[FoundConflict]:
    """The conflicts of weeks that fail: irreducible ones without a common member."""
    week_range = whole.week_range(weeks)
    model = AssumptionModel(week_range, whole.effort)
    widened = False
    widest: AssumptionModel | None = None
    # For a week that cannot hold one lift that is reported, not that it cannot hold two.
    gone = {name for name in model.instances if model.step(name) > 1}
    if model.holds(_without(model, gone)) is not False:
        gone.clear()
    while model.holds(left := _without(model, gone)) is False:
        core = minimal_core(left, model.holds, _rank(whole.problem.scenario))
        widest = widest or AssumptionModel(week_range, whole.effort, every_start=True, every_version=True)
        answer = widest.holds(core.members)
        if answer:  # what was left out matters after all: look again with more of it
            model = widest if widened else AssumptionModel(week_range, whole.effort, every_start=True)
            widened = True
            continue
        demands = tuple(model.demands[name] for name in core.members)
        yield FoundConflict(weeks, (), Core(core.members, core.minimal and answer is False), demands)
        gone.update(core.members)


def _without(model: AssumptionModel, gone: Collection[Instance]) -> tuple[Instance, ...]:
    return tuple(name for name in model.instances if name not in gone)


def _with_alike(whole: WholeBlock, found: FoundConflict, others: Iterable[tuple[int, ...]]) -> FoundConflict:
    """Add the week ranges in which the same rules collide, none of them needlessly."""
    rules = {rule for rule, _ in found.core.members}
    alike = []
    for weeks in others:
        part = whole.week_range(weeks)
        barring = any(rule in rules and isinstance(case, Bar) for rule, case in part.grounded.cases)
        model = AssumptionModel(part, whole.effort, every_start=crowded(part), every_version=barring)
        same = [name for name in model.instances if name[0] in rules]
        if model.holds(same) is False and all(
            model.holds([name for name in same if name[0] != rule]) for rule in sorted(rules)
        ):
            alike.append(weeks)
    return replace(found, alike=tuple(alike))


def _rank(scenario: Scenario) -> Callable[[str], int]:
    """What leaves a conflict first: what never gives, then defaults, then what the runner wrote himself."""
    written = scenario.model_dump(exclude_unset=True)
    order = {rule.id: at for at, rule in enumerate(CATALOGUE)}

    def rank(rule: str) -> int:
        if BY_ID[rule].relaxation.locked:
            return order[rule]
        return order[rule] + len(order) * (2 if source_of(rule, written) else 1)

    return rank


def source_of(rule: str, written: dict[str, object]) -> str:
    """The key of what the runner wrote about a rule; empty where he wrote nothing."""
    key = BY_ID[rule].relaxation.key
    for known in (key, key.rpartition(".")[0], f"rules.{rule}"):
        if known not in ("rules", "athlete", "strength") and value_at(written, parse_path(known)) is not None:
            return known
    return ""


def as_reported(found: FoundConflict, whole: WholeBlock) -> Conflict:
    """A conflict in the runner's words."""
    problem, calendar = whole.problem, whole.problem.calendar
    facts = (_fact(lift, calendar) for lift in whole.lifts if lift.week in found.weeks)
    written = problem.scenario.model_dump(exclude_unset=True)
    rules: list[ConflictRule] = []
    for rule in CATALOGUE:
        pairs = zip(found.core.members, found.demands, strict=True)
        demands = [demand for (name, _), demand in pairs if name == rule.id]
        if demands:
            about = [demand.when.about for demand in demands]
            rules.append(
                ConflictRule(
                    id=rule.id,
                    text=rule.title,
                    scope=tuple(demand.scope for demand in demands),
                    cases=tuple(demand.text for demand in demands),
                    dates=tuple(time if isinstance(time, date) else None for time in about),
                    weeks=tuple(time if isinstance(time, int) else None for time in about),
                    source=source_of(rule.id, written) or f"rules.{rule.id}",
                )
            )
    return Conflict(
        rules=tuple(rules),
        weeks=tuple(week + 1 for week in found.weeks),
        start=calendar.date_of(calendar.weeks[found.weeks[0]].first_day),
        end=calendar.date_of(calendar.weeks[found.weeks[-1]].last_day),
        alike=tuple(week + 1 for week in found.all_weeks if week not in found.weeks),
        proven_minimal=found.core.minimal,
        facts=tuple(fact for fact in facts if fact),
    )


def _fact(lift: Lift, calendar: Calendar) -> str:
    """What is settled of a session that takes place."""
    if lift.settled is None or lift.settled.start is None:
        return ""
    day, minute = divmod(lift.settled.start, MINUTES_PER_DAY)
    return f"{lift.id} stays on {format_day(calendar.date_of(day))} at {format_time(minute)}"
