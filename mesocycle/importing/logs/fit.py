"""FIT: what a watch recorded; a session a run or a lift, and the sets of a lift. Times are UTC.

The library decodes; this module bounds what it does. A decoder of whatever is in the file may trip over
anything, so all that it raises ends the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mesocycle.importing.logs.activities import MOST_RPE, Activities, lasted
from mesocycle.importing.logs.figures import MOST_METRES, checked, half_up, metres_of, minutes_of
from mesocycle.importing.logs.findings import Findings, LeftOutError
from mesocycle.importing.logs.gathering import Session, name_of
from mesocycle.importing.logs.log import LoggedExercise, LogSet
from mesocycle.importing.logs.moments import Moment, of_instant
from mesocycle.importing.logs.set_columns import MOST_REPS, MOST_WEIGHT
from mesocycle.importing.logs.table import LogOptions, Records

# Three days of a record a second; what is decoded of a hostile file stays a matter of seconds.
MOST_MESSAGES, MOST_FIELDS = 300_000, 4_000_000
MOST_SECONDS = 10 * 86_400
KG_PER_LB = 0.45359237
_KINDS = frozenset(("file_id", "session", "set", "exercise_title", "workout", "event"))
_UNKNOWN = frozenset((None, "unknown", 65534, 65535))
# Kinds of exercises that say what they are done with.
_EQUIPMENT = {"banded_exercises": "band", "suspension": "suspension", "sandbag": "sandbag", "sled": "sled"}

Message = dict[str, Any]


class _TooMuchError(Exception):
    """There are more messages, or more in them, than any activity has."""


@dataclass
class _Found:
    """The messages that say what was done, and the names of exercises."""

    sessions: list[Message] = field(default_factory=list)
    sets: list[Message] = field(default_factory=list)
    titles: dict[tuple[Any, Any], str] = field(default_factory=dict)
    workout: str = ""
    created: datetime | None = None

    def add(self, kind: str, message: Message) -> None:
        """Keep a message."""
        if kind == "session":
            self.sessions.append(message)
        elif kind == "set":
            self.sets.append(message)
        elif kind == "exercise_title":
            key = message.get("exercise_category"), message.get("exercise_name")
            self.titles[key] = _text(message.get("wkt_step_name"))
        elif kind == "workout":
            self.workout = _text(message.get("wkt_name"))
        elif kind == "file_id":
            self.created = _moment(message.get("time_created"))


def read_fit(raw: bytes, options: LogOptions, findings: Findings) -> Records:
    """Read the sessions of a FIT file.

    Parameters
    ----------
    raw : bytes
        The file's content.
    options : LogOptions
        The runner's zone.
    findings : Findings
        Is told what could not be read.

    Returns
    -------
    Records
        Its sessions; of a file that breaks off before one, the sets by themselves.
    """
    found = _Found()
    try:
        for kind, message in _messages(raw):
            found.add(kind, message)
    except _TooMuchError:
        findings.truncated = True
        findings.note("It holds more than any activity: the rest was not read.")
    except Exception:  # whatever the library trips over
        findings.cut_off("its data")
    activities = Activities()
    sessions = found.sessions
    if not sessions and found.sets:  # the session comes last, and is not there
        begun = found.created or _moment(found.sets[0].get("start_time"))
        sessions = [{"start_time": begun, "sport": "training", "sub_sport": "strength_training"}]
    groups = _by_session(found.sets, [_moment(session.get("start_time")) for session in sessions])
    for number, session in enumerate(sessions, 1):
        try:
            _add(activities, found, session, groups.get(number, []), options, findings)
        except LeftOutError as error:
            findings.leave_out(f"Session {number}", error)
    return activities.records()


def _messages(raw: bytes) -> Iterator[tuple[str, Message]]:
    import fitdecode  # its profile takes long to load

    count = fields = 0
    with fitdecode.FitReader(
        io.BytesIO(raw),
        check_crc=fitdecode.CrcCheck.DISABLED,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    ) as reader:
        for frame in reader:
            count += 1
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                fields += len(frame.fields)
                if frame.name in _KINDS:
                    yield frame.name, {one.name: one.value for one in frame.fields if one.name}
            if count > MOST_MESSAGES or fields > MOST_FIELDS:
                raise _TooMuchError


def _by_session(sets: list[Message], starts: list[datetime | None]) -> dict[int, list[tuple[int, Message]]]:
    """Numbered sets by the number of the session that had begun last."""
    groups: dict[int, list[tuple[int, Message]]] = {}
    for number, message in enumerate(sets, 1):
        done = _moment(message.get("start_time")) or _moment(message.get("timestamp"))
        begun = [at for at, start in enumerate(starts, 1) if done and start and start <= done]
        groups.setdefault(begun[-1] if begun else 1, []).append((number, message))
    return groups


def _add(
    activities: Activities,
    found: _Found,
    session: Message,
    sets: list[tuple[int, Message]],
    options: LogOptions,
    findings: Findings,
) -> None:
    start = _moment(session.get("start_time"))
    if start is None:
        raise LeftOutError("its start is missing")
    begun = of_instant(start, options.zone)
    sport = _sport(session)
    moving, elapsed = (
        _number(session, key, "the time", MOST_SECONDS) for key in ("total_timer_time", "total_elapsed_time")
    )
    far = _number(session, "total_distance", "the distance", MOST_METRES)
    effort = _number(session, "workout_rpe", "the RPE", 255)
    activities.add(
        begun,
        sport,
        minutes=minutes_of(lasted(sport, moving, elapsed)),
        metres=metres_of(far, "m"),
        title=found.workout,
        rpe=effort / 10 if effort and effort / 10 <= MOST_RPE else None,
        exercises=_exercises(found, begun, sets, findings),
    )


def _exercises(
    found: _Found, begun: Moment, sets: list[tuple[int, Message]], findings: Findings
) -> tuple[LoggedExercise, ...]:
    lift = Session(begun.id, begun.date, begun.start)
    for number, message in sets:
        if message.get("set_type") == "rest":
            continue
        try:
            name, equipment = _name(message, found)
            lift.add(name, _set(message), line=number, equipment=equipment)
        except LeftOutError as error:
            findings.leave_out(f"Set {number}", error)
    workout = lift.workout()
    return workout.exercises if workout else ()


def _set(message: Message) -> LogSet:
    reps = _number(message, "repetitions", "the number of repetitions", MOST_REPS)
    weight = _number(message, "weight", "the weight", MOST_WEIGHT)
    seconds = _number(message, "duration", "the time", MOST_SECONDS)
    pounds = message.get("weight_display_unit") == "pound"
    if weight and pounds:  # they are kept as sixteenths of a kilogram
        weight = half_up(2 * weight / KG_PER_LB) / 2
    return LogSet(
        weight=weight or None,
        unit=("lb" if pounds else "kg") if weight else None,
        reps=int(reps) if reps else None,
        seconds=half_up(seconds) if seconds and not reps else None,
    )


def _name(message: Message, found: _Found) -> tuple[str, str]:
    """The name of an exercise, of the workout that was followed, else of the profile; and its equipment."""
    from fitdecode.profile import FIELD_TYPES

    category, number = _first(message.get("category")), _first(message.get("category_subtype"))
    # Of several values the library names none.
    category = FIELD_TYPES["exercise_category"].enum.get(category, category)
    if titled := found.titles.get((category, number)):
        return name_of(titled), ""
    if category in _UNKNOWN:
        return "unknown", ""
    names = FIELD_TYPES.get(f"{category}_exercise_name")
    name = names.enum.get(number) if names is not None and names.enum else None
    # A kind alone may be any of its exercises.
    told = str(name) if name else f"{category} (unspecified)"
    return name_of(told.replace("_", " ")), _EQUIPMENT.get(str(category), "")


def _first(value: Any) -> Any:
    """The first of several that a watch guessed."""
    values = value if isinstance(value, (tuple, list)) else (value,)
    return next((one for one in values if one not in _UNKNOWN), None)


def _sport(session: Message) -> str:
    sport, sub = (_text(session.get(key)).replace("_", " ") for key in ("sport", "sub_sport"))
    if sub in ("", "generic", "all"):
        return sport
    return sub if sport in sub or sport in ("training", "fitness equipment", "generic") else f"{sub} {sport}"


def _text(value: Any) -> str:
    value = _first(value)
    return value.strip("\0 ") if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    """An instant; watches without one count from when they were switched on."""
    return value.astimezone(UTC) if isinstance(value, datetime) else None


def _number(message: Message, key: str, what: str, most: float) -> float | None:
    value = _first(message.get(key))
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return checked(float(value), what, most)
