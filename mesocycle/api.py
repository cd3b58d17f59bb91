"""The library's functions: thin, typed, without printing or global state.

What plans is loaded with this module; a function that needs more loads it when it is called.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mesocycle.files import scenario as scenario_files
from mesocycle.models.diagnosis import Diagnosis, Repair
from mesocycle.models.paths import parse_path, value_at
from mesocycle.models.plan import Audit, Plan, Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import PROGRAM, Scenario, Variant
from mesocycle.models.training import parse_length
from mesocycle.output.formats import FORMATS
from mesocycle.output.options import ExportOptions
from mesocycle.solver import solve as solver
from mesocycle.solver.model.search import Deadline, Progress
from mesocycle.solver.rules import CATALOGUE
from mesocycle.solver.rules.base import Rule
from mesocycle.solver.rules.check import problems, understand
from mesocycle.solver.rules.settings import scenario_schema
from mesocycle.solver.verify import verify

if TYPE_CHECKING:
    from mesocycle.importing.plan import Imported
    from mesocycle.models.comparison import Comparison
    from mesocycle.models.frontier import Frontier

__all__ = [
    "audit",
    "compare",
    "diagnose",
    "export",
    "frontier",
    "import_plan",
    "load_scenario",
    "rules",
    "scenario_schema",
    "solve",
    "with_repair",
]


# What a runner waits for an explanation; most take a second or two.
DIAGNOSIS_SECONDS = 30.0


def load_scenario(source: str | Path | Mapping[str, Any]) -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    source : str, Path or mapping
        A YAML file, or its content as plain data.

    Returns
    -------
    Scenario
        Sound in itself, its rules, exercises and dated runs included.

    Raises
    ------
    ScenarioFileError
        If the file cannot be read or is wrong; all its problems at once, with line and column.
    ScenarioError
        The same for a mapping, without places.
    """
    if not isinstance(source, Mapping):
        return scenario_files.load(source, problems)[0]
    return scenario_files.from_data(source, problems)


def solve(
    scenario: Scenario,
    *,
    time_limit: float | None = None,
    progress: Progress | None = None,
    deadline: float | None = DIAGNOSIS_SECONDS,
) -> Result:
    """Plan the block of a scenario, to its proven optimum unless a time limit stops it.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`, or built directly.
    time_limit : float, optional
        Seconds for building and solving together.
    progress : callable, optional
        Called with (points of the best block so far or None, bound or None) while the solver runs.
    deadline : float, optional
        Seconds for the diagnosis where no block exists; 0 leaves it out, None sets no limit.

    Returns
    -------
    Result
        `result.plan` is None where no block exists or none was found in time; see `result.status`, and
        `result.diagnosis` for the rules that collide and what would help.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    KeyboardInterrupt
        If interrupted before any block was found; with one found, it is returned unproven.
    """
    result = solver.solve(scenario, time_limit=time_limit, progress=progress)
    return explained(result, scenario, deadline)


def explained(
    result: Result, scenario: Scenario, deadline: float | None, stop: threading.Event | None = None
) -> Result:
    """Add the diagnosis to a result without a block; others come back as they are."""
    if result.status is not Status.INFEASIBLE or deadline == 0:
        return result
    from mesocycle.solver import diagnose as diagnosis

    began = time.perf_counter()
    found = diagnosis.diagnose(scenario, Deadline(deadline, stop))
    seconds = {**result.run.seconds, "diagnose": round(time.perf_counter() - began, 3)}
    run = result.run.model_copy(update={"seconds": seconds})
    return result.model_copy(update={"diagnosis": found, "run": run})


def diagnose(scenario: Scenario, *, deadline: float | None = DIAGNOSIS_SECONDS) -> Diagnosis:
    """Tell why a scenario has no block, and what would help.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`, or built directly.
    deadline : float, optional
        Seconds for finding out whether there is a block, and for the diagnosis; None sets no limit.

    Returns
    -------
    Diagnosis
        Its status is `feasible` where a block exists, and `unknown` where the time was up before that was
        known.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    """
    from mesocycle.solver import diagnose as diagnosis

    began = time.monotonic()
    result = solver.solve(scenario, time_limit=deadline)
    if result.plan is not None:
        return Diagnosis(status=Status.FEASIBLE)
    if result.status is Status.UNKNOWN:
        return Diagnosis(status=Status.UNKNOWN, complete=False)
    left = None if deadline is None else max(0.0, deadline - (time.monotonic() - began))
    return diagnosis.diagnose(scenario, Deadline(left))


def with_repair(scenario: Scenario, repair: Repair) -> Scenario:
    """Return a scenario with the changes of a repair.

    Raises
    ------
    ValueError
        If the repair is not one of this scenario.
    """
    from mesocycle.solver import diagnose as diagnosis

    ways = [scenario.model_dump(mode="json", exclude_defaults=lean) for lean in (True, False)]
    for change in repair.changes:
        path = parse_path(change.path)
        if change.before is not None and all(value_at(data, path) != change.before for data in ways):
            raise ValueError(f"{change.path} is not {change.before!r} here: a repair of another scenario")
    return diagnosis.patched(scenario, repair.changes)


