"""The answer to one scenario: its status and proof, the plan or the reasons why there is none."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any, Literal, Self

from pydantic import Field

from mesocycle.models.clock import format_day, format_time, weeks_text
from mesocycle.models.diagnosis import Change, Diagnosis
from mesocycle.models.plan import CalendarRun, Cost, Plan, Status
from mesocycle.models.training import Part

SCHEMA_VERSION = 1
# What stands at the top of the JSON, and belongs to one of the result's parts.
_PLAN = ("sessions", "weeks", "notices")
_DIAGNOSIS = ("conflicts", "repairs", "hints")
# These facts about the diagnosis stand with the run.
_ABOUT = {"status", "complete", "solves"}


class RunInfo(Part):
    """How the answer came about; `seconds` is the only part that changes from run to run."""

    mesocycle: str
    ortools: str
    input_sha256: str
    parameters: dict[str, Any]
    seconds: dict[str, float]


class Proof(Part):
    """What is proven of a block's points.

    Attributes
    ----------
    bound : int or None
        No block has fewer points; None where no block exists.
    how : str
        `relaxation`: by the linear relaxation and whole multipliers, which `solve --certificate` writes;
        `search`: the relaxation proves less, the rest was searched through.
    offered : str
        The space of blocks that the proof covers, in a sentence.
    """

    bound: int | None
    how: Literal["relaxation", "search"]
    offered: str


class Result(Part):
    """The answer to one scenario.

    Attributes
    ----------
    units : str
        "km" or "mi": how the runner wants distances shown; `distance_km` is always in kilometres.
    status : Status
        `optimal`, `feasible`, `infeasible` or `unknown`.
    proven : bool
        True only if the status is optimal and the objective equals the bound.
    objective, bound : int or None
        Penalty points; lower is better. None where there is no plan, or no bound.
    proof : Proof or None
        How the bound was proven, and over which blocks; None where nothing is proven.
    plan : Plan or None
        Never an empty plan: None where none was found.
    costs : tuple of Cost
        By rule; they sum to the objective.
    runs : tuple of CalendarRun
        The fixed runs, dated.
    notes : tuple of str
        What the planner assumed or trimmed.
    exercise_names : dict of str to str
        Names of the plan's exercises, by id.
    diagnosis : Diagnosis or None
        Why there is no block, and what would help; None unless the status is infeasible.
    applied : tuple of Change
        What was changed in the scenario before planning, where a repair was applied.
    """

    schema_version: int = SCHEMA_VERSION
    name: str
    units: str
    status: Status
    proven: bool
    objective: int | None
    bound: int | None
    proof: Proof | None = None
    plan: Plan | None
    costs: tuple[Cost, ...]
    runs: tuple[CalendarRun, ...]
    notes: tuple[str, ...]
    exercise_names: dict[str, str] = Field(default_factory=dict)
    diagnosis: Diagnosis | None = None
    applied: tuple[Change, ...] = ()
    run: RunInfo

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, in the names of the JSON contract; the plan's parts stand at the top."""
        data = self.model_dump(mode="json", exclude={"plan", "diagnosis", "run"})
        diagnosis = self.diagnosis or Diagnosis(status=self.status)
        data |= diagnosis.model_dump(mode="json", include=set(_DIAGNOSIS))
        data["applied"] = data.pop("applied")
        data["run"] = self.run.model_dump(mode="json")
        if self.diagnosis is not None:
            data["run"]["diagnosis"] = diagnosis.model_dump(mode="json", include=_ABOUT)
        plan = self.plan.model_dump(mode="json") if self.plan else {key: [] for key in _PLAN}
        order = ("schema_version", "name", "units", "status", "proven", "objective", "bound", "proof")
        return {key: data[key] for key in order} | plan | {k: v for k, v in data.items() if k not in order}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` wrote: the JSON of `solve --format json`.

        Raises
        ------
        ValueError
            If it is anything else: no mapping, of another version, or with missing, unknown or wrong values.
        """
        if not isinstance(data, Mapping):
            kind = type(data).__name__
            raise ValueError(f"expected a mapping as `to_dict` returns it, found a value of type {kind}")
        if data.get("schema_version") != SCHEMA_VERSION:
            raise ValueError(f"schema_version is not {SCHEMA_VERSION}")
        parts = _with_changes(data, "applied")
        plan = {key: parts.pop(key) for key in _PLAN if key in parts}
        diagnosis = {key: parts.pop(key) for key in _DIAGNOSIS if key in parts}
        planned = parts.get("status") in (Status.OPTIMAL, Status.FEASIBLE)
        run, about = parts.get("run"), None
        if isinstance(run, Mapping) and "diagnosis" in run:
            parts["run"] = {key: value for key, value in run.items() if key != "diagnosis"}
            about = run["diagnosis"]
        if about is None and any(diagnosis.values()):
            about = {"status": parts.get("status")}
        if isinstance(about, Mapping):
            repairs = _each(diagnosis.get("repairs"), lambda repair: _with_changes(repair, "changes"))
            about = {**diagnosis, **about, "repairs": repairs}
        return cls.model_validate(parts | {"plan": plan if planned else None, "diagnosis": about})

    @property
    def headline(self) -> str:
        """The result in one line: what it is, how sure, and how long it took."""
        spent = sum(value for stage, value in self.run.seconds.items() if stage != "diagnose")
        seconds = f"{spent:.1f} s"
        match self.status:
            case Status.OPTIMAL:
                how = "" if self.proof is None else f" (bound {self.bound}, by {self.proof.how})"
                return f"proven optimal in {seconds}: {self.objective} points{how}"
            case Status.FEASIBLE:
                known = "no bound yet" if self.bound is None else f"no block can cost less than {self.bound}"
                return f"best block found in {seconds}: {self.objective} points, not proven; {known}"
            case Status.INFEASIBLE:
                return f"no block satisfies all the rules (proven in {seconds})"
            case Status.UNKNOWN:
                return f"no block found in {seconds}, and none ruled out: allow more time"

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.headline}", *(f"  changed: {change.text}" for change in self.applied)]
        if self.diagnosis is not None:  # its first line repeats the headline
            lines += str(self.diagnosis).splitlines()[1:]
        for session in self.plan.sessions if self.plan else ():
            when = f"{format_day(session.date)} {format_time(session.start)}-{format_time(session.end)}"
            lines.append(f"  week {session.week:>2}  {when:<22}  {session.session}, {session.sets} sets")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = f"<p><strong>{html.escape(self.name)}</strong>: {html.escape(self.headline)}</p>"
        head += "".join(f"<p>Changed: {html.escape(change.text)}</p>" for change in self.applied)
        if self.plan is None:
            return head + (_diagnosis_html(self.diagnosis) if self.diagnosis is not None else "")
        return head + self.plan.calendar_html(self.runs)


def _with_changes(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The same with changes under the names of their fields: `before` is "from" in JSON."""
    return {**data, key: _each(data[key], _change)} if key in data else dict(data)


def _change(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"before" if key == "from" else key: value for key, value in data.items()}


def _each(value: Any, read: Callable[[Mapping[str, Any]], Any]) -> Any:
    """Read the mappings of a list; validation reports anything else."""
    if not isinstance(value, (list, tuple)):
        return value
    return [read(item) if isinstance(item, Mapping) else item for item in value]


def _diagnosis_html(diagnosis: Diagnosis) -> str:
    """Conflicts as numbered rules with their cases folded in, then the repairs as a table."""
    parts: list[str] = []
    for conflict in diagnosis.conflicts:
        parts.append(f"<p>These cannot all be kept in {html.escape(weeks_text(conflict.weeks))}:</p><ol>")
        for rule in conflict.rules:
            cases = "".join(f"<li>{html.escape(case)}</li>" for case in rule.cases)
            about = f"{html.escape(rule.text)} <small>{html.escape(rule.place or rule.source)}</small>"
            parts.append(f"<li><details><summary>{about}</summary><ul>{cases}</ul></details></li>")
        parts.append("</ol>")
        if conflict.alike:
            parts.append(f"<p>The same in {html.escape(weeks_text(conflict.alike))}.</p>")
    rows = []
    for repair in diagnosis.repairs:
        changes = "<br>".join(html.escape(change.text) for change in repair.changes)
        points = "not planned in time" if repair.objective is None else f"{repair.objective} points"
        lifts = html.escape(repair.lifts)
        rows.append(
            f"<tr><th>{html.escape(repair.name)}</th><td>{changes}</td><td>{lifts}</td><td>{points}</td></tr>"
        )
    if rows:
        parts.append(f"<p>What would make it work, least change first:</p><table>{''.join(rows)}</table>")
    parts += [f"<p>{html.escape(hint)}</p>" for hint in diagnosis.hints]
    if not diagnosis.complete:
        parts.append("<p>Time was up before everything was tried.</p>")
    return "".join(parts)
