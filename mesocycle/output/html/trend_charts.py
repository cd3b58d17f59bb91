"""The trends of a living block as charts, each left out where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from mesocycle.models.numbers import counted
from mesocycle.models.training import in_units
from mesocycle.models.trends import TargetSeen, Trends, WeekSeen
from mesocycle.output.html.charts import FULL, INK, KEY, LIFT, LINE, RUN, described, week_axis
from mesocycle.output.html.panels import LOW, WIDTH, Figure, Panel, figure, figures, short
from mesocycle.output.living_words import adherence_words, week_name
from mesocycle.output.words import capital

HIGH = 80
MOST_STEPS = 4


def trend_figures(trends: Trends) -> tuple[Figure, ...]:
    """A chart for everything that there is something to draw of."""
    weeks = trends.weeks
    return (*_maxes(trends), *_lifts(weeks), *_sets(weeks), *_soreness(weeks), *_minutes(weeks))


def _maxes(trends: Trends) -> Iterator[Figure]:
    """Distance, and below it the estimated 1RM of each lift."""
    weeks, units = trends.weeks, trends.units
    run, planned = ([_in_units(km, units) for km in kms] for kms in _distances(weeks))
    distance = Panel("Distance", units, run, planned, color=RUN)
    lifts = [
        Panel(lift.name, lift.unit, lift.maxes, lift.plan, "line") for lift in trends.lifts if any(lift.maxes)
    ]
    parts = filter(None, ("distance" * distance.known, "estimated 1RM" * bool(lifts)))
    title = capital(" and ".join(parts))
    yield from figures("max", title, distance, lifts, weeks)


def _distances(weeks: Sequence[WeekSeen]) -> tuple[list[float | None], list[float | None]]:
    return [week.km for week in weeks], [week.planned_km for week in weeks]


def _in_units(km: float | None, units: str) -> float | None:
    return None if km is None else round(in_units(1000 * km, units), 1)


def _sets(weeks: Sequence[WeekSeen]) -> Iterator[Figure]:
    patterns = sorted({name for week in weeks for name in (*week.planned_sets, *week.sets)})
    panels = [
        Panel(
            name.replace("_", " "),
            "",
            [week.sets.get(name, 0.0) for week in weeks],
            [week.planned_sets.get(name, 0.0) for week in weeks],
            height=LOW,
        )
        for name in patterns
    ]
    if panels:
        yield figure("sets", "Hard sets by movement", panels, weeks)


def _soreness(weeks: Sequence[WeekSeen]) -> Iterator[Figure]:
    """How sore each site was at the most, below the load on the legs; nothing where nobody was sore."""
    done, planned = [week.legs_dose for week in weeks], [week.planned_legs_dose for week in weeks]
    legs = Panel("Load on the legs", "", done, planned)
    sites = [
        Panel(site, "0 to 10", [week.soreness.get(site) for week in weeks], form="points", color=KEY)
        for site in sorted({site for week in weeks for site in week.soreness})
    ]
    if sites:
        yield from figures("sore", "Soreness and load on the legs", legs, sites, weeks)


def _minutes(weeks: Sequence[WeekSeen]) -> Iterator[Figure]:
    lifting = [week.lift_minutes for week in weeks], [week.planned_lift_minutes for week in weeks]
    running = [week.run_minutes for week in weeks], [week.planned_run_minutes for week in weeks]
    panels = [Panel("Lifting", "min", *lifting), Panel("Running", "min", *running, color=RUN)]
    known = [panel for panel in panels if panel.known]
    if known:
        yield figure("minutes", "Minutes", known, weeks)


def _lifts(weeks: Sequence[WeekSeen]) -> Iterator[Figure]:
    """What became of each week's lifts, one above the other."""
    import altair as alt

    if not any(week.adherence.planned for week in weeks):
        return
    most = max(row["to"] for row in _stacked(weeks))
    ticks = list(range(0, most + 1, -(-most // MOST_STEPS)))
    base = alt.Chart({"values": list(_stacked(weeks))}).encode(
        x=week_axis(len(weeks), "Week"),
        y=alt.Y("from:Q").title("Lifts").axis(values=ticks, format="d"),
        y2="to:Q",
    )
    looks: dict[str, dict[str, Any]] = {
        "done": {"color": LIFT},
        "assumed": {"color": FULL, "stroke": LIFT},
        "skipped": {"filled": False, "stroke": KEY, "strokeDash": [3, 2]},
    }
    marks = {"done": "done", "assumed": "not logged, so as planned", "skipped": "skipped"}
    drawn = [
        base.transform_filter(alt.FieldEqualPredicate(field="kind", equal=kind)).mark_bar(**look)
        for kind, look in looks.items()
    ]
    there = [kind for kind in looks if any(row["kind"] == kind for row in _stacked(weeks))]
    total = sum(week.adherence.planned for week in weeks)
    done = sum(week.adherence.done + week.adherence.assumed for week in weeks)
    yield Figure(
        title="Lifts",
        svg=described(
            alt.layer(*drawn).properties(width=WIDTH, height=HIGH),
            "lifts",
            "Lifts",
            f"{done} of {counted(total, 'lift')} done.",
        ),
        marks=tuple((kind, marks[kind]) for kind in there),
        told=tuple((week_name(week), adherence_words(week.adherence)) for week in weeks),
    )


def _stacked(weeks: Sequence[WeekSeen]) -> Iterator[dict[str, Any]]:
    for week in weeks:
        seen, below = week.adherence, 0
        for kind, count in (
            ("done", seen.done),
            ("assumed", seen.assumed),
            ("skipped", sum(seen.skipped.values())),
        ):
            if count:
                yield {"week": week.week, "kind": kind, "from": below, "to": below + count}
            below += count


def target_chart(targets: Sequence[TargetSeen]) -> Markup | None:
    """How far each target is, in % of the 1RM that it asks for; None where nothing is known of any."""
    import altair as alt

    known = [one for one in targets if one.share is not None]
    if not known:
        return None
    most = max(100.0, *(one.share or 0 for one in known))
    rows = [
        {
            "at": at,
            "share": one.share,
            "all": 100,
            "name": f"{short(one.name)}, {short(one.set)}: {one.share:g} %",
        }
        for at, one in enumerate(known)
    ]
    base = alt.Chart({"values": rows}).encode(
        y=alt.Y("at:O").axis(None).scale(paddingInner=0, paddingOuter=0)
    )
    scale = alt.Scale(domain=[0, most], nice=False)
    share = alt.X("share:Q").title("% of the 1RM that is needed").scale(scale).axis(grid=False, tickCount=5)
    drawn = alt.layer(
        base.mark_bar(color=LINE, height=12, yOffset=7).encode(
            x=alt.X("all:Q").scale(scale).axis(grid=False, tickCount=5)
        ),
        base.mark_bar(color=LIFT, height=6, yOffset=7).encode(x=share),
        base.mark_text(align="left", color=INK, fontSize=11, yOffset=-8).encode(
            x=alt.datum(0), text="name:N"
        ),
    ).properties(width=WIDTH, height=38 * len(known))
    words = "; ".join(f"{one.name} {one.set}: {one.share:g} %" for one in known)
    return described(drawn, "targets", "Targets", f"{words} of the 1RM that is needed.")
