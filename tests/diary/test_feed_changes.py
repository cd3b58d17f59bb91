"""A changed feed beside a block: Wednesday 16 September, noon, in week 2 of four."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesocycle.diary.feeds.changes import compared
from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.feed import Kind, Reading
from mesocycle.importing.times import StartTimes
from mesocycle.importing.to_come import to_come
from mesocycle.living import Block, backup, restore, start
from mesocycle.models.clock import monday_of
from mesocycle.models.errors import BlockError, ScenarioFileError
from mesocycle.models.happened import RunChanged, RunDropped
from mesocycle.models.plan import CalendarRun
from mesocycle.models.run_changes import RunsUpdate
from mesocycle.models.training import RunType

SCENARIO: dict[str, Any] = {
    "name": "Four weeks",
    "start": "2026-09-07",
    "weeks": 4,
    "athlete": {"availability": {"weekdays": ["17:00-19:00"], "weekend": ["12:00-14:00"]}},
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
            "thu": {"type": "tempo", "start": "06:30", "distance": "10 km", "minutes": 50},
            "sat": {"type": "easy", "start": "09:00", "minutes": 30, "title": "River loop"},
            "sun": [
                {"type": "recovery", "start": "07:00", "minutes": 20},
                {"type": "long", "start": "08:00", "minutes": 110},
            ],
        },
        "dates": {"2026-10-04": {"type": "race", "start": "10:00", "distance": "10 km"}},
    },
    "races": [{"date": "2026-10-04", "distance": "10 km", "start": "10:00", "priority": "B"}],
    "strength": {"sessions_per_week": 2, "program": "runner_two_day"},
}
NOON = datetime(2026, 9, 16, 12)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("four") / "four.block"
    start(SCENARIO, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    return path.read_bytes()


@pytest.fixture
def block(tmp_path: Path, original: bytes) -> Block:
    path = tmp_path / "four.block"
    path.write_bytes(original)
    return Block(path, now=NOON)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def entry(
    when: date,
    kind: str,
    start: int | None = None,
    minutes: int | None = None,
    metres: int | None = None,
    title: str = "",
    **more: Any,
) -> PlanEntry:
    return PlanEntry(
        when, start, Reading(Kind(kind), title or kind, minutes, metres, confidence=0.95), **more
    )


def as_entry(run: CalendarRun, **change: Any) -> PlanEntry:
    """A run as a feed has it that says everything."""
    run = run.model_copy(update=change)
    metres = None if run.distance_km is None else round(1000 * run.distance_km)
    return entry(run.date, run.type, run.start, run.minutes, metres, run.title)


def feed(block: Block, *more: PlanEntry, without: Iterable[str] = (), timed: bool = True) -> list[PlanEntry]:
    """All runs of the block as planned, but for some; and more entries."""
    planned = block.now().planned_runs.items()
    entries = [as_entry(run) for name, run in planned if name not in set(without)]
    return [*(entries if timed else [one._replace(start=None) for one in entries]), *more]


def told(update: RunsUpdate) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in update.differences]


def asked(block: Block, entries: list[PlanEntry], **more: Any) -> RunsUpdate:
    """What the feed has otherwise, with nothing recorded."""
    before = block.path.read_bytes()
    found = block.update_runs(entries, accept=lambda update: False, **more)
    assert (found.recorded, block.path.read_bytes()) == ((), before)
    return found


def test_the_runs_as_they_stand_are_no_news(block: Block) -> None:
    for timed in (True, False):
        found = asked(block, feed(block, timed=timed))
        assert (found.same, found.kept, found.remarks) == (True, (), ())


def test_every_kind_of_difference_is_told_in_a_line(block: Block) -> None:
    changed = [
        entry(day(9, 17), "tempo", 6 * 60 + 30, metres=12_000),
        entry(day(9, 21), "intervals", 18 * 60, 70),
        entry(day(9, 25), "easy", None, metres=5_000),
        entry(day(9, 23), "hills"),
    ]
    found = asked(block, feed(block, *changed, without=["2026-09-17#1", "2026-09-22#1", "2026-09-20#1"]))
    assert told(found) == [
        ("changed", "Thu 17 Sep  Tempo run, 10 km -> 12 km"),
        ("moved", "Tue 22 Sep 06:30  Intervals, 60 min -> Mon 21 Sep 18:00, 70 min"),
        # The runs of the block start at 06:30 most often.
        ("new", "Wed 23 Sep 06:30  Hills, 45 min (time and length assumed)"),
        ("new", "Fri 25 Sep 06:30  Easy run, 5 km (time assumed)"),
        ("gone", "Sun 20 Sep 07:00  Recovery run, 20 min"),
    ]
    assert [(one.run, one.after and one.after.minutes) for one in found.differences] == [
        ("2026-09-17#1", 60),  # as fast as planned
        ("2026-09-22#1", 70),
        (None, 45),
        (None, 30),  # 5 km at an easy 6:00 /km
        ("2026-09-20#1", None),
    ]


def test_all_of_it_is_recorded_together_and_is_no_news_then(block: Block) -> None:
    entries = feed(
        block,
        entry(day(9, 18), "tempo", 390, 50, 10_000),
        entry(day(9, 23), "hills", 390, 40, title="Lake"),
        without=["2026-09-17#1", "2026-09-26#1"],
    )
    found = block.update_runs(entries)
    assert [line.number for line in found.recorded] == [3, 4, 5]
    assert [line.text for line in found.recorded] == [
        "run of Sat 26 Sep dropped, from the feed",
        "run of Thu 17 Sep changed: Fri 18 Sep 06:30, tempo, 10 km, 50 min, from the feed",
        "one more run: Wed 23 Sep 06:30, Lake (hills), 40 min, from the feed",
    ]
    assert {line.event["batch"] for line in found.recorded} == {3}
    runs = {one.id or one.run.title: one for one in block.now().runs}
    assert (runs["2026-09-17#1"].run.date, runs["2026-09-26#1"].status) == (day(9, 18), "dropped")
    assert (runs["Lake"].run.minutes, runs["Lake"].status) == (40, "planned")
    again = asked(block, entries)
    assert (again.same, again.kept) == (True, ())
    # What it was before is news again, and the history says all of it.
    back = block.update_runs(feed(block))
    assert told(back) == [
        ("moved", "Fri 18 Sep  Tempo run, 10 km -> Thu 17 Sep"),
        ("new", "Sat 26 Sep 09:00  River loop (easy run), 30 min"),
        ("gone", "Wed 23 Sep 06:30  Lake (hills), 40 min"),
    ]
    assert [one.text for one in block.history().events[5:]] == [
        "run of Wed 23 Sep 06:30 dropped, from the feed",
        "run of Thu 17 Sep changed: Thu 17 Sep 06:30, tempo, 10 km, 50 min, from the feed",
        "run of Sat 26 Sep changed: Sat 26 Sep 09:00, easy, 30 min, from the feed",
    ]
    planned = dict(block.now().planned_runs)
    assert {one.id: one.run for one in block.now().runs} == planned


def test_a_new_run_may_change_and_move_too(block: Block) -> None:
    lake = entry(day(9, 23), "easy", 390, 40, title="Lake")
    block.update_runs(feed(block, lake))
    longer = lake._replace(reading=replace(lake.reading, minutes=60))
    assert told(block.update_runs(feed(block, longer))) == [
        ("changed", "Wed 23 Sep  Lake (easy run), 40 min -> 60 min")
    ]
    # Another run takes the moment that it leaves.
    moved = longer._replace(day=day(9, 25))
    other = entry(day(9, 23), "hills", 390, 30)
    found = block.update_runs(feed(block, moved, other))
    assert told(found) == [
        ("moved", "Wed 23 Sep  Lake (easy run), 60 min -> Fri 25 Sep"),
        ("new", "Wed 23 Sep 06:30  Hills, 30 min"),
    ]
    assert [
        (str(one.run.date), one.run.type, one.run.minutes) for one in block.now().runs if one.id is None
    ] == [("2026-09-23", "hills", 30), ("2026-09-25", "easy", 60)]
    assert asked(block, feed(block, moved, other)).same


def test_one_undo_takes_all_of_it_back_and_one_redo_lets_it_hold_again(block: Block) -> None:
    before = block.now().runs
    entries = feed(block, entry(day(9, 23), "hills", 390, 40), without=["2026-09-17#1", "2026-09-26#1"])
    block.sore("calf", 2)
    block.update_runs(entries)
    after = block.now().runs
    undone = block.undo()
    assert [line.text for line in undone.events] == [
        "run of Thu 17 Sep dropped, from the feed",
        "run of Sat 26 Sep dropped, from the feed",
        "one more run: Wed 23 Sep 06:30, hills, 40 min, from the feed",
        "event 6 taken back",
    ]
    assert block.now().runs == before
    assert len(block.now().state.soreness) == 1
    assert [line.number for line in block.redo().events[:-1]] == [4, 5, 6]
    assert block.now().runs == after
    # One of them alone, by its number; and then the rest.
    block.undo(4)
    assert [one.id for one in block.now().runs if one.status == "dropped"] == ["2026-09-26#1"]
    assert [line.number for line in block.undo().events[:-1]] == [5, 6]
    assert block.now().runs == before
    # What holds again is what was taken back together, not what was before.
    block.redo()
    assert [one.id for one in block.now().runs if one.status == "dropped"] == ["2026-09-26#1"]


def test_a_backup_keeps_what_was_recorded_together(block: Block, tmp_path: Path) -> None:
    block.update_runs(feed(block, entry(day(9, 23), "easy", 390, 40), without=["2026-09-17#1"]))
    lines = tmp_path / "four.jsonl"
    lines.write_text("".join(backup(block.path)), encoding="utf-8")
    again = restore(lines, tmp_path / "again.block", now=NOON)
    assert again.history() == block.history()
    assert len(again.undo().events) == 3


# --- what is not the feed's to change ----------------------------------------------------------------------


def test_what_the_runner_said_stays(block: Block) -> None:
    block.run_changed("2026-09-17", to="2026-09-18", minutes="45")
    block.run_dropped("2026-09-19")
    block.run_changed("2026-09-23", at="18:00", minutes="35", type="easy")
    block.run_changed("2026-09-22", minutes="60")  # as it is planned
    found = asked(block, feed(block))
    assert told(found) == []
    assert found.kept == (
        "Thu 17 Sep 06:30  Tempo run, 10 km: you have it on Fri 18 Sep 06:30, 45 min",
        "Sat 19 Sep 09:00  River loop (easy run), 30 min: you left it out",
        "Wed 23 Sep 18:00  Easy run, 35 min: the feed does not have it",
    )
    # Where the feed moves it, that is told as well; where both agree, nothing is.
    moved = feed(
        block,
        entry(day(9, 16), "tempo", 18 * 60, 50, 10_000),
        entry(day(9, 22), "intervals", 390, 75),
        entry(day(9, 23), "easy", 18 * 60, 35),
        without=["2026-09-17#1", "2026-09-19#1", "2026-09-22#1"],
    )
    found = asked(block, moved)
    assert told(found) == []
    assert found.kept == (
        "Wed 16 Sep 18:00  Tempo run, 10 km: you have it on Fri 18 Sep 06:30, 45 min",
        "Tue 22 Sep 06:30  Intervals, 75 min: you have it on Tue 22 Sep 06:30, 60 min",
    )
    agreed = feed(block, entry(day(9, 18), "tempo", 390, 45, 10_000), without=["2026-09-17#1"])
    assert all("Tempo" not in line for line in asked(block, agreed).kept)


def test_a_run_that_was_done_early_is_not_run_again(block: Block) -> None:
    block.run_done("2026-09-17", to="2026-09-16", at="06:00")
    found = asked(block, feed(block))
    assert (told(found), found.kept) == (
        [],
        ("Thu 17 Sep 06:30  Tempo run, 10 km: you ran it on Wed 16 Sep",),
    )
    assert asked(block, feed(block, without=["2026-09-17#1"])).kept == ()


def test_what_the_runner_says_of_a_run_of_the_feed_stays_too(block: Block) -> None:
    entries = feed(block, entry(day(9, 17), "tempo", 390, 40, 8_000, "Cruise"), without=["2026-09-17#1"])
    block.update_runs(entries)
    block.run_changed("2026-09-17", at="12:30")
    (run,) = (one.run for one in block.now().runs if one.id == "2026-09-17#1")
    assert (run.start, run.minutes, run.title) == (750, 40, "Cruise")
    found = asked(block, entries)
    # As the feed had it, and as it was planned, it is the same run.
    line = "Thu 17 Sep 06:30  Cruise (tempo run), 8 km: you have it on Thu 17 Sep 12:30, 40 min"
    assert (told(found), found.kept) == ([], (line,))
    late = Block(block.path, now=datetime(2026, 9, 17, 18))
    late.run_done("2026-09-17", minutes="42")
    (run,) = (one.run for one in late.now().runs if one.id == "2026-09-17#1")
    assert (run.minutes, run.title) == (42, "Cruise")


def test_runs_that_illness_took_stay_out_unless_the_feed_moves_them_away(block: Block) -> None:
    block.sick("2026-09-17..2026-09-19", runs="drop")
    found = asked(block, feed(block, entry(day(9, 18), "hills", 390, 30)))
    sick = "you are sick then, and its runs are left out"
    assert (told(found), found.kept) == (
        [],
        (
            f"Thu 17 Sep 06:30  Tempo run, 10 km: {sick}",
            f"Sat 19 Sep 09:00  River loop (easy run), 30 min: {sick}",
            f"Fri 18 Sep 06:30  Hills, 30 min: {sick}",
        ),
    )
    moved = feed(block, entry(day(9, 21), "easy", 390, 30, title="River loop"), without=["2026-09-19#1"])
    found = block.update_runs(moved)
    assert told(found) == [("new", "Mon 21 Sep 06:30  River loop (easy run), 30 min")]
    (run,) = (one for one in block.now().runs if one.id == "2026-09-19#1")
    assert (run.run.date, run.status) == (day(9, 21), "planned")


def test_races_are_the_scenarios(block: Block) -> None:
    stands = "races stand in the scenario, which `mesocycle scenario --edit` changes: "
    line = "Sun 4 Oct  Race, 10 km -> Sat 3 Oct"
    moved = feed(block, entry(day(10, 3), "race", 600, 54, 10_000), without=["2026-10-04#1"])
    found = asked(block, moved)
    assert (told(found), found.remarks) == ([], (stands + line,))
    # It may be in another week altogether.
    moved = feed(block, entry(day(9, 27), "race", 600, 54, 10_000), without=["2026-10-04#1"])
    found = asked(block, [*moved, entry(day(10, 4), "rest")])
    assert told(found) == []
    assert found.remarks == (f"{stands}Sun 4 Oct  Race, 10 km -> Sun 27 Sep",)
    found = asked(block, [*feed(block, without=["2026-10-04#1"]), entry(day(10, 4), "rest")])
    gone = "Sun 4 Oct 10:00  Race, 10 km: the feed has it no more"
    assert (told(found), found.remarks) == ([], (stands + gone,))
    found = asked(block, feed(block, entry(day(9, 30), "race", 1140, 25, 5_000)))
    assert told(found) == [("new", "Wed 30 Sep 19:00  Race, 5 km")]
    assert found.remarks == (
        "nothing tapers for a race that the scenario does not have: `mesocycle scenario --edit`",
    )


# --- what the feed says nothing of -------------------------------------------------------------------------


def test_days_that_the_feed_does_not_tell_of_stay(block: Block) -> None:
    window = [one for one in feed(block) if one.day <= day(9, 24)]
    found = asked(block, window)
    # Saturday, twice on Sunday, and the week of the race: Tuesday, Thursday, Saturday, Sunday.
    remark = "the feed tells of Tue 8 Sep to Thu 24 Sep: 7 runs on other days left alone"
    assert (told(found), found.remarks) == ([], (remark,))
    # A day of rest is a day that it tells of.
    found = asked(block, [*window, entry(day(9, 26), "rest")])
    assert told(found) == [("gone", "Sat 26 Sep 09:00  River loop (easy run), 30 min")]


def test_missing_runs_may_stay(block: Block) -> None:
    found = asked(block, feed(block, without=["2026-09-17#1", "2026-09-22#1"]), keep_missing=True)
    assert (told(found), found.remarks) == ([], ("2 runs left alone that the feed does not have",))


def test_a_run_whose_title_is_read_as_something_else_is_not_missing(block: Block) -> None:
    loop = entry(day(9, 19), "other", title="River loop")
    assert asked(block, feed(block, loop, without=["2026-09-19#1"])).same


def test_what_is_past_is_not_looked_at(block: Block) -> None:
    found = asked(block, [one for one in feed(block) if one.day >= NOON.date()])
    assert (told(found), found.remarks) == ([], ())
    found = asked(block, feed(block, entry(day(9, 16), "easy", 600, 30), entry(day(9, 14), "easy", 600, 30)))
    assert told(found) == []


def test_today_counts_from_now_on(block: Block) -> None:
    thursday = Block(block.path, now=datetime(2026, 9, 17, 12))
    # The tempo of 06:30 is behind; without a time, the feed's is that one, longer or not.
    timeless = entry(day(9, 17), "tempo", None, 55)
    assert asked(thursday, feed(block, timeless, without=["2026-09-17#1"])).same
    done = entry(day(9, 17), "tempo", 400, 55, done=True)
    assert asked(thursday, feed(block, done, without=["2026-09-17#1"])).same
    # Without a time another run of today may be to come; the evening is free.
    found = asked(thursday, feed(block, entry(day(9, 17), "cross", None, 40)))
    assert told(found) == [("new", "Thu 17 Sep 17:30  Cross-training, 40 min (time assumed)")]
    late = Block(block.path, now=datetime(2026, 9, 17, 23))
    found = asked(late, feed(block, entry(day(9, 17), "cross", None, 40)))
    assert told(found) == []
    assert found.remarks == (
        "not taken, as no time is free for it: Thu 17 Sep 17:30  Cross-training, 40 min (time assumed)",
    )
    # In the morning it is to come, and a record of it is no plan for it.
    early = Block(block.path, now=datetime(2026, 9, 17, 5))
    assert asked(early, feed(block, done._replace(start=None), without=["2026-09-17#1"])).same


def test_a_key_run_that_was_not_run_and_stands_elsewhere_now_is_pointed_out(block: Block) -> None:
    moved = entry(day(9, 18), "intervals", 390, 60)
    found = asked(block, feed(block, moved, without=["2026-09-15#1"]))
    assert told(found) == [("new", "Fri 18 Sep 06:30  Intervals, 60 min")]
    assert found.remarks == (
        "the run of Fri 18 Sep (intervals) looks like that of 2026-09-15#1, which counts as run: "
        "`mesocycle run drop 2026-09-15#1` if it was not",
    )
    # The feed still has Tuesday's: this is one more.
    assert asked(block, feed(block, moved)).remarks == ()


# --- times -------------------------------------------------------------------------------------------------


def test_a_run_without_a_time_keeps_its_own_wherever_it_moves(block: Block) -> None:
    entries = feed(block, entry(day(9, 18), "tempo", None, 50, 10_000), without=["2026-09-17#1"], timed=False)
    assert told(asked(block, entries)) == [("moved", "Thu 17 Sep  Tempo run, 10 km -> Fri 18 Sep")]
    # Where the runner says when he runs that day, it starts then; what does not move stays.
    found = asked(block, entries, start_times="fri 12:00, sat 05:00")
    assert told(found) == [("moved", "Thu 17 Sep 06:30  Tempo run, 10 km -> Fri 18 Sep 12:00 (time assumed)")]


def test_no_two_runs_go_on_at_once(block: Block) -> None:
    block.run_changed("2026-09-18", at="06:00", minutes="90")
    # Its own time is taken by the runner's run of that morning: the evening is free.
    timeless = entry(day(9, 18), "tempo", None, 50, 10_000)
    found = asked(block, feed(block, timeless, without=["2026-09-17#1"]))
    line = "Thu 17 Sep 06:30  Tempo run, 10 km -> Fri 18 Sep 17:30 (time assumed)"
    assert told(found) == [("moved", line)]
    # A time that the feed gives holds, or the run stays where it was.
    timed = entry(day(9, 18), "tempo", 7 * 60, 50, 10_000)
    found = block.update_runs(feed(block, timed, without=["2026-09-17#1"]))
    assert (told(found), found.recorded) == ([], ())
    assert found.remarks == (
        "not taken, as no time is free for it: Thu 17 Sep 06:30  Tempo run, 10 km -> Fri 18 Sep 07:00",
    )


def test_runs_may_change_places(block: Block) -> None:
    entries = feed(
        block,
        entry(day(9, 22), "tempo", 390, 50, 10_000),
        entry(day(9, 24), "intervals", 390, 60),
        without=["2026-09-22#1", "2026-09-24#1"],
    )
    found = block.update_runs(entries)
    assert told(found) == [
        ("moved", "Tue 22 Sep  Intervals, 60 min -> Thu 24 Sep"),
        ("moved", "Thu 24 Sep  Tempo run, 10 km -> Tue 22 Sep"),
    ]
    assert asked(block, entries).same
    assert block.replan().frontier


def test_what_stays_may_be_in_the_way_of_what_would_follow_it(block: Block) -> None:
    block.run_changed("2026-09-18", at="06:00", minutes="90")
    # The tempo cannot go to Friday, so the intervals cannot take its place on Thursday.
    entries = feed(
        block,
        entry(day(9, 17), "easy", 390, 30, title="River loop"),
        entry(day(9, 18), "tempo", 390, 50, 10_000),
        without=["2026-09-17#1", "2026-09-19#1"],
    )
    found = asked(block, entries)
    assert told(found) == []
    assert len(found.remarks) == 2


# --- what is refused ---------------------------------------------------------------------------------------


def test_nothing_is_recorded_where_something_else_was_meanwhile(block: Block) -> None:
    def meanwhile(found: RunsUpdate) -> bool:
        Block(block.path, now=NOON).sore("calf", 3)
        return True

    with pytest.raises(BlockError, match="something else was recorded meanwhile"):
        block.update_runs(feed(block, without=["2026-09-17#1"]), accept=meanwhile)
    assert [entry.event.kind for entry in block.now().state.entries][2:] == ["soreness"]


def test_a_block_that_is_over_has_nothing_to_come(block: Block) -> None:
    over = Block(block.path, now=datetime(2026, 10, 5, 8))
    with pytest.raises(BlockError, match="the block ended on Sun 4 Oct"):
        over.update_runs(feed(block))


def test_before_it_begins_a_block_is_compared_from_its_first_day(block: Block) -> None:
    before = Block(block.path, now=datetime(2026, 9, 1, 8))
    found = asked(before, feed(block, entry(day(9, 3), "easy", 390, 30)))
    assert (found.same, found.since) == (True, day(9, 7))


def test_what_holds_no_run_to_come_is_refused(block: Block) -> None:
    with pytest.raises(ScenarioFileError, match="no run was found in it"):
        block.update_runs([entry(day(9, 17), "rest")])
    with pytest.raises(ScenarioFileError, match="all its runs lie before 2026-09-16"):
        block.update_runs([entry(day(9, 10), "tempo")])
    with pytest.raises(ValueError, match="cannot be read"):
        block.update_runs(feed(block), start_times="noonish")


@pytest.mark.parametrize(
    "facts",
    [
        {"run": None},
        {"run": "2026-09-17#1", "date": "2026-09-17", "start": 390},
        {"run": "2026-09-17#1", "start": 390},
        {"date": "2026-09-17"},
    ],
)
def test_what_is_dropped_is_one_run(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a planned run, or the one more of a day and a time"):
        RunDropped(**facts)


# --- any change --------------------------------------------------------------------------------------------

# Each type once a week, each at an hour of its own, so that no two of them can be taken for one another.
HOURS = {"easy": 5, "recovery": 7, "intervals": 9, "tempo": 11, "hills": 13, "long": 15}
NEW = {"cross": 17, "progression": 19, "moderate": 21}
ANY: dict[str, Any] = {
    **{key: SCENARIO[key] for key in ("name", "start", "athlete", "strength")},
    "weeks": 3,
    "runs": {
        "week": {
            name: {"type": kind, "start": f"{hour:02d}:00", "minutes": 50, "title": kind.title()}
            for name, (kind, hour) in zip(
                ("mon", "tue", "wed", "thu", "sat", "sun"), HOURS.items(), strict=True
            )
        }
    },
}


@pytest.fixture(scope="module")
def any_block(tmp_path_factory: pytest.TempPathFactory) -> Block:
    path = tmp_path_factory.mktemp("any") / "any.block"
    return start(ANY, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 4))


WHAT = st.one_of(
    st.just(("stay", 0)),
    st.tuples(st.just("change"), st.sampled_from([20, 40, 60, 90])),
    st.tuples(st.just("move"), st.sampled_from([-2, -1, 1, 2])),
    st.just(("drop", 0)),
)


def test_any_set_of_changes_is_found_as_what_it_is(
    any_block: Block, tmp_path_factory: pytest.TempPathFactory
) -> None:
    block, seen = any_block, Counter[str]()

    @settings(max_examples=40, deadline=None)
    @given(
        what=st.lists(WHAT, min_size=18, max_size=18),
        new=st.sets(st.tuples(st.integers(0, 20), st.sampled_from(sorted(NEW))), max_size=4),
        order=st.randoms(use_true_random=False),
        timed=st.booleans(),
    )
    def check(what: list[tuple[str, int]], new: set[tuple[int, str]], order: Any, timed: bool) -> None:
        runs = block.now().runs
        assert len(runs) == 18
        dropped = {one.run.date for one, (kind, _) in zip(runs, what, strict=True) if kind == "drop"}
        expected: set[tuple[str, str | None, CalendarRun | None]] = set()
        entries = [entry(day(9, 6), "rest"), entry(day(9, 27), "rest")]
        for one, (kind, by) in zip(runs, what, strict=True):
            after = one.run
            if kind == "move":
                moved = one.run.date + timedelta(days=by)
                if monday_of(moved) == monday_of(one.run.date):
                    after = one.run.model_copy(update={"date": moved})
            elif kind == "change":
                after = one.run.model_copy(update={"minutes": by})
            if kind == "drop":
                expected.add(("gone", one.id, None))
                continue
            if after != one.run:
                expected.add(("moved" if after.date != one.run.date else "changed", one.id, after))
            told_of = as_entry(after)
            entries.append(told_of if timed else told_of._replace(start=None))
        for number, kind in new:
            # On the day of a run that is dropped it could as well be that one, changed.
            if day(9, 7) + timedelta(days=number) not in dropped:
                added = CalendarRun(
                    date=day(9, 7) + timedelta(days=number),
                    start=60 * NEW[kind],
                    minutes=35,
                    type=kind,
                    key=kind == "progression",
                    distance_km=None,
                    title="Something else",
                )
                expected.add(("new", None, added))
                entries.append(as_entry(added))
        order.shuffle(entries)
        read = to_come(entries, day(9, 7), day(9, 27), StartTimes(), len(entries))
        found = {
            (one.kind, None if one.standing is None else one.standing.now.id, one.after)
            for one in compared(block.now(), read).changes
        }
        assert found == expected
        copy = tmp_path_factory.mktemp("copy") / "any.block"
        copy.write_bytes(block.path.read_bytes())
        written = Block(copy, now=datetime(2026, 9, 7, 4))
        update = written.update_runs(entries)
        assert len(update.differences) + len(update.remarks) == len(expected)
        assert len(update.recorded) >= len(update.differences)
        assert written.update_runs(entries).same
        events = [one.event for one in written.now().state.entries[2:]]
        assert all(isinstance(one, (RunChanged, RunDropped)) for one in events)
        if events:
            written.undo()
            assert written.now().runs == runs
        seen.update(kind for kind, _, _ in expected)
        seen["timeless"] += not timed

    check()
    assert min(seen[kind] for kind in ("changed", "moved", "new", "gone", "timeless")) >= 3


RUN_TYPES = {str(kind) for kind in RunType} - {"rest", "race"}
TITLES = (
    "",
    "8 x 400 m",
    "Track night",
    "Rest or easy run",
    "Long steady one, 20 km",
    "Hyrox",
    "Gym jog",
    "12 mi w/ 6 @ MP",
    "Café loop ☕",
    "Race pace practice",
    "Parkrun",
    "Day off? No!",
    "Easy / hilly",
)


def test_its_own_calendar_is_no_news_whatever_its_runs_are(
    original: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    seen = Counter[str]()
    miles = tmp_path_factory.mktemp("miles") / "miles.block"
    start({**SCENARIO, "units": "mi"}, miles, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    originals = {"km": original, "mi": miles.read_bytes()}

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([kind for kind in Kind if str(kind) in RUN_TYPES]),
                st.sampled_from(TITLES),
                st.integers(20, 200),
                st.none() | st.integers(3_000, 40_000),
                st.integers(0, 2),
            ),
            min_size=12,
            max_size=12,
        ),
        st.sampled_from(["km", "mi"]),
    )
    def check(runs: list[tuple[Kind, str, int, int | None, int]], units: str) -> None:
        folder = tmp_path_factory.mktemp("own")
        (folder / "own.block").write_bytes(originals[units])
        block = Block(folder / "own.block", now=NOON)
        planned = [run for run in block.now().planned_runs.values() if run.date > NOON.date()][:12]
        entries = [
            PlanEntry(
                run.date + timedelta(days=by if run.date.weekday() < 4 else 0),
                run.start,
                Reading(kind, title, minutes, metres, confidence=1.0),
            )
            for run, (kind, title, minutes, metres, by) in zip(planned, runs, strict=False)
        ]
        block.update_runs(entries)
        (folder / "own.ics").write_bytes(block.calendar(runs=True).encode())
        found = block.update_runs(folder / "own.ics", accept=lambda update: False)
        assert (told(found), found.kept) == ([], ())
        seen[units] += 1

    check()
    assert min(seen["km"], seen["mi"]) >= 3
