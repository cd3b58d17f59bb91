"""A built-in program with as many sessions as a runner asks for, where his has fewer."""

from __future__ import annotations

from mesocycle.files.library import programs
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.prescription.program import expected_per_week


def fuller_program(instance: Instance) -> str:
    """Suggest a program that repeats no session within a week, in a sentence; empty if there is no need.

    Sessions of the runner's own are as he wants them.
    """
    strength = instance.scenario.strength
    most = max(expected_per_week(instance.scenario, instance.calendar), default=0)
    have = sum(session.is_lift for session in instance.sessions)
    if strength.sessions or most <= have:
        return ""
    fuller = next((name for name, program in programs().items() if len(program.sessions) == most), "")
    if not fuller:
        return ""
    return (
        f"{most} lifts a week are asked of {strength.program}, which has {have} sessions, so some come "
        f"twice: {fuller} (strength.program) has {most}, which share the work."
    )
