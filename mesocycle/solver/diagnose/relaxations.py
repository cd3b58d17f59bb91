"""What may give: each relaxation is one value of the scenario with the levels to which it may be loosened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from mesocycle.models.clock import WEEKDAY_NAMES, WEEKDAYS
from mesocycle.models.paths import Path
from mesocycle.models.scenario import PRESETS, PolicySwitches, Scenario
from mesocycle.models.training import Part
from mesocycle.solver.diagnose.week_range import WeekRange
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import active, set_by
from mesocycle.solver.rules.base import Case, Demand, Drop, Give, Parameters, Rule

# Steps beside a quarter of an hour of a free window, which counts one.
SOFT_STEPS = 24
POLICY_STEPS = 6
REST_DAY_STEPS = 10
HOUR_STEPS, PIN_STEPS, MUST_STEPS = 4, 8, 8
# Values of a policy's switches that give more room than the others.
OTHER_SWITCHES = {
    "hard_easy": ("stack_hard", "easy_moderate"),
    "long_run": ("light_only", "allow"),
    "order": ("run_first", "lift_first_in_base", "priority_first"),
}

Cases = Sequence[tuple[str, Case]]


@dataclass(frozen=True, eq=False)
class Level:
    """One level of a relaxation: what would be written, how big a step it is, and the sentence for it."""

    to: Any
    steps: int
    text: str


@dataclass(frozen=True, eq=False)
class Relaxation:
    """One value of the scenario that may give.

    Attributes
    ----------
    kind : str
        What gives, for variety among the repairs: a rule's id, or a part of the scenario.
    path, before : Path and Any
        The value's place, and what is written there.
    rules : tuple of str
        Rules whose cases the relaxation changes.
    levels : tuple of Level
        Each looser than the one before.
    cases : callable
        Of the position of a level: the cases of `rules` at that level, on the week range it was made for.
    """

    kind: str
    path: Path
    before: Any
    rules: tuple[str, ...]
    levels: tuple[Level, ...]
    cases: Callable[[int], Cases]

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same relaxation on another week range."""
        return (self.path, *(level.text for level in self.levels))


def rule_relaxations(scenario: Scenario, week_range: WeekRange) -> Iterator[Relaxation]:
    """Numbers of the hard rules, and as a last resort the rules themselves as wishes."""
    hard = {rule for rule, _ in week_range.grounded.cases}
    for rule, settings in active(week_range.problem.settings):
        if rule.id not in hard or rule.relaxation.locked or not isinstance(settings, Parameters):
            continue
        for give in rule.relaxation.gives:
            relaxation = _number(scenario, week_range, rule, settings, give)
            if relaxation.levels:
                yield relaxation
        if settings.hard:
            yield _wish(scenario, week_range, rule, settings)
        if rule.relaxation.drops is not None:
            yield from _dropped(scenario, week_range, rule, settings, rule.relaxation.drops)


def _number(
    scenario: Scenario, week_range: WeekRange, rule: Rule, settings: Parameters, give: Give
) -> Relaxation:
    was = getattr(settings, give.parameter)
    levels: list[Level] = []
    reached: list[Parameters] = []
    for step in range(1, give.steps + 1):
        to = was + step * give.by
        try:
            looser = type(settings).model_validate(settings.model_dump() | {give.parameter: to})
        except ValidationError:  # past the parameter's own range
            break
        text = (give.none if not to else "") or give.text.format(to=f"{to:g}", was=f"{was:g}")
        plain = int(to) if isinstance(to, float) and to == int(to) else to
        _, _, written = _written(scenario, rule.id, give.parameter, plain)
        levels.append(Level(written, give.price * step, text))
        reached.append(looser)
    return _of_rule(scenario, week_range, rule, give.parameter, levels, reached)


def _wish(scenario: Scenario, week_range: WeekRange, rule: Rule, settings: Parameters) -> Relaxation:
    _, _, written = _written(scenario, rule.id, "hard", False)
    level = Level(written, SOFT_STEPS, f"{rule.id} as a wish, no longer a must")
    softer = settings.model_copy(update={"hard": False})
    return _of_rule(scenario, week_range, rule, "hard", [level], [softer])


def _dropped(
    scenario: Scenario, week_range: WeekRange, rule: Rule, settings: Parameters, drops: Drop
) -> Iterator[Relaxation]:
    """Each entry of a list, and all of them."""
    days = tuple(getattr(settings, drops.parameter))
    for gone in [(day,) for day in days] + ([days] if len(days) > 1 else []):
        kept = tuple(day for day in days if day not in gone)
        _, _, written = _written(scenario, rule.id, drops.parameter, [str(day) for day in kept])
        level = Level(written, drops.price * len(gone), drops.text.format(gone=" and ".join(map(str, gone))))
        looser = settings.model_copy(update={drops.parameter: kept})
        yield _of_rule(scenario, week_range, rule, drops.parameter, [level], [looser])


def _of_rule(
    scenario: Scenario,
    week_range: WeekRange,
    rule: Rule,
    parameter: str,
    levels: Sequence[Level],
    reached: Sequence[Parameters],
) -> Relaxation:
    """The relaxation of a rule's parameter, given the rule's settings at each level."""
    path, before, _ = _written(scenario, rule.id, parameter, None)
    problem = week_range.problem
    views = [problem.seen_with(settings=problem.settings.but(rule, settings)) for settings in reached]
    return Relaxation(rule.id, path, before, (rule.id,), tuple(levels), _seen_in((rule.id,), views))


