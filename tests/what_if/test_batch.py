"""A whole batch: the same bytes whatever arrives first, what waits for what, limits, and the library."""

from __future__ import annotations

import pickle
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from batches import BLOCK, NO_BLOCK, WHAT_IFS, Puppets, alone, at_random, batch, every_format, many, what_ifs

import mesocycle as mc
from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.errors import Problem, ScenarioError
from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.models.scenario import Scenario, Variant
from mesocycle.solver.model.search import Deadline
from mesocycle.what_if import drive as driving
from mesocycle.what_if.batch import Batch, BatchCallbacks, BatchOptions
from mesocycle.what_if.job import Answer, Job, solved, work
from mesocycle.what_if.variants import Broken, case_from, case_of

OTHER = {**BLOCK, "name": "Other", "weeks": 1}


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    return every_format(alone(what_ifs()))


@pytest.fixture(scope="module")
def known() -> dict[str, Answer]:
    """Answers by key, so that an order of arrival costs no solving."""
    return {}


def remembered(known: dict[str, Answer]) -> Any:
    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        for job in jobs:
            if job.key not in known:
                (known[job.key],) = work([job], left)
        return [known[job.key] for job in jobs]

    return act


# --- order of arrival ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slots", [1, 2, 4])
@pytest.mark.parametrize("seed", [None, 0, 1])
def test_whatever_arrives_first_the_bytes_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
    expected: dict[str, str],
    known: dict[str, Answer],
    slots: int,
    seed: int | None,
) -> None:
    pick = (lambda running: running[-1]) if seed is None else at_random(seed)
    puppets = Puppets(remembered(known), pick, slots, batch_seconds=0.2 * (slots == 4))
    monkeypatch.setattr(driving, "wait", puppets.wait)
    rows: list[Row] = []
    done: list[int] = []
    comparison = batch(what_ifs()).run(
        BatchOptions(workers=lambda: puppets), BatchCallbacks(row=rows.append, progress=done.append)
    )
    assert every_format(comparison) == expected
    # Rows are told in order, each once; how many are done only ever grows.
    assert [row.name for row in rows] == ["base", *(name for name, _ in WHAT_IFS)]
    assert done == sorted(done) == list(range(1, 12))


def test_killed_workers_change_nothing_either(
    monkeypatch: pytest.MonkeyPatch, expected: dict[str, str], known: dict[str, Answer]
) -> None:
    dice = random.Random(3)
    deaths: list[str] = []

    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        # Whoever is tried again alone is safe: a second death there would be its own.
        if puppets.open and dice.random() < 0.6:
            deaths.append(jobs[0].key)
            raise BrokenProcessPool
        found: list[Answer] = answer(jobs, left)
        return found

    answer = remembered(known)
    puppets = Puppets(act, at_random(7))
    monkeypatch.setattr(driving, "wait", puppets.wait)
    assert (
        every_format(batch(what_ifs()).run(BatchOptions(workers=lambda: puppets), BatchCallbacks()))
        == expected
    )
    assert len(deaths) > 1


# --- what waits for what ---------------------------------------------------------------------------------


def test_variants_wait_for_their_base_and_bases_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[tuple[str, bool]] = []

    def counted(job: Job, end: Deadline) -> Outcome:
        begun.append((Scenario.model_validate_json(job.scenario).name, bool(job.reference)))
        return solved(job, end)

    monkeypatch.setattr(driving, "solved", counted)
    cases = [case_from(BLOCK, "a"), case_from(OTHER, "b")]
    Batch(cases, what_ifs("one lift")).run(BatchOptions(), BatchCallbacks())
    # The second base was asked for first, but what a base makes possible goes next.
    assert begun == [("Tiny", False), ("Tiny", True), ("Other", False), ("Other", True)]


def test_without_a_plan_of_the_base_variants_are_solved_without_a_reference() -> None:
    data = {**BLOCK, "athlete": {"availability": NO_BLOCK["athlete.availability"]}}
    data["rules"] = {"sessions_per_week": "hard", "one_lift_per_day": "hard"}
    comparison = alone([Variant(name="soft", set={"rules.sessions_per_week": "soft"})], data)
    assert [row.status for row in comparison] == [RowStatus.INFEASIBLE, RowStatus.OPTIMAL]
    assert (comparison["soft"].difference, comparison["soft"].moved) == (None, None)
    (helps,) = comparison.summary.helps
    assert (helps.name, helps.difference) == ("soft", None)


