"""The commands of a living block: what they print, what they refuse, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mesocycle.cli import cli

SCENARIO = """\
name: Three weeks
start: 2026-09-07
weeks: 3
athlete:
  availability: {weekdays: ["17:00-19:00"], weekend: ["12:00-14:00"]}
runs:
  week:
    tue: {type: intervals, start: "06:30", minutes: 60}
    thu: {type: tempo, start: "06:30", minutes: 50}
    sun: {type: long, start: "08:00", minutes: 110}
"""
IMPOSSIBLE = Path(__file__).parents[1] / "scenarios" / "impossible" / "lunch_break_too_short.yaml"
MONDAY = "2026-09-07T06:00"
THURSDAY = "2026-09-17T20:00"


def call(*words: str, now: str | None = THURSDAY, code: int = 0, **more: Any) -> Result:
    moment = () if now is None else ("--now", now)
    done = CliRunner().invoke(cli, [*words, *moment], env={"COLUMNS": "80", "MESOCYCLE_BLOCK": ""}, **more)
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario and the block that was begun with it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "three.yaml").write_text(SCENARIO, encoding="utf-8")
    call("start", "three.yaml", "--timezone", "Europe/Berlin", now=MONDAY)
    return tmp_path


def test_a_block_begins_beside_its_scenario_and_says_what_is_on(folder: Path) -> None:
    (folder / "three.block").unlink()
    done = call("start", "three.yaml", "--timezone", "europe/berlin", now=MONDAY)
    assert "-> three.block (Europe/Berlin)" in done.stderr
    assert done.stdout.startswith("Three weeks\nMon 7 Sep 06:00 · week 1 of 3, ")
    assert "Next: Tue 8 Sep: w01-A, 17:00-" in done.stdout
    assert (folder / "three.block").is_file()


def test_a_block_does_not_begin_where_one_is(folder: Path) -> None:
    done = call("start", "three.yaml", "--timezone", "Europe/Berlin", code=2)
    assert done.stderr == "three.block: there is such a file already\n  maybe: name another one with -o\n"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("start", "nowhere.yaml"), "there is no such file"),
        (("start", "three.yaml", "-o", "other.block", "--timezone", "Berlin"), "did you mean Europe/Berlin?"),
        (("start", "three.yaml", "-o", "no/such.block"), "give a file in a folder that exists"),
        (("start", "three.yaml", "-o", "three.yaml"), "-o would overwrite the scenario three.yaml"),
    ],
)
def test_what_cannot_begin_is_refused(folder: Path, words: tuple[str, ...], text: str) -> None:
    assert text in call(*words, code=2).stderr
    assert not (folder / "other.block").exists()


def test_a_scenario_without_a_plan_begins_no_block(folder: Path) -> None:
    done = call("start", str(IMPOSSIBLE), "-o", "none.block", "--timezone", "UTC", now=MONDAY, code=3)
    assert "There is no plan to begin with: " in done.stderr
    assert not (folder / "none.block").exists()


def test_the_only_block_of_the_folder_is_meant_or_one_is_named(folder: Path) -> None:
    assert call("today").stdout == call("today", "--block", "three.block").stdout
    (folder / "three.block").rename(folder / "other")
    refused = call("today", code=2).stderr
    assert refused.startswith("there is no block here\n  maybe: `mesocycle start SCENARIO` makes one")
    told = CliRunner().invoke(cli, ["today", "--now", THURSDAY], env={"MESOCYCLE_BLOCK": "other"})
    assert told.exit_code == 0
    (folder / "a.block").write_text("", encoding="utf-8")
    (folder / "b.block").write_text("", encoding="utf-8")
    assert "there is more than one block here: a.block, b.block" in call("today", code=2).stderr


def test_today_asks_about_what_nobody_logged(folder: Path) -> None:
    told = call("today").stdout
    assert "Not logged, so it counts as done as planned:" in told
    assert "  w02-A Tue 15 Sep 17:00: mesocycle done w02-A, or mesocycle skip w02-A" in told
    call("done", "w02-A")
    assert "w02-A" not in call("today").stdout


def test_a_lift_is_done_once_and_corrected_by_telling_it_again(folder: Path) -> None:
    first = call("done", "--set", "back squat 80x5x3 rir 2", now="2026-09-15T18:30").stdout
    told = "back squat 3 x 5 at 80 kg, 2\nin reserve; the rest as planned."
    assert first.startswith("Recorded (3): w02-A done Tue 15 Sep 17:00, ")
    assert told in first
    again = call("done", "--set", "back_squat 80 kg x 5 x 3 rir 2", now="2026-09-15T18:40").stdout
    assert again.startswith("Already recorded (3): ")
    other = call("done", "--rpe", "7", now="2026-09-15T19:00").stdout
    assert other.startswith("Recorded (4): w02-A done Tue 15 Sep 17:00, ")
    assert "  It replaces what event 3 says." in other


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("done", "wed"), "there is no lift on Wed 16 Sep"),
        (("done", "w03-A"), "Tue 22 Sep is still to come"),
        (("done", "w09-A"), 'there is no session "w09-A"'),
        (("done", "--set", "sqat 80x5"), 'there is no exercise "sqat"; did you mean back_squat?'),
        (("done", "--set", "squat heavy"), '"squat heavy": sets are written like "back_squat 80x5x3 rir 2"'),
        (("done", "--at", "25:00"), "a time of day lies between 00:00 and 24:00"),
        (("done", "--rpe", "11"), "11.0 is not in the range 0<=x<=10"),
        (("skip", "w09-A"), 'there is no session "w09-A"'),
        (("move", "w03-A", "2026-09-10"), "Thu 10 Sep 17:00 has passed"),
        (("move", "w03-A", "2026-12-10"), "is after the block, which ends on Sun 27 Sep"),
        (("run", "done", "wed"), "there is no planned run on Wed 16 Sep"),
        (("run", "change", "sun"), "what is to change?"),
        (("run", "change", "sun", "--type", "fast"), 'there is no type of run "fast"'),
        (("run", "drop", "wed"), "there is no planned run on Wed 23 Sep"),
        (("sick", "2026-09-20..2026-09-18"), "ends before it starts"),
        (("away", "someday"), '"someday" is no day: a day is written like today, tue or 2026-09-15'),
        (("available", "fri", "17-19"), '"17-19": '),
        (("pin", "w03-A", "2026-09-10"), "Thu 10 Sep has passed"),
        (
            ("pin", "w03-A", "2026-09-18"),
            "w03-A belongs to the week of Mon 21 Sep, Fri 18 Sep lies in another",
        ),
        (("unpin", "w03-A"), "w03-A has no pin"),
        (("record", "squat", "heavy"), '"heavy": expected a 1RM'),
        (("record", "sqat", "100"), 'there is no exercise "sqat"'),
        (("undo", "77"), "there is no event 77"),
        (("undo", "2"), "event 2 began the block"),
        (("redo",), "nothing is taken back"),
        (("week", "9"), "there is no week 9"),
        (("why", "w09-A"), 'there is no session "w09-A"'),
        (("why", "w03-A", "--not", "someday"), '"someday" is no day'),
    ],
)
def test_what_cannot_be_recorded_or_answered_says_why_and_nothing_is_written(
    folder: Path, words: tuple[str, ...], text: str
) -> None:
    before = (folder / "three.block").read_bytes()
    assert text in call(*words, code=2).stderr
    assert (folder / "three.block").read_bytes() == before


def test_what_breaks_a_rule_is_told_and_recorded(folder: Path) -> None:
    told = call("move", "w03-A", "wed").stdout
    assert told.startswith("Recorded (3): w03-A moved to Wed 23 Sep 17:00.\n")
    assert "Against your rules: A on Wed 23 Sep is on the eve of Thursday's tempo." in told
    assert "points more." in told


def test_a_done_lift_is_neither_skipped_nor_moved(folder: Path) -> None:
    call("done", "w02-A")
    for words in (("skip", "w02-A"), ("move", "w02-A", "fri")):
        refused = call(*words, code=2).stderr
        assert refused == "w02-A was done on Tue 15 Sep\n  maybe: `mesocycle undo 3` takes that back\n"


def test_an_event_is_taken_back_and_holds_again(folder: Path) -> None:
    call("skip", "w03-A", "--why", "travel")
    assert call("undo").stdout == "Taken back (3): w03-A skipped, travelling.\n"
    assert call("redo").stdout == "Holds again (3): w03-A skipped, travelling.\n"
    call("undo", "3")
    lines = call("history").stdout.splitlines()
    assert lines[0] == "Three weeks"
    assert lines[3] == "3  2026-09-17 20:00  w03-A skipped, travelling (taken back)"
    assert lines[-1] == "6  2026-09-17 20:00  event 3 taken back"


def test_a_week_at_a_glance_marks_what_was_done_assumed_and_skipped(folder: Path) -> None:
    call("done", "w02-B", "--rpe", "6")
    call("skip", "w03-A", "--why", "time")
    second, third = call("week").stdout, call("week", "3").stdout
    assert ": done?" in next(line for line in second.splitlines() if "Tue 15 Sep" in line)
    assert ": done, RPE 6" in next(line for line in second.splitlines() if "Thu 17 Sep" in line)
    assert "2 of 2 lifts" in second
    assert ": skipped, no time" in next(line for line in third.splitlines() if "Tue 22 Sep" in line)


def test_runs_are_done_changed_dropped_and_added(folder: Path) -> None:
    assert (
        "run done: Thu 17 Sep 06:30, tempo, 55 min, RPE 6."
        in call("run", "done", "today", "--minutes", "55", "--rpe", "6").stdout
    )
    assert (
        "run of Sun 20 Sep changed: Sat 19 Sep 08:00, long, 110 min."
        in call("run", "change", "sun", "--to", "sat").stdout
    )
    assert "run of Tue 22 Sep dropped, sick." in call("run", "drop", "tue", "--why", "sick").stdout
    added = call("run", "change", "2026-09-23", "--at", "07:00", "--minutes", "40").stdout
    assert "one more run: Wed 23 Sep 07:00, easy, 40 min." in added


def test_planning_again_is_published_with_yes_alone(folder: Path) -> None:
    call("away", "2026-09-22")
    dry = call("replan").stdout
    assert dry.endswith("Nothing was published yet.\n")
    assert "Week 3, A: Tue 22 Sep 17:00 -> " in dry
    done = call("replan", "--yes").stdout
    assert done.endswith("Published as revision 2.\n")
    assert call("replan", "--yes").stdout.endswith("The plan stays as it is.\n\nNothing was written.\n")
    assert "--dry-run and --yes exclude each other" in call("replan", "--yes", "--dry-run", code=2).stderr


def test_where_no_plan_is_left_the_rules_that_collide_are_named(folder: Path) -> None:
    call("pin", "w03-A", "sat", "12:00")
    call("run", "change", "2026-09-26", "--at", "12:00", "--minutes", "90")
    told = call("replan", code=3).stdout
    assert "No plan keeps all your rules from here on." in told
    assert "These two collide in week 3 (21 to 27 September):" in told
    assert "What would make it work, least change first." in told
    assert "Your pin of A to Saturday 26 September at 12:00" in told


def test_every_answer_is_json_too(folder: Path) -> None:
    answers = {
        words: json.loads(call(*words, "--format", "json").stdout)
        for words in (
            ("today",),
            ("week",),
            ("history",),
            ("trends",),
            ("done", "w02-A"),
            ("why", "w03-B", "--quick"),
            ("why", "--load", "back_squat"),
            ("away", "2026-09-22"),
            ("replan",),
        )
    }
    assert {data["schema_version"] for words, data in answers.items() if words[0] != "why"} == {1}
    assert {one["id"] for one in answers["today",]["ask"]} == {"w01-B", "w02-A", "w02-B"}
    assert [one["kind"] for one in answers["history",]["events"]] == ["scenario_changed", "published"]
    again = answers["replan",]
    assert {"plan", "proven", "frontier", "difference"} <= again.keys()
    assert again["frontier"][0].keys() == {"moves", "points", "paid", "later", "moved", "chosen"}
    assert again["plan"]["status"] == "optimal"
    noted = answers["done", "w02-A"]
    assert (noted["already"], noted["events"][0]["event"]["kind"]) == (False, "lift_done")


def test_the_scenario_is_printed_and_replaced_but_not_its_length(folder: Path) -> None:
    assert call("scenario").stdout == SCENARIO
    (folder / "new.yaml").write_text(SCENARIO.replace("Three weeks", "Three good weeks"), encoding="utf-8")
    assert "version 2 of the scenario" in call("scenario", "--set", "new.yaml").stdout
    assert "Three good weeks" in call("scenario").stdout
    assert call("scenario", "--set", "new.yaml").stderr == "Nothing was changed.\n"
    (folder / "long.yaml").write_text(SCENARIO.replace("weeks: 3", "weeks: 4"), encoding="utf-8")
    assert "has 3 weeks" in call("scenario", "--set", "long.yaml", code=2).stderr
    (folder / "bad.yaml").write_text(SCENARIO.replace("weeks: 3", "weeks: many"), encoding="utf-8")
    assert "bad.yaml:3:" in call("scenario", "--set", "bad.yaml", code=2).stderr


def test_a_backup_makes_the_file_anew(folder: Path) -> None:
    call("skip", "w03-A")
    call("backup", "-o", "three.jsonl", now=None)
    call("restore", "three.jsonl", "-o", "again.block", now=None)
    assert (
        call("history", "--block", "again.block").stdout == call("history", "--block", "three.block").stdout
    )
    again = call("backup", "--block", "again.block", now=None).stdout
    assert again == (folder / "three.jsonl").read_text(encoding="utf-8")
    (folder / "cut.jsonl").write_text(again[: len(again) // 2], encoding="utf-8")
    assert "cut.jsonl:" in call("restore", "cut.jsonl", now=None, code=2).stderr
    assert not (folder / "cut.block").exists()


def test_a_why_not_of_a_block_tells_the_price_of_another_day(folder: Path) -> None:
    told = call("why", "w03-A", "--not", "wed").stdout
    assert "A, week 3: Tue 22 Sep 17:00-" in told
    assert "no heavy legs on Wed 23 Sep, the eve of Thursday's tempo" in told.replace("\n", " ").replace(
        "    ", ""
    )
