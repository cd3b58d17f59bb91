"""The command `export`, and the same formats of `solve`: what goes where, exit codes, wrong calls."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pytest
from click.testing import CliRunner, Result

import mesocycle as mc
from mesocycle.cli import cli
from mesocycle.models.plan import Status

TINY = """\
name: Tiny
start: 2026-09-07
weeks: 2
runs:
  week:
    tue: {type: tempo, start: "06:30", minutes: 45}
"""
NARROW = """\
athlete: {availability: {tue: ["17:00-21:00"]}}
rules: {sessions_per_week: hard, one_lift_per_day: hard}
"""
NO_PLAN = "No block satisfies all the rules (proven in"


def run(*arguments: object, given: str | None = None) -> Result:
    words = [str(one) for one in arguments]
    return CliRunner().invoke(cli, words, prog_name="mesocycle", catch_exceptions=False, input=given)


@cache
def plan_text() -> str:
    data = {
        "name": "Tiny", "start": "2026-09-07", "weeks": 2,
        "runs": {"week": {"tue": {"type": "tempo", "start": "06:30", "minutes": 45}}},
    }  # fmt: skip
    return json.dumps(mc.solve(mc.load_scenario(data)).to_dict())


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    file.write_text(plan_text(), encoding="utf-8")
    return file


@pytest.fixture
def impossible(plan: Path) -> Path:
    """The plan of a block that does not exist."""
    data = json.loads(plan_text())
    data |= {"status": "infeasible", "proven": False, "objective": None, "bound": None}
    plan.write_text(json.dumps(data | {"sessions": [], "weeks": [], "notices": []}), encoding="utf-8")
    return plan


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "tiny.yaml"
    file.write_text(TINY, encoding="utf-8")
    return file


def lifts(text: str) -> int:
    return len([e for e in icalendar.Calendar.from_ical(text).events if e.categories == ["STRENGTH"]])


# --- export ----------------------------------------------------------------------------------------------


def test_a_plan_becomes_a_calendar_on_standard_output(plan: Path) -> None:
    done = run("export", plan)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert lifts(done.stdout) == 4


def test_a_plan_is_read_from_standard_input() -> None:
    assert lifts(run("export", "-", given=plan_text()).stdout) == 4


def test_the_calendar_is_stamped_with_the_time_it_is_written() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    event = icalendar.Calendar.from_ical(run("export", "-", given=plan_text()).stdout).events[0]
    assert before <= event.stamp <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("plan.ics", "BEGIN:VCALENDAR"),
        ("plan.ICS", "BEGIN:VCALENDAR"),
        ("plan.csv", "week,date,weekday"),
        ("plan.md", "# Tiny\n"),
        ("again.json", '{\n  "schema_version": 1'),
        ("plan", "BEGIN:VCALENDAR"),
    ],
)
def test_the_ending_of_the_file_names_the_format(plan: Path, name: str, begins: str) -> None:
    file = plan.with_name(name)
    done = run("export", plan, "-o", file)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.endswith(f", by relaxation) -> {file}\n")
    assert file.read_text(encoding="utf-8").startswith(begins)


def test_the_named_format_goes_before_the_ending(plan: Path) -> None:
    file = plan.with_name("events.json")
    assert run("export", plan, "--format", "intervals", "-o", file).exit_code == 0
    assert [event["type"] for event in json.loads(file.read_text("utf-8"))] == ["WeightTraining"] * 4


def test_a_calendar_file_has_the_line_ends_of_its_standard(plan: Path) -> None:
    file = plan.with_name("plan.ics")
    run("export", plan, "-o", file)
    assert file.read_bytes().count(b"\r\n") == file.read_bytes().count(b"\n") > 10


def test_json_comes_back_as_it_was(plan: Path) -> None:
    assert json.loads(run("export", plan, "--format", "json").stdout) == json.loads(plan_text())


def test_options_of_calendars_are_heeded(plan: Path) -> None:
    done = run("export", plan, "--timezone", "europe/berlin", "--alarm", 45, "--runs")
    assert "DTSTART;TZID=Europe/Berlin:2026" in done.stdout
    assert done.stdout.count("TRIGGER:-PT45M") == 4
    assert done.stdout.count("SUMMARY:Tempo run\\, 45 min") == 2


@pytest.mark.parametrize("form", ["csv", "md", "json", "intervals"])
@pytest.mark.parametrize("wish", [("--runs",), ("--alarm", "0"), ("--timezone", "UTC")])
def test_options_of_calendars_go_with_calendars_alone(plan: Path, form: str, wish: tuple[str, ...]) -> None:
    done = run("export", plan, "--format", form, *wish)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{wish[0]} goes with --format ics, not {form}" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--timezone", "Europe/Berln"), 'no time zone "Europe/Berln"; did you mean Europe/Berlin'),
        (("--timezone", "../../etc/passwd"), "there is no time zone"),
        (("--timezone", ""), "write it like Europe/Berlin"),
        (("--timezone", "\x1b[31m" * 2000), 'there is no time zone "\\u001b[31m'),
        (("--alarm", "-5"), "-5 is not in the range"),
        (("--alarm", "soon"), "'soon' is not a valid integer"),
        (("--format", "pdf"), "'pdf' is not one of"),
    ],
)
def test_a_wrong_call_is_told(plan: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run("export", plan, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
    assert "\x1b" not in done.stderr


def test_the_plan_itself_is_never_overwritten(plan: Path) -> None:
    done = run("export", plan, "-o", plan)
    assert done.exit_code == 2
    assert f"-o would overwrite the plan {plan}: name another file" in done.stderr
    assert plan.read_text(encoding="utf-8") == plan_text()


def test_a_file_in_no_folder_is_refused(plan: Path) -> None:
    done = run("export", plan, "-o", plan.parent / "none" / "plan.ics")
    assert done.exit_code == 2
    assert "cannot be written: give a file in a folder that exists" in done.stderr


def test_what_is_no_plan_is_told_and_nothing_is_written(scenario: Path) -> None:
    file = scenario.with_name("plan.ics")
    done = run("export", scenario, "-o", file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        str(scenario),
        "    wrong: this is a scenario, not a plan",
        f"    maybe: `mesocycle solve {scenario} --format ics` plans and exports it",
        "1 problem; nothing was written.",
    ]
    assert not file.exists()


@pytest.mark.parametrize("form", ["ics", "csv", "intervals"])
def test_without_a_plan_there_is_nothing_to_write(impossible: Path, form: str) -> None:
    file = impossible.with_name("plan.out")
    done = run("export", impossible, "--format", form, "-o", file)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith(f"Tiny\n{NO_PLAN}")
    assert done.stderr.endswith(f"There are no lifts to write as {form}.\n")
    assert not file.exists()


def test_without_a_plan_markdown_says_so(impossible: Path) -> None:
    done = run("export", impossible, "--format", "md")
    assert done.exit_code == 3
    assert f"**{NO_PLAN}" in done.stdout


def test_no_answer_in_time_is_exit_4(impossible: Path) -> None:
    impossible.write_text(impossible.read_text("utf-8").replace(Status.INFEASIBLE, Status.UNKNOWN), "utf-8")
    done = run("export", impossible)
    assert (done.exit_code, done.stdout) == (4, "")
    assert done.stderr.startswith("Tiny\nNo block found in ")


# --- other days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["html", "md"])
def test_with_its_scenario_cards_tell_what_other_days_would_cost(
    plan: Path, scenario: Path, form: str
) -> None:
    bare = run("export", plan, "--format", form)
    done = run("export", plan, "--format", form, "--scenario", scenario)
    assert (bare.exit_code, done.exit_code) == (0, 0)
    assert "Other days" not in bare.stdout
    assert "open of 6, the best" in done.stdout
    given = run("export", "-", "--format", form, "--scenario", scenario, given=plan_text())
    assert given.stdout == done.stdout


def test_the_ending_of_the_file_does_for_a_scenario_too(plan: Path, scenario: Path) -> None:
    file = plan.with_name("plan.md")
    assert run("export", plan, "--scenario", scenario, "-o", file).exit_code == 0
    assert file.read_text(encoding="utf-8").count("\nOther days: ") == 4


@pytest.mark.parametrize("form", ["csv", "ics", "json", "intervals"])
def test_a_scenario_goes_with_cards_alone(plan: Path, scenario: Path, form: str) -> None:
    done = run("export", plan, "--format", form, "--scenario", scenario)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"--scenario goes with --format md or html, not {form}" in done.stderr


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("2026-09-07", "2026-10-05"), "is no session of this scenario, or holds other exercises"),
        (("06:30", "08:00"), "the plan breaks rules of this scenario"),
        (("tempo", "easy"), "it costs 120 points there, and not 60"),
    ],
)
def test_a_plan_of_another_scenario_is_refused(
    plan: Path, scenario: Path, change: tuple[str, str], message: str
) -> None:
    scenario.write_text(TINY.replace(*change), encoding="utf-8")
    file = plan.with_name("plan.html")
    done = run("export", plan, "--scenario", scenario, "-o", file)
    assert (done.exit_code, done.stdout, file.exists()) == (2, "", False)
    assert f"{plan} is not planned for {scenario}: " in done.stderr
    assert message in done.stderr


def test_a_scenario_is_neither_the_plan_nor_overwritten(plan: Path, scenario: Path) -> None:
    done = run("export", "-", "--format", "md", "--scenario", "-", given=plan_text())
    assert done.exit_code == 2
    assert "PLAN and --scenario name the same file: -" in done.stderr
    done = run("export", plan, "--format", "md", "--scenario", scenario, "-o", scenario)
    assert done.exit_code == 2
    assert f"-o would overwrite the scenario {scenario}" in done.stderr


def test_a_wrong_scenario_is_told_and_nothing_is_written(plan: Path, scenario: Path) -> None:
    scenario.write_text(TINY.replace("tempo", "temop"), encoding="utf-8")
    done = run("export", plan, "--format", "md", "--scenario", scenario)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "temop" in done.stderr
    assert "1 problem; nothing was written." in done.stderr


@pytest.mark.parametrize("form", ["html", "md"])
def test_without_a_plan_a_scenario_adds_nothing(impossible: Path, scenario: Path, form: str) -> None:
    done = run("export", impossible, "--format", form, "--scenario", scenario)
    assert done.exit_code == 3
    assert done.stdout == run("export", impossible, "--format", form).stdout


# --- solve -----------------------------------------------------------------------------------------------


def test_solve_writes_the_same_formats(scenario: Path) -> None:
    assert lifts(run("solve", scenario, "--format", "ics").stdout) == 4
    table = run("solve", scenario, "--format", "csv").stdout
    assert len(list(csv.DictReader(io.StringIO(table)))) == 4
    assert run("solve", scenario, "--format", "md").stdout.startswith("# Tiny\n\n**Proven optimal in ")
    assert len(json.loads(run("solve", scenario, "--format", "intervals").stdout)) == 4


def test_solve_and_export_name_the_same_events(scenario: Path) -> None:
    def uids(text: str) -> list[str]:
        return [line for line in text.splitlines() if line.startswith("UID:")]

    solved = run("solve", scenario, "--format", "json").stdout
    calendar = run("solve", scenario, "--format", "ics").stdout
    assert uids(run("export", "-", given=solved).stdout) == uids(calendar)
    assert len(uids(calendar)) == 4


def test_the_ending_names_the_format_of_solve_too(scenario: Path) -> None:
    file = scenario.with_name("plan.ics")
    assert run("solve", scenario, "-o", file, "--runs").exit_code == 0
    assert file.read_text(encoding="utf-8").count("CATEGORIES:RUN") == 2
    text = scenario.with_name("plan.txt")
    assert run("solve", scenario, "-o", text).exit_code == 0
    assert text.read_text(encoding="utf-8").startswith("Tiny\nProven optimal in ")


@pytest.mark.parametrize("wish", [("--runs",), ("--alarm", "5"), ("--timezone", "UTC")])
def test_text_has_no_options_of_calendars(scenario: Path, wish: tuple[str, ...]) -> None:
    done = run("solve", scenario, *wish)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{wish[0]} goes with --format ics, not text" in done.stderr


@pytest.mark.parametrize("form", ["csv", "md", "json", "intervals", "ics", "html"])
def test_short_goes_with_text_alone(scenario: Path, form: str) -> None:
    done = run("solve", scenario, "--short", "--format", form)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"--short goes with --format text, not {form}" in done.stderr


def test_short_and_all_exclude_each_other(scenario: Path) -> None:
    done = run("solve", scenario, "--short", "--all")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--short and --all exclude each other" in done.stderr


def test_short_leaves_the_cards_out_on_screen_and_in_a_file(scenario: Path) -> None:
    text = scenario.with_name("plan.txt")
    brief = run("solve", scenario, "--short")
    assert run("solve", scenario, "--short", "-o", text).exit_code == brief.exit_code == 0
    for told_ in (brief.stdout, text.read_text(encoding="utf-8")):
        assert told_.splitlines()[-1].endswith("the training cards.")
        assert "of warm-up" not in told_
    assert "of warm-up" in run("solve", scenario).stdout


def told(scenario: Path, *arguments: Any) -> Result:
    scenario.write_text(TINY.replace("weeks: 2", "weeks: 1") + NARROW, encoding="utf-8")
    return run("solve", scenario, *arguments)


def test_solve_writes_no_calendar_of_a_block_that_does_not_exist(scenario: Path) -> None:
    file = scenario.with_name("plan.ics")
    done = told(scenario, "-o", file)
    assert (done.exit_code, done.stdout, file.exists()) == (3, "", False)
    assert done.stderr.startswith(f"Tiny\n{NO_PLAN}")


@pytest.mark.parametrize("form", ["ics", "csv", "intervals"])
def test_where_there_is_nothing_to_write_solve_says_why_as_it_does_without_a_format(
    scenario: Path, form: str
) -> None:
    def lines(text: str) -> list[str]:
        return [line for line in text.splitlines() if line and not line.startswith(NO_PLAN)]

    plain, done = told(scenario), told(scenario, "--format", form)
    assert (plain.exit_code, done.exit_code, done.stdout) == (3, 3, "")
    assert any("collide in week 1" in line for line in lines(plain.stdout))
    assert any(line.lstrip().startswith("A ") for line in lines(plain.stdout))
    assert lines(done.stderr) == [*lines(plain.stdout), f"There are no lifts to write as {form}."]
    assert "\x1b" not in done.stderr


def test_a_plan_file_that_says_why_there_is_none_is_told_as_well(scenario: Path) -> None:
    solved = told(scenario, "--format", "json")
    done = run("export", "-", given=solved.stdout)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "What would make it work" in done.stderr


def test_where_the_search_was_not_wanted_it_says_so(scenario: Path) -> None:
    done = told(scenario, "--format", "ics", "--deadline", 0)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "--deadline is 0" in done.stderr


def test_the_diagnosis_of_solve_survives_json(scenario: Path) -> None:
    solved = told(scenario, "--format", "json")
    exported = run("export", "-", "--format", "md", given=solved.stdout)
    assert exported.exit_code == 3
    assert "## What collides in week 1" in exported.stdout
    assert "## What would make it work" in exported.stdout


@pytest.mark.parametrize("form", ["html", "md"])
def test_solve_tells_what_other_days_would_cost(scenario: Path, form: str) -> None:
    done = run("solve", scenario, "--format", form)
    assert "open of 6, the best" in done.stdout
    exported = run(
        "export", "-", "--format", form, "--scenario", scenario,
        given=run("solve", scenario, "--format", "json").stdout,
    )  # fmt: skip
    assert other_days(exported.stdout) == other_days(done.stdout)
    assert len(other_days(done.stdout)) >= 4


def test_of_a_pinned_plan_other_days_are_closed(scenario: Path) -> None:
    pinned = run("solve", scenario, "--format", "md", "--pin", "A@thu")
    free = run("solve", scenario, "--format", "md")
    assert (pinned.exit_code, free.exit_code) == (0, 0)
    assert sum("none of 6 is open" in line for line in other_days(pinned.stdout)) == 2
    assert not [line for line in other_days(free.stdout) if "none of 6 is open" in line]


def test_with_a_repair_other_days_are_those_of_the_changed_scenario(scenario: Path) -> None:
    done, changed = told(scenario, "--relax", "--format", "md"), scenario.with_name("changed.yaml")
    assert told(scenario, "--relax", "--write-as", changed).exit_code == 0
    again = run("solve", changed, "--format", "md")
    assert (done.exit_code, again.exit_code) == (0, 0)
    assert other_days(done.stdout) == other_days(again.stdout)
    assert len(other_days(done.stdout)) >= 1


def test_a_block_that_does_not_exist_has_no_other_days(scenario: Path) -> None:
    done = told(scenario, "--format", "md")
    assert (done.exit_code, other_days(done.stdout)) == (3, [])


def other_days(text: str) -> list[str]:
    """The lines of a file that tell other days."""
    return [line for line in text.splitlines() if "Other days" in line or 'class="day"' in line]


def test_with_a_repair_the_calendar_goes_to_standard_output_alone(scenario: Path) -> None:
    done = told(scenario, "--relax", "--format", "ics")
    assert done.exit_code == 0
    assert lifts(done.stdout) >= 1
    assert done.stderr.startswith("Planned with repair ")
