"""The report of a living block: today, what was done, trends, and the plan as it stands."""

from __future__ import annotations

from dataclasses import replace

from mesocycle.models.block_seen import BlockSeen
from mesocycle.models.living import LiftNow
from mesocycle.models.numbers import counted
from mesocycle.models.plan import Plan
from mesocycle.output.html.done import done_lines
from mesocycle.output.html.frame import environment, frame
from mesocycle.output.html.lift_lines import told_of
from mesocycle.output.html.lived_calendar import (
    absent,
    became,
    days_of,
    lifts_of,
    lived_calendar,
    moved,
    place,
)
from mesocycle.output.html.page import plan_parts
from mesocycle.output.html.today import today_lines
from mesocycle.output.html.training import Card, card
from mesocycle.output.html.trend_charts import target_chart, trend_figures
from mesocycle.output.words import capital


def living_page(seen: BlockSeen) -> str:
    """A living block as a page.

    Parameters
    ----------
    seen : BlockSeen
        The block at a moment.

    Returns
    -------
    str
        The whole file; the same for the same block at the same moment.
    """
    result = seen.standing
    plan = result.plan or Plan(sessions=(), weeks=())
    cards = _cards(seen)
    numbers = {lift: card.number for lift, card in cards.items()}
    calendar = lived_calendar(seen.weeks, plan.weeks, numbers, seen.today.date, result.units)
    shown = plan_parts(result, plan, None) | {
        "calendar": calendar,
        "cards": list(cards.values()),
        "card_weeks": sorted({card.week for card in cards.values() if not card.past}),
        "became": _kinds(seen),
        "lived": True,
    }
    return (
        environment()
        .get_template("living.html.jinja")
        .render(
            **frame([calendar], "living.css"),
            result=result,
            units=result.units,
            revision=seen.revision,
            today=today_lines(seen, cards),
            done=done_lines(seen),
            figures=trend_figures(seen.trends),
            targets=seen.trends.targets,
            target_chart=target_chart(seen.trends.targets),
            current=any(week.current for week in calendar.weeks),
            verdict=_verdict(seen),
            **shown,
        )
    )


def _cards(seen: BlockSeen) -> dict[str, Card]:
    """The cards of all lifts by the ids of their sessions, each at its place and with what became of it."""
    found: dict[str, Card] = {}
    days = days_of(seen.weeks)
    for lift in lifts_of(seen.weeks):
        session = place(lift)
        if session is None or lift.id is None:
            continue
        one = card(len(found) + 1, session, seen.standing.exercise_names)
        words = _happened(lift, seen, absent(lift, days))
        # Why it was there says nothing of where it is now.
        why = "" if words else one.why
        found[lift.id] = replace(one, why=why, became=words, past=lift.status != "planned")
    return found


def _happened(lift: LiftNow, seen: BlockSeen, absence: str) -> str:
    """What became of a lift, in sentences; empty for one that is to come where it was planned."""
    told = told_of(lift, seen)
    became_words = {
        "assumed": "Not logged, so it counts as done as planned",
        "done": "Done" if not told else f"Done: {told}",
    }.get(lift.status, capital(became(lift)) + (f": {told}" if told else ""))
    away = f"You are {absence} that day: mesocycle replan finds it another one" if absence else ""
    return " ".join(f"{part}." for part in (became_words, away, capital(moved(lift))) if part)


def _kinds(seen: BlockSeen) -> list[tuple[str, str]]:
    """What can become of lifts, where it became of any."""
    words = {"done": "done", "assumed": "not logged, so done as planned", "skipped": "skipped"}
    there = {lift.status for lift in lifts_of(seen.weeks)}
    return [(kind, text) for kind, text in words.items() if kind in there]


def _verdict(seen: BlockSeen) -> tuple[str, str]:
    """How good the plan is, in a few words and in a sentence."""
    points = f"The block costs {counted(seen.standing.objective or 0, 'point')}"
    if seen.changed:
        more = "by your rules as it stands; mesocycle replan tells whether there is a better way on."
        return f"Changed since revision {seen.revision}", f"{points} {more}"
    past = ", what was past by then included" if seen.revision > 1 else ""
    if seen.proven:
        return f"Revision {seen.revision}, proven", f"{points}{past}; under your rules none costs fewer."
    return f"Revision {seen.revision}, not proven", f"{points}{past}; there may be a better one."
