"""What-ifs side by side: a row for each variant, set against its base."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from pydantic import Field

from mesocycle.models.advice import Help, Trade
from mesocycle.models.outcome import Outcome
from mesocycle.models.plan import Cost, Plan, Status
from mesocycle.models.training import Part


class Row(Outcome):
    """A variant beside its base: its outcome, and how that differs.

    Attributes
    ----------
    scenario, name : str
        The scenario of the variant, and the variant's name.
    is_base : bool
        Whether it is a scenario without changes.
    changes : dict
        Values that it sets, by path.
    difference : int or None
        Points beside the base's, and by rule in `difference_by_rule`, each block charged by its own rules.
    judged : int or None
        Points of its block under the rules of the base; None where they are not defined.
    judged_difference : int or None
        How these differ from the base's points, and by rule in `judged_by_rule`.
    best : bool
        Whether no other has fewer points under the base's rules, of those that keep the base's strength and
        its hard rules but for the days and hours that are free; of equals the one with more strength.
    dominated_by : str
        A variant that has no more points under the base's rules, as many lifts, leg sets and sets, comes no
        closer to a key run, and is better in one of these; empty if there is none.
    """

    scenario: str
    name: str
    is_base: bool = False
    changes: dict[str, Any] = Field(default_factory=dict)
    difference: int | None = None
    difference_by_rule: dict[str, int] = Field(default_factory=dict)
    judged: int | None = None
    judged_difference: int | None = None
    judged_by_rule: dict[str, int] = Field(default_factory=dict)
    best: bool = False
    dominated_by: str = ""

    @property
    def planned(self) -> bool:
        """Whether there is a plan."""
        return self.objective is not None

    @property
    def breaks(self) -> tuple[str, ...]:
        """Hard rules of the base that its block does not keep."""
        return () if self.judgement is None else self.judgement.breaks

    @property
    def not_comparable(self) -> str:
        """Why the base's rules cannot judge its block, such as "other runs"; empty if they can."""
        return "" if self.judgement is None else self.judgement.undefined

    def to_dict(self, *, whole: bool = True, seconds: bool = True) -> dict[str, Any]:
        """The row as plain data.

        Parameters
        ----------
        whole : bool
            With the moves and the whole result.
        seconds : bool
            With what changes from run to run.
        """
        data = self.model_dump(mode="json")
        data = {key: data[key] for key in _FIRST} | {k: v for k, v in data.items() if k not in _FIRST}
        if whole:
            data["moves"] = [move.to_dict() for move in self.moves]
            data["result"] = self.plain_result(seconds=seconds)
        if not seconds:
            data["seconds"] = None
        return data

    def plain_result(self, *, seconds: bool = True) -> dict[str, Any] | None:
        """The whole result as `solve --format json` prints it; None if nothing was solved."""
        result = self.result
        if result is None:
            return None
        data = result.to_dict()
        if not seconds:
            data["run"]["seconds"] = {}
        return data


BASE = "base"
_FIRST = ("scenario", "name", "is_base", "changes")


class Across(Part):
    """The effect of a variant on several scenarios.

    Attributes
    ----------
    name : str
        The variant.
    planned, of : int
        Scenarios with a plan, of all that have the variant.
    compared : int
        Scenarios where the base's rules judge both blocks; the means are over these.
    difference, lifts, leg_sets : float or None
        Mean points, lifts and leg sets beside the base's, under the base's rules.
    moved : float or None
        Mean sessions moved.
    better, worse : int
        Scenarios that have fewer points with it and keep their strength, and that have more points.
    """

    name: str
    planned: int
    of: int
    compared: int
    difference: float | None
    lifts: float | None
    leg_sets: float | None
    moved: float | None
    better: int
    worse: int


