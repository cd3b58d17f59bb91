"""The search: deadlines, four honest statuses, limits, and Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from blocks import canonical, context_of, few_of

import mesocycle as mc
from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Status
from mesocycle.solver import patterns as patterns_module
from mesocycle.solver.model import canonical as canonical_module
from mesocycle.solver.model import optimum as optimum_module
from mesocycle.solver.model import search as searching
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.optimum import Outcome, Relaxed
from mesocycle.solver.model.search import PARAMETERS, Answer, Deadline, search, solver_with

ROOT = Path(__file__).parents[3]
WEEK = {
    "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
    "wed": {"type": "easy", "start": "06:30", "minutes": 45},
    "thu": {"type": "tempo", "start": "06:30", "minutes": 50},
    "sun": {"type": "long", "start": "08:00", "minutes": 100},
}


def block(weeks: int = 3, **more: Any) -> dict[str, Any]:
    return {
        "start": "2026-01-05",
        "weeks": weeks,
        "runs": {"week": WEEK},
        "strength": {"sessions_per_week": 3, "program": "runner_three_day"},
    } | more


def solve(data: dict[str, Any], **more: Any) -> mc.Result:
    return mc.solve(mc.load_scenario(data), **more)


def test_a_deadline_counts_down_and_stays_at_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    deadline = Deadline(10)
    assert (deadline.left(), deadline.passed) == (10, False)
    now[0] = 109.0
    assert (deadline.left(), deadline.passed) == (1, False)
    now[0] = 110.0
    assert (deadline.left(), deadline.passed) == (0, True)
    now[0] = 200.0
    assert (deadline.left(), deadline.passed) == (0, True)


def test_no_limit_never_passes_until_it_is_stopped() -> None:
    deadline = Deadline(None)
    assert (deadline.left(), deadline.passed) == (None, False)
    deadline.stop()
    assert (deadline.left(), deadline.passed) == (0, True)


def test_the_solver_gets_the_time_that_is_left_and_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    parameters = solver_with(PARAMETERS, Deadline(7)).parameters
    assert parameters.max_time_in_seconds == 7
    # With a gap limit "optimal" would not mean optimal.
    assert parameters.relative_gap_limit == 0
    assert parameters.absolute_gap_limit < 1
    assert parameters.num_workers == 1


def test_without_a_limit_the_answer_is_proven() -> None:
    result = solve(block())
    assert (result.status, result.proven) == (Status.OPTIMAL, True)
    assert result.objective == result.bound
    assert result.run.parameters["time_limit"] is None


@pytest.mark.parametrize("limit", [1e-9, 0.0])
def test_a_tiny_limit_is_unknown_and_has_no_plan(limit: float) -> None:
    result = solve(block(), time_limit=limit)
    assert (result.status, result.proven) == (Status.UNKNOWN, False)
    assert (result.plan, result.objective, result.bound, result.costs) == (None, None, None, ())
    assert "none ruled out" in result.headline


@pytest.mark.uncounted
def test_a_block_that_cannot_be_is_infeasible() -> None:
    # A hard wish for three lifts, and one free evening.
    result = solve(
        block(
            athlete={"availability": {"tue": ["17:00-21:00"]}},
            rules={"sessions_per_week": "hard", "one_lift_per_day": "hard"},
        )
    )
    assert (result.status, result.proven, result.plan) == (Status.INFEASIBLE, False, None)


# Even mileage has more than one pattern of lighter weeks; without the rule there is one.
@pytest.mark.parametrize("rules", [{}, {"deload_weeks": "off"}])
def test_stopped_at_its_first_block_the_answer_is_feasible_with_an_honest_bound(
    monkeypatch: pytest.MonkeyPatch, rules: dict[str, Any]
) -> None:
    best = solve(block(12, rules=rules))
    assert best.objective is not None
    # No block is looked for near the bound: any will do, and the first one found is taken.
    nothing = Outcome(None, Answer(Status.UNKNOWN, None, None, None))
    monkeypatch.setattr(Relaxed, "_meeting", lambda *_: nothing)
    monkeypatch.setattr(Relaxed, "_targets", lambda *_: iter(()))
    monkeypatch.setitem(PARAMETERS, "stop_after_first_solution", True)
    result = solve(block(12, rules=rules))
    assert (result.status, result.proven) == (Status.FEASIBLE, False)
    assert result.plan is not None
    assert result.objective is not None
    assert result.bound is not None
    assert result.bound <= best.objective <= result.objective
    assert sum(cost.points for cost in result.costs) == result.objective
    assert "not proven" in result.headline


def test_a_first_block_with_as_many_points_as_the_bound_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    best = solve(block())
    for module, limit in ((canonical_module, "MOST_WORK"), (optimum_module, "LITTLE_WORK")):
        monkeypatch.setattr(module, limit, 1e-9)
    result = solve(block())
    # Which of the equally good blocks it is, is not settled.
    assert (result.status, result.objective, result.bound) == (Status.OPTIMAL, best.objective, best.objective)
    assert any("this is one of them" in note for note in result.notes)


def test_patterns_that_were_not_tried_leave_the_answer_unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Relaxed] = []

    def once(*args: Any, **more: Any) -> Relaxed:
        made.append(Relaxed(*args, **more))
        return made[-1]

    def first(*args: Any, **more: Any) -> dict[int, Relaxed]:
        return {0: relaxed(*args, **more)[0]}

    relaxed = patterns_module._relaxed
    monkeypatch.setattr(patterns_module, "Relaxed", once)
    monkeypatch.setattr(patterns_module, "_relaxed", first)  # as if the time had been up after it
    result = solve(block(6))
    assert len(made) > 1
    alone = made[0].search()
    assert alone.answer.status is Status.OPTIMAL
    # One pattern solved to its end, the others not at all: nothing is known of them.
    assert (result.status, result.proven, result.bound) == (Status.FEASIBLE, False, None)
    assert result.objective == alone.answer.objective
    assert "not proven" in result.headline


def test_without_time_the_readable_block_is_not_looked_for() -> None:
    grounded = few_of(context_of(block()))
    answer = search(build_block(grounded), Deadline(None))
    assert canonical(build_block(grounded), answer, Deadline(0)) is answer
    final = canonical(build_block(grounded), answer, Deadline(None))
    assert final.canonical
    assert (final.status, final.objective) == (answer.status, answer.objective)


def test_progress_tells_blocks_and_bounds_that_close_on_the_optimum() -> None:
    told: list[tuple[int | None, int | None]] = []
    result = solve(block(), progress=lambda best, bound: told.append((best, bound)))
    assert result.objective is not None
    found = [best for best, _ in told if best is not None]
    assert found == sorted(found, reverse=True)
    assert found[-1] == result.objective
    assert max(bound for _, bound in told if bound is not None) <= result.objective


def test_an_unknown_code_of_the_solver_is_our_mistake() -> None:
    with pytest.raises(InternalError, match="could not read the model"):
        searching.status_of("MODEL_INVALID")


def test_an_error_in_the_solvers_thread_reaches_the_caller() -> None:
    class Broken:
        def solve(self, *_: Any) -> None:
            raise ValueError("broken callback")

    with pytest.raises(ValueError, match="broken callback"):
        searching.run_model(Broken(), None, None, Deadline(None))  # type: ignore[arg-type]


class Stoppable:
    """A solver that goes on until it is told to stop."""

    def __init__(self) -> None:
        self.told = threading.Event()

    def solve(self, *_: Any) -> str:
        assert self.told.wait(30)
        return "code"

    def stop_search(self) -> None:
        self.told.set()


class CtrlC(threading.Event):
    """An event during whose first wait somebody presses Ctrl-C."""

    pressed = False

    def wait(self, timeout: float | None = None) -> bool:
        if not self.pressed:
            self.pressed = True
            raise KeyboardInterrupt
        return super().wait(timeout)


def test_ctrl_c_stops_the_solver_and_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    solver: Any = Stoppable()
    deadline = Deadline(None)
    monkeypatch.setattr(searching, "threading", SimpleNamespace(Event=CtrlC, Thread=threading.Thread))
    assert searching.run_model(solver, None, None, deadline) == "code"  # type: ignore[arg-type]
    assert deadline.stopped


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.FEASIBLE])
def test_ctrl_c_keeps_what_was_found_and_only_that(monkeypatch: pytest.MonkeyPatch, status: Status) -> None:
    def run(solver: Any, model: Any, watch: Any, deadline: Deadline) -> Any:
        code = original(solver, model, watch, deadline)
        deadline.stop()
        return code

    original = searching.run_model
    monkeypatch.setattr(searching, "run_model", run)
    deadline = Deadline(None)
    model = build_block(few_of(context_of(block())))
    if status is Status.UNKNOWN:
        with pytest.raises(KeyboardInterrupt, match=r"^$"):
            search(model, Deadline(0))
        return
    monkeypatch.setitem(PARAMETERS, "stop_after_first_solution", True)
    answer = search(model, deadline)
    assert answer.chosen is not None
    assert deadline.passed  # nothing further is begun


# `python -m mesocycle`, with a word on stderr whenever a pattern of lighter weeks is bounded or searched.
LAUNCHER = """
import sys
from mesocycle.cli import main
from mesocycle.solver.model.optimum import Relaxed
begin, search = Relaxed.__init__, Relaxed.search
def begun(*arguments, **more):
    print("bound", file=sys.stderr, flush=True)
    begin(*arguments, **more)
