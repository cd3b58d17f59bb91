"""A training card as plain text: what to do, in lines, and why it is there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mesocycle.exporting.words import capital, duration, growth_legend, left_out, legs, rows, sentence, size
from mesocycle.files.safe_text import visible
from mesocycle.models.plan import PlannedSession


def title(session: PlannedSession) -> str:
    """A session as an entry of a calendar: "Strength A · 14 sets"."""
    name = visible(session.session)
    told = name if re.search(r"\bstrength\b", name, re.IGNORECASE) else f"Strength {name}"
    return f"{told} · {size(session)}"


def card_lines(session: PlannedSession, names: Mapping[str, str]) -> list[str]:
    """The exercises of a session, a line each, and what has no time: "1 Back squat 3 × 5 @ 80 %"."""
    lines = [f"{row.number} {sentence(row, names)}" for row in rows(session)]
    dropped = left_out(session, names)
    return [visible(line) for line in (*lines, *([capital(dropped)] if dropped else []))]


def card_text(session: PlannedSession, names: Mapping[str, str]) -> str:
    """The whole card, with how long and how hard it is and why it is there."""
    parts = ["\n".join(card_lines(session, names))] if session.exercises else []
    length = f"{capital(duration(session))}; " if session.exercises else ""
    parts.append(capital(f"{length}{legs(session)}."))
    why = visible(session.why)
    parts += [growth_legend(session), f"Why then: {why}" if why else ""]
    return "\n\n".join(filter(None, parts))
