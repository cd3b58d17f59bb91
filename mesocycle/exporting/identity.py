"""Names for planned sessions and runs that stay the same from one export to the next."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

from mesocycle.models.plan import CalendarRun
from mesocycle.models.result import Result

MOST_READABLE = 40


def identity(result: Result, part: str) -> str:
    """Name a part of a block for the whole world, such as "w03-a-0f3c...@mesocycle".

    It follows from the part's own id, the name of the scenario and the first day of its first week. A session
    that moves, grows or shrinks keeps it. Another name of the scenario, another start or another name of the
    session changes it: in a calendar that is another block.
    """
    first = result.plan.weeks[0].start.isoformat() if result.plan is not None and result.plan.weeks else ""
    told = json.dumps([result.name, first, part])
    digest = hashlib.sha256(told.encode()).hexdigest()[:20]
    readable = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")[:MOST_READABLE]
    return f"{readable}-{digest}@mesocycle" if readable else f"{digest}@mesocycle"


def named_runs(result: Result) -> Iterator[tuple[str, CalendarRun]]:
    """Each fixed run with its name: its day, and its number of that day."""
    count: dict[str, int] = {}
    for run in result.runs:
        day = run.date.isoformat()
        count[day] = count.get(day, 0) + 1
        yield identity(result, f"run-{day}-{count[day]}"), run
