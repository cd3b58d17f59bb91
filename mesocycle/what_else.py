"""What else could be planned: what-ifs side by side, trade-offs, and the price of every other choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mesocycle.api import DIAGNOSIS_SECONDS, ScenarioLike, scenario_of
from mesocycle.models.plan import Plan
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario, Variant
from mesocycle.solver import solve as solver
from mesocycle.solver.model.search import Deadline

if TYPE_CHECKING:
    from datetime import date

    from mesocycle.models.comparison import Comparison, Frontier
    from mesocycle.models.explanation import Explanation, SessionExplained


def compare(
    scenario: ScenarioLike | Sequence[ScenarioLike],
    variants: Iterable[Variant | Mapping[str, Any]] | None = None,
    *,
    executor: Executor | None = None,
    jobs: int = 1,
    time_limit: float | None = None,
    total_limit: float | None = None,
    results: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Solve what-ifs side by side, and set each against its scenario as it stands.

    Parameters
    ----------
    scenario : as for `solve`, or a sequence of them
        The base of its variants.
    variants : iterable of Variant or mapping, optional
        Each with a `name`, and `set`: values by path, such as
        ``{"name": "Thursdays gone", "set": {"athlete.availability.thu": []}}``. The scenario's own variants
        and grid if left out.
    executor : concurrent.futures.Executor, optional
        Where to solve; it is not shut down. In this process, or in `jobs` processes, if left out.
    jobs : int
        Processes to start at most; none for a few small variants. A script that asks for more than one needs
        the usual ``if __name__ == "__main__":``. With an executor, jobs handed to it at the same time; as
        many as this machine has cores if that is more.
    time_limit, total_limit : float, optional
        Seconds for each variant, and for all.
    results : str or Path, optional
        A file that keeps finished variants; called again with it, only what is missing is solved.
    progress : callable, optional
        Called with (rows done, rows in all).

    Returns
    -------
    Comparison
        A row for each scenario and each variant, in this order whatever finished first: `objective` are its
        points by its own rules, `judged` those by the rules of its base, None where these cannot judge it
        (`row.not_comparable`). `summary.helps` keep the base's lifts and leg sets; `summary.trades` tell what
        calm costs in strength, and strength in points. A variant that is
        wrong is a row with status `error`, one without a block a row with what collides. The same rows, their
        seconds aside, come of any number of jobs and any executor. After Ctrl-C what was solved comes back,
        with `summary.interrupted` true.

    Raises
    ------
    ScenarioError
        If `results` is no file of ours, or a variant is no mapping of `name` and `set`.
    """
    from mesocycle.files.what_ifs import read_variant
    from mesocycle.what_if.batch import Batch, BatchCallbacks, BatchOptions
    from mesocycle.what_if.store import Store
    from mesocycle.what_if.variants import case_of, distinct_names
    from mesocycle.what_if.workers import HandedIn, usable_cores

    given = [scenario] if isinstance(scenario, (Scenario, Mapping, str, Path)) else scenario
    scenarios = [scenario_of(source) for source in given]
    more = [variant if isinstance(variant, Variant) else read_variant(variant) for variant in variants or ()]
    labels = distinct_names(base.name for base in scenarios)
    cases = [case_of(base, label) for base, label in zip(scenarios, labels, strict=True)]
    if variants is not None:
        bare: dict[str, Any] = {"variants": (), "grid": {}}
        cases = [replace(case, scenario=case.scenario.model_copy(update=bare)) for case in cases]
    batch = Batch(cases, more)
    workers = None if executor is None else lambda: HandedIn(executor, max(jobs, usable_cores()))
    callbacks = BatchCallbacks(progress=lambda done: progress(done, len(batch)) if progress else None)
    with ExitStack() as stack:
        store = None if results is None else stack.enter_context(Store(Path(results)))
        options = BatchOptions(
            jobs=jobs,
            time_limit=time_limit,
            end=Deadline(total_limit),
            explain_seconds=DIAGNOSIS_SECONDS,
            workers=workers,
            store=store,
        )
        return batch.run(options, callbacks)


def explain(
    scenario: ScenarioLike,
    plan: Result | Plan | None = None,
    *,
    session: str | date | None = None,
    why_not: str | date | None = None,
    week: int | None = None,
    exact: bool = True,
    time_limit: float | None = None,
    progress: Callable[[SessionExplained, int, int], None] | None = None,
) -> Explanation:
    """Tell why each session is where it is, and what every other choice would cost.

    Parameters
    ----------
    scenario : Scenario, mapping, str or Path
        As for `solve`.
    plan : Result or Plan, optional
        A plan of this scenario that keeps its hard rules; the best one if left out.
    session : str or date, optional
        Its id ("w03-A"), its name, or the date that it is on; then its sets are explained too. All sessions
        if left out.
    why_not : str or date, optional
        Another day, or a day and hour: "wed", "2026-09-16", "wed 18:00"; all days of the week if left out.
    week : int, optional
        Only this week, and why it has so many sets.
    exact : bool
        Also what each choice costs where its week may change, and where everything may. Without it all prices
        are those where nothing else moves.
    time_limit : float, optional
        Seconds for planning, and again for explaining.
    progress : callable, optional
        Called with each session as soon as it is explained, how many are done, and how many there are.

    Returns
    -------
    Explanation
        What time was too short for is marked as unknown, and `complete` is false.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ValueError
        If there is no plan, it is none of this scenario or breaks its rules, or the question names what is
        not there.
    """
    from mesocycle.solver.explain.explain import explain as explained_plan

    read = scenario_of(scenario)
    given = solver.solved(read, time_limit=time_limit) if plan is None else plan
    return explained_plan(
        read,
        given,
        Deadline(time_limit),
        session=session,
        why_not=why_not,
        week=week,
        exact=exact,
        report=None if progress is None else lambda one, week, done, of: progress(one, done, of),
    )


def frontier(scenario: ScenarioLike, *, time_limit: float | None = None) -> Frontier:
    """Find every block that no other beats in both leg sets and interference with runs and races.

    Parameters
    ----------
    scenario : Scenario, mapping, str or Path
        All its hard rules hold in every block.
    time_limit : float, optional
        Seconds; the points proven until then come back.

    Returns
    -------
    Frontier
        Its points by rising leg sets; its status is `optimal` where there are no others.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    """
    from mesocycle.solver.frontier import frontier as trade_offs

    return trade_offs(scenario_of(scenario), Deadline(time_limit))