def _written(scenario: Scenario, rule: str, parameter: str, to: Any) -> tuple[Path, Any, Any]:
    """Where a parameter is written, what stands there, and what would; a word for a rule is spelt out."""
    now = scenario.rules.get(rule)
    if isinstance(now, (str, bool)):
        given = {} if parameter == "hard" or now in ("on", True) else {"hard": now == "hard"}
        return ("rules", rule), now, given | {parameter: to}
    return ("rules", rule, parameter), (now or {}).get(parameter), to


def _seen_in(rules: Sequence[str], views: Sequence[Problem]) -> Callable[[int], Cases]:
    """The cases of rules as they stand in a changed problem, one for each level."""

    def cases(level: int) -> Cases:
        return [
            (rule.id, case)
            for rule, settings in active(views[level].settings)
            if rule.id in rules
            for case in rule.cases(views[level], settings)
        ]

    return cases


def policy_relaxations(scenario: Scenario, week_range: WeekRange) -> Iterator[Relaxation]:
    """The other presets, or the other values of a switch where the switches are spelt out."""
    rules = set_by("policy")
    if not any(rule in rules for rule, _ in week_range.grounded.cases):
        return
    for path, before, to, switches in _other_policies(scenario):
        name = f"{path[-1]}:" if len(path) > 1 else "policy"
        yield Relaxation(
            kind="policy",
            path=path,
            before=before,
            rules=rules,
            levels=(Level(to, POLICY_STEPS, f"{name} {to} instead of {before}"),),
            cases=_seen_in(rules, [week_range.problem.seen_with(policy=switches)]),
        )


def _other_policies(scenario: Scenario) -> Iterator[tuple[Path, str, str, PolicySwitches]]:
    """Where a policy is written, what stands there, what would, and the switches that follow."""
    if isinstance(scenario.policy, str):
        for name, switches in PRESETS.items():
            if name not in (scenario.policy, "auto"):
                yield ("policy",), scenario.policy, name, switches
        return
    now = scenario.switches
    for switch, values in OTHER_SWITCHES.items():
        before = getattr(now, switch)
        for value in values:
            if value != before:
                yield ("policy", switch), before, value, now.model_copy(update={switch: value})


def rest_day_relaxations(scenario: Scenario, week_range: WeekRange) -> Iterator[Relaxation]:
    """Each declared rest day on which a lift would be allowed."""
    rules = set_by("athlete.rest_days")
    if not any(rule in rules for rule, _ in week_range.grounded.cases):
        return
    names = scenario.athlete.rest_days
    calendar = week_range.problem.calendar
    for name in names:
        weekday = WEEKDAYS.index(name)
        kept = frozenset(day for day in calendar.rest_days if day % 7 != weekday)
        text = f"a lift allowed on {WEEKDAY_NAMES[weekday]}, a rest day"
        yield Relaxation(
            kind="rest_days",
            path=("athlete", "rest_days"),
            before=list(names),
            rules=rules,
            levels=(Level([other for other in names if other != name], REST_DAY_STEPS, text),),
            cases=_seen_in(rules, [week_range.problem.seen_with(calendar=replace(calendar, rest_days=kept))]),
        )


def pin_relaxations(scenario: Scenario, week_range: WeekRange) -> Iterator[Relaxation]:
    """Each pin that takes part: without its hour, or gone."""
    rules, pins, problem = set_by("strength.pins"), scenario.strength.pins, week_range.problem
    hard = {
        case.scope for rule, case in week_range.grounded.cases if rule in rules and isinstance(case, Demand)
    }
    for at, pin in enumerate(pins):
        if not any(scope.endswith(f" {pin}") for scope in hard):
            continue
        before, after = pins[:at], pins[at + 1 :]
        ways = [((*before, *after), PIN_STEPS, "no longer pinned")]
        if pin.start is not None:
            any_hour = pin.model_copy(update={"start": None})
            ways.insert(0, ((*before, any_hour, *after), HOUR_STEPS, "at any hour"))
        yield Relaxation(
            kind="pins",
            path=("strength", "pins"),
            before=_plain(pins),
            rules=rules,
            levels=tuple(Level(_plain(kept), steps, f"{pin.where}: {words}") for kept, steps, words in ways),
            cases=_seen_in(rules, [_with_strength(problem, pins=kept) for kept, _, _ in ways]),
        )


def must_relaxations(scenario: Scenario, week_range: WeekRange) -> Iterator[Relaxation]:
    """Each session whose days and hours are a must: they become a wish."""
    rules = set_by("strength.sessions")
    sessions = scenario.strength.sessions
    taking_part = {rule for rule, _ in week_range.grounded.cases}
    for at, session in enumerate(sessions):
        if not session.must or taking_part.isdisjoint(rules):
            continue
        softer = (*sessions[:at], session.model_copy(update={"must": False}), *sessions[at + 1 :])
        text = f"{session.wishes} for {session.name} as a wish, no longer a must"
        yield Relaxation(
            kind="must",
            path=("strength", "sessions", at, "must"),
            before=True,
            rules=rules,
            levels=(Level(False, MUST_STEPS, text),),
            cases=_seen_in(rules, [week_range.problem.seen_with(sessions=softer)]),
        )


def _with_strength(problem: Problem, **changes: Any) -> Problem:
    """The problem where something under `strength` is written otherwise."""
    strength = problem.scenario.strength.model_copy(update=changes)
    return problem.seen_with(scenario=problem.scenario.model_copy(update={"strength": strength}))


def _plain(parts: Sequence[Part]) -> list[Any]:
    """Parts of a scenario as a file holds them."""
    return [part.model_dump(mode="json", exclude_defaults=True) for part in parts]
