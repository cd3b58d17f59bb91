"""The driver alone, with workers that do as they are told: order, retries, batches, and when it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest
from batches import Puppets, answer_of, answers, at_random

from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.solver.model.search import Deadline
from mesocycle.what_if import drive as driving
from mesocycle.what_if.drive import AHEAD, MOST_BARREN, MOST_IN_BATCH, Drive, Task
from mesocycle.what_if.job import Answer, Job, plain, skipped

DIED_TWICE = "its worker died twice: killed, out of memory, or a crash of the solver"


class Run:
    """A drive over jobs named by their number, and all that came of it."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, workers: Puppets, end: Deadline | None = None
    ) -> None:
        monkeypatch.setattr(driving, "wait", workers.wait)
        self.workers = workers
        self.outcomes: dict[int, Outcome] = {}
        self.order: list[int] = []
        self.warnings: list[str] = []
        self.followers: dict[int, list[Task]] = {}
        self.drive = Drive(self.then, end or Deadline(None), self.warnings.append)

    def then(self, task: Task, outcome: Outcome) -> list[Task]:
        assert task.number not in self.outcomes, "told twice"
        self.outcomes[task.number] = outcome
        self.order.append(task.number)
        return self.followers.get(task.number, [])

    def through(self, count: int) -> dict[int, Outcome]:
        self.drive.add(task(number) for number in range(count))
        self.drive.solve_with(self.workers)
        return self.outcomes


def task(number: int) -> Task:
    return Task(number, Job(str(number)))


def reasons(outcomes: dict[int, Outcome]) -> dict[int, str]:
    return {number: outcome.reason for number, outcome in outcomes.items()}


def own(count: int) -> dict[int, str]:
    """What each is told if all went well: its own name."""
    return {number: str(number) for number in range(count)}


@pytest.mark.parametrize("slots", [1, 2, 4])
@pytest.mark.parametrize("pick", [lambda running: running[0], lambda running: running[-1], at_random(1)])
def test_every_task_gets_its_own_outcome_whatever_finishes_first(
    monkeypatch: pytest.MonkeyPatch, slots: int, pick: Callable[[list[Any]], Any]
) -> None:
    run = Run(monkeypatch, Puppets(answers, pick, slots))
    assert reasons(run.through(17)) == own(17)
    # One to work on and one to go on with for each slot; no more, so that a stop finds little under way.
    assert run.workers.most_open == AHEAD * slots
    assert run.workers.closed == [False]
    assert (run.warnings, run.workers.revived) == ([], 0)


def test_the_order_of_arrival_was_another() -> None:
    # What the tests above rest on: the orders differ indeed.
    with pytest.MonkeyPatch.context() as patch:
        first = Run(patch, Puppets(answers, slots=2))
        first.through(17)
    with pytest.MonkeyPatch.context() as patch:
        last = Run(patch, Puppets(answers, lambda running: running[-1], slots=2))
        last.through(17)
    assert first.order == list(range(17))
    assert last.order != first.order


def test_what_a_finished_task_makes_possible_goes_next(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(answers, slots=1))
    run.followers = {0: [task(10), task(11)]}
    run.through(4)
    # Zero and one are under way when zero is done; ten and eleven come before two and three.
    assert run.workers.handed == [["0"], ["1"], ["10"], ["11"], ["2"], ["3"]]
    assert set(run.outcomes) == {0, 1, 2, 3, 10, 11}


# --- batches ---------------------------------------------------------------------------------------------


def test_where_handing_over_costs_little_tasks_go_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(answers))
    run.through(40)
    assert {len(jobs) for jobs in run.workers.handed} == {1}


def test_short_tasks_go_together_once_it_is_known_how_short_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(answers, batch_seconds=0.1))
    assert reasons(run.through(100)) == own(100)
    sizes = [len(jobs) for jobs in run.workers.handed]
    # Nothing is known of the first four; then a hundredth of a second each makes ten of a tenth.
    assert sizes[:5] == [1, 1, 1, 1, 10]
    # With less than 4 x 10 left, each of the 2 x 2 gets its fair share.
    assert sizes[-1] == 1
    assert max(sizes) == 10


def test_a_batch_has_an_end_however_short_its_tasks_are(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(answers, batch_seconds=1000))
    run.through(1000)
    assert max(len(jobs) for jobs in run.workers.handed) == MOST_IN_BATCH


def test_a_batch_whose_worker_dies_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        if any(job.scenario == "30" for job in jobs):
            raise BrokenProcessPool
        return answers(jobs, left)

    run = Run(monkeypatch, Puppets(act, batch_seconds=0.1))
    assert reasons(run.through(60)) == own(60) | {30: DIED_TWICE}
    with_it = [jobs for jobs in run.workers.handed if "30" in jobs]
    # First among others, then alone.
    assert len(with_it) == 2
    assert len(with_it[0]) > 1
    assert with_it[1] == ["30"]


