"""An explanation on the terminal: a block in few lines, a session in full, and hours that are folded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mesocycle.models.difference import Move
from mesocycle.models.explanation import (
    ExerciseSets,
    Explanation,
    PatternPrice,
    SessionExplained,
    Share,
    WeekExplained,
)
from mesocycle.models.plan import Standing, Status
from mesocycle.models.prices import Alternative, Ground, Hours, Price
from mesocycle.output.explanation import LEGEND, SHORT_LEGEND, show_explanation
from mesocycle.output.screen import as_text

EVE = Ground(rule="no_lower_lift_day_before_key", text="the eve of Tuesday's intervals")
CLOSED = Ground(rule="availability_window", text="only in your free windows")
NEAR = Ground(rule="min_gap_after_run", text="3 h between the run and a lift")
HERE = Price(possible=True, points=0)
NO = Price(possible=False, grounds=(EVE,))
LATER = Price(possible=None)
TIE = Price(possible=True, points=0)
DEAR = Price(possible=True, points=20, by_rule={"even_spacing": 20})


def standing(day: int, start: int = 1020, sets: int = 5) -> Standing:
    return Standing(id="w01-B", date=date(2026, 9, day), start=start, end=start + 30, sets=sets)


MOVE = Move(session="w01-B", change="moved", before=standing(10), after=standing(11))
CHEAPER = Price(
    possible=True, points=-3, by_rule={"time_of_day": -3}, content="3 sets instead of 5", moves=(MOVE,)
)


def day(
    at: int, frozen: Price, week: Price | None = None, block: Price | None = None, **more: Any
) -> Alternative:
    when = date(2026, 9, at)
    return Alternative(label=f"{when:%a} {at} Sep", date=when, frozen=frozen, week=week, block=block, **more)


DAYS = (
    day(7, NO, NO, NO),
    day(8, HERE, here=True),
    day(9, DEAR, DEAR, DEAR),
    day(10, TIE, TIE, TIE, settled="the plan's days are earlier in the week"),
    day(11, NO, DEAR, CHEAPER),
    day(12, NO, NO, LATER),
)


def session(*days: Alternative, **more: Any) -> SessionExplained:
    facts: dict[str, Any] = {
        "id": "w01-A",
        "session": "A",
        "kind": "lift",
        "week": 1,
        "date": date(2026, 9, 8),
        "start": 1020,
        "end": 1050,
        "sets": 5,
        "why": "After Tuesday's intervals.",
        "forced": False,
        "verdict": "Chosen.",
    }
    return SessionExplained(**{**facts, "days": days, **more})


def week(number: int = 1, **more: Any) -> WeekExplained:
    facts: dict[str, Any] = {
        "week": number,
        "start": date(2026, 9, 7),
        "phase": "base",
        "lighter": False,
        "set_factor": 1.0,
        "sets": 5,
        "full_sets": 5,
        "distance_km": None,
        "verdict": f"verdict of week {number}.",
    }
    return WeekExplained(**{**facts, **more})


def shown(*sessions: SessionExplained, weeks: tuple[WeekExplained, ...] = (), **more: Any) -> list[str]:
    facts: dict[str, Any] = {"name": "Block", "status": Status.OPTIMAL, "proven": True, "objective": 7}
    explanation = Explanation(**{**facts, "sessions": sessions, "weeks": weeks, **more})
    lines = as_text(lambda console: show_explanation(explanation, console), 80).splitlines()
    assert max(map(len, lines)) <= 80
    return lines


def flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_the_head_says_how_many_points_and_how_sure_they_are() -> None:
    assert shown()[:2] == ["Block", "7 points, proven optimal."]
    assert shown(proven=False)[1] == "7 points, not proven."


def test_the_foot_says_how_prices_were_proven_and_that_time_was_up() -> None:
    settled = {"cases": 1, "bound": 2, "relaxation": 0, "search": 3}
    lines = shown(session(*DAYS), settled=settled, complete=False)
    assert lines[-2:] == [
        "6 exact prices: 1 by rules alone, 2 by reduced costs, 3 by a search.",
        "Time was up before everything was known.",
    ]
    assert "exact prices" not in flat(shown(session(*DAYS)))


def test_a_block_is_told_compactly_under_its_weeks() -> None:
    second = session(*DAYS, id="w02-A", week=2, why="")
    lines = shown(session(*DAYS), second, weeks=(week(1), week(2)))
    assert flat(lines).startswith(
        f"Block 7 points, proven optimal. {SHORT_LEGEND} Week 1: verdict of week 1."
    )
    assert LEGEND not in flat(lines)
    at = lines.index("Week 2: verdict of week 2.")
    assert lines[at - 1] == ""
    assert lines[at + 1 : at + 4] == [
        "  A, week 2: Tue 8 Sep 17:00-17:30, 5 sets",
        "    Chosen.",
        "    Mon no · Wed +20 · Thu = · Fri -3 · Sat ?",
    ]


def test_a_week_of_a_compact_block_is_named_once() -> None:
    lines = shown(session(*DAYS), session(*DAYS, session="B"), weeks=(week(1), week(2)))
    assert sum(line.startswith("Week 1") for line in lines) == 1


def test_a_session_alone_has_a_table_with_a_legend() -> None:
    lines = shown(session(*DAYS, left_out=Alternative(label="left out", frozen=DEAR, week=DEAR, block=DEAR)))
    assert LEGEND in flat(lines)
    rows = {line.split("  ")[1]: line.split() for line in lines if line.startswith("  ") and " Sep " in line}
    assert rows["Mon 7 Sep"][3:6] == ["no", "no", "no"]
    assert rows["Tue 8 Sep"][3:] == ["here"]
    assert rows["Wed 9 Sep"][3:] == ["+20", "+20", "+20", "+20", "even_spacing"]
    assert rows["Thu 10 Sep"][3:6] == ["=", "=", "="]
    assert rows["Fri 11 Sep"][3:6] == ["no", "+20", "-3"]
    assert rows["Sat 12 Sep"][3:6] == ["no", "no", "?"]
    assert any(line.split()[:5] == ["left", "out", "+20", "+20", "+20"] for line in lines)


def test_reasons_say_what_forbids_a_day_alone_and_what_it_costs_the_block() -> None:
    (forbidden, mixed, unknown) = (flat(shown(session(DAYS[1], row))) for row in (DAYS[0], DAYS[4], DAYS[5]))
    assert EVE.text in forbidden
    assert "alone: " not in forbidden
    assert f"alone: {EVE.text}" in mixed
    told = mixed.split("block: ")[1]
    assert told.startswith("-3 time_of_day; 3 sets instead of 5; w01-B: Thu 10 Sep 17:00 -> Fri 11 Sep 17:00")
    assert f"alone: {EVE.text}" in unknown
    assert "block: " not in unknown.replace("block, if", "")


def test_without_exact_prices_their_columns_are_empty() -> None:
    (row,) = (line for line in shown(session(DAYS[1], day(9, DEAR))) if line.startswith("  Wed 9 Sep"))
    assert row.split() == ["Wed", "9", "Sep", "+20", "+20", "even_spacing"]


def test_a_session_that_is_left_out_says_so() -> None:
    lines = shown(session(day(8, DEAR), day(9, DEAR), date=None, start=None, end=None, sets=0, why=""))
    assert "A, week 1: left out  w01-A" in lines


def test_sets_follow_the_table() -> None:
    one = ExerciseSets(
        exercise="back_squat",
        name="back squat",
        sets=3,
        full=4,
        allowed=3,
        most=3,
        text="back squat: 3 of 4.",
    )
    lines = shown(session(*DAYS, exercises=(one,)))
    at = lines.index("  Its sets")
    assert lines[at + 1] == "    back squat: 3 of 4."


def test_a_week_alone_has_its_shares_and_the_other_lighter_weeks() -> None:
    share = Share(rule="deload_weeks", share=0.6, hard=True, text="deload_weeks allows 60 % of the sets")
    prices = tuple(
        PatternPrice(lighter_weeks=(at,), here=at == 4, points=0, text=f"lighter week {at}") for at in (4, 5)
    )
    lines = shown(session(*DAYS), weeks=(week(1, shares=(share,), patterns=prices),))
    at = lines.index("Week 1 (base): verdict of week 1.")
    assert lines[at + 1 : at + 5] == [
        "    deload_weeks allows 60 % of the sets",
        "  Lighter weeks to choose from:",
        "    lighter week 4",
        "    lighter week 5",
    ]
    assert LEGEND in flat(lines)
    assert "Lighter weeks" not in flat(shown(session(*DAYS), weeks=(week(1),)))


# --- one day ---------------------------------------------------------------------------------------------


def test_one_day_is_told_price_by_price_without_a_legend() -> None:
    lines = shown(session(day(11, NO, DEAR, CHEAPER)))
    assert LEGEND not in flat(lines)
    at = lines.index("  Fri 11 Sep")
    assert lines[at + 1 : at + 4] == [
        f"    if only this changes: not possible ({EVE.text})",
        f"      by {EVE.rule}",
        "    if its week may change: costs +20 points: +20 even_spacing",
    ]
    assert "if everything may: costs -3 points: -3 time_of_day; 3 sets instead of 5; w01-B:" in flat(lines)


def test_a_tie_says_what_settled_it() -> None:
    assert "    A tie: the plan's days are earlier in the week." in shown(session(DAYS[3]))


def test_one_day_that_is_here_is_a_row_of_a_table() -> None:
    lines = shown(session(DAYS[1]))
    assert "if only this changes:" not in flat(lines)
    assert any(line.split()[3:] == ["here"] for line in lines)


def hours(first: int, last: int, *grounds: Ground, points: int | None = None, here: bool = False) -> Hours:
    by_rule = {"time_of_day": points} if points else {}
    return Hours(first=60 * first, last=60 * last, points=points, by_rule=by_rule, grounds=grounds, here=here)


@pytest.mark.parametrize(
    ("every", "told"),
    [
        # What the same rule forbids is one stretch, whatever else forbids parts of it.
        (
            (hours(5, 7, EVE), hours(8, 9, EVE, NEAR), hours(10, 12, CLOSED, EVE)),
            [f"05:00 to 12:00: {EVE.text}"],
        ),
        # Without such a rule each stretch has its first reason, and equal ones in a row are one.
        (
            (hours(5, 7, CLOSED), hours(8, 9, NEAR), hours(10, 10, NEAR, CLOSED), hours(11, 12, CLOSED)),
            [
                f"05:00 to 07:00: {CLOSED.text}",
                f"08:00 to 10:00: {NEAR.text}",
                f"11:00 to 12:00: {CLOSED.text}",
            ],
        ),
        (
            (
                hours(5, 7, CLOSED),
                hours(8, 9, points=0),
                hours(10, 10, points=0, here=True),
                hours(11, 12, points=4),
            ),
            [
                f"05:00 to 07:00: {CLOSED.text}",
                "08:00 to 09:00: costs the same",
                "10:00: costs the same (here)",
                "11:00 to 12:00: +4 points (+4 time_of_day)",
            ],
        ),
    ],
)
def test_hours_are_folded(every: tuple[Hours, ...], told: list[str]) -> None:
    lines = shown(session(day(9, DEAR, hours=every)))
    at = lines.index("    Its hours, if only this changes")
    assert [line.strip() for line in lines[at + 1 : at + 1 + len(told)]] == told
    assert lines[at + 1 + len(told)] == ""


# --- the sentences ---------------------------------------------------------------------------------------


def test_many_rules_are_cut_and_their_rest_is_summed() -> None:
    rules = {"a": 9, "b": -7, "c": 5, "d": 2, "e": -1}
    text = Price(possible=True, points=8, by_rule=rules).text
    assert text == "costs +8 points: +9 a, -7 b, +5 c, +1 in 2 more"
    even = Price(possible=True, points=7, by_rule={**rules, "e": -2}).text
    assert even == "costs +7 points: +9 a, -7 b, +5 c"
    assert Price(possible=True, points=9, by_rule=dict.fromkeys("abcd", 1)).text.endswith("+1 c, +1 d")


def test_many_moves_are_counted() -> None:
    moves = tuple(MOVE.model_copy(update={"session": f"w0{at}-B"}) for at in (1, 2, 3))
    assert Price(possible=True, points=0, moves=moves).text == (
        "costs the same; 3 other sessions change, in weeks 1 to 3"
    )


def test_what_is_not_known_is_not_taken_for_forbidden() -> None:
    assert day(9, NO, NO, LATER).best is LATER
    assert day(9, NO, DEAR, LATER).best is DEAR
    assert day(9, NO, NO, NO).text == f"Wed 9 Sep: not possible ({EVE.text})"
    assert day(9, NO, NO, LATER).text == "Wed 9 Sep: time was up before this was known"
    assert Price(possible=False).text == "not possible"
    assert not session(day(9, NO, NO, LATER)).known
    assert session(*DAYS[:5]).known


def test_as_text_it_has_a_line_for_each_day() -> None:
    told = Explanation(
        name="Block", status=Status.OPTIMAL, proven=True, objective=7, sessions=(session(*DAYS[:3]),),
        weeks=(week(1),),
    )  # fmt: skip
    assert str(told).splitlines() == [
        "week 1: verdict of week 1.",
        "A, week 1: Tue 8 Sep 17:00-17:30, 5 sets",
        "  After Tuesday's intervals.",
        "  Chosen.",
        f"  Mon 7 Sep: not possible ({EVE.text})",
        "  Tue 8 Sep: here",
        "  Wed 9 Sep: costs +20 points: +20 even_spacing",
    ]
