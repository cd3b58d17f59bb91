"""The told seasons of `scenarios/living/`, typed command by command, and what holds after each of them."""

from __future__ import annotations

import json
import random
import shlex
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from mesocycle.cli import cli
from mesocycle.diary import changed, settled
from mesocycle.diary.block import Block
from mesocycle.diary.replanning import Asked, planned_again
from mesocycle.living import start
from mesocycle.models.errors import BlockError, ScenarioError
from mesocycle.models.happened import LiftMoved
from mesocycle.models.living import LiftNow
from mesocycle.models.plan import Status
from mesocycle.solver.lived import living
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

SCENARIOS = Path(__file__).parents[1] / "scenarios"
SEASONS = sorted((SCENARIOS / "living").glob("*.season"))


class Step(NamedTuple):
    moment: datetime
    words: list[str]


def steps(season: Path) -> Iterator[Step]:
    """The commands of a told season: a moment, and what is typed after `mesocycle` at it."""
    for line in season.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            moment, command = line.split(maxsplit=1)
            yield Step(datetime.fromisoformat(moment), shlex.split(command))


def past(block: Block) -> dict[str | None, LiftNow]:
    return {lift.id: lift for lift in block.now().lifts if lift.status in ("done", "assumed", "skipped")}


def check(path: Path, moment: datetime, before: dict[str | None, LiftNow]) -> None:
    """What holds after a block was planned again at a moment."""
    block = Block(path, now=moment)
    now = block.now()
    # The past is as it was.
    after = past(block)
    assert {name: after[name] for name in before} == before
    assert now.result.proven
    # The checker accepts what is to come.
    instance = living(understand(changed.scenario_now(now), begun=True), settled.lived(now))
    assert not verify(instance, now.plan).breaches
    for lift in now.lifts:
        # What has begun by then stands where it stood.
        begun = (lift.date, lift.start) <= (moment.date(), moment.hour * 60 + moment.minute)
        if lift.status != "planned" or lift.id is None or begun:
            continue
        if isinstance(now.state.places.get(lift.id), LiftMoved):
            continue
        assert now.state.no_lift(lift.date, now.today) is None
        window = now.state.windows.get(lift.date)
        if window is not None:
            assert any(
                one.start_minute <= lift.start and lift.end <= one.end_minute for one in window.windows
            )
        pin = now.state.pins.get(lift.id)
        assert pin is None or lift.date == pin.date
    # To plan again changes nothing.
    assert block.replan(accept=lambda found: False).same


@pytest.mark.parametrize("season", SEASONS, ids=lambda path: path.stem)
def test_each_command_of_a_told_season_works_and_each_plan_holds(
    season: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for scenario in SCENARIOS.glob("*.yaml"):
        (tmp_path / scenario.name).write_bytes(scenario.read_bytes())
    published = 0
    for moment, words in steps(season):
        block = None if words[0] == "start" else Block(tmp_path / "season.block", now=moment)
        before = {} if block is None else past(block)
        frontier = (
            () if words[0] != "replan" or block is None else block.replan(accept=lambda _: False).frontier
        )
        call = [*words, "--now", moment.isoformat()]
        done = CliRunner().invoke(cli, call, env={"MESOCYCLE_BLOCK": ""})
        assert done.exit_code == 0, (words, done.output)
        if words == ["replan", "--yes"]:
            published += 1
            for one in frontier:
                assert f"{one.moves} move{'s' * (one.moves != 1)}" in done.stdout
                assert f": {one.points} points" in done.stdout
            check(tmp_path / "season.block", moment, before)
    assert published >= 3
    told = CliRunner().invoke(cli, ["history", "--format", "json"], env={"MESOCYCLE_BLOCK": ""})
    assert sum(event["kind"] == "published" for event in json.loads(told.stdout)["events"]) >= 2


SMALL: dict[str, Any] = {
    "start": "2026-09-07",
    "weeks": 5,
    "athlete": {"availability": {"weekdays": ["06:00-08:00", "17:00-19:00"], "weekend": ["12:00-15:00"]}},
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "18:30", "minutes": 50},
            "thu": {"type": "easy", "start": "06:30", "minutes": 40},
            "sun": {"type": "long", "start": "08:00", "minutes": 90},
        }
    },
    "strength": {"sessions_per_week": 2, "records": {"back_squat": "100 kg"}},
}


def happens(block: Block, today: date, rng: random.Random) -> None:
    """Something of any kind; what makes no sense is refused, and nothing is recorded then."""
    day = (today + timedelta(days=rng.randrange(-4, 9))).isoformat()
    session = f"w{rng.randrange(1, 6):02d}-{rng.choice('AB')}"
    hour = f"{rng.randrange(6, 20)}:{rng.choice(('00', '17', '30'))}"
    acts = (
        lambda: block.done(day, stands_for=session, at=hour),
        lambda: block.done(
            session, sets=[f"back_squat {rng.randrange(60, 110)}x{rng.randrange(1, 9)} rir 1"]
        ),
        lambda: block.done(session, sets=["push_up x10"], only=True),
        lambda: block.done(day, stands_for="none", at=hour, minutes=30),
        lambda: block.skip(session, why=rng.choice(("time", "travel", "sore", None))),
        lambda: block.move(session, day, hour),
        lambda: block.sick(f"{day}..{today + timedelta(days=rng.randrange(4))}"),
        lambda: block.away(f"{day}..{today + timedelta(days=rng.randrange(9))}", runs="drop"),
        lambda: block.available(day, *rng.choice(((), ("06:00-09:00",), ("17:00-20:00",)))),
        lambda: block.run_changed(day, to=(today + timedelta(days=rng.randrange(6))).isoformat()),
        lambda: block.run_changed(day, at=hour, minutes="45", type=rng.choice(("easy", "tempo", "long"))),
        lambda: block.run_dropped(day, why="sick"),
        lambda: block.record("back_squat", f"{rng.randrange(80, 125)} kg", on=day),
        lambda: block.pin(session, day),
        lambda: block.unpin(session),
        block.undo,
        block.redo,
    )
    try:
        rng.choice(acts)()
    except BlockError:
        return


@pytest.mark.parametrize("seed", range(0, 24, 3))
def test_whatever_happens_the_rest_is_planned_and_the_past_is_kept(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "random.block"
    start(SMALL, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 5))
    planned = 0
    for number in range(0, 34, 2):
        moment = datetime(2026, 9, 7, rng.randrange(5, 22)) + timedelta(days=number)
        block = Block(path, now=moment)
        for _ in range(rng.randrange(1, 4)):
            happens(block, moment.date(), rng)
        before = past(block)
        try:
            found = block.replan()
        except ScenarioError:  # two runs at once: the runner has to say which
            block.undo()
            continue
        if found.frontier and found.published is not None:
            planned += 1
            check(path, moment, before)
        assert found.frontier or found.status is Status.INFEASIBLE
    assert planned or seed


def test_of_all_compromises_none_beats_another(tmp_path: Path) -> None:
    path = tmp_path / "random.block"
    start(SMALL, path, timezone="Europe/Berlin", now=datetime(2026, 9, 7, 5))
    block = Block(path, now=datetime(2026, 9, 14, 6))
    block.run_changed("2026-09-17", at="06:30", minutes="60", type="tempo")
    block.run_changed("2026-09-19", at="10:00", minutes="60", type="intervals")
    found = planned_again(block.now(), Asked(hold=14), Deadline(None))
    pairs = [(len(one.moved), one.points) for one in found.frontier]
    assert found.complete
    assert pairs == sorted(pairs)
    assert [points for _, points in pairs] == sorted({points for _, points in pairs}, reverse=True)
