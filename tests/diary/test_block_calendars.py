"""A living block in a calendar: each lift once where it stands, what is gone cancelled, UIDs for life."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from click.testing import CliRunner

from mesocycle.cli import cli
from mesocycle.diary.block import Block
from mesocycle.files.plan_file import parse_result
from mesocycle.living import backup, restore, start

BERLIN = ZoneInfo("Europe/Berlin")
# The clocks go back on 25 October.
SCENARIO: dict[str, Any] = {
    "name": "Over the change of clocks",
    "start": "2026-10-12",
    "weeks": 3,
    "athlete": {"availability": {"weekdays": ["17:00-19:00"], "weekend": ["12:00-14:00"]}},
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
            "thu": {"type": "tempo", "start": "06:30", "minutes": 50},
            "sun": {"type": "long", "start": "08:00", "minutes": 110},
        }
    },
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    start(SCENARIO, tmp_path / "clocks.block", timezone="Europe/Berlin", now=datetime(2026, 10, 12, 6))
    return tmp_path / "clocks.block"


def at(path: Path, day: int, month: int = 10) -> Block:
    return Block(path, now=datetime(2026, month, day, 7))


def read(text: str) -> dict[str, tuple[str, bool, int]]:
    """Events by UID as one reader has them: the start in UTC, whether cancelled, the sequence."""
    calendar: Any = icalendar.Calendar.from_ical(text)
    found = {}
    for event in calendar.walk("VEVENT"):
        begins = event["DTSTART"].dt.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M")
        found[str(event["UID"])] = (
            begins,
            str(event.get("STATUS", "")) == "CANCELLED",
            int(event["SEQUENCE"]),
        )
    return found


def read_again(text: str) -> dict[str, tuple[str, bool, int]]:
    """The same by another reader."""
    found = {}
    for event in vobject.readOne(text).vevent_list:
        begins = event.dtstart.value.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M")
        gone = hasattr(event, "status") and event.status.value == "CANCELLED"
        found[event.uid.value] = (begins, gone, int(event.sequence.value))
    return found


def current(block: Block) -> Counter[str]:
    """Starts of the lifts that stand now, in UTC."""
    return Counter(
        datetime.combine(lift.date, datetime.min.time())
        .replace(hour=lift.start // 60, minute=lift.start % 60, tzinfo=BERLIN)
        .astimezone(ZoneInfo("UTC"))
        .strftime("%Y-%m-%dT%H:%M")
        for lift in block.now().lifts
        if lift.status != "skipped"
    )


def test_each_lift_stands_in_it_once_and_what_is_gone_is_cancelled(path: Path) -> None:
    sequences: dict[str, int] = {}

    def step(block: Block) -> dict[str, tuple[str, bool, int]]:
        text = block.calendar()
        events = read(text)
        assert events == read_again(text)
        assert Counter(begins for begins, gone, _ in events.values() if not gone) == current(block)
        for uid, (_, _, sequence) in events.items():
            assert sequence >= sequences.get(uid, 0)
            sequences[uid] = sequence
        return events

    first = step(at(path, 12))
    assert not any(gone for _, gone, _ in first.values())
    block = at(path, 19)
    block.move("w02-A", "wed", "18:00")
    block.skip("w02-B", why="time")
    second = step(block)
    assert first.keys() == second.keys()
    assert sum(gone for _, gone, _ in second.values()) == 1
    block.away("2026-10-27..2026-10-29")
    assert block.replan().published == 2
    step(block)
    block.undo()
    assert block.plan().plan == block.plan(1).plan
    third = step(block)
    assert third.keys() >= first.keys()
    later = at(path, 30)
    later.done("2026-10-28", at="19:05", stands_for="w03-A", rpe=7)
    later.done("2026-10-26", at="18:00", minutes=30, stands_for="none")
    step(later)


def test_a_lift_after_the_change_of_clocks_stands_at_its_hour(path: Path) -> None:
    block = at(path, 12)
    calendar: Any = icalendar.Calendar.from_ical(block.calendar())
    starts = [event["DTSTART"].dt for event in calendar.walk("VEVENT")]
    assert {one.utcoffset() for one in starts} == {
        datetime(2026, 10, 20, tzinfo=BERLIN).utcoffset(),
        datetime(2026, 10, 27, tzinfo=BERLIN).utcoffset(),
    }
    assert {one.strftime("%H:%M") for one in starts if one.date().weekday() < 5} == {"17:00"}


def test_a_block_keeps_its_events_whatever_it_is_called(path: Path, tmp_path: Path) -> None:
    block = at(path, 12)
    before = read(block.calendar()).keys()
    block.set_scenario(block.scenario_text().replace("Over the change of clocks", "Another name"))
    copy = tmp_path / "copy.jsonl"
    copy.write_text("".join(backup(path)), encoding="utf-8")
    again = restore(copy, tmp_path / "renamed.block", now=datetime(2026, 10, 12, 8))
    assert read(again.calendar()).keys() == before
    other = start(SCENARIO, tmp_path / "other.block", timezone="Europe/Berlin", now=datetime(2026, 10, 12, 6))
    assert not read(other.calendar()).keys() & before


def test_runs_stand_in_it_as_they_are_now(path: Path) -> None:
    block = at(path, 19)
    before = read(block.calendar(runs=True))
    block.run_changed("2026-10-22", to="2026-10-23")
    block.run_dropped("2026-10-25")
    block.run_changed("2026-10-21", at="07:00", minutes="40")
    after = read(block.calendar(runs=True))
    assert before.keys() < after.keys()
    moved = [uid for uid in before if before[uid][0] != after[uid][0]]
    assert [after[uid][0] for uid in moved] == ["2026-10-23T04:30"]
    assert [after[uid][0] for uid in after if after[uid][1]] == ["2026-10-25T07:00"]
    assert [after[uid][0] for uid in after.keys() - before.keys()] == ["2026-10-21T05:00"]


def test_what_was_done_says_so(path: Path) -> None:
    block = at(path, 20)
    block.done("2026-10-13", rpe=7)
    calendar: Any = icalendar.Calendar.from_ical(block.calendar(alarm_minutes=30))
    event = next(one for one in calendar.walk("VEVENT") if one["DTSTART"].dt.date() == date(2026, 10, 13))
    assert str(event["SUMMARY"]).endswith("(done)")
    assert ", RPE 7." in str(event["DESCRIPTION"])
    assert len(event.walk("VALARM")) == 1


def test_a_block_file_is_exported_where_a_plan_is(path: Path, tmp_path: Path) -> None:
    at(path, 19).move("w02-A", "wed", "18:00")
    renamed = path.rename(tmp_path / "renamed.db")
    done = CliRunner().invoke(cli, ["export", str(renamed), "-o", str(tmp_path / "block.ics"), "--runs"])
    assert done.exit_code == 0, done.output
    assert len(read((tmp_path / "block.ics").read_bytes().decode())) == 15
    told = CliRunner().invoke(cli, ["export", str(renamed), "--format", "json"])
    result = parse_result(told.stdout.encode(), "block")
    assert result.plan is not None
    place = next((one.date, one.start) for one in result.plan.sessions if one.id == "w02-A")
    assert place == (date(2026, 10, 21), 1080)
    # It is not what was planned: it is judged anew, and no longer proven.
    assert (result.proven, result.objective) == (False, sum(cost.points for cost in result.costs))
    refused = CliRunner().invoke(cli, ["export", str(renamed), "--scenario", "x.yaml", "-o", "x.html"])
    assert (refused.exit_code, "has its own scenario" in refused.stderr) == (2, True)
    (tmp_path / "broken.block").write_bytes(renamed.read_bytes()[:5000])
    broken = CliRunner().invoke(cli, ["export", str(tmp_path / "broken.block")])
    assert (broken.exit_code, "damaged" in broken.stderr) == (2, True)


def test_a_block_that_stands_as_published_is_exported_as_that(path: Path) -> None:
    block = at(path, 12)
    assert block.standing() == block.plan()


def test_the_plan_as_it_stands_has_the_runs_as_they_stand(path: Path) -> None:
    block = at(path, 12)
    # A tempo of this week goes to Friday, and the long run of the next is dropped; both are still to come.
    block.run_changed("2026-10-15", to="2026-10-16")
    block.run_dropped("2026-10-25")
    stands = block.standing()
    days = [f"{run.date} {run.type}" for run in stands.runs]
    assert len(days) == 8
    assert days[1] == "2026-10-16 tempo"
    assert "2026-10-25 long" not in days
    # What is to come is not what was planned for.
    assert (stands.proven, stands.objective) == (False, sum(cost.points for cost in stands.costs))


def test_what_was_run_otherwise_leaves_the_proof_of_what_is_to_come(path: Path) -> None:
    at(path, 13).run_done("2026-10-13", minutes="70")
    stands, plan = at(path, 14).standing(), at(path, 14).plan()
    assert [run.minutes for run in stands.runs if run.date == date(2026, 10, 13)] == [70]
    assert stands == plan.model_copy(update={"runs": stands.runs})
