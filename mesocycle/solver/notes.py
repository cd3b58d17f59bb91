"""What the block does that a runner may not expect, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.solver.problem import Problem


def block_notes(problem: Problem) -> Iterator[str]:
    """Yield why some weeks have fewer sets, and where the lighter weeks come from."""
    weeks = problem.calendar.weeks
    taper = [week.number for week in weeks if week.phase == "taper" and problem.factors[week.number - 1].own < 1]
    light = [week + 1 for week in sorted(problem.deload_weeks) if week + 1 not in taper]
    trimmed = [
        week.number
        for week in weeks
        if problem.factors[week.number - 1].own < 1 and week.number not in (*taper, *light)
    ]
    for numbers, why in (
        (light, "lighter weeks" if problem.deload_is_choice else "lighter weeks, with your cutback in running"),
        (trimmed, "mileage is high, or the start is gentle"),
        (taper, "taper"),
    ):
        if numbers:
            word = "Week" if len(numbers) == 1 else "Weeks"
            have = "has" if len(numbers) == 1 else "have"
            yield f"{word} {spans(numbers)} {have} fewer sets at the same load: {why}."
    if problem.calendar.flat and "set_trim_by_mileage" in problem.settings:
        yield "Your mileage is even over the block, so no week is trimmed for it."


def spans(numbers: list[int]) -> str:
    """Write [1, 2, 3, 5] as "1 to 3, 5"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(p[0]) if len(p) == 1 else f"{p[0]} to {p[-1]}" if len(p) > 2 else f"{p[0]}, {p[1]}" for p in parts)
