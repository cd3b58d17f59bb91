"""block_length_notice: what a block of this length can change."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import Trial, only

RULE = "block_length_notice"


def block(weeks: int, settings: Any = "on", lifts: int | list[int] = 1) -> Trial:
    return only(RULE, settings, weeks=weeks, lifts=lifts)


@pytest.mark.parametrize(
    ("weeks", "told"), [(1, "nerve"), (3, "nerve"), (4, "tendon"), (7, "tendon"), (8, "")]
)
def test_short_blocks_are_said(weeks: int, told: str) -> None:
    assert block(weeks).told() == ([(told, ())] if told else [])
    assert block(weeks, "off").told() == []


def test_only_weeks_with_lifts_count() -> None:
    assert block(8, lifts=[1, 1, 1, 0, 0, 0, 0, 0]).told() == [("nerve", ())]
    assert block(8, lifts=0).told() == []


def test_the_weeks_can_be_set() -> None:
    assert block(4, {"nerve_weeks": 5}).told() == [("nerve", ())]
    assert block(6, {"tendon_weeks": 6}).told() == []


def test_nothing_is_charged() -> None:
    assert block(3).cost() == 0
    assert block(3).cost("1A tue 17:00") == 0