class Summary(Part):
    """The rows summed up."""

    variants: int
    planned: int
    proven: int
    skipped: int = Field(0, description="Rows that were not begun, or not ended.")
    best: dict[str, str] = Field(description="Name of the best row, by scenario.")
    helps: tuple[Help, ...] = Field((), description="The change that helps most, by scenario.")
    trades: tuple[Trade, ...] = Field(
        (), description="Changes that buy calm with strength, or strength with points."
    )
    hints: tuple[str, ...] = Field((), description="What would serve some of them better, in sentences.")
    across: tuple[Across, ...] = Field((), description="By variant, where there are several scenarios.")
    interrupted: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The summary as plain data, with each trade in words."""
        data = self.model_dump(mode="json")
        for trade, told in zip(self.trades, data["trades"], strict=True):
            told["text"] = trade.text
        return data


class Comparison(Part):
    """Variants of one scenario or of many, in the requested order: each base, then its variants."""

    schema_version: int = 1
    rows: tuple[Row, ...]
    summary: Summary

    def __iter__(self) -> Iterator[Row]:  # type: ignore[override]  # a comparison is iterated by rows
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Row:
        """Return the first row of a name."""
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(name)

    def to_dict(self, *, whole: bool = True, seconds: bool = True) -> dict[str, Any]:
        """The comparison as plain data; `whole` and `seconds` as in `Row.to_dict`."""
        return {
            "schema_version": self.schema_version,
            "summary": self.summary.to_dict(),
            "rows": [row.to_dict(whole=whole, seconds=seconds) for row in self.rows],
        }

    def __str__(self) -> str:
        lines = []
        for row in self.rows:
            points = _points(row) if row.planned else row.reason or row.status.value
            whose = f"{row.scenario}: " if len(self.summary.best) > 1 else ""
            lines.append(f"{'*' if row.best else ' '} {whose}{row.name}: {points}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        heads = (
            "scenario", "variant", "points", "change", "own points", "moved", "lifts", "leg sets", "sets",
            "min/week", "key run h", "days",
        )  # fmt: skip
        rows = "".join(
            f"<tr>{''.join(f'<td>{cell}</td>' for cell in _html_cells(row))}</tr>" for row in self.rows
        )
        return (
            f"<table><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def _points(row: Row) -> str:
    """Points of a block under the base's rules where these judge it: "8 points (-2)"."""
    points = f"{row.objective if row.judged is None else row.judged} points"
    points += "" if row.proven else ", not proven"
    if row.not_comparable:
        return f"{points} by its own rules, not comparable: {row.not_comparable}"
    by = row.judged_difference
    return points + ("" if by is None or row.is_base else f" ({by:+d})")


def _html_cells(row: Row) -> list[str]:
    name = html.escape(row.name)
    names = [html.escape(row.scenario), f"<b>{name}</b>" if row.best else name]
    if not row.planned:
        return [*names, html.escape(f"{row.status}: {row.reason}"), *[""] * 9]
    values = (row.judged, row.judged_difference, row.objective, row.moved, row.lifts, row.leg_sets, row.sets)
    figures = [_figure(value) for value in (*values, row.minutes_per_week, row.key_run_hours)]
    figures[2] += "" if row.proven else " (not proven)"
    return [*names, *figures, "" if row.usual is None else html.escape(row.usual.text)]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


class FrontierPoint(Part):
    """A block that none beats: more leg sets cost more interference, and less interference costs leg sets."""

    leg_sets: int = Field(description="Planned sets that load the legs, in the whole block.")
    interference: int = Field(description="Points for standing in the way of runs and races.")
    objective: int = Field(description="All points; the least that a block with these two numbers can have.")
    plan: Plan
    costs: tuple[Cost, ...]


class Frontier(Part):
    """All the trade-offs of one scenario.

    Attributes
    ----------
    status : Status
        `optimal`: the points are proven, and there are no others. `feasible`: time was up; those found are
        proven, others with more leg sets may be missing. `infeasible`: no block exists. `unknown`: time was
        up before any point was proven.
    points : tuple of FrontierPoint
        By rising leg sets, and so by rising interference.
    """

    schema_version: int = 1
    name: str
    status: Status
    points: tuple[FrontierPoint, ...]

    def to_dict(self) -> dict[str, Any]:
        """The frontier as plain data."""
        return self.model_dump(mode="json")