def test_a_base_that_kills_its_workers_costs_its_variants_only_the_comparison(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def act(jobs: Sequence[Job], left: float | None) -> list[Answer]:
        if Scenario.model_validate_json(jobs[0].scenario).name == "Tiny":
            raise BrokenProcessPool
        return work(jobs, left)

    puppets = Puppets(act)
    monkeypatch.setattr(driving, "wait", puppets.wait)
    comparison = batch(many(2)).run(BatchOptions(workers=lambda: puppets), BatchCallbacks())
    assert [row.status for row in comparison] == [RowStatus.FAILED, RowStatus.OPTIMAL, RowStatus.OPTIMAL]
    assert {(row.difference, row.moved) for row in comparison} == {(None, None)}


def test_the_same_asked_twice_is_solved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def counted(job: Job, end: Deadline) -> Outcome:
        begun.append(job.key)
        return solved(job, end)

    monkeypatch.setattr(driving, "solved", counted)
    twice = [*what_ifs("one lift"), *what_ifs("one lift")]
    comparison = Batch([case_from(BLOCK, "a"), case_from(BLOCK, "b")], twice).run(
        BatchOptions(), BatchCallbacks()
    )
    # A base and a variant, though six rows tell of them.
    assert (len(begun), len(comparison)) == (2, 6)
    assert [row.name for row in comparison] == ["base", "one lift", "one lift (2)"] * 2
    first, second = comparison.rows[:3], comparison.rows[3:]
    for row, same in zip(first, second, strict=True):
        assert row.to_dict() | {"scenario": ""} == same.to_dict() | {"scenario": ""}


def test_broken_scenarios_are_rows_among_good_ones() -> None:
    error = ScenarioError((Problem(("weks",), "unknown key", line=1, column=1),), "b.yaml")
    found = Batch([case_from(BLOCK, "a"), Broken("b", error), case_from(OTHER, "c")])
    assert [str(problem) for _, problem in found.wrong()] == [str(error)]
    comparison = found.run(BatchOptions(), BatchCallbacks())
    assert [(row.scenario, row.status.value) for row in comparison] == [
        ("a", "optimal"), ("b", "error"), ("c", "optimal"),
    ]  # fmt: skip
    assert comparison.rows[1].reason == "weks: unknown key"


def test_rows_may_be_set_against_another_base() -> None:
    base, one = case_from(BLOCK, "mine"), case_from({**BLOCK, "strength": {"sessions_per_week": 1}}, "one")
    comparison = Batch([one], what_ifs("three weeks"), base).run(BatchOptions(), BatchCallbacks())
    assert [(row.scenario, row.name, row.is_base) for row in comparison] == [
        ("mine", "base", True), ("mine", "three weeks", False),
        ("mine", "one", False), ("mine", "one: three weeks", False),
    ]  # fmt: skip
    # Two points less: one lift a week leaves nothing to space evenly.
    assert comparison["one"].difference == -2
    assert comparison["one"].moved == 0


# --- limits ----------------------------------------------------------------------------------------------


def test_without_any_time_every_row_is_skipped_and_nobody_was_interrupted() -> None:
    comparison = batch(what_ifs("one lift", "nowhere")).run(BatchOptions(end=Deadline(0)), BatchCallbacks())
    assert [row.status.value for row in comparison] == ["skipped", "skipped", "error"]
    assert comparison["base"].reason == "time was up before it was solved"
    assert not comparison.summary.interrupted


def test_the_limit_of_a_variant_leaves_the_others_alone() -> None:
    comparison = batch(what_ifs("one lift")).run(BatchOptions(time_limit=1e-9), BatchCallbacks())
    assert [row.status.value for row in comparison] == ["unknown", "unknown"]
    comparison = batch(what_ifs("one lift")).run(BatchOptions(time_limit=1000), BatchCallbacks())
    assert [row.status.value for row in comparison] == ["optimal", "optimal"]


def test_stopped_before_the_start_there_is_a_row_for_everything() -> None:
    end = Deadline(None)
    end.stop()
    comparison = batch(many(3)).run(BatchOptions(end=end), BatchCallbacks())
    assert {row.reason for row in comparison} == {"stopped before it was solved"}
    assert (len(comparison), comparison.summary.interrupted) == (4, True)


def test_stopped_among_workers_what_is_done_counts(
    monkeypatch: pytest.MonkeyPatch, known: dict[str, Answer]
) -> None:
    end = Deadline(None)
    puppets = Puppets(remembered(known))
    monkeypatch.setattr(driving, "wait", puppets.wait)
    callbacks = BatchCallbacks(progress=lambda done: end.stop() if done == 3 else None)
    comparison = batch(many(6)).run(BatchOptions(end=end, workers=lambda: puppets), callbacks)
    assert [row.status.value for row in comparison] == ["optimal"] * 3 + ["skipped"] * 4
    assert puppets.closed == [True]


# --- the library -----------------------------------------------------------------------------------------

SCENARIO = mc.load_scenario(BLOCK)


def test_mappings_and_variants_are_taken() -> None:
    one = Variant(name="one", set={"strength.sessions_per_week": 1})
    several: list[Variant | dict[str, Any]] = [one, {"name": "two", "set": {"weeks": 3}}]
    comparison = mc.compare(SCENARIO, iter(several))
    assert [(row.scenario, row.name, row.status.value) for row in comparison] == [
        ("Tiny", "base", "optimal"), ("Tiny", "one", "optimal"), ("Tiny", "two", "optimal"),
    ]  # fmt: skip
    assert comparison["one"].changes == {"strength.sessions_per_week": 1}


def test_its_own_what_ifs_unless_others_are_given() -> None:
    own = mc.load_scenario(
        {**BLOCK, "variants": [{"name": "x", "set": {"weeks": 3}}], "grid": {"weeks": [1]}}
    )
    assert [row.name for row in mc.compare(own)] == ["base", "x", "weeks=1"]
    assert [row.name for row in mc.compare(own, [])] == ["base"]
    assert [row.name for row in mc.compare(own, [{"name": "y", "set": {}}])] == ["base", "y"]


@pytest.mark.parametrize("wrong", [{"name": "x"}, {"name": "", "set": {}}, {"name": "x", "sets": {}}])
def test_a_mapping_that_is_no_variant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match=r"name|set"):
        mc.compare(SCENARIO, [wrong])


