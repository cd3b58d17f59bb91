"""Charts of weeks: panels above each other that share their weeks, each with a heading of its own.

What was planned is a wide pale bar and what was done a narrow one within it, so that nothing is told by
colour alone; all is told in words too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup

from mesocycle.files.safe_text import visible
from mesocycle.models.trends import WeekSeen
from mesocycle.output.html.charts import LIFT, LINE, QUIET, RUN, amount, described, week_axis
from mesocycle.output.living_words import week_name

if TYPE_CHECKING:
    import altair as alt

# As wide as a phone has room for, so that letters keep their size there.
WIDTH = 300
LOW, MIDDLE = 34, 60
# A figure has so many panels of names that people give, and goes on in another one.
MOST_PANELS = 6
MOST_LETTERS = 40
WORST = 10
Number = float | int | None


@dataclass(frozen=True)
class Panel:
    """Something week by week.

    Attributes
    ----------
    name, unit : str
        What it is, and in what it is counted.
    values, planned : sequence of numbers
        As it was and as it was planned, a number for each week; None where nothing is known.
    form : str
        "bars", "line", or "points" from 0 to 10.
    color : str
        Of what was done.
    height : int
        Of its panel, in pixels.
    """

    name: str
    unit: str
    values: Sequence[Number]
    planned: Sequence[Number] = ()
    form: Literal["bars", "line", "points"] = "bars"
    color: str = LIFT
    height: int = MIDDLE

    @property
    def title(self) -> str:
        """What stands above it: "Back squat, kg"."""
        return ", ".join(filter(None, (short(self.name), self.unit)))

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        told = [value for value in (*self.values, *self.planned) if value is not None]
        return any(told) if self.form == "bars" else bool(told)

    def words(self, at: int) -> str:
        """Its numbers in a week: "Back squat 110 kg, plan 112.5"; empty if there are none."""
        value, plan = self.values[at], self.planned[at] if self.planned else None
        unit = f" {self.unit}" if self.unit and self.form != "points" else ""
        if self.form != "bars":
            planned = "" if plan is None else f", plan {plan:g}"
            return "" if value is None else f"{self.name} {value:g}{unit}{planned}"
        if value is None and plan is None:
            return ""
        planned = "" if not self.planned else f" of {plan or 0:g}"
        return f"{self.name} {value or 0:g}{planned}{unit}"


@dataclass(frozen=True)
class Figure:
    """A chart with its heading, what its marks mean, and the same in words.

    Attributes
    ----------
    marks : tuple of (str, str)
        The kind of a mark and what it means.
    told : tuple of (str, str)
        A week, and its numbers in words.
    """

    title: str
    svg: Markup
    marks: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...] = ()


def short(name: str) -> str:
    """A name that somebody gave, as far as a chart has room for it.

    What nobody sees is left out: at some of it, such as U+0000, the library that draws ends the program.
    """
    shown = visible(name)
    return shown if len(shown) <= MOST_LETTERS else f"{shown[: MOST_LETTERS - 1]}…"


def figures(
    name: str, title: str, first: Panel, others: Sequence[Panel], weeks: Sequence[WeekSeen]
) -> Iterator[Figure]:
    """A panel above others; where these are many, it is drawn anew above the rest of them."""
    top = [first] if first.known else []
    parts = [others[at : at + MOST_PANELS] for at in range(0, len(others), MOST_PANELS)] or [[]]
    for number, part in enumerate(parts, 1):
        if top or part:
            more = f", {number} of {len(parts)}" if len(parts) > 1 else ""
            yield figure(f"{name}-{number}", f"{title}{more}", [*top, *part], weeks)


def figure(name: str, title: str, panels: Sequence[Panel], weeks: Sequence[WeekSeen]) -> Figure:
    """Panels above each other; `name` is that of their elements on the page."""
    import altair as alt

    numbers = [week.week for week in weeks]
    drawn = [_drawn(panel, numbers, panel is panels[-1]) for panel in panels]
    words = "; ".join(filter(None, (_from_to(panel) for panel in panels)))
    return Figure(
        title=title,
        svg=described(alt.vconcat(*drawn, spacing=12), name, title, f"{words}."),
        marks=tuple(dict.fromkeys(_marks(panels))),
        told=tuple(
            (week_name(week), "; ".join(filter(None, (panel.words(at) for panel in panels))))
            for at, week in enumerate(weeks)
        ),
    )


def _from_to(panel: Panel) -> str:
    """The first week and the last one: "Back squat from 110 to 120 kg"."""
    known = [value for value in panel.values if value is not None]
    if not known:
        return ""
    ends = f"{known[0]:g}" if len(known) == 1 else f"from {known[0]:g} to {known[-1]:g}"
    return f"{panel.name} {ends} {panel.unit}".rstrip()


def _marks(panels: Sequence[Panel]) -> Iterator[tuple[str, str]]:
    """What the marks of panels mean, each once."""
    for panel in panels:
        if panel.form == "bars":
            yield ("run", "run") if panel.color == RUN else ("done", "lifted")
    if any(panel.form == "bars" for panel in panels):
        yield "planned", "planned"
    if any(panel.form == "line" for panel in panels):
        yield "line", "1RM by the log"
    if any(panel.form == "line" and any(panel.planned) for panel in panels):
        yield "dash", "what the plan goes by"
    if any(panel.form == "points" for panel in panels):
        yield "point", "the most of a week"


def _drawn(panel: Panel, weeks: Sequence[int], last: bool) -> Any:
    import altair as alt

    planned = panel.planned or [None] * len(weeks)
    rows = [
        {"week": week, "value": value, "planned": plan}
        for week, value, plan in zip(weeks, panel.values, planned, strict=True)
    ]
    base = alt.Chart({"values": rows}).encode(x=week_axis(len(weeks), "Week" if last else None))
    draw = {"bars": _bars, "line": _line, "points": _points}[panel.form]
    return alt.layer(*draw(panel, base)).properties(width=WIDTH, height=panel.height)


def _bars(panel: Panel, base: alt.Chart) -> Iterator[alt.Chart]:
    """What was done as a narrow bar within the wide one of what was planned."""
    ticks = 2 if panel.height == LOW else 4
    wide, narrow = (amount(field, panel.title).axis(tickCount=ticks) for field in ("planned", "value"))
    yield base.mark_bar(color=LINE, cornerRadiusEnd=2).encode(y=wide)
    yield base.mark_bar(color=panel.color, cornerRadiusEnd=2, width={"band": 0.5}).encode(y=narrow)


def _line(panel: Panel, base: alt.Chart) -> Iterator[alt.Chart]:
    """What was as a line with its points, what was planned as a dash in each week; not from nought up."""
    import altair as alt

    known = [value for value in (*panel.values, *panel.planned) if value is not None]
    around = max(0.15 * (max(known) - min(known)), 0.03 * max(known))
    scale = alt.Scale(domain=[min(known) - around, max(known) + around], nice=False, zero=False)
    value, plan = (
        alt.Y(f"{field}:Q").title(panel.title).scale(scale).axis(tickCount=3)
        for field in ("value", "planned")
    )
    if any(panel.planned):
        yield base.mark_tick(color=QUIET, thickness=2, width={"band": 0.9}).encode(y=plan)
    yield base.mark_line(color=panel.color, strokeWidth=2).encode(y=value)
    yield base.mark_point(color=panel.color, filled=True, opacity=1, size=28).encode(y=value)


def _points(panel: Panel, base: alt.Chart) -> Iterator[alt.Chart]:
    import altair as alt

    level = alt.Y("value:Q").title(panel.title).scale(domain=[0, WORST]).axis(values=[0, WORST // 2, WORST])
    yield base.mark_rule(color=panel.color, opacity=0.4).encode(y=level, y2=alt.datum(0))
    yield base.mark_point(shape="diamond", filled=True, color=panel.color, opacity=1, size=50).encode(y=level)
