"""What is prescribed for the exercises of a session: reading a plan finds it, each rule tells its own.

See `cards` for how a planned exercise is compared with what the rules make of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mesocycle.solver.verify import rotation
from mesocycle.solver.verify.facts import Facts, Finding


def equipment_available(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Every exercise can be done with the kit."""
    yield from facts.faults.get("equipment_available", ())


def in_session_order(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Exercises come in their order."""
    yield from facts.faults.get("in_session_order", ())


def load_rep_zone(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Main lifts have the repetitions, load and reserve of the week's zone."""
    yield from facts.faults.get("load_rep_zone", ())


def never_failure(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Leg work leaves enough in reserve."""
    yield from facts.faults.get("never_failure", ())


def progressive_overload(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Loads are those that the weeks before have led to."""
    yield from facts.faults.get("progressive_overload", ())


def exercise_rotation(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Exercises take their forms in turn, and no others."""
    yield from facts.faults.get("exercise_rotation", ())
    yield from rotation.exercise_rotation(facts, settings)


def short_time_priority(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Sessions are shortened in the order of what is kept."""
    yield from facts.faults.get("short_time_priority", ())


def older_athlete(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Leg work and main lifts of an older athlete keep their sets."""
    yield from facts.faults.get("older_athlete", ())


def block_length_notice(facts: Facts, settings: Any) -> Iterator[Finding]:
    """Nothing: the rule only remarks (`remarks`)."""
    yield from ()