@pytest.mark.parametrize("wrong", ["weeks=3", 5, None, ["name", "set"]])
def test_what_is_no_mapping_is_refused(wrong: Any) -> None:
    with pytest.raises(ScenarioError, match=r"name.*set"):
        mc.compare(SCENARIO, [wrong])


def test_a_wrong_path_is_a_row() -> None:
    row = mc.compare(SCENARIO, [{"name": "x", "set": {"nonsense": 1}}])["x"]
    assert (row.status, row.reason) == (RowStatus.ERROR, "nonsense: unknown key")


def test_several_scenarios_are_told_apart_and_summed_up() -> None:
    comparison = mc.compare(
        [SCENARIO, SCENARIO, mc.load_scenario(OTHER)],
        [{"name": "x", "set": {"strength.sessions_per_week": 1}}],
    )
    assert list(comparison.summary.best) == ["Tiny", "Tiny (2)", "Other"]
    (across,) = comparison.summary.across
    assert (across.name, across.planned, across.of, across.compared) == ("x", 3, 3, 3)
    assert mc.compare([]).rows == ()


def test_progress_counts_every_row() -> None:
    told: list[tuple[int, int]] = []
    mc.compare(SCENARIO, [{"name": "x", "set": {"weeks": 3}}], progress=lambda *of: told.append(of))
    assert told == [(1, 2), (2, 2)]


def test_results_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = mc.compare(SCENARIO, [{"name": "x", "set": {"weeks": 3}}], results=tmp_path / "run.sqlite")
    monkeypatch.setattr(driving, "solved", lambda *_: pytest.fail("solved"))
    again = mc.compare(SCENARIO, [{"name": "x", "set": {"weeks": 3}}], results=str(tmp_path / "run.sqlite"))
    assert again == first


def test_an_executor_is_used_and_left_running(monkeypatch: pytest.MonkeyPatch) -> None:
    here = mc.compare(SCENARIO, what_ifs())
    monkeypatch.setattr(driving, "solved", lambda *_: pytest.fail("solved here"))
    with ThreadPoolExecutor(2) as executor:
        assert every_format(mc.compare(SCENARIO, what_ifs(), executor=executor)) == every_format(here)
        assert executor.submit(int).result() == 0


def test_a_comparison_survives_pickling_with_its_plans() -> None:
    comparison = mc.compare(SCENARIO, what_ifs("one lift", "no block"))
    again: Comparison = pickle.loads(pickle.dumps(comparison))
    assert again == comparison
    assert again["one lift"].result == comparison["one lift"].result is not None
    assert again.to_dict() == comparison.to_dict()


def test_a_limit_for_all_leaves_rows_skipped() -> None:
    comparison = mc.compare(SCENARIO, what_ifs("one lift"), total_limit=1e-9)
    assert [row.status.value for row in comparison] == ["skipped", "skipped"]
    assert mc.compare(SCENARIO, time_limit=1e-9)["base"].status is RowStatus.UNKNOWN


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    comparison = mc.compare(SCENARIO, what_ifs("one lift"))
    assert capfd.readouterr() == ("", "")
    print(comparison)
    assert capfd.readouterr().out == "* base: 2 points\n  one lift: 600 points (+598)\n"


def test_a_case_of_a_scenario_is_that_of_its_data() -> None:
    one = Batch([case_of(SCENARIO, "x")], what_ifs()).run(BatchOptions(), BatchCallbacks())
    other = Batch([case_from(BLOCK, "x")], what_ifs()).run(BatchOptions(), BatchCallbacks())
    assert every_format(one) == every_format(other)
