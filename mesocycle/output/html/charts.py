"""Charts as SVG that needs no style of its own: colours are the page's variables, so they turn with it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from mesocycle.files.safe_text import visible
from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import PlannedSession, PlannedWeek
from mesocycle.models.training import METRES_PER_MILE
from mesocycle.output.html.recovery import Recovery

if TYPE_CHECKING:
    import altair as alt

WIDTH, HEIGHT = 420, 110
# Longer recovery does no more good, and would press the short ones together.
MOST_HOURS = 96
INK, QUIET, LINE = "var(--ink)", "var(--muted)", "var(--line)"
RUN, LIFT, KEY, FULL = "var(--run)", "var(--lift)", "var(--key)", "var(--full)"
MOST_TICKS = 13
FEW_WEEKS = 3
# Labels of single parts do not help a reader who cannot see the drawing.
_LABELS = re.compile(r' (?:role|class|aria-[a-z]+|xmlns:xlink)="[^"]*"')


@dataclass(frozen=True)
class Chart:
    """A drawing with a caption; `parts` are what the caption has to name."""

    svg: Markup
    parts: frozenset[str]


def weekly_chart(weeks: Sequence[PlannedWeek], units: str) -> Chart | None:
    """Distance and sets week by week, one above the other; None if there are neither."""
    import altair as alt

    per_km, unit = (1000 / METRES_PER_MILE, "mi") if units == "mi" else (1, "km")
    rows = [
        {
            "week": week.week,
            "distance": round((week.distance_km or 0) * per_km, 1),
            "sets": week.sets,
            "full": max(week.sets, week.full_sets),
        }
        for week in weeks
    ]
    base = alt.Chart({"values": rows})
    charts: dict[str, Any] = {}
    has_sets = any(row["full"] for row in rows)
    if any(row["distance"] for row in rows):
        distance = base.mark_bar(color=RUN, cornerRadiusEnd=2).encode(
            x=week_axis(len(rows), None if has_sets else "Week"),
            y=amount("distance", f"Distance, {unit}"),
        )
        charts["distance"] = distance.properties(width=WIDTH, height=HEIGHT)
    if has_sets:
        full, sets = (
            base.mark_bar(color=color, cornerRadiusEnd=2).encode(
                x=week_axis(len(rows), "Week"), y=amount(field, "Sets")
            )
            for field, color in (("full", FULL), ("sets", LIFT))
        )
        charts["sets"] = alt.layer(full, sets).properties(width=WIDTH, height=HEIGHT)
    if not charts:
        return None
    drawing = alt.vconcat(*charts.values(), spacing=14)
    return Chart(labelled(drawing, weekly_words(weeks, units)), frozenset(charts))


def weekly_words(weeks: Sequence[PlannedWeek], units: str) -> str:
    """What the chart of the weeks shows, in a sentence."""
    per_km, unit = (1000 / METRES_PER_MILE, "mi") if units == "mi" else (1, "km")
    distances = [week.distance_km * per_km for week in weeks if week.distance_km is not None]
    sets = [week.sets for week in weeks]
    runs = f"Distance from {min(distances):.0f} to {max(distances):.0f} {unit} a week, " if distances else ""
    text = f"{runs}sets from {min(sets)} to {max(sets)} a week." if any(sets) else f"{runs}no sets."
    return text[0].upper() + text[1:]


def legs_chart(
    sessions: Sequence[PlannedSession], rests: Sequence[Recovery], weeks: Sequence[PlannedWeek]
) -> Chart | None:
    """Load on the legs lift by lift, and below it the recovery before each key run; None without lifts."""
    import altair as alt

    if not sessions:
        return None

    start = weeks[0].start

    def at(day: date, minute: int) -> float:
        return round(1 + ((day - start).days + minute / MINUTES_PER_DAY) / 7, 3)

    scale = alt.Scale(domain=[1, len(weeks) + 1], nice=False, padding=0)
    step = -(-len(weeks) // MOST_TICKS)
    ticks = [week + 0.5 for week in range(1, len(weeks) + 1, step)]

    def axis(title: str | None) -> alt.X:
        return (
            alt.X("at:Q")
            .scale(scale)
            .axis(values=ticks, labelExpr="floor(datum.value)", grid=False, ticks=False, title=title)
        )

    lifts = [{"at": at(s.date, s.start), "load": round(s.lower_body_dose, 2)} for s in sessions]
    width = max(2, min(8, WIDTH // (len(weeks) * 5)))
    load = (
        alt.Chart({"values": lifts})
        .mark_bar(color=LIFT, size=width)
        .encode(x=axis(None), y=amount("load", "Load on legs"))
        .properties(width=WIDTH, height=HEIGHT)
    )
    values = [
        {"at": at(r.run.date, r.run.start), "hours": min(MOST_HOURS, round(r.minutes / 60, 2))}
        for r in rests
        if r.minutes is not None
    ]
    if not values:
        return Chart(labelled(load.encode(x=axis("Week")), legs_words(rests)), frozenset({"load"}))
    base = alt.Chart({"values": values})
    hours = (
        alt.Y("hours:Q")
        .scale(domain=[0, MOST_HOURS])
        .axis(
            values=[0, 24, 48, 72, MOST_HOURS],
            title="Recovery, h",
            labelExpr=f"datum.value == {MOST_HOURS} ? '{MOST_HOURS}+' : datum.label",
        )
    )
    stems = base.mark_rule(color=KEY, opacity=min(0.35, 5 / len(weeks))).encode(
        x=axis("Week"), y=hours, y2=alt.datum(0)
    )
    size = max(14, 60 - 2 * len(weeks))
    points = base.mark_point(shape="diamond", filled=True, color=KEY, opacity=1, size=size).encode(
        x=axis("Week"), y=hours
    )
    below = alt.layer(stems, points).properties(width=WIDTH, height=HEIGHT)
    drawing = alt.vconcat(load, below, spacing=14)
    return Chart(labelled(drawing, legs_words(rests)), frozenset({"load", "recovery"}))


def legs_words(rests: Sequence[Recovery]) -> str:
    """What the chart of the recovery shows, in a sentence."""
    known = [recovery for recovery in rests if recovery.minutes is not None]
    if not known:
        return "No key run comes after a lift that loads the legs."
    least = min(known, key=lambda recovery: (recovery.minutes or 0, recovery.run_text))
    return f"The least recovery before a key run is {least.hours}, on {least.run_text}."


def week_axis(weeks: int, title: str | None) -> alt.X:
    """The weeks across a chart, a place for each; without a title where another chart below has it."""
    import altair as alt

    step = -(-weeks // MOST_TICKS)
    shown = list(range(1, weeks + 1, step))
    # The bar of a single week would be a wall.
    outer = 1 if weeks < FEW_WEEKS else 0.1
    return (
        alt.X("week:O")
        .scale(domain=list(range(1, weeks + 1)), paddingInner=0.25, paddingOuter=outer)
        .axis(values=shown, labelAngle=0, title=title, ticks=False)
    )


def amount(field: str, title: str) -> alt.Y:
    """An amount from nought up, its title above the axis."""
    import altair as alt

    return alt.Y(f"{field}:Q").stack(None).title(title).axis(tickCount=4)


def labelled(chart: Any, words: str) -> Markup:
    """Draw a chart; its label says what it shows, so its parts need no labels."""
    return Markup(_drawn(chart).replace("<svg ", f'<svg role="img" aria-label="{html.escape(words)}" ', 1))


def described(chart: Any, name: str, title: str, words: str) -> Markup:
    """Draw a chart with a title and a description of its own; `name` is that of its elements on the page.

    Names that people wrote stand in the text of these elements, and in no attribute.
    """
    begin, _, rest = _drawn(chart).partition(">")
    told = f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-words"'
    texts = (
        f'<title id="{name}-title">{html.escape(visible(title))}</title>'
        f'<desc id="{name}-words">{html.escape(visible(words))}</desc>'
    )
    return Markup(f"{begin.replace('<svg ', f'<svg {told} ', 1)}>{texts}{rest}")


def _drawn(chart: Any) -> str:
    """The text of a drawing in the page's colours."""
    import vl_convert

    styled = (
        chart.configure(background="transparent", aria=False, padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=QUIET,
            titleColor=INK,
            gridColor=LINE,
            domainColor=LINE,
            tickColor=LINE,
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
        )
        .configure_axisY(
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleX=-34,
            titleY=-10,
            domain=False,
            ticks=False,
        )
    )
    drawn: str = vl_convert.vegalite_to_svg(styled.to_dict())
    return _LABELS.sub("", drawn)
