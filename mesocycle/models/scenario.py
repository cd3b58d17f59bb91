"""The scenario: everything a runner tells Mesocycle, as in its file (version 1)."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from mesocycle.models import invariants
from mesocycle.models.clock import (
    DAY_NAMES,
    DAY_PATTERN,
    WEEKDAYS,
    Day,
    DayRange,
    TimeWindow,
    Weekday,
    format_day,
    monday_of,
    parse_day,
)
from mesocycle.models.invariants import MAX_WEEKS
from mesocycle.models.names import Name
from mesocycle.models.schemes import Scheme
from mesocycle.models.sessions import Pin, Session
from mesocycle.models.strength import OwnExercise, RecordText, Weights
from mesocycle.models.targets import Target
from mesocycle.models.training import WHOLE, Metres, Pace, Part, Phase, Race, Run, RunType, html_table


def _rest(value: Any) -> Any:
    if value is None:  # a key with nothing after it: more likely forgotten than meant
        raise ValueError("nothing is written here; write rest or a run")
    if value == "rest":
        return ({"type": "rest"},)
    if value == []:
        return ()
    return (value,) if isinstance(value, (Mapping, Run)) else value


class _RunDaySchema:
    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        runs = handler(core_schema)
        runs["maxItems"] = runs.pop("maxLength")
        return {"oneOf": [{"const": "rest"}, runs["items"], runs]}


RunDay = Annotated[tuple[Run, ...], BeforeValidator(_rest), Field(max_length=6), _RunDaySchema()]


def _availability_key(value: Any) -> Any:
    if isinstance(value, str) and value.strip().lower() in ("weekdays", "weekend", *WEEKDAYS):
        return value.strip().lower()
    try:
        return parse_day(value)
    except ValueError as error:
        if isinstance(value, str) and value.strip()[:1].isdigit():  # what is wrong with this date
            raise ValueError(str(error)) from None
        raise ValueError(
            f"expected weekdays, weekend, {', '.join(WEEKDAYS)}, or a date like 2026-10-01"
        ) from None


AvailabilityKey = Annotated[
    str | date,
    BeforeValidator(_availability_key),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": rf"^(weekdays|weekend|mon|tue|wed|thu|fri|sat|sun|{DAY_PATTERN})$"}
    ),
]


class Athlete(Part):
    """Who trains, and when there is time."""

    experience: Literal["new", "trained", "advanced"] = Field(
        "trained",
        description="new to lifting: the first weeks are smaller; advanced: loads grow more slowly.",
    )
    age: Annotated[int, Field(ge=10, le=100), WHOLE] | None = Field(
        None, description="Age in years; from 60 on fewer sets are not trimmed as far."
    )
    availability: dict[AvailabilityKey, tuple[TimeWindow, ...]] = Field(
        default_factory=dict,
        description="When a lift may happen; the most specific key wins. 06:00-21:00 every day if left out.",
        json_schema_extra={"additionalProperties": False},
    )
    rest_days: tuple[Weekday, ...] = Field((), max_length=7, description="Weekdays that stay empty of lifts.")
    blocked: tuple[DayRange, ...] = Field(
        (), max_length=200, description="Dates without lifts: travel, illness."
    )
    equipment: Name | tuple[Name, ...] = Field("gym", description="gym, home, or a list of equipment.")
    easy_pace: Pace = Field(360, description="Turns distances into minutes where a run gives none.")


class Runs(Part):
    """The fixed runs: a repeating week, how far each week goes, and exceptions by date."""

    week: dict[Weekday, RunDay] = Field(description="The repeating week.")
    weekly_distance: tuple[Metres, ...] = Field(
        (), max_length=MAX_WEEKS + 1, description="Distance of each week (km if no unit); scales the week."
    )
    cutback_weeks: tuple[Annotated[int, Field(ge=1, le=MAX_WEEKS + 1), WHOLE], ...] | None = Field(
        None, description="Weeks that are cutbacks; found from the distances if left out."
    )
    dates: dict[Day, RunDay] = Field(default_factory=dict, max_length=400, description="Exceptions, by date.")


class PolicySwitches(Part):
    """The three questions on which coaches disagree."""

    hard_easy: Literal["stack_hard", "easy_moderate", "auto"] = Field(
        "stack_hard", description="Lift on hard run days, on easy ones, or what the weeks allow."
    )
    long_run: Literal["avoid", "light_only", "allow"] = Field(
        "avoid", description="Lifting on the day of the long run."
    )
    order: Literal["run_first", "lift_first_in_base", "priority_first"] = Field(
        "run_first", description="Which comes first on a day with an easy run and a lift."
    )


PROGRAM = "runner_two_day"  # of whoever names none
# Sources (docs/sources.md): stack_hard is 003's sample week, stack_hard_long_run 000's, easy_moderate 004's;
# auto takes 004's where every week has room for it, else 003's.
PRESETS: dict[str, PolicySwitches] = {
    "stack_hard": PolicySwitches(hard_easy="stack_hard", long_run="avoid", order="run_first"),
    "stack_hard_long_run": PolicySwitches(hard_easy="stack_hard", long_run="allow", order="run_first"),
    "easy_moderate": PolicySwitches(hard_easy="easy_moderate", long_run="avoid", order="priority_first"),
    "auto": PolicySwitches(hard_easy="auto", long_run="avoid", order="run_first"),
}
PresetName = Literal["stack_hard", "stack_hard_long_run", "easy_moderate", "auto"]
SessionCount = Annotated[int, Field(ge=0, le=6), WHOLE]


class Strength(Part):
    """How often to lift, and what."""

    sessions_per_week: SessionCount | tuple[SessionCount, ...] | dict[Phase, SessionCount] | None = Field(
        None,
        description="A number, a list per week, or per phase; "
        "{base: 2, build: 2, peak: 2, taper: 1} if left out.",
    )
    program: Name = Field(PROGRAM, max_length=60, description="A built-in program.")
    sessions: tuple[Session, ...] = Field(
        (), max_length=6, description="Your own sessions, instead of a program."
    )
    goal: Literal["general", "power", "endurance", "form"] = Field(
        "general", description="What a built-in program is bent to: power, endurance or form."
    )
    rotation: tuple[Name, ...] = Field(
        (),
        max_length=12,
        description="The order of your sessions where it does not fit the week: [A, B, C] with two lifts "
        "a week goes A B, C A, B C; within a week they come in this order.",
    )
    schemes: dict[Name, Scheme] = Field(
        default_factory=dict,
        max_length=20,
        description="Schemes of your own: sets one by one, as lines that come in their turn.",
    )
    pins: tuple[Pin, ...] = Field(
        (), max_length=400, description="Sessions that have to be on a date, or on a weekday of every week."
    )
    exercises: dict[Name, OwnExercise] = Field(
        default_factory=dict,
        max_length=60,
        description="Exercises of your own, or other facts about the library's.",
    )
    records: dict[Name, RecordText] = Field(
        default_factory=dict,
        max_length=100,
        description="What you can lift, by exercise: a 1RM, or a set such as 80 x 8.",
    )
    targets: dict[Name, Target] = Field(
        default_factory=dict,
        max_length=30,
        description="What you want to lift, by exercise: {set: 100 kg x 5, by: 2026-11-15}.",
    )
    weights: Weights = Field(default_factory=Weights, description="The weights you can load, and their unit.")
    grid_minutes: Literal[5, 10, 15, 20, 30, 60] = Field(15, description="Lifts start on this grid.")


class History(Part):
    """What came before day one."""

    last_lift: Day | None = Field(None, description="The day of the last lift.")
    familiar: tuple[Name, ...] | None = Field(
        None, max_length=100, description="Exercises done in the last eight weeks; all of them if left out."
    )
    weekly_distance: tuple[Metres, ...] = Field(
        (), max_length=8, description="The weeks before, oldest first."
    )
    strength_phase: Literal["foundation", "strength"] = Field(
        "foundation", description="Where lifting stands: strength if heavy sets of few repetitions are usual."
    )


class Variant(Part):
    """One what-if: a name, and the values it sets by their path."""

    name: Name = Field(min_length=1, max_length=80, description="The variant's name.")
    set: dict[Name, Any] = Field(description="Values by path, such as athlete.availability.thu.")


class Scenario(Part):
    """A runner, his runs and his wishes for one block.

    Everything but `start` and `runs` has a default. Instances are immutable; a wrong one raises
    `pydantic.ValidationError` when built directly, `ScenarioError` through `mesocycle.load_scenario`.
    """

    schema_version: Annotated[Literal[1], WHOLE] = Field(1, description="Version of this format.")
    name: Name = Field("Strength block", max_length=200, description="A title for the block.")
    start: Day = Field(description="First day of the block; weeks are Monday to Sunday.")
    weeks: Annotated[int, Field(ge=1, le=MAX_WEEKS), WHOLE] | None = Field(
        None,
        description="Calendar weeks, the one holding `start` included; "
        "to the last A race, or one per weekly distance, or 8.",
    )
    end: Day | None = Field(None, description="Last day of the block, if it is not a Sunday.")
    policy: PresetName | PolicySwitches = Field(
        "stack_hard",
        description="stack_hard (article 003), stack_hard_long_run (000), easy_moderate (004), "
        "auto (003 or 004, by what the weeks allow), or the three switches themselves.",
    )
    units: Literal["km", "mi"] = Field("km", description="How distances are shown.")
    athlete: Athlete = Field(default_factory=Athlete, description="Who trains, and when there is time.")
    runs: Runs = Field(description="The fixed runs.")
    races: tuple[Race, ...] = Field((), max_length=30, description="The races.")
    phases: tuple[Phase, ...] = Field(
        (), max_length=MAX_WEEKS + 1, description="Phase of each week, instead of the derived one."
    )
    strength: Strength = Field(default_factory=Strength, description="How often to lift, and what.")
    rules: dict[Name, Any] = Field(
        default_factory=dict, description="Rules by id: parameters, weight, hard, soft or off."
    )
    history: History = Field(default_factory=History, description="What came before day one.")
    variants: tuple[Variant, ...] = Field((), max_length=1000, description="What-ifs for compare.")
    grid: dict[Name, tuple[Any, ...]] = Field(
        default_factory=dict, description="Values to combine in compare."
    )

    @model_validator(mode="after")
    def _hold_together(self) -> Scenario:
        problems = tuple(invariants.problems(self))
        if problems:
            text = "; ".join(f"{p.key}: {p.message}" for p in problems)
            raise PydanticCustomError("scenario", "{text}", {"text": text, "problems": problems})
        return self

    def __str__(self) -> str:
        weeks = f"{self.week_count} week{'s' * (self.week_count > 1)}"
        races = [f"{race.name or 'race'} on {format_day(race.date)} {race.date.year}" for race in self.races]
        runs = sum(run.type is not RunType.REST for day in self.runs.week.values() for run in day)
        parts = (f"{weeks} from {format_day(self.start)} {self.start.year}", f"{runs} runs a week", *races)
        return f"{self.name}: {', '.join(parts)}"

    def _repr_html_(self) -> str:
        cells = ""
        for day in WEEKDAYS:
            runs = (
                f"{html.escape(str(run))}<br>"
                for run in self.runs.week.get(day, ())
                if run.type is not RunType.REST
            )
            cells += f"<td>{''.join(runs)}</td>"
        return f"<p>{html.escape(str(self))}</p>{html_table(DAY_NAMES, [f'<tr>{cells}</tr>'])}"

    @property
    def switches(self) -> PolicySwitches:
        """The policy's three switches, a preset resolved."""
        return PRESETS[self.policy] if isinstance(self.policy, str) else self.policy

    @property
    def week_count(self) -> int:
        """Calendar weeks of the block, from the one that holds `start`."""
        first = monday_of(self.start)
        if self.end is not None:
            return (self.end - first).days // 7 + 1
        if self.weeks is not None:
            return self.weeks
        goals = [race.date for race in self.races if race.priority == "A"]
        if goals:
            return (max(goals) - first).days // 7 + 1
        return len(self.runs.weekly_distance) or 8

    @property
    def last_day(self) -> date:
        """Last day of the block."""
        return self.end or monday_of(self.start) + timedelta(days=7 * self.week_count - 1)


def is_rest(runs: tuple[Run, ...]) -> bool:
    """Whether the runner marked the day as rest."""
    return any(run.type is RunType.REST for run in runs)
