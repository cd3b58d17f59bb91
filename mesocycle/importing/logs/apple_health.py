"""Apple Health: export.xml, read part by part, as it may have hundreds of megabytes.

Entities and references to other files are refused; the DTD at its top declares none, and is no error, though
in exports of iOS 16 it is broken.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.activities import Activities
from mesocycle.importing.logs.figures import MOST_METRES, metres_of, minutes_of, number
from mesocycle.importing.logs.findings import Findings, LeftOutError
from mesocycle.importing.logs.moments import Moments
from mesocycle.importing.logs.table import LogOptions, Records
from mesocycle.models.errors import ScenarioFileError

MOST_BYTES = 2_000_000_000
MOST_WORKOUTS = 100_000
# One element, and elements within elements.
MOST_TOKEN, MOST_DEPTH = 1_000_000, 50
MOST_PROLOG = 1_000_000
CHUNK = 256_000
MOST_SECONDS = 10 * 86_400

_TYPE = "HKWorkoutActivityType"
_ROOT = b"<HealthData"
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*\?>")
_REFERS = re.compile(rb"<!ENTITY|<!DOCTYPE\s+\S+\s+(?:SYSTEM|PUBLIC)")
# Some apps write characters that XML knows none of: they become spaces.
_CONTROL = bytes.maketrans(bytes([*range(9), 11, 12, *range(14, 32)]), b" " * 29)
_SECONDS = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0, "h": 3600.0}
_EXPORT = "export.xml as the Health app writes it: your picture, Export All Health Data"


class Readable(Protocol):
    """What gives its bytes part by part."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""


@dataclass
class _Workout:
    """A workout whose end is to come."""

    facts: dict[str, str]
    line: int
    far: list[tuple[str, str]] = field(default_factory=list)


