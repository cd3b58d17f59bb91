"""A block for intervals.icu: the events that its bulk endpoint takes.

They are sent to ``POST https://intervals.icu/api/v1/athlete/0/events/bulk?upsert=true``. Their `external_id`
stays the same, so that a later export changes them.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from mesocycle.models.plan import PlannedSession
from mesocycle.models.result import Result
from mesocycle.output.events import card_text, identity, title

if TYPE_CHECKING:
    from mesocycle.output.formats import ExportOptions


def to_intervals(result: Result, _options: ExportOptions) -> str:
    """Write the lifts of a block as a JSON list of planned workouts.

    Parameters
    ----------
    result : Result
        With a plan; without one the list is empty.
    """
    sessions = result.plan.sessions if result.plan is not None else ()
    events = [_event(result, session) for session in sessions]
    return json.dumps(events, indent=2, ensure_ascii=False) + "\n"


def _event(result: Result, session: PlannedSession) -> dict[str, Any]:
    start = datetime.combine(session.date, time()) + timedelta(minutes=session.start)
    # There a line that begins with "-" is a step to be timed, such as "- 10m".
    text = re.sub(r"^\s*-", "–", card_text(session, result.exercise_names), flags=re.MULTILINE)
    return {
        "category": "WORKOUT",
        "type": "WeightTraining",
        "start_date_local": start.isoformat(),
        "name": title(session),
        "description": text,
        "moving_time": (session.end - session.start) * 60,
        "external_id": identity(result, session.id),
    }
