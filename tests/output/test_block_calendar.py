"""The calendar of a living block through all that happens to it, as two independent readers have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from mesocycle.diary.block import Block
from mesocycle.living import start

BERLIN, UTC = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
# The clocks go back on 25 October, within the block.
SCENARIO: dict[str, Any] = {
    "name": "Autumn",
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


class Seen(NamedTuple):
    """An event as a reader has it, in UTC."""

    start: datetime
    end: datetime
    title: str
    cancelled: bool
    sequence: int


Calendar = dict[str, Seen]


def by_icalendar(text: str) -> Iterator[tuple[str, Seen]]:
    calendar: Any = icalendar.Calendar.from_ical(text)
    for event in calendar.walk("VEVENT"):
        begin = event["DTSTART"].dt.astimezone(UTC)
        end = event["DTEND"].dt.astimezone(UTC) if "DTEND" in event else begin + event["DURATION"].dt
        gone = event.get("STATUS") == "CANCELLED"
        yield str(event["UID"]), Seen(begin, end, str(event["SUMMARY"]), gone, int(event["SEQUENCE"]))


def by_vobject(text: str) -> Iterator[tuple[str, Seen]]:
    for event in vobject.readOne(text).vevent_list:
        begin = event.dtstart.value.astimezone(UTC)
        has_end = hasattr(event, "dtend")
        end = event.dtend.value.astimezone(UTC) if has_end else begin + event.duration.value
        gone = hasattr(event, "status") and event.status.value == "CANCELLED"
        yield event.uid.value, Seen(begin, end, event.summary.value, gone, int(event.sequence.value))


def read(block: Block, **wishes: Any) -> Calendar:
    """The calendar, which both readers have alike, and in which no UID is twice."""
    text = block.calendar(**wishes)
    first, second = list(by_icalendar(text)), list(by_vobject(text))
    assert first == second
    assert len(dict(first)) == len(first)
    return dict(first)


def standing(calendar: Calendar) -> set[datetime]:
    return {one.start for one in calendar.values() if not one.cancelled}


def gone(calendar: Calendar) -> set[str]:
    return {uid for uid, one in calendar.items() if one.cancelled}


def instants(block: Block) -> Counter[datetime]:
    """When the lifts that are not skipped begin."""
    midnight = datetime.min.time()
    return Counter(
        (datetime.combine(lift.date, midnight) + timedelta(minutes=lift.start))
        .replace(tzinfo=BERLIN)
        .astimezone(UTC)
        for lift in block.now().lifts
        if lift.status != "skipped"
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    start(SCENARIO, tmp_path / "a.block", timezone="Europe/Berlin", now=datetime(2026, 10, 12, 6))
    return tmp_path / "a.block"


def at(path: Path, day: int) -> Block:
    return Block(path, now=datetime(2026, 10, day, 7))


def uid_of(calendar: Calendar, name: str) -> str:
    (found,) = [uid for uid in calendar if uid.startswith(f"{name}-")]
    return found


def test_through_all_that_happens_each_lift_stands_once_and_no_event_vanishes_or_grows_older(
    path: Path,
) -> None:
    known: Calendar = {}
    steps: list[Any] = [
        lambda: at(path, 12),
        lambda: at(path, 14).done("2026-10-13", rpe=6),
        lambda: at(path, 15).done("2026-10-14", at="18:00", minutes=30, stands_for="none"),
        lambda: at(path, 15).undo(),
        lambda: at(path, 19).move("w02-A", "wed", "18:00"),
        lambda: at(path, 19).skip("w02-B", why="time"),
        lambda: at(path, 19).undo(),
        lambda: at(path, 26).away("2026-10-27..2026-10-29"),
        lambda: at(path, 26).replan(),
        lambda: at(path, 26).undo(),
        lambda: at(path, 26).redo(),
    ]
    last = 0
    for number, step in enumerate(steps):
        step()
        block = at(path, 26) if number > 6 else at(path, 19)
        calendar = read(block)
        assert Counter(one.start for one in calendar.values() if not one.cancelled) == instants(block)
        assert calendar.keys() >= known.keys()
        (sequence,) = {one.sequence for one in calendar.values()}
        assert sequence > last
        known, last = calendar, sequence


def test_a_lift_keeps_its_event_where_it_is_moved_done_and_skipped(path: Path) -> None:
    planned = read(at(path, 12))
    uid = uid_of(planned, "w02-a")
    at(path, 19).move("w02-A", "wed", "18:00")
    moved = read(at(path, 19))[uid]
    assert moved.start == datetime(2026, 10, 21, 16, tzinfo=UTC)
    at(path, 23).done("2026-10-22", at="17:30", stands_for="w02-A")
    done = read(at(path, 23))[uid]
    assert done.start == datetime(2026, 10, 22, 15, 30, tzinfo=UTC)
    assert done.title.endswith(" (done)")
    at(path, 23).undo()
    at(path, 23).undo()
    assert read(at(path, 23))[uid][:4] == planned[uid][:4]


def test_what_illness_takes_is_cancelled_and_comes_back_with_the_illness_taken_back(path: Path) -> None:
    at(path, 19).sick("2026-10-19..2026-10-24", runs="drop")
    calendar = read(at(path, 19), runs=True)
    lifts = {uid[:5] for uid in gone(calendar) if not uid.startswith("run-")}
    runs = {uid[:16] for uid in gone(calendar) if uid.startswith("run-")}
    assert lifts == {"w02-a", "w02-b"}
    assert runs == {"run-2026-10-20-1", "run-2026-10-22-1"}
    at(path, 19).undo()
    assert not gone(read(at(path, 19), runs=True))


def test_what_was_told_of_beside_the_plan_and_taken_back_is_cancelled(path: Path) -> None:
    block = at(path, 15)
    before = read(block, runs=True)
    block.done("2026-10-14", at="18:00", minutes=30, stands_for="none")
    block.run_changed("2026-10-21", at="07:00", minutes="40")
    added = read(block, runs=True).keys() - before.keys()
    assert len(added) == 2
    block.undo()
    block.undo()
    assert gone(read(block, runs=True)) == added
    assert gone(read(block)) == {uid for uid in added if uid.startswith("lift-")}
    block.redo()
    assert len(gone(read(block, runs=True))) == 1


def test_a_run_that_was_added_and_then_done_is_one_event_that_stands(path: Path) -> None:
    at(path, 19).run_changed("2026-10-21", at="07:00", minutes="40")
    before = read(at(path, 19), runs=True)
    at(path, 22).run_done("2026-10-21", at="07:00", minutes="45")
    after = read(at(path, 22), runs=True)
    assert after.keys() == before.keys()
    (one,) = [seen for uid, seen in after.items() if uid.startswith("run-2026-10-21")]
    assert (one.cancelled, one.end - one.start) == (False, timedelta(minutes=45))


def test_a_session_that_a_later_plan_has_no_more_is_cancelled_until_that_is_undone(path: Path) -> None:
    first = read(at(path, 12))
    block = at(path, 26)
    block.away("2026-10-26..2026-10-31")
    assert block.replan().published == 2
    plan = block.plan().plan
    assert plan is not None
    left = {one.id.lower() for one in plan.sessions}
    lost = {uid for uid in first if uid[:5] not in left}
    assert lost
    assert lost <= gone(read(block))
    block.undo()
    assert block.plan().plan == block.plan(1).plan
    away = next(line.number for line in block.history().events if line.kind == "away")
    block.undo(away)
    assert not gone(read(block))


def test_a_block_keeps_its_events_whatever_its_file_and_its_scenario_are_called(path: Path) -> None:
    before = read(at(path, 12), runs=True).keys()
    renamed = path.rename(path.with_name("spring"))
    block = at(renamed, 12)
    block.set_scenario(block.scenario_text().replace("Autumn", "Spring"))
    assert read(block, runs=True).keys() == before


def test_over_the_change_of_clocks_hours_and_lengths_stay(path: Path) -> None:
    block = at(path, 12)
    calendar = read(block, runs=True)
    at_home = {one.start.astimezone(BERLIN).strftime("%a %H:%M") for one in calendar.values()}
    assert {one for one in at_home if one.endswith(("06:30", "08:00"))} == {
        "Tue 06:30",
        "Thu 06:30",
        "Sun 08:00",
    }
    assert {one.start.astimezone(BERLIN).utcoffset() for one in calendar.values()} == {
        timedelta(hours=2),
        timedelta(hours=1),
    }
    lengths = {lift.id: lift.end - lift.start for lift in block.now().lifts}
    for name, minutes in lengths.items():
        one = calendar[uid_of(calendar, (name or "").lower())]
        assert one.end - one.start == timedelta(minutes=minutes)


def test_another_time_zone_is_taken_where_it_is_named(path: Path) -> None:
    home, away = read(at(path, 12)), read(at(path, 12), timezone="America/New_York")
    assert home.keys() == away.keys()
    hours = {away[uid].start - home[uid].start for uid in home}
    # The clocks of New York go back a week later.
    assert hours <= {timedelta(hours=6), timedelta(hours=5)}
    with pytest.raises(ValueError, match="there is no time zone"):
        at(path, 12).calendar(timezone="Mars/Olympus")
