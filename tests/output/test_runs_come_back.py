"""Runs that were exported as a calendar are read by `import` as what they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from exported import MONDAY, PLAIN, block, lift, run

from mesocycle.importing.calendars.ics import read_ics
from mesocycle.importing.feed import Kind
from mesocycle.importing.titles.read import read_title
from mesocycle.models.training import RunType
from mesocycle.output.ics import to_ics

TYPES = [kind.value for kind in RunType if kind is not RunType.REST]


@pytest.mark.parametrize("units", ["km", "mi"])
@pytest.mark.parametrize("title", ["", "Club night"])
def test_type_length_and_minutes_come_back(units: str, title: str) -> None:
    fixed = [
        run(kind, title=title, date=MONDAY + timedelta(days=day), distance_km=8.04672)
        for day, kind in enumerate(TYPES)
    ]
    result = block(lift(4), runs=tuple(fixed), units=units)
    raw = to_ics(result, replace(PLAIN, runs=True)).encode()
    feed = read_ics(raw, "block.ics", first=date(2026, 1, 1), last=date(2027, 1, 1))
    told = [(event, one) for event in feed.events for one in read_title(event, units)]
    runs = {(event.day, str(one.kind), one.minutes) for event, one in told if one.kind is not Kind.STRENGTH}
    assert runs == {(one.date, one.type, 50) for one in fixed}
    metres = {one.metres for _, one in told if one.kind not in (Kind.STRENGTH, Kind.CROSS)}
    assert all(far is not None and abs(far - 8047) <= 50 for far in metres)
    assert [event.title for event, one in told if one.kind is Kind.STRENGTH] == ["Strength A · 8 sets"]
