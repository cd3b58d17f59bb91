"""What runners ask for by name: four lifts beside four runs, pins, core on the easy day, an own order."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from brute_force import best_points
from click.testing import CliRunner, Result

import mesocycle as mc
from mesocycle.cli import cli
from mesocycle.models.plan import Plan

MORNINGS_AND_EVENINGS = {
    "weekdays": ["06:00-08:00", "17:00-21:00"],
    "weekend": ["07:00-11:00", "16:00-19:00"],
}
# The eves of the two key runs are Monday and Friday.
FOUR_RUNS = {
    "mon": {"type": "easy", "start": "12:00", "minutes": 45},
    "tue": {"type": "intervals", "start": "12:00", "minutes": 60},
    "thu": {"type": "easy", "start": "12:00", "minutes": 45},
    "sat": {"type": "long", "start": "12:00", "minutes": 110},
}
EVES = {"mon", "fri"}


def upper_lower(**legs: Any) -> dict[str, Any]:
    """Four lifts a week, upper, lower, upper, lower; `legs` is said of the first leg session."""
    upper = {"minutes": 45, "lower_body": "none"}
    lower = {"minutes": 45, "lower_body": "heavy"}
    sessions = [
        {"name": "Upper 1", **upper},
        {"name": "Lower 1", **lower, **legs},
        {"name": "Upper 2", **upper},
        {"name": "Lower 2", **lower},
    ]
    return {
        "start": "2026-09-07",
        "weeks": 4,
        "athlete": {"availability": MORNINGS_AND_EVENINGS},
        "runs": {"week": FOUR_RUNS},
        "strength": {"sessions": sessions, "sessions_per_week": 4},
        "rules": {"sessions_per_week": "hard"},
    }


def planned(data: dict[str, Any]) -> Plan:
    result = mc.solve(mc.load_scenario(data))
    assert result.proven
    assert result.plan is not None
    return result.plan


def points(data: dict[str, Any]) -> int | None:
    result = mc.solve(mc.load_scenario(data), deadline=0)
    assert result.proven or result.status is mc.Status.INFEASIBLE
    return result.objective


def weekdays(plan: Plan, name: str) -> list[str]:
    return [f"{one.date:%a}".lower() for one in plan.sessions if one.session == name]


def test_four_lifts_beside_four_runs() -> None:
    plan = planned(upper_lower())
    assert len(plan.sessions) == 16
    for name in ("Upper 1", "Lower 1", "Upper 2", "Lower 2"):
        assert len(weekdays(plan, name)) == 4
    assert not EVES & {*weekdays(plan, "Lower 1"), *weekdays(plan, "Lower 2")}
    # Upper body takes the eves, or the week would be too short.
    assert EVES & {*weekdays(plan, "Upper 1"), *weekdays(plan, "Upper 2")}


def test_legs_forced_to_an_eve_are_a_conflict_that_names_the_wish() -> None:
    data = upper_lower(days=["fri"], must=True)
    diagnosis = mc.diagnose(mc.load_scenario(data), deadline=None)
    assert diagnosis.status is mc.Status.INFEASIBLE
    (conflict,) = diagnosis.conflicts
    told = {rule.id: rule.cases for rule in conflict.rules}
    assert told["session_days"] == ("Lower 1 on Friday, week 1",)
    assert "eve" in told["no_lower_lift_day_before_key"][0]
    wish = "Friday for Lower 1 as a wish, no longer a must"
    (repair,) = (one for one in diagnosis.repairs if [change.text for change in one.changes] == [wish])
    assert repair.verified
    # Without any one of its members there is a block.
    assert set(told) == {"session_days", "no_lower_lift_day_before_key", "sessions_per_week"}
    for rule in told:
        assert points(data | {"rules": data["rules"] | {rule: "off"}}) is not None
    data["strength"]["sessions"][1]["must"] = False
    assert repair.objective == points(data)


# Monday is the eve of Tuesday's intervals; three days, and few starts on each.
TINY: dict[str, Any] = {
    "start": "2026-09-07",
    "weeks": 2,
    "athlete": {
        "availability": {"mon": ["18:00-18:20"], "wed": ["06:00-06:30"], "fri": ["17:00-17:30"]},
    },
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
            "thu": {"type": "tempo", "start": "18:30", "minutes": 50},
            "sun": {"type": "long", "start": "08:00", "minutes": 100},
        }
    },
    "strength": {
        "sessions_per_week": 1,
        "grid_minutes": 30,
        "sessions": [
            {"name": "A", "exercises": [{"exercise": "back_squat", "sets": [2, 3]}]},
            {"name": "Core", "kind": "core", "exercises": [{"exercise": "dead_bug", "sets": 2}]},
        ],
    },
    "rules": {"no_lower_lift_day_before_key": "soft", "deload_weeks": "off", "progressive_overload": "off"},
}


def tiny(*pins: dict[str, Any], **wishes: Any) -> dict[str, Any]:
    """The tiny block with pins, and with what is wished of its lift."""
    lift, core = TINY["strength"]["sessions"]
    return TINY | {"strength": TINY["strength"] | {"sessions": [lift | wishes, core], "pins": list(pins)}}


def test_a_pin_costs_what_the_best_block_with_it_costs() -> None:
    free = points(tiny())
    assert free is not None
    assert free == best_points(mc.load_scenario(tiny()))
    by_day = {}
    for day in ("mon", "wed", "fri"):
        pinned = tiny({"session": "A", "date": f"2026-09-{ {'mon': 14, 'wed': 16, 'fri': 18}[day] }"})
        by_day[day] = points(pinned)
        assert by_day[day] == best_points(mc.load_scenario(pinned))
        # A wish costs no more than a pin, and where it is kept as much.
        wished = tiny(days=[day])
        assert points(wished) == best_points(mc.load_scenario(wished))
        always = points(tiny({"session": "A", "day": day}))
        assert always is not None
        assert free <= (points(wished) or 0) <= always
    # The day that a free block takes is free of charge; another one is dearer.
    assert min(cost for cost in by_day.values() if cost is not None) == free
    assert len(set(by_day.values())) > 1


def test_a_pin_where_nothing_is_free_is_a_conflict() -> None:
    pinned = tiny({"session": "A", "date": "2026-09-15"})
    assert points(pinned) is None
    assert best_points(mc.load_scenario(pinned)) is None


def test_the_core_session_of_003_goes_between_the_two_lifts() -> None:
    week: dict[str, Any] = {
        "mon": {"type": "easy", "start": "07:00", "minutes": 45},
        "tue": {"type": "intervals", "start": "07:00", "minutes": 60},
        "wed": {"type": "easy", "start": "07:00", "minutes": 45},
        "thu": {"type": "tempo", "start": "07:00", "minutes": 60},
        "fri": {"type": "easy", "start": "07:00", "minutes": 45},
        "sat": {"type": "long", "start": "07:00", "minutes": 100},
        "sun": "rest",
    }
    legs = {"minutes": 45, "lower_body": "heavy"}
    lifts = [{"name": "A", **legs}, {"name": "B", **legs}]
    core = {"name": "Core", "kind": "core", "minutes": 20, "lower_body": "none"}
    data: dict[str, Any] = {
        "start": "2026-09-07",
        "weeks": 4,
        "policy": "stack_hard",
        "athlete": {"availability": {"weekdays": ["17:00-21:00"], "weekend": ["17:00-21:00"]}},
        "runs": {"week": week},
        "strength": {"sessions": lifts, "sessions_per_week": 2},
    }
    alone = mc.solve(mc.load_scenario(data))
    without = {cost.rule: cost.points for cost in alone.costs if cost.rule != "deload_weeks"}
    data["strength"]["sessions"] = [*lifts, core]
    plan = planned(data)
    assert {*weekdays(plan, "A"), *weekdays(plan, "B")} == {"tue", "thu"}
    # On the eve of the tempo, which is an easy day, and for nothing.
    assert weekdays(plan, "Core") == ["wed"] * 4
    assert {one.kind for one in plan.sessions if one.session == "Core"} == {"core"}
    result = mc.solve(mc.load_scenario(data))
    assert not any("Core" in case.text for cost in result.costs for case in cost.cases)
    # The lighter week gives up a set or two of it as of all that is done; where it stands costs nothing.
    paid = {cost.rule: cost.points for cost in result.costs if cost.rule != "deload_weeks"}
    assert paid == without


@pytest.mark.parametrize(
    ("rotation", "weeks"),
    [
        (["A", "B", "C"], [["A", "B"], ["C", "A"], ["B", "C"], ["A", "B"]]),
        (["C", "A", "B", "A"], [["C", "A"], ["B", "A"], ["C", "A"], ["B", "A"]]),
        (["B", "A", "A", "C"], [["B", "A"], ["A", "C"], ["B", "A"], ["A", "C"]]),
    ],
)
def test_an_order_of_ones_own_goes_on_from_week_to_week(rotation: list[str], weeks: list[list[str]]) -> None:
    sessions = [{"name": name, "minutes": 40, "lower_body": "none"} for name in "ABC"]
    strength = {"sessions": sessions, "rotation": rotation, "sessions_per_week": 2}
    data = {"start": "2026-09-07", "weeks": 4, "runs": {"week": {}}, "strength": strength}
    plan = planned(data)
    found = [[one.session for one in plan.sessions if one.week == week] for week in (1, 2, 3, 4)]
    assert [sorted(names) for names in found] == [sorted(names) for names in weeks]


def test_an_order_goes_on_where_a_week_has_room_for_more_than_all() -> None:
    sessions = [{"name": name, "minutes": 40, "lower_body": "none"} for name in "AB"]
    strength = {"sessions": sessions, "rotation": ["A", "B"], "sessions_per_week": 3}
    data = {"start": "2026-09-07", "weeks": 2, "runs": {"week": {}}, "strength": strength}
    plan = planned(data)
    assert sorted(one.session for one in plan.sessions if one.week == 1) == ["A", "A2", "B"]
    assert sorted(one.session for one in plan.sessions if one.week == 2) == ["A", "B", "B2"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="mesocycle", catch_exceptions=False)


def write(folder: Path, data: dict[str, Any]) -> str:
    file = folder / "block.yaml"
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)


def solved(*arguments: str) -> dict[str, Any]:
    done = run("solve", *arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def days_of(result: dict[str, Any], name: str) -> list[str]:
    return [one["date"] for one in result["sessions"] if one["session"] == name]


def test_pin_tells_what_a_day_costs(tmp_path: Path) -> None:
    file = write(tmp_path, TINY)
    before = Path(file).read_bytes()
    for day in ("mon", "wed", "fri"):
        result = solved(file, "--pin", f"A@{day}")
        assert result["objective"] == points(tiny({"session": "A", "day": day}))
        assert {weekday(on) for on in days_of(result, "A")} <= {day}
    assert solved(file)["objective"] == points(TINY)
    assert Path(file).read_bytes() == before


def weekday(text: str) -> str:
    return f"{date.fromisoformat(text):%a}".lower()


def test_pins_of_the_call_may_be_dates_and_hours_and_several(tmp_path: Path) -> None:
    file = write(tmp_path, TINY)
    result = solved(file, "--pin", "A@2026-09-09", "--pin", "A@2026-09-18 17:00", "--pin", " Core@Friday ")
    assert days_of(result, "A") == ["2026-09-09", "2026-09-18"]
    assert {weekday(on) for on in days_of(result, "Core")} == {"fri"}
    assert next(one["start"] for one in result["sessions"] if one["date"] == "2026-09-18") == "17:00"


def test_pins_of_the_call_stand_beside_those_of_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, tiny({"session": "A", "date": "2026-09-09"}))
    result = solved(file, "--pin", "A@2026-09-18")
    assert days_of(result, "A") == ["2026-09-09", "2026-09-18"]


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ("A", "a pin is written like"),
        ("A@", "a pin is written like"),
        ("@wed", "a pin is written like"),
        ("A@wendsday", "wendsday"),
        ("A@2026-13-01", "2026-13-01"),
        ("A@wed 25:00", "25:00"),
        ("A@wed 6:72", "between 00:00 and 24:00"),
        ("A@wed 18:10", "grid of 30 min"),
        ("A@wed 24:00", "a session starts before midnight; 00:00 of the day after"),
        (f"{'A' * 50}@wed", "at most 41 characters"),
        ("A\tB@wed", "invisible character"),
        ("A@2026-10-07", "outside the block"),
        ("X@wed", "there is no session of this name"),
        ("A2@wed", "no week of the block has this session"),
        ("A2@2026-09-09", "week 1 of the block has no session A2"),
    ],
)
def test_a_pin_that_cannot_be_is_told(tmp_path: Path, pin: str, words: str) -> None:
    done = run("solve", write(tmp_path, TINY), "--pin", pin)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--pin" in done.stderr
    assert words in done.stderr
    assert f"{pin}" in done.stderr
    assert len(done.stderr.splitlines()) == 4


def test_the_wrong_one_of_several_pins_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, tiny({"session": "A", "date": "2026-09-09"}))
    done = run("solve", file, "--pin", "Core@fri", "--pin", "A@2026-09-11")
    assert done.exit_code == 2
    assert "A@2026-09-11: two pins of one session in the same week; keep one of them" in done.stderr


def test_what_is_wrong_in_the_file_is_told_as_ever(tmp_path: Path) -> None:
    done = run("solve", write(tmp_path, TINY | {"weks": 2}), "--pin", "A@wed")
    assert done.exit_code == 2
    assert "did you mean `weeks`?" in done.stderr
    wrong = tiny({"session": "X", "day": "wed"})
    done = run("solve", write(tmp_path, wrong), "--pin", "A@wed")
    assert done.exit_code == 2
    assert "strength.pins[0].session" in done.stderr


def test_a_pin_is_not_written(tmp_path: Path) -> None:
    file = write(tmp_path, TINY)
    done = run("solve", file, "--pin", "A@tue", "--relax", "--write")
    assert done.exit_code == 2
    assert "--pin is for one try: it is not written with --write" in done.stderr


def colliding(*pins: dict[str, Any]) -> dict[str, Any]:
    """A block in which the lift is too heavy for Monday."""
    heavy = [{"exercise": "back_squat", "sets": [3, 4], "load": 80}]
    rules = TINY["rules"] | {"no_lower_lift_day_before_key": "hard", "sessions_per_week": "hard"}
    return tiny(*pins, exercises=heavy) | {"rules": rules}


def collision(folder: Path, *pins: dict[str, Any]) -> str:
    return write(folder, colliding(*pins))


def test_the_place_of_a_pin_of_the_call_is_the_option(tmp_path: Path) -> None:
    done = run("solve", collision(tmp_path), "--pin", "A@mon", "--format", "json")
    assert done.exit_code == 3
    conflicts = json.loads(done.stdout)["conflicts"]
    places = {rule["id"]: rule["place"] for conflict in conflicts for rule in conflict["rules"]}
    assert places["pins"] == "--pin"
    assert places["sessions_per_week"].startswith(str(tmp_path))
    done = run("solve", collision(tmp_path), "--pin", "A@mon")
    told = " ".join(done.output.replace("\\\n", " ").split())
    assert "our pin of A to Monday" in told
    # The command to copy has the pin too; it is not saved.
    assert "--pin A@mon --repair A" in told
    assert "--write" not in told


def test_the_place_of_a_pin_of_the_file_is_its_line(tmp_path: Path) -> None:
    file = collision(tmp_path, {"session": "A", "day": "mon"})
    conflicts = json.loads(run("solve", file, "--format", "json").stdout)["conflicts"]
    places = {rule["id"]: rule["place"] for conflict in conflicts for rule in conflict["rules"]}
    assert places["pins"].startswith(f"{file}:")


def test_a_repair_lets_a_pin_of_the_call_go(tmp_path: Path) -> None:
    result = solved(collision(tmp_path), "--pin", "A@mon", "--relax")
    assert result["objective"] == points(colliding())
