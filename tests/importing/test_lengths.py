"""Distances and durations in text: what is the whole of a run, and what only a part of it."""

from __future__ import annotations

import pytest

from mesocycle.importing.titles.lengths import Length, read_length

MILE = 1609.344


@pytest.mark.parametrize(
    ("text", "units", "metres"),
    [
        ("Rolling 400s • 12.9km", "", 12_900),
        ("13,1 km locker", "", 13_100),
        ("21km Race • 21km", "", 21_000),
        ("5-K Race", "", 5_000),
        ("4 mi @ tempo", "km", round(4 * MILE)),
        ("Easy 6 miles", "", round(6 * MILE)),
        ("6", "mi", round(6 * MILE)),
        ("10 long", "km", 10_000),
        ("Easy 6", "mi", round(6 * MILE)),
        ("3000 m time trial", "", 3_000),
        ("20km/12mi", "", 20_000),
        ("20 km / 12.4 mi easy", "", 20_000),
        ("Easy 8k/6k", "", 8_000),
        ("Easy run, 8 mi", "", round(8 * MILE)),
        ("10 Miler", "", round(10 * MILE)),
        ("5 E", "mi", round(5 * MILE)),
    ],
)
def test_a_distance_that_is_told_is_the_whole_run(text: str, units: str, metres: int) -> None:
    assert read_length(text, units) == Length(None, metres)


@pytest.mark.parametrize(
    ("text", "units", "metres"),
    [
        ("{6:10} easy", "km", round(6 * MILE)),  # miles and kilometres of one distance, whatever the plan
        ("{10:6.2} easy", "mi", 10_000),
        ("{6} easy", "mi", round(6 * MILE)),
        ("{6} easy", "km", 6_000),
        ("{9:1j} easy", "mi", round(9 * MILE)),  # a slip of the keyboard
        ("{7-9:12-15} easy", "mi", round(9 * MILE)),
    ],
)
def test_braces_hold_one_distance_in_both_units(text: str, units: str, metres: int) -> None:
    assert read_length(text, units).metres == metres


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("4-6 mi", round(6 * MILE)),
        ("3 or 4 miles easy", round(4 * MILE)),
        ("Easy: {4}-{6}", round(6 * MILE)),
        ("8–10 km", 10_000),
        ("5-6 mile Easy Run {6}", round(6 * MILE)),
    ],
)
def test_a_range_counts_with_its_upper_end(text: str, metres: int) -> None:
    assert read_length(text, "mi").metres == metres


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h10m", 70),
        ("1h10", 70),
        ("1 hr 20", 80),
        ("1 h 05 min", 65),
        ("1:10:00", 70),
        ("1:30 long run", 90),
        ("1.5 hours", 90),
        ("2h easy", 120),
        ("45 min", 45),
        ("45-60 min easy", 60),
        ("90'", 90),
        ("Body session • 55m - 65m", 65),
        ("30 tempo", 30),
        ("Base run 45:00", 45),
    ],
)
def test_a_duration_is_read_in_minutes(text: str, minutes: int) -> None:
    assert read_length(text, "mi") == Length(minutes, None)


def test_distance_and_duration_may_both_be_told() -> None:
    assert read_length("Tempo • 12.9km • 1h10m") == Length(70, 12_900)


@pytest.mark.parametrize(
    "text",
    [
        "8 x 400 m",
        "8x400m",
        "8 × 3 min at 90–92% 5k with 1 min jog",
        "Track 3 × 1,600 m (400 m recovery)",
        "5x3'",
        "4 sets of (3 min hard, 1 min jog)",
        "2 mi easy, 8 x 400 m",
        "8 x 400 m, 2 mi easy",
        "2 mi warm up, 8 x 400 m, 2 mi cool down (400 m jogs in 90 s), 3 x (1 min, 2 min)",
    ],
)
def test_repetitions_are_not_the_whole_run(text: str) -> None:
    assert read_length(text, "mi") == Length()


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("7 miles, consisting of: 2-3 mile warm up; 6 x (200m uphill, 200m down); 2 mile cool down {7}", 7),
        ("13 miles, consisting of: 2 mile warm up; 3 x 3 miles; 2 mile cool down {1}", 13),
        ("{1.5} Warm Up, 12 x 400m w. 400m jog rest, {1.5} Cool Down, ({9})", 9),
        ("General aerobic {10} w/ 8 x 100m strides", 10),
        ("VO2max {10} w/ 5 x 800 m @ 5K race pace", 10),
        ("Easy {6}, then 6-8 × 100m strides", 6),
        ("Marathon pace run {17} miles with {8} miles at MP", 17),
        ("2 mi easy, 10 mi total", 10),
        ("LT {9-10:14-16} with 20–25 minutes at LT pace", 10),
        ("{8-10:13-16} easy with 40 min of (1 min hard, 3 min easy)", 10),
        ("Aerobic {9}; 2 sets of 6 × 100 m strides (jog 3 min between sets)", 9),
    ],
)
def test_a_total_beside_its_parts_wins(text: str, metres: int) -> None:
    assert read_length(text, "mi").metres == round(metres * MILE)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("2 km warm up, 6 x 1 km, 2 km cool down", 10_000),
        ("Tempo {2} WU; {3}-{4} continuous; {1} CD", round(7 * MILE)),
        ("Run 1km, walk 4km", 5_000),
        ("{2:3} easy; {3:5} at LT; {1:1.5} easy", round(6 * MILE)),
    ],
)
def test_parts_that_are_all_distances_are_added(text: str, metres: int) -> None:
    assert read_length(text, "mi").metres == metres


@pytest.mark.parametrize(
    "text",
    ["10 min warmup; {8:13} at MP; 10 min cooldown", "2 mi easy + 20 min tempo", "2 km WU, 20 min, 2 km CD"],
)
def test_parts_of_minutes_and_of_distance_make_no_total(text: str) -> None:
    assert read_length(text, "mi") == Length()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Run 30 seconds, walk 30 seconds. Repeat 15 times", 15),
        ("Run 10 minutes, walk 60 seconds. Repeat 3 times", 33),
        ("2 min run / 1 min walk x 10", 30),
    ],
)
def test_run_and_walk_in_turns_is_counted_out(text: str, minutes: int) -> None:
    assert read_length(text) == Length(minutes, None)


@pytest.mark.parametrize("text", ["6 easy", "{6} easy", "6"])
def test_a_number_without_a_unit_is_nothing_where_nobody_knows_the_unit(text: str) -> None:
    assert read_length(text, "") == Length()


@pytest.mark.parametrize(
    "text",
    [
        "easy at 5:20-5:35/km",
        "@ 10k pace",
        "85% 5k",
        "10 sec/mi faster",
        "5k/10k pace",
        "Strength A · 14 sets",
        "18:00",
        "W1D3",
    ],
)
def test_paces_and_targets_are_no_lengths(text: str) -> None:
    assert read_length(text, "mi") == Length()


@pytest.mark.parametrize("text", ["9999 km", "2000 min", "0 km", "0 min"])
def test_what_no_run_can_be_is_left_out(text: str) -> None:
    assert read_length(text) == Length()
