"""What may give: each knob is one value of the scenario with the steps by which it may be loosened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from mesocycle.models.clock import WEEKDAY_NAMES, WEEKDAYS
from mesocycle.models.paths import Path
from mesocycle.models.scenario import PRESETS, Scenario
from mesocycle.solver.diagnose.week_range import Stretch
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import active, set_by
from mesocycle.solver.rules.base import Case, Drop, Give, Parameters, Rule

# Steps beside a quarter of an hour of a free window, which counts one.
SOFT_STEPS = 24
POLICY_STEPS = 6
REST_DAY_STEPS = 10

Cases = Sequence[tuple[str, Case]]


@dataclass(frozen=True, eq=False)
class Level:
    """One loosening of a knob: what would be written, how big a step it is, and how it is told."""

    to: Any
    steps: int
    text: str


@dataclass(frozen=True, eq=False)
class Knob:
    """One value of the scenario that may give.

    Attributes
    ----------
    kind : str
        What gives, for variety among the repairs: a rule's id, or a part of the scenario.
    path, before : Path and Any
        The value's place, and what is written there.
    rules : tuple of str
        Rules whose cases the knob changes.
    levels : tuple of Level
        Each looser than the one before.
    cases : callable
        Of the position of a level: the cases of `rules` at that level, on the stretch it was made for.
    """

    kind: str
    path: Path
    before: Any
    rules: tuple[str, ...]
    levels: tuple[Level, ...]
    cases: Callable[[int], Cases]

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same knob on another stretch."""
        return (self.path, *(level.text for level in self.levels))


def rule_knobs(scenario: Scenario, stretch: Stretch) -> Iterator[Knob]:
    """Numbers of the hard rules, and as a last resort the rules themselves as wishes."""
    hard = {rule for rule, _ in stretch.grounded.cases}
    for rule, settings in active(stretch.problem.settings):
        if rule.id not in hard or rule.relaxation.locked or not isinstance(settings, Parameters):
            continue
        for give in rule.relaxation.gives:
            knob = _number(scenario, stretch, rule, settings, give)
            if knob.levels:
                yield knob
        if settings.hard:
            yield _wish(scenario, stretch, rule, settings)
        if rule.relaxation.drops is not None:
            yield from _dropped(scenario, stretch, rule, settings, rule.relaxation.drops)


def _number(scenario: Scenario, stretch: Stretch, rule: Rule, settings: Parameters, give: Give) -> Knob:
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
        path, before, written = _written(scenario, rule.id, give.parameter, plain)
        levels.append(Level(written, give.price * step, text))
        reached.append(looser)
    path, before, _ = _written(scenario, rule.id, give.parameter, was)
    return Knob(
        kind=rule.id,
        path=path,
        before=before,
        rules=(rule.id,),
        levels=tuple(levels),
        cases=_seen_in((rule.id,), [_with(stretch.problem, rule, looser) for looser in reached]),
    )


def _wish(scenario: Scenario, stretch: Stretch, rule: Rule, settings: Parameters) -> Knob:
    path, before, written = _written(scenario, rule.id, "hard", False)
    softer = settings.model_copy(update={"hard": False})
    text = f"{rule.id} as a wish, no longer a must"
    return Knob(
        kind=rule.id,
        path=path,
        before=before,
        rules=(rule.id,),
        levels=(Level(written, SOFT_STEPS, text),),
        cases=_seen_in((rule.id,), [_with(stretch.problem, rule, softer)]),
    )


def _dropped(
    scenario: Scenario, stretch: Stretch, rule: Rule, settings: Parameters, drops: Drop
) -> Iterator[Knob]:
    """Each entry of a list, and all of them."""
    days = tuple(getattr(settings, drops.parameter))
    for gone in [(day,) for day in days] + ([days] if len(days) > 1 else []):
        kept = tuple(day for day in days if day not in gone)
        path, before, written = _written(scenario, rule.id, drops.parameter, [str(day) for day in kept])
        looser = settings.model_copy(update={drops.parameter: kept})
        text = drops.text.format(gone=" and ".join(map(str, gone)))
        yield Knob(
            kind=rule.id,
            path=path,
            before=before,
            rules=(rule.id,),
            levels=(Level(written, drops.price * len(gone), text),),
            cases=_seen_in((rule.id,), [_with(stretch.problem, rule, looser)]),
        )


def _written(scenario: Scenario, rule: str, parameter: str, to: Any) -> tuple[Path, Any, Any]:
    """Where a parameter is written, what stands there, and what would; a word for a rule is spelt out."""
    now = scenario.rules.get(rule)
    if isinstance(now, (str, bool)):
        mapping = (
            {parameter: to}
            if parameter == "hard" or now in ("on", True)
            else {
                "hard": now == "hard",
                parameter: to,
            }
        )
        return ("rules", rule), now, mapping
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


def _with(problem: Problem, rule: Rule, settings: Parameters) -> Problem:
    return problem.seen_with(settings=problem.settings.but(rule, settings))


def policy_knobs(scenario: Scenario, stretch: Stretch) -> Iterator[Knob]:
    """The other presets, or the other values of a switch where the switches are spelt out."""
    rules = set_by("policy")
    if not any(rule in rules for rule, _ in stretch.grounded.cases):
        return
    now = scenario.switches
    ways: list[tuple[Path, Any, Any, Any, str]] = []
    if isinstance(scenario.policy, str):
        for name, switches in PRESETS.items():
            if name not in (scenario.policy, "auto"):
                ways.append(
                    (
                        ("policy",),
                        scenario.policy,
                        name,
                        switches,
                        f"policy {name} instead of {scenario.policy}",
                    )
                )
    else:
        values = {
            "hard_easy": ("stack_hard", "easy_moderate"),
            "long_run": ("light_only", "allow"),
            "order": ("run_first", "lift_first_in_base", "priority_first"),
        }
        for switch, others in values.items():
            was = getattr(now, switch)
            for value in others:
                if value != was:
                    switches = now.model_copy(update={switch: value})
                    text = f"{switch}: {value} instead of {was}"
                    ways.append((("policy", switch), was, value, switches, text))
    for path, before, to, switches, text in ways:
        yield Knob(
            kind="policy",
            path=path,
            before=before,
            rules=rules,
            levels=(Level(to, POLICY_STEPS, text),),
            cases=_seen_in(rules, [stretch.problem.seen_with(policy=switches)]),
        )


def rest_day_knobs(scenario: Scenario, stretch: Stretch) -> Iterator[Knob]:
    """Each declared rest day on which a lift would be allowed."""
    rules = set_by("athlete.rest_days")
    if not any(rule in rules for rule, _ in stretch.grounded.cases):
        return
    days = scenario.athlete.rest_days
    for day in days:
        number = WEEKDAYS.index(day)
        calendar = stretch.problem.calendar
        kept = frozenset(one for one in calendar.rest_days if one % 7 != number)
        without = replace(calendar, rest_days=kept)
        yield Knob(
            kind="rest_days",
            path=("athlete", "rest_days"),
            before=list(days),
            rules=rules,
            levels=(
                Level(
                    [other for other in days if other != day],
                    REST_DAY_STEPS,
                    f"a lift allowed on {WEEKDAY_NAMES[number]}, a rest day",
                ),
            ),
            cases=_seen_in(rules, [stretch.problem.seen_with(calendar=without)]),
        )
