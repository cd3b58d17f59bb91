"""The file of finished outcomes: what is kept, what is not, and whose file it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batches import BLOCK, NO_BLOCK, Puppets, batch, every_format, many, what_ifs

import mesocycle as mc
from mesocycle.files.changed import changed
from mesocycle.models.comparison import Comparison
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.models.paths import parse_path
from mesocycle.models.scenario import Variant
from mesocycle.solver.model import optimum
from mesocycle.solver.model.canonical import most_readable
from mesocycle.solver.model.search import PARAMETERS, Deadline
from mesocycle.solver.model.search import Answer as Found
from mesocycle.what_if import drive as driving
from mesocycle.what_if import job as jobs_at_work
from mesocycle.what_if.batch import BatchCallbacks, BatchOptions
from mesocycle.what_if.job import Answer, Job, skipped, solved, work
from mesocycle.what_if.store import APPLICATION_ID, Store

JOB = Job(mc.load_scenario(BLOCK).model_dump_json())


@pytest.fixture
def solves(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is solved in this process, in order."""
    begun: list[str] = []

    def counted(job: Job, end: Deadline) -> Outcome:
        begun.append(job.key)
        return solved(job, end)

    monkeypatch.setattr(driving, "solved", counted)
    return begun


def run(
    file: Path, more: Sequence[Variant], end: Deadline | None = None, limit: float | None = None
) -> Comparison:
    with Store(file) as store:
        options = BatchOptions(store=store, end=end or Deadline(None), time_limit=limit)
        return batch(more).run(options, BatchCallbacks())


def change(file: Path, query: str, *values: object) -> None:
    with sqlite3.connect(file) as data:
        data.execute(query, values)
    data.close()


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    outcome = solved(JOB, Deadline(None))
    with Store(tmp_path / "run.sqlite") as store:
        assert store.get(JOB.key) is None
        store.put(JOB.key, outcome)
        assert store.get(JOB.key) == outcome
        assert len(store) == 1
    with Store(tmp_path / "run.sqlite") as store:
        known = store.get(JOB.key)
    assert known == outcome
    assert known is not None
    assert known.packed == outcome.packed != b""


def test_called_again_only_what_is_missing_is_solved(tmp_path: Path, solves: list[str]) -> None:
    first = run(tmp_path / "run.sqlite", what_ifs("one lift", "no block", "nowhere"))
    # The base and two; what is wrong is neither solved nor kept.
    assert len(solves) == len(set(solves)) == 3
    again = run(tmp_path / "run.sqlite", what_ifs("one lift", "no block", "nowhere"))
    assert len(solves) == 3
    assert again == first  # seconds and all
    more = run(tmp_path / "run.sqlite", what_ifs())
    assert len(solves) == len(set(solves)) == 9
    assert every_format(more) == every_format(batch(what_ifs()).run(BatchOptions(), BatchCallbacks()))


def test_what_was_finished_before_the_end_is_kept(tmp_path: Path, solves: list[str]) -> None:
    end = Deadline(None)
    with Store(tmp_path / "run.sqlite") as store:
        callbacks = BatchCallbacks(progress=lambda done: end.stop() if done == 3 else None)
        first = batch(many(5)).run(BatchOptions(store=store, end=end), callbacks)
        assert len(store) == 3
    assert [row.status for row in first] == [RowStatus.OPTIMAL] * 3 + [RowStatus.SKIPPED] * 3
    assert first.summary.interrupted
    second = run(tmp_path / "run.sqlite", many(5))
    assert len(solves) == len(set(solves)) == 6
    assert every_format(second) == every_format(batch(many(5)).run(BatchOptions(), BatchCallbacks()))


def test_another_order_and_other_names_find_the_same_entries(tmp_path: Path, solves: list[str]) -> None:
    run(tmp_path / "run.sqlite", many(3))
    known = len(solves)
    renamed = [one.model_copy(update={"name": f"again {one.name}"}) for one in reversed(many(3))]
    run(tmp_path / "run.sqlite", renamed)
    assert len(solves) == known