# --- deaths ----------------------------------------------------------------------------------------------


def killed_by(*killers: str, times: int = 10_000) -> Callable[[Sequence[Job], float | None], list[Answer]]:
    left = Counter(dict.fromkeys(killers, times))

    def act(jobs: Sequence[Job], seconds: float | None) -> list[Answer]:
        for job in jobs:
            if left[job.scenario] > 0:
                left[job.scenario] -= 1
                raise BrokenProcessPool("a worker died")
        return answers(jobs, seconds)

    return act


@pytest.mark.parametrize("pick", [lambda running: running[0], lambda running: running[-1], at_random(2)])
def test_a_worker_that_dies_once_costs_nothing(
    monkeypatch: pytest.MonkeyPatch, pick: Callable[[list[Any]], Any]
) -> None:
    run = Run(monkeypatch, Puppets(killed_by("3", times=1), pick))
    assert reasons(run.through(9)) == own(9)
    assert run.workers.revived == 1
    assert len(run.warnings) == 1
    assert run.warnings[0].startswith("A worker died; its work is tried again (")


def test_a_task_that_kills_every_worker_fails_after_one_retry_and_the_others_finish(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = Run(monkeypatch, Puppets(killed_by("3")))
    assert reasons(run.through(12)) == own(12) | {3: DIED_TWICE}
    assert run.outcomes[3].status is RowStatus.FAILED
    handed = Counter(name for jobs in run.workers.handed for name in jobs)
    # One retry for it, and for the three that were under way beside it when the pool broke.
    assert handed.pop("3") == 2
    assert sorted(handed.values()) == [1] * 8 + [2] * 3
    # The first time it breaks the pool for all four under way, the second time for itself alone.
    assert run.warnings[0] == "A worker died; its work is tried again (4 variants)."
    assert run.workers.revived == 2


def test_suspects_go_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        seen.append(len(puppets.open) + 1)
        return killed(jobs, left)

    killed = killed_by("0")
    puppets = Puppets(act)
    run = Run(monkeypatch, puppets)
    run.through(8)
    # Four were under way; then each of the four alone; then the rest again together.
    assert seen == [4, 1, 1, 1, 1, 4, 3, 2, 1]


def test_two_killers_are_both_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(killed_by("1", "2"), slots=4))
    assert reasons(run.through(20)) == own(20) | {1: DIED_TWICE, 2: DIED_TWICE}


def test_more_killers_than_barren_deaths_are_no_reason_to_give_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # Between their deaths others finish: the workers are sound.
    killers = [str(number) for number in range(0, 60, 2)]
    run = Run(monkeypatch, Puppets(killed_by(*killers), slots=1))
    outcomes = run.through(60)
    assert [number for number in outcomes if outcomes[number].status is RowStatus.OPTIMAL]
    assert reasons(outcomes) == own(60) | {int(number): DIED_TWICE for number in killers}


def test_one_variant_is_told_in_the_singular(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(killed_by("0", times=1)))
    run.through(1)
    assert run.warnings == ["A worker died; its work is tried again (1 variant)."]


def test_workers_that_all_die_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        raise BrokenProcessPool

    run = Run(monkeypatch, Puppets(act))
    outcomes = run.through(50)
    assert {outcome.status for outcome in outcomes.values()} == {RowStatus.FAILED}
    assert len(outcomes) == 50
    assert Counter(reasons(outcomes).values())["workers die as they start"] > 30
    # Bounded: nobody waits for fifty times two deaths.
    assert run.workers.revived == MOST_BARREN


def test_workers_that_cannot_be_revived_leave_the_rest_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(killed_by("5"), revives=False))
    outcomes = run.through(12)
    gone = [number for number, outcome in outcomes.items() if outcome.reason == "the workers are gone"]
    # With two slots four are under way, of which the fifth is the first that breaks them.
    assert sorted(gone) == [5, 6, 7, 8, 9, 10, 11]
    assert {outcomes[number].status for number in gone} == {RowStatus.FAILED}
    assert sorted(outcomes) == list(range(12))
    assert run.workers.closed == [False]


def test_what_would_have_followed_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(killed_by("0"), revives=False))
    run.followers = {0: [task(10)], 10: [task(20)]}
    assert set(run.through(1)) == {0, 10, 20}


def test_a_pool_that_breaks_while_nothing_runs_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shy(Puppets):
        refusals = 2

        def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
            if self.refusals:
                self.refusals -= 1
                raise BrokenProcessPool("cannot schedule")
            return super().submit(jobs, left)

    run = Run(monkeypatch, Shy(answers, batch_seconds=0.1))
    assert reasons(run.through(5)) == own(5)
    assert run.workers.revived == 2


