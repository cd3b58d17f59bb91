"""Explains a block: reads the question, then answers session by session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mesocycle.models.explanation import Explanation, SessionExplained, WeekExplained
from mesocycle.models.plan import Plan, Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.solver.explain.choices import Choices, choices
from mesocycle.solver.explain.exact import Exact, How, Scope
from mesocycle.solver.explain.explainer import Explainer
from mesocycle.solver.explain.question import Question, question
from mesocycle.solver.explain.session import session_of
from mesocycle.solver.explain.sets import sets_of
from mesocycle.solver.explain.weeks import pattern_prices, week_of
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.lived import Lived, living
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.patterns import PatternSearch
from mesocycle.solver.rules.check import understand
from mesocycle.solver.solve import Solved

EXACT = (Scope.WEEK, Scope.BLOCK)

# Takes each session as soon as it is explained, its week where it is the first of one that is told too, how
# many are done, and how many there are.
Report = Callable[[SessionExplained, WeekExplained | None, int, int], None]


def explain(
    scenario: Scenario,
    given: Result | Plan | Solved,
    deadline: Deadline,
    *,
    session: str | date | None = None,
    why_not: str | date | None = None,
    week: int | None = None,
    exact: bool = True,
    report: Report | None = None,
    lived: Lived | None = None,
) -> Explanation:
    """Explain a plan.

    Parameters
    ----------
    scenario : Scenario
        What it was planned for.
    given : Result, Plan or Solved
        The plan; of a `Solved` the relaxations are used again.
    deadline : Deadline
        What is not known by then is told as unknown.
    session : str or date, optional
        An id, a name or a date; all sessions if left out.
    why_not : str or date, optional
        The day, or day and hour, that is asked about; all days of the week if left out.
    week : int, optional
        Only the sessions of this week, and why it has so many sets.
    exact : bool
        Also what a choice costs where its week may change, and where everything may.
    report : callable, optional
        Called as `Report` says.
    lived : Lived, optional
        What is settled of the plan.

    Raises
    ------
    ValueError
        If there is no plan, it is none of this scenario or breaks its rules, or the question names what is
        not there.
    """
    result = given.result if isinstance(given, Solved) else given if isinstance(given, Result) else None
    plan = given if isinstance(given, Plan) else None if result is None else result.plan
    if plan is None:
        told = "" if result is None else f": {result.headline}"
        raise ValueError(f"there is no plan to explain{told}")
    instance = given.instance if isinstance(given, Solved) else understand(scenario, begun=lived is not None)
    if lived is not None:
        instance = living(instance, lived)
    known = list(given.search.relaxed.values()) if isinstance(given, Solved) else []
    chosen = choices(instance, plan, known)
    if chosen.audit.breaches:
        first = chosen.audit.breaches[0]
        raise BrokenPlanError(
            f"the plan breaks rules of this scenario ({first.rule}: {first.text}): `audit` judges it"
        )
    asked = question(chosen, session, why_not, week)
    search = given.search if isinstance(given, Solved) else None
    # What a session that is left out costs, and other sets, is not read off the cases.
    if search is None and (exact or asked.whole or any(sets is None for sets in chosen.sets)):
        search = PatternSearch(instance, None, deadline, 1, lambda stage: None)
    return _Explaining(scenario, instance, chosen, asked, search, deadline, exact).all(result, report)


class BrokenPlanError(ValueError):
    """A plan that cannot be explained, as it breaks rules."""


class _Explaining:
    """One explanation on its way."""

    def __init__(
        self,
        scenario: Scenario,
        instance: Instance,
        chosen: Choices,
        asked: Question,
        search: PatternSearch | None,
        deadline: Deadline,
        exact: bool,
    ) -> None:
        self.scenario, self.chosen, self.asked, self.deadline = scenario, chosen, asked, deadline
        patterns = [] if search is None else list(search.relaxed.values())
        for relaxed in patterns:
            relaxed.deadline = relaxed.limit = deadline
        self.patterns = patterns
        self.exact = Exact(chosen, patterns, search is not None and not search.unrelaxed)
        self.explainer = Explainer(chosen, self.exact, EXACT if exact else (), deadline)

    def all(self, result: Result | None, report: Report | None) -> Explanation:
        sessions: list[SessionExplained] = []
        weeks = self._weeks()
        for number, lift in enumerate(self.asked.lifts, 1):
            day = self.asked.days.get(lift.index)
            one = session_of(
                self.explainer,
                lift,
                None if day is None else [day],
                self.asked.minute,
                whole=self.asked.whole,
            )
            if self.asked.whole and day is None:
                one = one.model_copy(update={"exercises": tuple(sets_of(self.explainer, lift))})
            if report is not None:
                first = not sessions or sessions[-1].week != one.week
                week = next((week for week in weeks if first and week.week == one.week), None)
                report(one, week, number, len(self.asked.lifts))
            sessions.append(one)
            if self.deadline.stopped:
                break
        bounds = [relaxed.bound for relaxed in self.patterns]
        known = [bound for bound in bounds if bound is not None]
        proven = len(known) == len(bounds) > 0 and self.exact.complete and min(known) >= self.chosen.points
        return Explanation(
            name=self.scenario.name,
            status=result.status if result is not None else Status.OPTIMAL if proven else Status.FEASIBLE,
            proven=result.proven if result is not None else proven,
            objective=self.chosen.points,
            sessions=tuple(sessions),
            weeks=tuple(weeks),
            settled={how.value: self.exact.tally[how] for how in How},
            complete=not self.deadline.passed and all(one.known for one in sessions),
        )

    def _weeks(self) -> list[WeekExplained]:
        """The week that is asked about; of a whole block all weeks that have fewer sets."""
        if self.asked.week is not None:
            patterns = tuple(pattern_prices(self.chosen, self.patterns))
            return [week_of(self.chosen, self.asked.week, patterns)]
        if self.asked.whole or self.asked.days:
            return []
        return [week_of(self.chosen, index, ()) for index in range(len(self.chosen.plan.weeks))]
