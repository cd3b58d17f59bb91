"""Whatever a file holds, the answer is data, a scenario or problems: never another exception."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import Document, parse
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.scenario import Scenario

_WORDS = """a|b: |- |? |: |[|]|{|}|,|&x |*x|!t |!!x |'|"|>|#|%TAG|---|...|\\|\\U|\\x|<<: |0x|_|~|é"""
_BLANKS = [
    "|",
    "|\n",
    "\n",
    "\n  ",
    "\n    ",
    "\t",
    "\ufeff",
    "\r",
    "\x85",
    "\u2028",
    "\0",
    "2026-09-07",
    "6:30",
]
_TOKENS = st.sampled_from([*_WORDS.split("|"), *_BLANKS])


@settings(deadline=None, derandomize=True, max_examples=400)
@given(st.one_of(st.lists(_TOKENS, max_size=40).map("".join), st.text(max_size=60)))
def test_any_text_is_data_or_a_problem(text: str) -> None:
    found: tuple[Problem, ...] = ()
    document: Document | None
    try:
        document = parse(text.encode("utf-8", "surrogatepass"), "f")
    except ScenarioFileError as error:
        document, found = None, error.problems
    if document is None:
        assert found
        assert all(p.message and p.line >= 0 for p in found)
    else:
        assert isinstance(document.data, dict)
        assert () in document.marks


@settings(deadline=None, derandomize=True)
@given(st.binary(max_size=80))
def test_any_bytes_are_data_or_a_problem(raw: bytes) -> None:
    try:
        right = isinstance(parse(raw, "f").data, dict)
    except ScenarioFileError as error:
        right = len(error.problems) > 0
    assert right


_NAMES = "week dates weekly_distance tue Sunday type availability sets sessions exercises name date base str"
_KEYS = st.sampled_from([*Scenario.model_fields, *_NAMES.split(), "hard_easy", "2026-10-01"]) | st.dates()
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.sampled_from(
        ["rest", "easy", "6:30", "17:00-20:00", "8 km", "sun", "A", "2026-09-07..2026-09-08", "", "gym"]
    ),
    st.text(max_size=8),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=20,
)
_SHAPED = st.fixed_dictionaries(
    {},
    optional={
        "start": st.dates() | _VALUES,
        "runs": st.fixed_dictionaries(
            {"week": _VALUES}, optional={"dates": _VALUES, "weekly_distance": _VALUES}
        ),
        "athlete": st.dictionaries(
            st.sampled_from(["availability", "blocked", "equipment", "easy_pace"]), _VALUES
        ),
        "strength": st.dictionaries(st.sampled_from(["sessions", "sessions_per_week", "program"]), _VALUES),
        "policy": _VALUES,
        "races": _VALUES,
        "history": _VALUES,
        "variants": _VALUES,
        "weeks": _VALUES,
    },
)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.dictionaries(_KEYS, _VALUES, max_size=6) | _SHAPED)
def test_any_data_is_a_scenario_or_problems(data: dict[Any, Any]) -> None:
    found: tuple[Problem, ...] = ()
    try:
        validate(Document("f", data, {}, ""))
    except ScenarioFileError as error:
        found = error.problems
    for problem in found:
        assert problem.message
        assert not re.search(r"Input should|Extra inputs|\[key\]|constrained", str(problem))
        assert len(problem.value) <= 60
