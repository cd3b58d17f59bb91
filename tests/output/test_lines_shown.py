"""Sets that differ from one another, as a runner reads them in every format."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from html import unescape

import pytest
from exported import PLAIN

import mesocycle as mc
from mesocycle.models.plan import PlannedExercise, PlannedSet
from mesocycle.models.result import Result
from mesocycle.models.set_words import amount, percents, reserve, sets_text, share_text
from mesocycle.output.csv import to_csv
from mesocycle.output.diagnosis import ReportOptions
from mesocycle.output.formats import FORMATS
from mesocycle.output.ics import to_ics
from mesocycle.output.lifts import legend as legend_of_table
from mesocycle.output.lifts import tops
from mesocycle.output.screen import as_text
from mesocycle.output.terminal import show
from mesocycle.output.words import OPEN_SETS, legend, load, loading


def item(*sets: PlannedSet, **more: object) -> PlannedExercise:
    usual = {"exercise": "back_squat", "sets": len(sets), "reps": 5, "load": 76, "rir": 1, "set_list": sets}
    return PlannedExercise.model_validate(usual | more)


def one(
    reps: int, weight: float | None, percent: float | None, rir: int | None, more: bool = False
) -> PlannedSet:
    return PlannedSet(reps=reps, weight=weight, percent=percent, rir=rir, or_more=more)


WARM = PlannedSet(reps=5, weight=22.5, percent=22.5, warm_up=True)
WAVE = item(
    WARM,
    one(5, 57.5, 57.5, 6),
    one(5, 67.5, 67.5, 6),
    one(5, 77.5, 77.5, 1, more=True),
    sets=3,
    weight=77.5,
    weight_unit="kg",
    percent=77.5,
)
SHARES = item(
    one(5, None, 75, 5), one(5, None, 80, 2), one(5, None, 82.5, 1, more=True), load=82, percent=82.5
)
ALIKE = item(
    *[PlannedSet(reps=8, most_reps=12, weight=60, percent=74.6)] * 3, reps=8, weight=60, weight_unit="kg"
)
ROW = item(one(12, None, 70, None), one(10, None, 72, None), reps=12, load=None, rir=2, reps_unit="each_side")
HELD = item(
    one(30, None, None, None), one(20, None, None, None, more=True), reps=30, load=None, reps_unit="s"
)


@pytest.mark.parametrize(
    ("shown", "sets", "weight", "left", "share"),
    [
        (WAVE, "5/5/5+", "@ 57.5/67.5/77.5 kg", "6/6/1 in reserve", ""),
        (SHARES, "5/5/5+", "", "5/2/1 in reserve", "about 75/80/82.5\u00a0% of your 1RM"),
        (ALIKE, "3 × 8-12", "@ 60 kg", "1 in reserve", ""),
        # Nothing is said of the weight of what has no main lift's guide.
        (ROW, "12/10 each side", "", "2 in reserve", ""),
        (HELD, "30/20+ s", "", "1 in reserve", ""),
    ],
)
def test_words_of_an_exercise(shown: PlannedExercise, sets: str, weight: str, left: str, share: str) -> None:
    assert (amount(shown), load(shown), reserve(shown), share_text(shown)) == (sets, weight, left, share)
    assert amount(shown).startswith(sets_text(shown))
    assert loading(shown) == (weight.removeprefix("@ ") or share)


def test_percents_are_whole_or_halves() -> None:
    assert percents(item(one(5, None, 81.08, 1), one(3, None, 67.5, 2))) == "81/67.5\u00a0%"
    assert percents(item(*[one(5, None, 81.08, 1)] * 2, percent=81.08)) == "81\u00a0%"
    assert percents(HELD) == ""


def test_legends_tell_what_a_plus_is() -> None:
    assert OPEN_SETS == "5+: as many as go up, five at least; stop with what is in reserve."
    plan = planned().plan
    assert plan is not None
    first, *_, lighter = [session for session in plan.sessions if session.session == "A"]
    assert OPEN_SETS in legend([first])
    assert OPEN_SETS not in legend([lighter])
    assert OPEN_SETS in legend_of_table(tops(plan))
    # No bracket stands where sets differ.
    only_squat = first.model_copy(update={"exercises": first.exercises[:1]})
    assert not any(text.startswith("In brackets") for text in legend([only_squat]))


@cache
def planned() -> Result:
    """Four weeks: 5/3/1, eight to twelve, and shares of what is not known."""
    return mc.solve(
        {
            "start": "2027-01-04",
            "weeks": 4,
            "athlete": {"availability": {"weekdays": ["17:00-21:00"]}},
            "runs": {
                "week": {"tue": {"type": "intervals", "start": "06:30", "distance": "10 km"}},
                "cutback_weeks": [4],
            },
            "rules": {"planned_sets": {"weight": 100}, "weekly_sets_per_pattern": "off"},
            "strength": {
                "sessions_per_week": 2,
                "records": {"back_squat": 100, "romanian_deadlift": 90},
                "sessions": [
                    {"name": "A", "exercises": [{"exercise": "back_squat", "scheme": "wave_531"}]},
                    {
                        "name": "B",
                        "exercises": [
                            {"exercise": "romanian_deadlift", "reps": "8-12", "sets": 2},
                            {"exercise": "overhead_press", "sets": ["5 @ 75 %", "5+ @ 82.5 %"]},
                            {"exercise": "plank", "sets": ["30", "20+"]},
                        ],
                    },
                ],
            },
        }
    )


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("json", "text")])
def test_every_format_tells_sets_repetitions_and_weights(name: str) -> None:
    text = FORMATS[name].write(planned(), PLAIN)
    # A calendar folds its lines, a page and an export quote some characters.
    flat = unescape(text.replace("\r\n ", "")).replace("\\", "").replace("\u00a0", " ")
    flat = flat.replace("u00d7", "×").replace("u00a0", " ")
    for words in (
        r"Back squat\W+(\| |<.*?>)*5/5/5\+.{1,12}57\.5/67\.5/77\.5 kg",
        r"Back squat\W+(\| |<.*?>)*5/3/1\+.{1,12}67\.5/77\.5/85 kg",
        r"Back squat\W+(\| |<.*?>)*5/5/5[^+].{0,12}35/45/55 kg",
        r"Romanian deadlift\W+(\| |<.*?>)*2 [x×] 8-12.{1,12}67\.5 kg",
        r"5/5\+.*75/82\.5 % of your 1RM",
        r"30/20\+ s",
    ):
        assert re.search(words, flat, re.DOTALL), words
    assert "100 % of your 1RM" not in flat
    assert "None" not in flat
    if name not in ("csv", "html"):
        assert OPEN_SETS in flat


def test_spreadsheets_hold_each_set() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(planned(), PLAIN), newline="")))
    lists = {(row["week"], row["session"]): row["set_list"] for row in rows}
    assert lists["1", "A"] == "5x22.5 3x35 2x45 | 5x57.5 5x67.5 5+x77.5"
    assert lists["4", "A"] == "5x20 2x27.5 | 5x35 5x45 5x55"
    assert lists["1", "B"] == "5x27.5 3x40 2x55 | 8-12x67.5 8-12x67.5; 5x75% 5+x82.5%; 30 20+"


def test_json_holds_each_set() -> None:
    result = planned()
    data = result.to_dict()
    squat = data["sessions"][0]["exercises"][0]
    assert squat["scheme"] == "wave_531"
    work = [each for each in squat["set_list"] if not each["warm_up"]]
    assert [(each["reps"], each["or_more"], each["weight"], each["rir"]) for each in work] == [
        (5, False, 57.5, 6),
        (5, False, 67.5, 6),
        (5, True, 77.5, 1),
    ]
    assert Result.from_dict(data).plan == result.plan


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("short", [False, True])
def test_no_screen_is_too_narrow(width: int, short: bool) -> None:
    text = as_text(lambda console: show(planned(), console, ReportOptions(short=short)), width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "5/5/5+ @ 57.5/67.5/77.5 kg" in text
    assert "5+: as many as go up" in " ".join(text.split())


def test_a_calendar_has_no_line_break_within_a_set() -> None:
    folded = to_ics(planned(), PLAIN).replace("\r\n ", "")
    assert "Back squat 5/5/5+ @ 57.5/67.5/77.5 kg" in folded
