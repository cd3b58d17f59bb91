"""`mesocycle run update`: a changed plan of every make beside a block, on a terminal and elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mesocycle.cli import cli
from mesocycle.output.screen import Screen

FEEDS = Path(__file__).parent / "importing" / "feeds"
MONDAY = "2026-09-07T06:00"
CHANGED = """\
Imported plan
runna_changed.ics from Tue 8 Sep on: 4 differences.

Changed
  Tue 8 Sep  Easy Loop, 6 km, 38 min -> 8 km, 49 min

Moved
  Thu 10 Sep  Broken Tempo, 9.5 km -> Fri 11 Sep

New
  Wed 16 Sep 06:30  Kilometre Repeats (intervals), 9 km (time assumed)

No longer there
  Sun 13 Sep 08:00  Sunday Long Run, 16 km

"""
TO_KNOW = """\
To know
  1 strength session of the feed left alone: Mesocycle places the lifts.

"""


def call(*words: str, now: str = MONDAY, code: int = 0, **more: Any) -> Result:
    moment = () if words[0] in ("import", "export") else ("--now", now)
    done = CliRunner().invoke(cli, [*words, *moment], env={"COLUMNS": "80", "MESOCYCLE_BLOCK": ""}, **more)
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("runna")
    scenario, block = str(folder / "plan.yaml"), folder / "plan.block"
    times = "06:30, weekend 08:00"
    call("import", str(FEEDS / "runna.ics"), "--from", "2026-09-07", "-o", scenario, "--start-times", times)
    text = Path(scenario).read_text(encoding="utf-8").replace("name: Runna", "name: Imported plan")
    Path(scenario).write_text(text, encoding="utf-8")
    call("start", scenario, "-o", str(block), "--timezone", "Europe/Berlin")
    return block.read_bytes()


@pytest.fixture
def block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, original: bytes) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.block"
    path.write_bytes(original)
    return path


def update(name: str = "runna_changed.ics", *words: str, **more: Any) -> Result:
    return call("run", "update", str(FEEDS / name), *words, **more)


def test_a_feed_that_did_not_change_is_no_news(block: Path, original: bytes) -> None:
    done = update("runna.ics", "--yes")
    head = "Imported plan\nrunna.ics from Tue 8 Sep on: nothing changed.\n\n"
    assert done.stdout == f"{head}{TO_KNOW}Nothing was recorded.\n"
    assert block.read_bytes() == original


def test_a_changed_feed_is_told_and_recorded_with_yes_alone(block: Path, original: bytes) -> None:
    for words in ((), ("--dry-run",)):
        done = update("runna_changed.ics", *words)
        assert done.stdout == f"{CHANGED}{TO_KNOW}Nothing was recorded yet: --yes records it.\n"
        assert block.read_bytes() == original
    done = update("runna_changed.ics", "--yes")
    end = "Recorded (3 to 6): `mesocycle undo` takes all of them back.\n"
    end += "`mesocycle replan` plans the lifts around them.\n"
    assert done.stdout == f"{CHANGED}{TO_KNOW}{end}"
    assert ": nothing changed." in update("runna_changed.ics", "--yes").stdout
    history = call("history").stdout
    assert "one more run: Wed 16 Sep 06:30, Kilometre Repeats" in history
    assert history.count("from runna_changed.ics") >= 3
    assert call("replan", "--yes").stdout.endswith("Published as revision 2.\n")
    week = call("week", "2").stdout
    assert "Wed 16 Sep  06:30 Kilometre Repeats" in week


def test_one_undo_takes_the_feed_back(block: Path) -> None:
    before = call("week").stdout
    update("runna_changed.ics", "--yes")
    assert call("week").stdout != before
    back = call("undo").stdout
    assert [line[:14] for line in back.splitlines() if line.startswith("Taken")] == [
        f"Taken back ({number})" for number in (3, 4, 5, 6)
    ]
    assert call("week").stdout == before
    assert call("redo").stdout.count("Holds again") == 4
    assert ": nothing changed." in update().stdout


@pytest.mark.parametrize(
    ("answer", "end"), [("y", "`mesocycle replan` plans"), ("n", "Nothing was recorded")]
)
def test_on_a_terminal_it_asks(
    block: Path, original: bytes, monkeypatch: pytest.MonkeyPatch, answer: str, end: str
) -> None:
    monkeypatch.setattr(Screen, "is_terminal", True)
    done = update("runna_changed.ics", input=f"{answer}\n")
    assert "Record this? [y/N]" in done.stderr
    assert "Broken Tempo" in done.stdout
    assert done.stdout.count("Moved") == 1
    assert done.stdout.splitlines()[-1].startswith(end)
    assert (block.read_bytes() == original) is (answer == "n")
    # Where nothing changed there is nothing to ask.
    monkeypatch.setattr("click.confirm", lambda *_, **__: pytest.fail("asked"))
    assert "nothing changed" in update("runna.ics" if answer == "n" else "runna_changed.ics").stdout


def test_it_is_json_too(block: Path) -> None:
    data = json.loads(update("runna_changed.ics", "--format", "json").stdout)
    assert (data["schema_version"], data["source"], data["since"]) == (1, "runna_changed.ics", "2026-09-08")
    assert [(one["kind"], one["run"]) for one in data["differences"]] == [
        ("changed", "2026-09-08#1"),
        ("moved", "2026-09-10#1"),
        ("new", None),
        ("gone", "2026-09-13#1"),
    ]
    moved = data["differences"][1]
    assert (moved["before"]["date"], moved["after"]["date"]) == ("2026-09-10", "2026-09-11")
    assert data["differences"][3]["after"] is None
    assert data["recorded"] == []
    recorded = json.loads(update("runna_changed.ics", "--format", "json", "--yes").stdout)["recorded"]
    assert [one["number"] for one in recorded] == [3, 4, 5, 6]
    assert {one["event"]["source"] for one in recorded} == {"runna_changed.ics"}


def test_what_is_missing_may_stay(block: Path) -> None:
    done = update("runna_changed.ics", "--keep-missing")
    assert "No longer there" not in done.stdout
    assert "1 run left alone that the feed does not have" in done.stdout


def test_the_calendar_of_the_block_itself_is_no_news(block: Path, tmp_path: Path) -> None:
    call("run", "change", "2026-09-10", "--to", "2026-09-11", "--minutes", "50")
    call("export", "plan.block", "--runs", "-o", "own.ics")
    done = call("run", "update", "own.ics")
    assert ": nothing changed." in done.stdout
    assert "You said otherwise" not in done.stdout


TABLE = """\
Datum;Training;Distanz;Dauer;Start
08.09.2026;Easy Loop;6 km;38;06:30
10.09.2026;Broken Tempo;9,5 km;70;06:30
13.09.2026;Sunday Long Run;16 km;;08:00
14.09.2026;Something;;;
18.10.2026;10 km Race;10 km;;10:00
"""


def test_a_table_is_read_with_its_notes_and_doubts(block: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(TABLE, encoding="utf-8")
    done = call("run", "update", "plan.csv", "--date-order", "dmy")
    assert "Thu 10 Sep  Broken Tempo, 60 min -> 70 min" in done.stdout
    assert "Not sure of" in done.stdout
    assert 'Mon 14 Sep  "Something" is left out as no training' in done.stdout


def test_a_plan_without_dates_needs_one(block: Path) -> None:
    weeks = FEEDS.parent / "plans" / "run_walk_km.yaml"
    refused = call("run", "update", str(weeks), code=2).stderr
    assert "the plan has weeks and no dates" in refused
    assert "nothing was recorded" in refused
    done = call("run", "update", str(weeks), "--start-date", "2026-09-07", "--dry-run")
    assert "Week 1 of the plan is the week of Mon 7 Sep." in done.stdout
    both = call(
        "run", "update", str(weeks), "--start-date", "2026-09-07", "--race-date", "2026-10-18", code=2
    )
    assert "give one of the two" in both.stderr


@pytest.mark.parametrize(
    ("content", "words", "text"),
    [
        (b"", (), "the file is empty"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", (), "bad.txt"),
        (b"webcal://example.org/plan.ics", (), "this is a link, not a plan"),
        (b"date,workout\n2026-09-08,Rest\n", (), "no run was found in it (1 entry)"),
        (
            b"date,workout\n2026-09-01,Easy 5 km\n",
            (),
            "all its runs lie before 2026-09-08 (the last on 2026-09-01)",
        ),
        (b"date,workout\n2026-09-08,Easy 5 km\n", ("--start-date", "2026-09-07"), "leave out --start-date"),
        (b"date,workout\n2026-09-08,Easy 5 km\n", ("--start-times", "early"), "cannot be read"),
        (b"date,workout\n2026-09-08,Easy 5 km\n", ("--yes", "--dry-run"), "exclude each other"),
        (b"date,workout\n2026-09-08,Easy 5 km\n", ("--block", "no.block"), "no.block"),
    ],
)
def test_what_cannot_be_compared_says_why_and_nothing_is_recorded(
    block: Path, original: bytes, content: bytes, words: tuple[str, ...], text: str
) -> None:
    Path("bad.txt").write_bytes(content)
    assert text in call("run", "update", "bad.txt", *words, code=2).stderr
    assert block.read_bytes() == original


def test_a_file_that_is_not_there_is_refused(block: Path) -> None:
    assert "there is no such file" in call("run", "update", "gone.ics", code=2).stderr


def test_the_plan_may_come_from_standard_input(block: Path) -> None:
    raw = (FEEDS / "runna_changed.ics").read_bytes()
    done = call("run", "update", "-", "--yes", input=raw)
    assert "the feed from Tue 8 Sep on: 4 differences." in done.stdout
    assert "from the feed" in call("history").stdout
