"""A training card as plain text: what to do, in lines, and why it is there."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from mesocycle.files.safe_text import visible
from mesocycle.models.plan import CalendarRun, PlannedSession
from mesocycle.models.result import Result
from mesocycle.output.words import (
    below,
    capital,
    duration,
    left_out,
    legend,
    legs,
    rows,
    sentence,
    size,
)

MOST_READABLE = 40


def identity(result: Result, part: str) -> str:
    """A unique name for a part of a block, such as "w03-a-0f3c...@mesocycle".

    It follows from the part's own id, the name of the scenario and the first day of its first week. A session
    that moves, grows or shrinks keeps it. Another name of the scenario, another start or another name of the
    session changes it: in a calendar that is another block.
    """
    first = result.plan.weeks[0].start.isoformat() if result.plan is not None and result.plan.weeks else ""
    identified = json.dumps([result.name, first, part])
    digest = hashlib.sha256(identified.encode()).hexdigest()[:20]
    readable = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")[:MOST_READABLE]
    return f"{readable}-{digest}@mesocycle" if readable else f"{digest}@mesocycle"


def named_runs(result: Result) -> Iterator[tuple[str, CalendarRun]]:
    """Each fixed run with its name: its day, and its number of that day."""
    count: dict[str, int] = {}
    for run in result.runs:
        day = run.date.isoformat()
        count[day] = count.get(day, 0) + 1
        yield identity(result, f"run-{day}-{count[day]}"), run


def title(session: PlannedSession) -> str:
    """A session as an entry of a calendar: "Strength A · 14 sets"."""
    name = visible(session.session)
    named = name if re.search(r"\bstrength\b", name, re.IGNORECASE) else f"Strength {name}"
    return f"{named} · {size(session)}"


def card_lines(session: PlannedSession, names: Mapping[str, str], details: bool = False) -> list[str]:
    """The exercises of a session, a line each, and what has no time: "1 Back squat 3 × 5 @ 82.5 kg (81 %)".

    With details, warm-up and cues have lines of their own.
    """
    lines: list[str] = []
    for row in rows(session):
        lines.append(f"{row.number} {sentence(row, names)}")
        lines += filter(None, (capital(below(row.item)),) if details else ())
    lines += filter(None, (capital(left_out(session, names)),))
    return [visible(line) for line in lines]


def card_text(session: PlannedSession, names: Mapping[str, str]) -> str:
    """The whole card, with how long and how hard it is and why it is there."""
    parts = ["\n".join(card_lines(session, names, details=True))] if session.exercises else []
    length = f"{capital(duration(session))}; " if session.exercises else ""
    parts.append(capital(f"{length}{legs(session)}."))
    why = visible(session.why)
    parts += [" ".join(legend([session])), f"Why then: {why}" if why else ""]
    return "\n\n".join(filter(None, parts))