@pytest.mark.parametrize(
    "other",
    [
        {"scenario": mc.load_scenario(BLOCK | {"weeks": 3}).model_dump_json()},
        {"reference": "{}"},
        {"time_limit": 100.0},
        {"explain_seconds": 1.0},
        {"versions": ("0.0", *JOB.versions[1:])},
        {"versions": (JOB.versions[0], "0.0", JOB.versions[2])},
        {"versions": (*JOB.versions[:2], 0)},
    ],
)
def test_whatever_the_answer_depends_on_makes_another_key(other: dict[str, object]) -> None:
    assert replace(JOB, **other).key != JOB.key  # type: ignore[arg-type]
    assert replace(JOB).key == JOB.key


def test_other_parameters_of_the_solver_make_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = JOB.key
    monkeypatch.setitem(PARAMETERS, "random_seed", 2)
    assert JOB.key != before


def test_another_time_limit_is_solved_anew(tmp_path: Path, solves: list[str]) -> None:
    run(tmp_path / "run.sqlite", many(1), limit=1000)
    run(tmp_path / "run.sqlite", many(1), limit=2000)
    assert len(set(solves)) == 4
    run(tmp_path / "run.sqlite", many(1), limit=1000)
    assert len(solves) == 4


# --- what is not kept ------------------------------------------------------------------------------------


def test_a_result_cut_by_the_limit_of_all_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(job: Job, end: Deadline) -> Outcome:
        return Outcome(status=RowStatus.FEASIBLE, objective=7, cut=True)

    monkeypatch.setattr(driving, "solved", cut)
    with Store(tmp_path / "run.sqlite") as store:
        comparison = batch().run(BatchOptions(store=store), BatchCallbacks())
        assert (comparison["base"].status, len(store)) == (RowStatus.FEASIBLE, 0)


@pytest.mark.parametrize("status", [RowStatus.FAILED, RowStatus.SKIPPED])
def test_what_was_not_solved_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: RowStatus
) -> None:
    outcome = skipped() if status is RowStatus.SKIPPED else Outcome(status=status, reason="out of memory")
    monkeypatch.setattr(driving, "solved", lambda job, end: outcome)
    with Store(tmp_path / "run.sqlite") as store:
        batch().run(BatchOptions(store=store), BatchCallbacks())
        assert len(store) == 0


def test_no_block_whose_conflict_was_cut_by_the_limit_of_all_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without the limit the row says what collides; one that does not is none for a run that has the time.
    data = BLOCK
    for path, value in NO_BLOCK.items():
        data = changed(data, parse_path(path), value)
    job = Job(mc.load_scenario(data).model_dump_json())
    whole = solved(job, Deadline(None))
    assert (whole.status, whole.cut) == (RowStatus.INFEASIBLE, False)
    assert (
        whole.reason == "availability_window, one_lift_per_day and sessions_per_week collide in weeks 1 and 2"
    )
    end = Deadline(None)

    def stopped(scenario: object, deadline: Deadline) -> None:
        end.stop()

    monkeypatch.setattr(jobs_at_work, "first_conflict", stopped)
    outcome = solved(job, end)
    assert (outcome.status, outcome.cut) == (RowStatus.INFEASIBLE, True)


def test_an_optimum_whose_nearest_block_was_cut_by_the_limit_of_all_is_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Proven, but not the block that a run with the time gives: the same bytes would be lost with it.
    end = Deadline(None)

    def stopped(*args: Any, **more: Any) -> Found:
        answer = most_readable(*args, **more)
        end.stop()
        return replace(answer, canonical=False)

    monkeypatch.setattr(optimum, "most_readable", stopped)
    outcome = solved(JOB, end)
    assert outcome.status is RowStatus.OPTIMAL
    assert outcome.cut


# --- whose file it is ------------------------------------------------------------------------------------


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "theirs.sqlite"
    change(file, "CREATE TABLE precious (x)")
    before = file.read_bytes()
    with pytest.raises(ScenarioFileError, match="this is a database of another program"):
        Store(file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.sqlite"]


def test_a_text_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("start: 2026-09-07\n" * 100)
    with pytest.raises(ScenarioFileError, match=r"no file of results \(file is not a database\)"):
        Store(file)
    assert file.read_text() == "start: 2026-09-07\n" * 100


@pytest.mark.parametrize("name", [".", "none/run.sqlite"])
def test_a_folder_and_a_file_in_no_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match="give a file in a folder that exists"):
        Store(tmp_path / name)