def import_plan(
    source: str | Path,
    *,
    today: date | None = None,
    start_date: date | None = None,
    race_date: date | None = None,
    race_distance: str = "",
    weeks: int | None = None,
    start_times: str = "",
    timezone: str = "",
    date_order: Literal["dmy", "mdy"] | None = None,
    units: Literal["km", "mi"] | None = None,
    name: str = "",
    policy: str = "stack_hard",
    program: str = PROGRAM,
    own_lifts: bool = False,
    free_times: str = "",
    busy: str | Path | Sequence[str | Path] = (),
) -> Imported:
    """Turn somebody's run plan into a scenario.

    Parameters
    ----------
    source : str or Path
        A calendar file (.ics), a table (.csv), weeks of workouts (YAML or JSON), or events of intervals.icu.
    today : date, optional
        What lies before it is left out; the day it is called if left out.
    start_date, race_date : date, optional
        For a plan that has weeks and no dates: its first week, or its race.
    race_distance : str
        Of the race that the plan leads to, where it does not say: "half_marathon", "15 km".
    weeks : int, optional
        At most so many, from 1 to 52.
    start_times : str
        For runs without a time: "06:30, weekend 08:00, pm 18:00, lift 18:30".
    timezone : str
        The runner's, such as "Europe/Berlin"; the calendar's own if empty.
    date_order : "dmy" or "mdy", optional
        What 03/04/2026 means in a table.
    units : "km" or "mi", optional
        Of numbers that have none.
    name, policy, program : str
        For the scenario.
    own_lifts : bool
        Place the plan's own strength sessions, where it has any, not a program.
    free_times : str
        When lifts may stand: "weekdays 06:00-08:00 17:00-21:00, weekend 09:00-18:00".
    busy : str or Path, or a sequence of them
        Calendars whose events are no time for lifts.

    Returns
    -------
    Imported
        `text` is the scenario file with comments, `unsure` and `notes` tell what to look at.

    Raises
    ------
    ScenarioFileError
        If a file cannot be read, or holds no run to come.
    ValueError
        If an argument cannot be read, or two of them exclude each other.
    """
    from mesocycle.importing.draft import DraftOptions
    from mesocycle.importing.plan import ImportOptions, gathered, open_plan, written
    from mesocycle.importing.times import StartTimes, parse_free_times, parse_start_times

    options = ImportOptions(
        today=today or date.today(),
        start_date=start_date,
        race_date=race_date,
        race_metres=parse_length(race_distance) if race_distance else None,
        weeks=weeks,
        times=parse_start_times(start_times) if start_times else StartTimes(),
        zone=_zone(timezone),
        date_order=date_order,
        units=units,
        draft=DraftOptions(
            name=name,
            policy=policy,
            program=program,
            own_lifts=own_lifts,
            availability=parse_free_times(free_times) if free_times else {},
        ),
        busy=[Path(one) for one in ([busy] if isinstance(busy, (str, Path)) else busy)],
    )
    path = Path(source)
    return written(gathered(open_plan(path, options), path, options), path.name, options)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(f"there is no time zone {name!r}; write it like Europe/Berlin") from None


def export(
    result: Result,
    form: str = "ics",
    *,
    timezone: str = "",
    alarm_minutes: int | None = None,
    runs: bool = False,
    stamp: datetime | None = None,
) -> str:
    """Write a result for other programs.

    Parameters
    ----------
    result : Result
        From `solve`.
    form : str
        "ics", "csv", "md", "html", "intervals" or "json".
    timezone : str
        For a calendar: where its times hold, such as "Europe/Berlin"; everywhere if empty.
    alarm_minutes : int, optional
        For a calendar: remind of each lift so long before it.
    runs : bool
        For a calendar: put the fixed runs in too.
    stamp : datetime, optional
        For a calendar: when it was written, with a time zone; of two files the later one holds. Now if left
        out.

    Returns
    -------
    str
        The file's content, to be written with the line ends it has.

    Raises
    ------
    ValueError
        If there is no such format or time zone, or no plan where the format holds nothing else.
    """
    if form not in FORMATS:
        raise ValueError(f"there is no format {form!r}; one of {', '.join(FORMATS)}")
    writer = FORMATS[form]
    if writer.needs_plan and result.plan is None:
        raise ValueError(f"there is no plan to write as {form}: {result.headline}")
    _zone(timezone)
    options = ExportOptions(stamp or datetime.now(UTC), timezone, alarm_minutes, runs)
    return writer.write(result, options)


def audit(scenario: Scenario, plan: Plan) -> Audit:
    """Judge a plan by the rules of a scenario, without any solver.

    Returns
    -------
    Audit
        Breaches of hard rules, and costs in points by rule.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    """
    return verify(understand(scenario), plan)


def compare(
    scenario: Scenario | Sequence[Scenario],
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
    scenario : Scenario, or a sequence of them
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
        A row for each scenario and each variant, in this order whatever finished first. A variant that is
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

    scenarios = [scenario] if isinstance(scenario, Scenario) else list(scenario)
    given = () if variants is None else variants
    more = [variant if isinstance(variant, Variant) else read_variant(variant) for variant in given]
    labels = distinct_names(one.name for one in scenarios)
    cases = [case_of(one, label) for one, label in zip(scenarios, labels, strict=True)]
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


def frontier(scenario: Scenario, *, time_limit: float | None = None) -> Frontier:
    """Find every block that no other beats in both leg sets and interference with runs and races.

    Parameters
    ----------
    scenario : Scenario
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

    return trade_offs(scenario, Deadline(time_limit))


def rules() -> tuple[Rule, ...]:
    """The rule catalogue, in reporting order."""
    return CATALOGUE
