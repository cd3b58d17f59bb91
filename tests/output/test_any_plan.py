"""Any plan that is read can be written in every format and set beside another; other files are problems."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from exported import STAMP, impossible, solved
from hypothesis import given, settings
from hypothesis import strategies as st

from mesocycle.files.plan_file import parse_result
from mesocycle.models.errors import ScenarioFileError
from mesocycle.output.difference import difference_markdown, show_difference
from mesocycle.output.formats import FORMATS, ExportOptions
from mesocycle.output.screen import as_text
from mesocycle.solver.plan.difference import difference_between

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

OPTIONS = ExportOptions(stamp=STAMP, timezone="Europe/Berlin", alarm_minutes=10, runs=True)
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 2**40, 10**30, 1.5, -0.0, 1e300, "", "x", "0", "24:00", "00:00", "25:00",
    "2026-09-07", "1990-01-01", "2200-12-31", "9999-12-31", "km", "mi", "optimal", "feasible", "infeasible",
    "unknown", "rest", "race", "hold", "=1+1", "深蹲", "x" * 4000, [], {}, [[]], [None], {"a": 1},
]  # fmt: skip


@cache
def written(planned: bool) -> str:
    return json.dumps((solved() if planned else impossible()).to_dict())


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


@cache
def known(planned: bool) -> list[tuple[Any, ...]]:
    return [place for place in places(json.loads(written(planned))) if place]


SEEN: Counter[tuple[str, bool]] = Counter()


@settings(max_examples=400)
@given(st.data(), st.booleans(), st.integers(1, 3))
def _refused_or_written(data: st.DataObject, planned: bool, many: int) -> None:
    told = json.loads(written(planned))
    for _ in range(many):
        *way, last = data.draw(st.sampled_from(known(planned)))
        value = deepcopy(data.draw(st.sampled_from(VALUES)))
        with suppress(KeyError, IndexError, TypeError):  # what held it may be another value already
            here = told
            for key in way:
                here = here[key]
            here[last] = value
    try:
        result = parse_result(json.dumps(told).encode(), "plan.json")
    except ScenarioFileError:
        SEEN["refused", planned] += 1
        return
    SEEN["written", planned] += 1
    for form in (form for name, form in FORMATS.items() if name != "html"):  # the page has tests of its own
        assert form.write(result, OPTIONS).encode().endswith(b"\n")
    assert parse_result(FORMATS["json"].write(result, OPTIONS).encode(), "plan.json") == result
    if result.plan is not None:
        found = difference_between(solved(), result)
        assert as_text(lambda console: show_difference(found, console, "a", "b", every=True))
        for every in (True, False):
            assert difference_markdown(found, "a", "b", every=every).endswith("\n")
        assert json.loads(json.dumps(found.to_dict()))["headline"] == found.headline


def test_a_plan_with_other_values_is_refused_or_written() -> None:
    SEEN.clear()
    _refused_or_written()
    both = [(outcome, planned) for outcome in ("refused", "written") for planned in (True, False)]
    assert all(SEEN[one] > 10 for one in both), SEEN


@pytest.mark.parametrize("planned", [True, False])
def test_a_plan_cut_off_anywhere_is_refused(planned: bool) -> None:
    text = written(planned)
    for end in range(0, len(text) - 1, len(text) // 50):
        with pytest.raises(ScenarioFileError, match=r"plan\.json: 1 problem"):
            parse_result(text[:end].encode(), "plan.json")