def test_our_files_carry_a_mark_and_an_empty_one_becomes_ours(tmp_path: Path) -> None:
    file = tmp_path / "run.sqlite"
    file.touch()
    with Store(file) as store:
        assert len(store) == 0
    data = sqlite3.connect(file)
    assert data.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    data.close()


def test_two_runs_may_share_a_file(tmp_path: Path) -> None:
    outcome = solved(JOB, Deadline(None))
    with Store(tmp_path / "run.sqlite") as one, Store(tmp_path / "run.sqlite") as other:
        one.put("a", outcome)
        other.put("b", outcome)
        one.put("b", outcome)
        assert one.get("b") == other.get("a") == outcome
        assert len(one) == len(other) == 2


# --- damaged ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("UPDATE outcomes SET facts = substr(facts, 1, 20)", ()),
        ("UPDATE outcomes SET facts = '{}'", ()),
        ("UPDATE outcomes SET facts = NULL", ()),
        ("UPDATE outcomes SET facts = 7", ()),
        ("UPDATE outcomes SET facts = ?", (b"\xff\xfe",)),
        ("UPDATE outcomes SET facts = CAST(x'ff' AS TEXT)", ()),
        ("UPDATE outcomes SET packed = NULL", ()),
        ("UPDATE outcomes SET packed = 'text'", ()),
        ("UPDATE outcomes SET packed = x'00'", ()),
        ("UPDATE outcomes SET packed = substr(packed, 1, 40)", ()),
        ("UPDATE outcomes SET packed = ?", (b"x\x9c\xab\x02\x00\x00y\x00z",)),
    ],
)
def test_an_entry_that_cannot_be_read_counts_as_missing_and_is_mended(
    tmp_path: Path, solves: list[str], query: str, values: tuple[object, ...]
) -> None:
    file = tmp_path / "run.sqlite"
    first = run(file, what_ifs("one lift"))
    change(file, query, *values)
    again = run(file, what_ifs("one lift"))
    assert every_format(again) == every_format(first)
    # Both were damaged, both solved anew, and are sound from then on.
    assert len(solves) == 4
    run(file, what_ifs("one lift"))
    assert len(solves) == 4


def test_an_entry_whose_plan_is_lost_counts_as_missing(tmp_path: Path, solves: list[str]) -> None:
    file = tmp_path / "run.sqlite"
    first = run(file, what_ifs("one lift"))
    change(file, "UPDATE outcomes SET packed = x''")
    assert every_format(run(file, what_ifs("one lift"))) == every_format(first)
    assert len(solves) == 4


def test_a_file_with_damaged_pages_is_refused_as_such(tmp_path: Path) -> None:
    file = tmp_path / "run.sqlite"
    run(file, many(2))
    data = file.read_bytes()
    # The first page holds the mark and the list of tables.
    file.write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))
    with pytest.raises(ScenarioFileError, match="malformed"), Store(file) as store:
        batch(many(2)).run(BatchOptions(store=store), BatchCallbacks())


def test_through_workers_everything_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    puts: list[str] = []

    class Counting(Store):
        def put(self, key: str, outcome: Outcome) -> None:
            puts.append(key)
            super().put(key, outcome)

    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        return work(jobs, left)

    puppets = Puppets(act, lambda running: running[-1])
    monkeypatch.setattr(driving, "wait", puppets.wait)
    twice = [*many(3), *many(3)]
    with Counting(tmp_path / "run.sqlite") as store:
        comparison = batch(twice).run(BatchOptions(workers=lambda: puppets, store=store), BatchCallbacks())
    assert len(puts) == len(set(puts)) == 4
    assert [row.name for row in comparison][4:] == [f"number {one} (2)" for one in range(3)]
    assert sum(len(jobs) for jobs in puppets.handed) == 4