def told(*arguments, **more):
    print("search", file=sys.stderr, flush=True)
    found = search(*arguments, **more)
    print("found", file=sys.stderr, flush=True)
    return found
Relaxed.__init__, Relaxed.search = begun, told
main()
"""


@pytest.mark.parametrize("word", ["bound", "search", "found"])
def test_ctrl_c_on_the_command_line_never_ends_in_a_traceback(tmp_path: Path, word: str) -> None:
    # Even mileage over a year: four patterns of lighter weeks, several seconds in all.
    scenario = tmp_path / "year.yaml"
    lines = ["start: 2026-01-05", "weeks: 52", "runs:", "  week:"]
    for day, run in WEEK.items():
        lines.append(
            f"    {day}: {{type: {run['type']}, start: '{run['start']}', minutes: {run['minutes']}}}"
        )
    lines += ["strength: {sessions_per_week: 3, program: runner_three_day}"]
    scenario.write_text("\n".join(lines) + "\n")
    with subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, "solve", str(scenario)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stderr is not None
        told = process.stderr
        try:
            assert word in iter(lambda: told.readline().strip(), "")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=120)
        finally:
            process.kill()
    assert "Traceback" not in out + err
    if process.returncode == 130:
        assert "Interrupted" in err
        assert out == ""
    else:
        assert process.returncode == 0
        # Whatever the moment, a block that is shown says how sure it is.
        assert "proven" in out.lower()
