"""A small part of the rules as a textbook would model it in CP-SAT: `peers.py` starts it.

Integer start times and integer sets; minutes, load and hours short are worked out by the model, with
products, divisions and maxima; reified differences keep lifts clear of runs and of each other.

`peers_textbook.py FOLDER LIMIT` solves `scenario.yaml` there, which has to have exactly the rules of `RULES`.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model
from peers_ours import audited, best_pattern, context_of, few_of
from solve_time import scenario_text

import mesocycle as mc
from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.instance.calendar import DatedRun
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.phases import round_half_up
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.amounts import minutes_of
from mesocycle.solver.prescription.items import LOADED_DOSE, REFERENCE_DOSE, TENTHS
from mesocycle.solver.prescription.lifts import Lift

# The rules that it has, with their settings; sets by mileage and in lighter weeks are data to it.
RULES: dict[str, object] = {
    "availability_window": "on",
    "no_overlap_with_run": "on",
    "one_lift_per_day": "on",
    "no_lower_lift_day_before_key": "on",
    "recovery_before_intensity": "on",
    "min_gap_after_run": "on",
    "hard_easy_policy": "on",
    "long_run_stack": "on",
    "lift_spacing": {"hard_hours": 48, "days": 1, "heavy_days": 1},
    "even_spacing": "on",
    "sessions_per_week": "on",
    "planned_sets": "on",
    "session_duration": "on",
    "weekly_lifting_time": "on",
    "set_trim_by_mileage": "on",
    "deload_weeks": "on",
    "weekly_sets_per_pattern": "on",
    "weekly_day_consistency": "on",
}
WORKERS = 8
# Runs so long after a week's last day still matter to its lifts.
DAYS_AFTER = 4
FAR = 100_000
TENTHS_A_MINUTE = 60 * TENTHS


def small_rules(weeks: int, lifts: int) -> str:
    """The scenario of a size with exactly these rules."""
    rules = {rule.id: RULES.get(rule.id, "off") for rule in mc.rules()}
    # JSON is YAML too.
    return f"{scenario_text(weeks, lifts)}rules: {json.dumps(rules)}\n"


class Placed:
    """One lift: its start, its sets, and what follows from them."""

    def __init__(self, model: cp_model.CpModel, problem: Problem, lift: Lift) -> None:
        self.model, self.lift = model, lift
        self.present = model.new_bool_var("")
        self.sets = [
            model.new_int_var_from_domain(cp_model.Domain.from_values(list(ways)), "")
            for unit, ways in zip(lift.space.units, lift.space.ways, strict=True)
            for _ in unit
        ]
        for unit in lift.space.units:
            for one, other in combinations(unit, 2):
                model.add(self.sets[one] == self.sets[other])
        model.add(sum(self.sets) >= 1)
        self.minutes = self._minutes()
        self.dose = sum(each * item.dose for each, item in zip(self.sets, lift.items, strict=True))
        loaded = self.reified(self.dose >= LOADED_DOSE, self.dose < LOADED_DOSE)
        self.loaded = self.product(loaded, self.present, 1)
        self.start, self.end = self._start(problem)
        self.day = self.divided(self.start, MINUTES_PER_DAY, problem.calendar.last_day)
        days = problem.calendar.weeks[lift.week].days
        self.on = {day: self.reified(self.day == day, self.day != day) for day in days}
        self.placed_on = {day: self.product(here, self.present, 1) for day, here in self.on.items()}

    def _minutes(self) -> Any:
        items = self.lift.items
        empty = minutes_of(items, [0] * len(items))
        done = [self.reified(each >= 1, each == 0) for each in self.sets]
        tenths = sum(
            each * item.tenths + one * TENTHS * item.setup_seconds
            for each, one, item in zip(self.sets, done, items, strict=True)
        )
        warmup = TENTHS_A_MINUTE * empty
        return self.divided(warmup + tenths + TENTHS_A_MINUTE - 1, TENTHS_A_MINUTE, MINUTES_PER_DAY)

    def _start(self, problem: Problem) -> tuple[Any, Any]:
        """On the grid, and with its end in one of the week's free windows."""
        model, grid = self.model, problem.scenario.strength.grid_minutes
        free = problem.settings.availability_window
        travel = 0 if free is None else free.travel_minutes
        windows = [
            (
                day * MINUTES_PER_DAY + window.start_minute + travel,
                day * MINUTES_PER_DAY + window.end_minute - travel,
            )
            for day in problem.calendar.weeks[self.lift.week].days
            for window in problem.calendar.windows[day]
        ]
        starts = [at for first, last in windows for at in range(-(-first // grid) * grid, last, grid)]
        start = model.new_int_var_from_domain(cp_model.Domain.from_values(starts), "")
        end = model.new_int_var(0, starts[-1] + MINUTES_PER_DAY, "")
        model.add(end == start + self.minutes)
        inside = []
        for first, last in windows:
            here = model.new_bool_var("")
            model.add(start >= first).only_enforce_if(here)
            model.add(end <= last).only_enforce_if(here)
            inside.append(here)
        model.add_exactly_one([*inside, ~self.present])
        # What is left out stands nowhere: one way of that is enough.
        model.add(start == starts[0]).only_enforce_if(~self.present)
        for each, top in zip(self.sets, self.lift.own, strict=True):
            model.add(each == top).only_enforce_if(~self.present)
        return start, end

    def halves(self, pattern: str) -> Any:
        """Half sets of a movement pattern."""
        each = [dict(item.patterns).get(pattern, 0) for item in self.lift.items]
        return sum(count * one for count, one in zip(each, self.sets, strict=True))

    def reified(self, yes: Any, no: Any) -> Any:
        """A Boolean for a condition, given with its opposite."""
        literal = self.model.new_bool_var("")
        self.model.add(yes).only_enforce_if(literal)
        self.model.add(no).only_enforce_if(~literal)
        return literal

    def product(self, one: Any, other: Any, most: int) -> Any:
        """The product of two expressions."""
        value = self.model.new_int_var(0, most, "")
        self.model.add_multiplication_equality(value, [one, other])
        return value

    def divided(self, total: Any, by: int, most: int) -> Any:
        """A quotient, rounded down."""
        value = self.model.new_int_var(0, most, "")
        self.model.add_division_equality(value, total, by)
        return value

    def most(self, low: int, values: list[Any], most: int = FAR) -> Any:
        """The greatest of some expressions and a number."""
        value = self.model.new_int_var(low, most, "")
        self.model.add_max_equality(value, [low, *values])
        return value

    def charged(self, points: Any, most: int) -> Any:
        """Points that count only if the lift takes place."""
        return self.product(points, self.present, most)


class Textbook:
    """The model of a block."""

    def __init__(self, context: Instance, few: Problem) -> None:
        self.few, self.calendar, self.settings = few, context.calendar, context.settings
        self.model = cp_model.CpModel()
        self.lifts = [Placed(self.model, few, lift) for lift in few.lifts]
        self.points: list[Any] = []
        for placed in self.lifts:
            self._around_runs(placed)
            self._around_days(placed)
            self._own(placed)
        for one, other in combinations(self.lifts, 2):
            if other.lift.week - one.lift.week <= 1:
                self._apart(one, other)
        for week in self.calendar.weeks:
            self._week(week.number - 1)
        self._even()
        self._home()
        self.model.minimize(sum(self.points))

    def _rule(self, name: str) -> Any:
        return getattr(self.settings, name)

    def _runs(self, lift: Lift) -> list[DatedRun]:
        days = self.calendar.weeks[lift.week].days
        return [run for run in self.calendar.runs if days[0] - 1 <= run.day <= days[-1] + DAYS_AFTER]

    def _around_runs(self, placed: Placed) -> None:
        """Keep clear of runs, with more time after them and before key runs where legs are loaded."""
        model = self.model
        near = self._rule("no_overlap_with_run").transition_minutes
        after = round(60 * self._rule("min_gap_after_run").hours)
        wish = self._rule("recovery_before_intensity")
        floor = round(60 * wish.hard_hours)
        gaps = []
        for run in self._runs(placed.lift):
            before = model.new_bool_var("")
            model.add(placed.end + near <= run.start).only_enforce_if([before, placed.present])
            model.add(placed.start >= run.end + near).only_enforce_if([~before, placed.present])
            model.add(placed.start >= run.end + after).only_enforce_if([~before, placed.loaded])
            if run.key:
                model.add(placed.end + floor <= run.start).only_enforce_if([before, placed.loaded])
                gap = model.new_int_var(-FAR, FAR, "")
                model.add(gap == run.start - placed.end).only_enforce_if(before)
                model.add(gap == FAR).only_enforce_if(~before)
                gaps.append(gap)
        most = wish.novel_hours if placed.lift.demanding else wish.soft_hours
        dose = model.new_int_var(0, REFERENCE_DOSE, "")
        model.add_min_equality(dose, [placed.dose, REFERENCE_DOSE])
        more = placed.divided((round(60 * most) - floor) * dose, REFERENCE_DOSE, FAR)
        short = placed.most(0, [floor + more - gap for gap in gaps], 2 * FAR)
        points = placed.divided(2 * wish.weight * short + 60, 120, FAR)
        self.points.append(placed.product(points, placed.loaded, FAR))

    def _around_days(self, placed: Placed) -> None:
        """Loaded legs: never on the eve of a key run, and at a price where the policy does not want them."""
        runs, policy = self.calendar.runs, self.few.policy
        key_days = {run.day for run in runs if run.key}
        easy_days = {run.day for run in runs} - key_days
        wanted = key_days if policy.hard_easy == "stack_hard" else easy_days
        long_days = {run.day for run in runs if run.type == "long"} if policy.long_run != "allow" else set()
        for day, here in placed.on.items():
            if any(
                day + ahead in key_days
                for ahead in range(1, self._rule("no_lower_lift_day_before_key").days + 1)
            ):
                self.model.add(placed.day != day).only_enforce_if(placed.loaded)
            points = (day not in wanted) * self._rule("hard_easy_policy").weight
            points += (day in long_days) * self._rule("long_run_stack").weight
            if points:
                self.points.append(points * placed.product(here, placed.loaded, 1))

    def _own(self, placed: Placed) -> None:
        """How long a session is, and which of its sets are not done."""
        lift, model = placed.lift, self.model
        band, sets = self._rule("session_duration"), self._rule("planned_sets")
        full = minutes_of(lift.items, lift.own)
        model.add(placed.minutes <= band.most_minutes).only_enforce_if(placed.present)
        model.add(placed.minutes >= min(band.least_minutes, full)).only_enforce_if(placed.present)
        if lift.space.most_minutes is not None:
            model.add(placed.minutes <= lift.space.most_minutes).only_enforce_if(placed.present)
        for outside in (min(band.short_minutes, full) - placed.minutes, placed.minutes - band.long_minutes):
            points = placed.divided(2 * band.weight * placed.most(0, [outside]) + 5, 10, FAR)
            self.points.append(placed.charged(points, FAR))
        for item, each, own in zip(lift.items, placed.sets, lift.own, strict=True):
            # A further set is worth less than the one before: a table by the sets that are done.
            short = model.new_int_var(0, FAR, "")
            model.add_element(each, [item.worth_of(done + 1, own) for done in range(own + 1)], short)
            self.points.append(placed.charged(sets.weight * short, FAR))
        lost = sets.weight * sum(
            item.worth_of(1, own) for own, item in zip(lift.own, lift.items, strict=True)
        )
        self.points.append((self._rule("sessions_per_week").weight + lost) * (1 - placed.present))

    def _apart(self, one: Placed, other: Placed) -> None:
        """Two lifts on different days, and 48 hours between starts that load the legs."""
        model, minutes = self.model, round(60 * self._rule("lift_spacing").hard_hours)
        first = model.new_bool_var("")
        both = [one.present, other.present]
        model.add(one.day < other.day).only_enforce_if([first, *both])
        model.add(one.day > other.day).only_enforce_if([~first, *both])
        heavy = [one.loaded, other.loaded]
        model.add(other.start - one.start >= minutes).only_enforce_if([first, *heavy])
        model.add(one.start - other.start >= minutes).only_enforce_if([~first, *heavy])

    def _week(self, week: int) -> None:
        """Lifts and minutes of a week."""
        own = [placed for placed in self.lifts if placed.lift.week == week]
        if not own:
            return
        self.model.add(sum(placed.present for placed in own) >= self._rule("sessions_per_week").minimum)
        band = self._rule("weekly_lifting_time")
        total = sum(placed.charged(placed.minutes, MINUTES_PER_DAY) for placed in own)
        outside = [total - band.most_minutes]
        if len(own) >= 2 and self.few.factors[week].own == 1:
            outside.append(band.least_minutes - total)
        self.points += [band.weight * own[0].most(0, [each]) for each in outside]
        share = self.few.factors[week].own
        for pattern, (least, most) in self._rule("weekly_sets_per_pattern").bands.items():
            offered = sum(placed.lift.halves(pattern).at(placed.lift.own) for placed in own)
            done = sum(placed.charged(placed.halves(pattern), FAR) for placed in own)
            low = min(round_half_up(2 * least * share), offered)
            weight = self._rule("weekly_sets_per_pattern").weight
            self.points += [weight * own[0].most(0, [each]) for each in (low - done, done - 2 * most)]

    def _even(self) -> None:
        """A lift more than one in a stretch of days costs."""
        last = self.calendar.last_day
        for day in range(self.calendar.first_day, last + 1):
            wanted = sum(placed.lift.week == day // 7 for placed in self.lifts)
            length = min(3, 7 // wanted) if wanted else 1
            if length > 1 and day + length - 1 <= last:
                there = [
                    here
                    for placed in self.lifts
                    for at, here in placed.placed_on.items()
                    if day <= at < day + length
                ]
                weight = self._rule("even_spacing").weight
                self.points.append(weight * self.lifts[0].most(0, [sum(there) - 1]))

    def _home(self) -> None:
        """Each session on one weekday: what lies elsewhere costs."""
        sessions: dict[str, list[Placed]] = {}
        for placed in self.lifts:
            sessions.setdefault(placed.lift.name, []).append(placed)
        for own in sessions.values():
            there: list[list[Any]] = [[] for _ in range(7)]
            for placed in own:
                for day, here in placed.placed_on.items():
                    there[day % 7].append(here)
            most = own[0].most(0, [sum(members) for members in there], len(own))
            away = sum(placed.present for placed in own) - most
            self.points.append(self._rule("weekly_day_consistency").weight * away)


def fits(context: Instance) -> bool:
    """Whether the model says all that the rules say of these weeks: whole weeks of training alone."""
    plain = all(
        week.phase not in ("taper", "recovery") and len(week.days) == 7 for week in context.calendar.weeks
    )
    return (
        plain
        and not context.calendar.blocked
        and {name for name, _ in context.settings.items()} == set(RULES)
    )


def main() -> None:
    """Solve a folder's scenario; the block is judged by our checker."""
    folder, limit = Path(sys.argv[1]), float(sys.argv[2])
    context = context_of(folder / "scenario.yaml")
    if not fits(context):
        raise SystemExit("the textbook model does not have all that this scenario asks for")
    few = few_of(context, best_pattern(context))
    textbook = Textbook(context, few)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.relative_gap_limit = solver.parameters.absolute_gap_limit = 0.0
    solver.parameters.max_time_in_seconds = limit
    began = time.perf_counter()
    status = solver.solve(textbook.model)
    seconds = time.perf_counter() - began
    found, wrong = None, ""
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        # Of a block that is not the best the solver may tell a few points more than its values come to.
        found = solver.value(sum(textbook.points))
        placed = {
            one.lift.index: (solver.value(one.start), [solver.value(each) for each in one.sets])
            for one in textbook.lifts
            if solver.value(one.present)
        }
        audit = audited(context, few, placed)
        wrong = "; ".join(f"{breach.rule}: {breach.text}" for breach in audit.breaches)
        if not wrong and audit.points != found:
            wrong = f"{found} points, {audit.points} by our checker"
    print(
        json.dumps(
            {
                "seconds": seconds,
                "points": found if status == cp_model.OPTIMAL else None,
                "found": found,
                "bound": round(solver.best_objective_bound),
                "wrong": wrong,
            }
        )
    )


if __name__ == "__main__":
    main()