class _Health:
    """Takes what the parser finds, and keeps the workouts."""

    def __init__(self, file: str, options: LogOptions, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.moments = Moments(options.zone)
        self.activities = Activities()
        self.depth = self.count = 0
        self.workout: _Workout | None = None
        self.taken = self.fed = 0
        self.wide = False
        self.parser = self._parser()

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        return parser

    def read(self, stream: Readable) -> None:
        """Read to the end.

        Raises
        ------
        ScenarioFileError
            If it may not be read.
        expat.ExpatError
            If it cannot be read any further.
        """
        head = self._part(stream)
        while 0 < len(head) < MOST_PROLOG and _ROOT not in head and (more := self._part(stream)):
            head += more
        prolog, root, rest = head.partition(_ROOT)
        if root:
            self._prolog(prolog)
        self._feed(root + rest if root else head)
        while chunk := self._part(stream):
            self._feed(chunk)
        self.parser.Parse(b"", True)

    def _prolog(self, prolog: bytes) -> None:
        """Read what stands before the root; of a DTD that is broken, nothing but its lines."""
        try:
            self._feed(prolog)
        except expat.ExpatError:
            if _REFERS.search(prolog):
                self._refuse()
            declared = _DECLARATION.match(prolog)
            start = declared.end() if declared else 0
            self.parser, self.fed = self._parser(), 0
            self._feed(prolog[:start] + b"\n" * prolog.count(b"\n", start))

    def _part(self, stream: Readable) -> bytes:
        chunk = stream.read(CHUNK)
        wide = not self.taken and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        self.wide = self.wide or wide
        self.taken += len(chunk)
        if self.taken > MOST_BYTES:
            wrong = f"the XML is larger than {MOST_BYTES // 10**6:,} MB"
            raise ScenarioFileError.of(self.file, wrong, _EXPORT)
        return chunk if self.wide else chunk.translate(_CONTROL)

    def _feed(self, part: bytes) -> None:
        self.fed += len(part)
        self.parser.Parse(part)
        if self.fed - self.parser.CurrentByteIndex > MOST_TOKEN + CHUNK:
            raise ScenarioFileError.of(self.file, "one of its elements is too long", _EXPORT)

    def _doctype(self, name: str, system: str | None, public: str | None, inner: bool) -> None:
        if system or public:
            self._refuse()

    def _refuse(self, *declared: object) -> int:
        wrong = "the file refers to other files, or defines entities"
        raise ScenarioFileError.of(self.file, wrong, _EXPORT, line=self.parser.CurrentLineNumber)

    def _begin(self, name: str, facts: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1 and name != "HealthData":
            wrong = f"this is XML, but no export of Apple Health: it begins with {shown(name)}"
            raise ScenarioFileError.of(self.file, wrong, _EXPORT)
        if self.depth > MOST_DEPTH:
            raise ScenarioFileError.of(self.file, "its elements are nested too deeply", _EXPORT)
        if name == "Workout" and self.depth == 2:
            self.workout = _Workout(facts, self.parser.CurrentLineNumber)
        # Legs of a triathlon have statistics of their own, deeper down.
        elif self.workout is not None and self.depth == 3 and "Distance" in facts.get("type", ""):
            self.workout.far.append((facts.get("sum", ""), facts.get("unit", "")))

    def _end(self, name: str) -> None:
        self.depth -= 1
        if name != "Workout" or self.workout is None or self.depth != 1:
            return
        done, self.workout = self.workout, None
        self.count += 1
        if self.count > MOST_WORKOUTS:
            wrong = f"the file has more than {MOST_WORKOUTS:,} workouts"
            raise ScenarioFileError.of(self.file, wrong, _EXPORT)
        try:
            self._add(done)
        except LeftOutError as error:
            self.findings.leave_out(f"Line {done.line}", error)

    def _add(self, done: _Workout) -> None:
        facts = done.facts
        kind = facts.get("workoutActivityType", "").removeprefix(_TYPE)
        begun = self.moments.at(facts.get("startDate", ""))
        distances = [*done.far, (facts.get("totalDistance", ""), facts.get("totalDistanceUnit", ""))]
        far, unit = next((pair for pair in distances if pair[0]), ("", ""))
        value = number(far.strip(), ".", "the distance", MOST_METRES)
        self.activities.add(
            begun,
            kind,
            identity=f"{begun.id} {kind}",
            minutes=minutes_of(self._seconds(facts)),
            metres=metres_of(value, unit) if value else None,
            line=done.line,
        )

    def _seconds(self, facts: dict[str, str]) -> float | None:
        """Its length without pauses, else from start to end."""
        value = number(facts.get("duration", "").strip(), ".", "the duration", MOST_SECONDS)
        if value:
            unit = facts.get("durationUnit", "min")
            if unit not in _SECONDS:
                raise LeftOutError(f"the duration has an unknown unit: {shown(unit)}")
            return value * _SECONDS[unit]
        if not facts.get("endDate"):
            return None
        return self.moments.at(facts["endDate"]).seconds - self.moments.at(facts["startDate"]).seconds


def read_apple_health(stream: Readable, file: str, options: LogOptions, findings: Findings) -> Records:
    """Read the workouts of Apple Health.

    Parameters
    ----------
    stream : Readable
        The XML; it is read once, to its end.
    file : str
        How errors name it.
    options : LogOptions
        The runner's zone.
    findings : Findings
        Is told what could not be read.

    Returns
    -------
    Records
        Its workouts; of a file that breaks off, those before that.

    Raises
    ------
    ScenarioFileError
        If it is another kind of XML, refers to other files or defines entities, or is too large.
    """
    health = _Health(file, options, findings)
    try:
        health.read(stream)
    except expat.ExpatError as error:
        _broken(error, health)
    return health.activities.records()


def _broken(error: expat.ExpatError, health: _Health) -> None:
    """Say where the file cannot be read any further.

    Raises
    ------
    ScenarioFileError
        If that is before its first element.
    """
    if health.depth == 0 and not health.count:
        wrong = f"this is no XML that can be read: {expat.ErrorString(error.code)}"
        raise ScenarioFileError.of(health.file, wrong, _EXPORT, line=error.lineno) from None
    health.findings.cut_off(f"line {error.lineno}")