def test_an_executor_that_is_shut_down_is_no_endless_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shut(Puppets):
        def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
            raise RuntimeError("cannot schedule new futures after shutdown")

    run = Run(monkeypatch, Shut(answers, revives=False))
    assert set(reasons(run.through(3)).values()) == {"the workers are gone"}


def test_an_error_in_a_worker_takes_nothing_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    # No broken pool: the worker could not return its answer. What runs beside it must not be stopped for it.
    class Careful(Puppets):
        def revive(self) -> bool:
            assert not self.open, "workers are replaced while others are at work"
            return super().revive()

    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        if jobs[0].scenario == "2":
            raise MemoryError
        return answers(jobs, left)

    run = Run(monkeypatch, Careful(act))
    outcomes = run.through(8)
    assert outcomes.pop(2).status is RowStatus.FAILED
    assert reasons(outcomes) == {number: reason for number, reason in own(8).items() if number != 2}


# --- the end ---------------------------------------------------------------------------------------------


def test_when_the_time_is_up_nothing_new_begins_and_what_runs_is_awaited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Clock(Deadline):
        over = False

        @property
        def passed(self) -> bool:
            return self.over

    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        clock.over = True
        return answers(jobs, left)

    clock = Clock(None)
    run = Run(monkeypatch, Puppets(act), clock)
    outcomes = run.through(10)
    # Four were handed over when the first came back.
    assert {number for number in outcomes if outcomes[number].status is RowStatus.OPTIMAL} == {0, 1, 2, 3}
    assert all(outcomes[number] == skipped() for number in range(4, 10))
    assert len(run.workers.handed) == 4
    assert run.workers.closed == [False]


def test_when_the_time_is_up_workers_that_never_answer_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(Deadline):
        over = False

        @property
        def passed(self) -> bool:
            return self.over

    class Deserted(Puppets):
        def wait(self, running: Iterable[Any], **_: Any) -> tuple[set[Any], set[Any]]:
            clock.over = True
            return set(), set(running)

    clock = Clock(None)
    monkeypatch.setattr(driving, "GRACE_SECONDS", -1.0)  # over as soon as it begins
    run = Run(monkeypatch, Deserted(answers, slots=1), clock)
    outcomes = run.through(5)
    # Two were handed over, as there is one slot and one to go on with; nobody ever took them up.
    assert run.workers.handed == [["0"], ["1"]]
    assert outcomes == dict.fromkeys(range(5), skipped())
    assert run.workers.closed == [True]
    assert all(future.cancelled() for future in run.workers.open)


def test_a_stop_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    end = Deadline(None)

    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        if jobs[0].scenario == "2":
            end.stop()
        return answers(jobs, left)

    run = Run(monkeypatch, Puppets(act), end)
    # The one that was just finished counts; the others under way are left, their workers told to stop now.
    assert sorted(run.through(10)) == [0, 1, 2]
    assert run.workers.closed == [True]


def test_workers_hear_how_much_time_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    lefts: list[float | None] = []

    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        lefts.append(left)
        return answers(jobs, left)

    Run(monkeypatch, Puppets(act), Deadline(1000)).through(3)
    assert all(left is not None and 0 < left <= 1000 for left in lefts)
    lefts.clear()
    Run(monkeypatch, Puppets(act)).through(1)
    assert lefts == [None]


def test_a_mistake_of_whoever_is_told_lets_the_workers_go(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(answers))

    def broken(one: Task, outcome: Outcome) -> list[Task]:
        raise OSError("disk full")

    run.drive.then = broken
    with pytest.raises(OSError, match="disk full"):
        run.through(5)
    assert run.workers.closed == [True]


def test_an_answer_that_is_none_of_ours_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(lambda jobs, left: [("{}", b"")]))
    with pytest.raises(ValueError, match="status"):
        run.through(1)


def test_here_it_stops_after_as_many_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets())
    monkeypatch.setattr(driving, "solved", lambda job, end: Outcome.model_validate_json(answer_of(job)[0]))
    run.drive.add(task(number) for number in range(3))
    run.drive.solve_here(stop_after=1)
    assert reasons(run.outcomes) == {0: "0"}
    assert list(run.drive.seconds) == [0.01]
    run.drive.solve_here()
    assert reasons(run.outcomes) == own(3)


def test_here_a_stop_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    end = Deadline(None)
    run = Run(monkeypatch, Puppets(), end)

    def solved(job: Job, deadline: Deadline) -> Outcome:
        assert deadline is end
        end.stop()
        return Outcome(status=RowStatus.OPTIMAL)

    monkeypatch.setattr(driving, "solved", solved)
    run.drive.add(task(number) for number in range(3))
    run.drive.solve_here()
    assert list(run.outcomes) == [0]


def test_what_was_skipped_does_not_count_as_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Puppets(lambda jobs, left: [plain(skipped())]))
    run.through(2)
    assert list(run.drive.seconds) == []
