"""What a row tells of a plan, on plans made by hand and on a real one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from batches import BLOCK, NO_BLOCK, alone, what_ifs

import mesocycle as mc
from mesocycle.files.library import exercises
from mesocycle.models.comparison import Row
from mesocycle.models.difference import Move
from mesocycle.models.outcome import RowStatus, pack
from mesocycle.models.plan import CalendarRun, Plan, PlannedExercise, PlannedSession, Reference, Standing
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.rules.check import understand
from mesocycle.what_if.facts import in_one_line, key_run_hours, leg_sets, outcome_of, usual
from mesocycle.what_if.job import Job, outcome_from, plain, solved, work

MONDAY = date(2026, 9, 7)


def lift(day: int, end: int = 18 * 60, dose: float = 8, **more: Any) -> PlannedSession:
    facts = {"id": "w01-A", "week": 1, "session": "A", "sets": 10, "lower_body_dose": dose}
    return PlannedSession(**facts | {"date": MONDAY + timedelta(day), "start": end - 60, "end": end} | more)


def run(day: int, start: int, key: bool = True) -> CalendarRun:
    return CalendarRun(
        date=MONDAY + timedelta(day), start=start, minutes=60, type="long", key=key, distance_km=None
    )


def plan(*sessions: PlannedSession) -> Plan:
    return Plan(sessions=sessions, weeks=())


# --- hours to a key run ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sessions", "runs", "hours"),
    [
        # Monday 18:00 to Tuesday 06:30.
        ([lift(0)], [run(1, 390)], 12.5),
        # The least of all: Wednesday 18:00 to Thursday 06:00.
        ([lift(0), lift(2)], [run(1, 390), run(3, 360)], 12.0),
        # The next one counts, not one before; from Sunday to Monday of the other week.
        ([lift(6)], [run(0, 390), run(7, 390)], 12.5),
        # On the same day, run first: it counts to the one on Wednesday.
        ([lift(1)], [run(1, 390), run(2, 1080)], 24.0),
        # A run that begins as the lift ends.
        ([lift(1, end=390)], [run(1, 390)], 0.0),
        # A lift that ends at midnight: 24:00 is the next day's 00:00.
        ([lift(0, end=1440)], [run(1, 390)], 6.5),
        # Arms alone do not count, nor do easy runs.
        ([lift(0, dose=0), lift(2, dose=0.1)], [run(1, 390), run(4, 360)], 36.0),
        ([lift(0)], [run(1, 390, key=False), run(2, 390)], 36.5),
        # A twelfth of an hour is told to the tenth.
        ([lift(0)], [run(0, 1085)], 0.1),
        ([lift(0, dose=0)], [run(1, 390)], None),
        ([lift(3)], [run(1, 390)], None),
        ([lift(0)], [run(1, 390, key=False)], None),
        ([], [run(1, 390)], None),
        ([lift(0)], [], None),
    ],
)
def test_hours_from_a_leg_lift_to_the_next_key_run(
    sessions: list[PlannedSession], runs: list[CalendarRun], hours: float | None
) -> None:
    assert key_run_hours(plan(*sessions), tuple(runs)) == hours


# --- what is lifted, and when ----------------------------------------------------------------------------


def test_leg_sets_are_those_of_exercises_that_load_the_legs() -> None:
    library = exercises()
    squat, row = (
        PlannedExercise(exercise="back_squat", sets=3),
        PlannedExercise(exercise="dumbbell_row", sets=2),
    )
    assert leg_sets(plan(lift(0, exercises=(squat, row)), lift(2, exercises=(squat,))), library) == 6
    # A session without exercises loads the legs as a whole, or not.
    assert leg_sets(plan(lift(0, sets=10), lift(2, sets=7, dose=0)), library) == 10
    assert leg_sets(plan(), library) == 0


@pytest.mark.parametrize(
    ("weeks", "text"),
    [
        ([[(1, 1080), (3, 1080)]] * 3, "Tue 17:00, Thu 17:00"),
        # Days first, then the times of the weeks with these days.
        (
            [[(1, 1080), (3, 1080)], [(1, 1080), (3, 1095)], [(1, 1080), (3, 1095)], [(2, 1080)]],
            "Tue 17:00, Thu 17:15 (2 of 4 weeks)",
        ),
        ([[(2, 1080)], [(0, 1080)]], "Wed 17:00 (1 of 2 weeks)"),
        ([[(1, 1080)], [], [(1, 1080)]], "Tue 17:00"),  # weeks without a lift hold to nothing
        ([], ""),
    ],
)
def test_the_usual_days_and_times(weeks: list[list[tuple[int, int]]], text: str) -> None:
    lifts = [
        lift(7 * number + day, end=end, week=number + 1)
        for number, week in enumerate(weeks)
        for day, end in week
    ]
    found = usual(plan(*lifts))
    assert ("" if found is None else found.text) == text


def standing(day: int, **more: Any) -> Standing:
    return plan(lift(day, **more)).reference.sessions[0]


# --- the whole row ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return {row.name: row for row in alone(what_ifs())}


def test_the_numbers_of_a_row_are_those_of_its_plan(rows: dict[str, Row]) -> None:
    row = rows["base"]
    result = mc.solve(mc.load_scenario(BLOCK))
    assert result.plan is not None
    assert (row.status, row.proven, row.objective, row.bound) == (
        "optimal",
        True,
        result.objective,
        result.bound,
    )
    assert (row.lifts, row.sets) == (4, sum(session.sets for session in result.plan.sessions))
    assert row.minutes_per_week == sum(week.minutes for week in result.plan.weeks) / 2
    assert row.key_run_hours == key_run_hours(result.plan, result.runs)
    assert row.points == {cost.rule: cost.points for cost in result.costs}
    assert (row.difference, row.difference_by_rule, row.moved, row.moves) == (0, {}, None, ())


def test_the_result_of_a_base_is_what_solve_gives(rows: dict[str, Row]) -> None:
    found, expected = rows["base"].result, mc.solve(mc.load_scenario(BLOCK))
    assert found is not None
    bare = {"run": expected.run.model_copy(update={"seconds": {}})}
    assert found.model_copy(
        update={"run": found.run.model_copy(update={"seconds": {}})}
    ) == expected.model_copy(update=bare)


def test_a_result_is_packed_and_unpacked_whole() -> None:
    result = mc.solve(mc.load_scenario(BLOCK))
    move = Move(session="w01-A", change="added", before=None, after=standing(2))
    row = Row(scenario="a", name="b", status=RowStatus.OPTIMAL, packed=pack(result, (move,)))
    assert row.result == result
    assert row.moves == (move,)
    # A fraction of the JSON, as thousands of rows are held at once.
    assert len(row.packed) * 4 < len(result.model_dump_json())
    assert "packed" not in row.model_dump()
    assert row.to_dict()["result"] == result.to_dict()
    assert row.to_dict()["moves"] == [move.model_dump(mode="json") | {"text": move.text}]
    assert not {"moves", "result"} & set(row.to_dict(whole=False))


def test_a_row_without_an_answer_has_no_result() -> None:
    row = Row(scenario="a", name="b", status=RowStatus.SKIPPED)
    assert (row.result, row.moves, row.planned) == (None, (), False)
    assert row.to_dict()["result"] is None


def test_differences_by_rule_sum_to_the_difference(rows: dict[str, Row]) -> None:
    compared = [row for row in rows.values() if row.difference is not None]
    assert len(compared) == 8
    for row in compared:
        assert sum(row.difference_by_rule.values()) == row.difference
        assert row.objective is not None
        assert row.difference == row.objective - (rows["base"].objective or 0)
        assert all(row.difference_by_rule.values())
    # Both more and less were seen, and a rule that charges only the base.
    assert {row.difference > 0 for row in compared if row.difference} == {True, False}


def test_what_changes_nothing_gives_the_bases_plan(rows: dict[str, Row]) -> None:
    base = rows["base"].result
    assert base is not None
    for name in ("nothing", "other name"):
        result = rows[name].result
        assert result is not None
        assert (result.plan, rows[name].moved, rows[name].moves) == (base.plan, 0, ())


def test_a_longer_block_keeps_the_weeks_that_it_shares(rows: dict[str, Row]) -> None:
    row = rows["three weeks"]
    assert {move.change for move in row.moves} == {"added"}
    # Two more lifts in the third week, nothing moved in the first two.
    assert (row.moved, len(row.moves)) == (0, 2)


def test_moved_counts_sessions_of_both_plans(rows: dict[str, Row]) -> None:
    row, base = rows["mornings"], rows["base"].result
    assert row.result is not None
    assert row.result.plan is not None
    assert base is not None
    assert base.plan is not None
    before = {one.id: (one.date, one.start) for one in base.plan.sessions}
    after = {one.id: (one.date, one.start) for one in row.result.plan.sessions}
    assert row.moved == sum(before[key] != after[key] for key in before.keys() & after.keys()) > 0
    assert row.moved == sum(move.change == "moved" for move in row.moves)


def test_no_block_says_why_in_a_line_and_holds_its_conflict(rows: dict[str, Row]) -> None:
    row = rows["no block"]
    assert row.status is RowStatus.INFEASIBLE
    assert (
        row.reason == "availability_window, one_lift_per_day and sessions_per_week collide in weeks 1 and 2"
    )
    assert row.result is not None
    assert row.result.diagnosis is not None
    (found,) = row.result.diagnosis.conflicts
    assert in_one_line(found) == row.reason
    assert (row.objective, row.lifts, row.moved, row.difference) == (None, None, None, None)
    assert row.to_dict()["result"]["conflicts"][0]["rules"][0]["id"] == "availability_window"


def test_one_rule_that_fails_alone_is_told_in_the_singular(rows: dict[str, Row]) -> None:
    result = rows["no block"].result
    assert result is not None
    assert result.diagnosis is not None
    (found,) = result.diagnosis.conflicts
    one = found.model_copy(update={"rules": found.rules[:1], "weeks": (1,), "alike": ()})
    assert in_one_line(one) == "availability_window fails in week 1"
    two = found.model_copy(update={"rules": found.rules[:2], "weeks": (1,), "alike": (3,)})
    assert in_one_line(two) == "availability_window and one_lift_per_day collide in weeks 1 and 3"


# --- jobs ------------------------------------------------------------------------------------------------


def job(data: dict[str, Any] = BLOCK, **more: Any) -> Job:
    return Job(mc.load_scenario(data).model_dump_json(), **more)


def test_work_returns_plain_data_that_reads_back() -> None:
    (answer,) = work([job()])
    facts, packed = answer
    assert (type(facts), type(packed)) == (str, bytes)
    assert plain(outcome_from(answer)) == answer


def test_a_job_without_time_is_unknown_or_skipped() -> None:
    outcome = solved(job(time_limit=1e-9), Deadline(None))
    assert (outcome.status, outcome.cut) == (RowStatus.UNKNOWN, False)
    assert outcome.reason == "no block found within the time limit, and none ruled out"
    outcome = solved(job(), Deadline(0))
    assert (outcome.status, outcome.cut) == (RowStatus.SKIPPED, True)
    assert outcome.reason == "time was up before it was solved"


def test_a_stopped_job_says_so() -> None:
    end = Deadline(None)
    end.stop()
    assert solved(job(), end).reason == "stopped before it was solved"


def test_the_limit_asked_for_stands_in_the_record_not_what_was_left_of_all() -> None:
    # Seconds for all differ from run to run; what was asked for does not.
    for limit in (None, 1000.0):
        outcome = solved(job(time_limit=limit), Deadline(500))
        row = Row(
            **{name: getattr(outcome, name) for name in type(outcome).model_fields}, scenario="", name=""
        )
        assert row.result is not None
        assert row.result.run.parameters["time_limit"] == limit


def test_the_conflict_is_looked_for_only_if_there_is_time_for_it() -> None:
    data = {**BLOCK, "rules": {"sessions_per_week": "hard", "one_lift_per_day": "hard"}}
    data["athlete"] = {"availability": NO_BLOCK["athlete.availability"]}
    outcome = solved(job(data, explain_seconds=0), Deadline(None))
    assert (outcome.status, outcome.reason) == (RowStatus.INFEASIBLE, "the rules collide")


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ZeroDivisionError("odd"), "ZeroDivisionError: odd"), (MemoryError(), "MemoryError:")],
)
def test_a_mistake_of_ours_is_an_outcome(
    monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setitem(solved.__globals__, "solve", broken)
    outcome = solved(job(), Deadline(None))
    assert (outcome.status, outcome.reason.strip()) == (RowStatus.FAILED, reason)


def test_ctrl_c_in_a_job_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(solved.__globals__, "solve", pressed)
    assert solved(job(), Deadline(None)).status is RowStatus.SKIPPED


def test_a_plan_that_fails_its_check_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise mc.InternalError("the planned block did not pass its own check", ("lift_spacing: 40 h",))

    monkeypatch.setitem(solved.__globals__, "solve", broken)
    outcome = solved(job(), Deadline(None))
    assert outcome.status is RowStatus.FAILED
    assert outcome.reason.startswith("the planned block did not pass its own check")
    # A row is a line.
    assert "\n" not in outcome.reason


def test_a_worker_of_another_version_says_so() -> None:
    outcome = solved(job(versions=("0.0", "9.9", 1)), Deadline(None))
    assert outcome.status is RowStatus.FAILED
    assert outcome.reason.endswith("asked for was mesocycle 0.0 with ortools 9.9")


def test_outcome_of_a_plan_without_a_reference() -> None:
    result = mc.solve(mc.load_scenario(BLOCK))
    assert result.plan is not None
    instance = understand(mc.load_scenario(BLOCK))
    assert outcome_of(result, instance, None, "", 0.12345).moved is None
    outcome = outcome_of(result, instance, Reference(sessions=()), "", 0.12345)
    # Nothing of the other plan is known: four are added, none is moved.
    assert (outcome.moved, outcome.seconds) == (0, 0.123)
