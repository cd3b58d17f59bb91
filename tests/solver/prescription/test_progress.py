"""Progressive overload: steps, weeks that hold, and the cap, by hand; and what holds for any block."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.solver.prescription.loads import Exposure, progress

NO_CAP = Fraction(10**6)


def block(weeks: str) -> list[Exposure]:
    """Read G as a growing week, h as one that holds, a dot as one without the movement."""
    return [Exposure(at, kind == "G") for at, kind in enumerate(weeks, start=1) if kind != "."]


def steps(weeks: str, every_weeks: int = 1) -> list[int]:
    """Return whole steps: with steps of 100 % the load doubles with each."""
    added = progress(block(weeks), every_weeks=every_weeks, percent=Fraction(100), most_percent=NO_CAP)
    return [int(1 + percent / 100).bit_length() - 1 for percent in added]


def test_eight_growing_weeks() -> None:
    # Seven steps of 5 %, each on top of the others. Article 004's split squat went from 65 to 90 lb in as
    # many weeks, which is 38 %.
    added = progress(block("GGGGGGGG"), every_weeks=1, percent=Fraction(5), most_percent=NO_CAP)
    assert added[:3] == [0, 5, Fraction("10.25")]
    assert added[-1] == 100 * (Fraction(21, 20) ** 7 - 1)
    assert round(float(added[-1]), 1) == 40.7


@pytest.mark.parametrize(
    ("weeks", "every_weeks", "expected"),
    [
        ("", 1, []),
        ("G", 1, [0]),
        ("GGGG", 1, [0, 1, 2, 3]),
        ("GGGGG", 2, [0, 0, 1, 1, 2]),  # each step takes two growing weeks before it
        ("GGGhGG", 1, [0, 1, 2, 2, 3, 4]),  # a deload holds, and costs no step
        ("GGhG", 2, [0, 0, 0, 1]),  # two have grown before the deload, but only a growing week steps up
        ("hhGG", 1, [0, 0, 0, 1]),  # weeks that hold at first earn nothing
        ("GGhhh", 1, [0, 1, 1, 1, 1]),  # peak and taper stay where the build got to
        ("G..GG", 1, [0, 1, 2]),  # weeks without the movement neither earn nor lose
        ("hhh", 1, [0, 0, 0]),
        ("GGG", 4, [0, 0, 0]),  # too short for a step
    ],
)
def test_steps(weeks: str, every_weeks: int, expected: list[int]) -> None:
    assert steps(weeks, every_weeks) == expected


def test_cap() -> None:
    # The third step would make it 15.76 %; it stops at 12, and stays there.
    added = progress(block("GGGGG"), every_weeks=1, percent=Fraction(5), most_percent=Fraction(12))
    assert added == [0, 5, Fraction("10.25"), 12, 12]


def test_a_cap_that_is_met_exactly() -> None:
    added = progress(block("GGG"), every_weeks=1, percent=Fraction(5), most_percent=Fraction("10.25"))
    assert added == [0, 5, Fraction("10.25")]


def test_no_growth_is_wanted() -> None:
    assert progress(block("GGG"), every_weeks=1, percent=Fraction(0), most_percent=NO_CAP) == [0, 0, 0]
    assert progress(block("GGG"), every_weeks=1, percent=Fraction(5), most_percent=Fraction(0)) == [0, 0, 0]


@pytest.mark.parametrize("weeks", [(2, 1), (3, 3)])
def test_weeks_out_of_order(weeks: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="must rise"):
        progress(
            [Exposure(week, True) for week in weeks],
            every_weeks=1,
            percent=Fraction(5),
            most_percent=NO_CAP,
        )


@given(
    st.text("Gh.", max_size=30),
    st.integers(1, 4),
    st.fractions(0, 10, max_denominator=4),
    st.fractions(0, 60, max_denominator=4),
)
def test_any_block(weeks: str, every_weeks: int, percent: Fraction, most: Fraction) -> None:
    exposures = block(weeks)
    added = progress(exposures, every_weeks=every_weeks, percent=percent, most_percent=most)
    # The rule in its own words: the steps are those of the last growing week up to here, if there is one,
    # one for each `every_weeks` growing weeks before that.
    for at, got in enumerate(added):
        grown = sum(exposure.growing for exposure in exposures[: at + 1])
        taken = (grown - 1) // every_weeks if grown else 0
        assert got == min(most, 100 * (1 + percent / 100) ** taken - 100)
    assert len(added) == len(exposures)
    assert added == sorted(added)
    assert set(added[:1]) <= {Fraction(0)}
