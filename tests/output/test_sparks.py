"""Small bars: their heights, gaps, and rows that fit a terminal and a phone."""

from __future__ import annotations

import pytest

from mesocycle.output.sparks import row, spark


@pytest.mark.parametrize(
    ("values", "low", "high", "bars"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8], None, None, "▁▂▃▄▅▆▇█"),
        ([0, None, 7], None, None, "▁·█"),
        ([5, 5], None, None, "▄▄"),  # all the same: neither low nor high
        ([0, 0], 0, 0, "▄▄"),
        ([None, None], None, None, "··"),
        ([], None, None, ""),
        ([7], 0, 14, "▅"),  # half of seven steps, halves to even
        ([20, -3], 0, 10, "█▁"),
    ],
)
def test_bars_go_from_the_least_to_the_most(
    values: list[float | None], low: float | None, high: float | None, bars: str
) -> None:
    assert spark(values, low, high) == bars


def test_a_row_takes_one_line_where_it_fits() -> None:
    assert list(row("squat", "▁█", "3 of 4", 80)) == [f"{'squat':<24} ▁█  3 of 4"]
    assert list(row("squat", "▁█", "3 of 4", 40)) == [f"{'squat':<14} ▁█  3 of 4"]
    assert list(row("squat", "▁█", "", 40)) == [f"{'squat':<14} ▁█"]


def test_else_two_of_which_the_bars_lose_their_oldest_weeks() -> None:
    assert list(row("bulgarian split squat", "▁█", "20 kg", 40)) == ["bulgarian split squat: 20 kg", "  ▁█"]
    first, second = row("squat", "▁" * 20 + "█" * 32, "", 40)
    assert (first, second) == ("squat", "  …" + "▁" * 3 + "█" * 32)
    assert len(second) <= 38
