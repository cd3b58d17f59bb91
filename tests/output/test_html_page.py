"""The HTML page of a result: whole, at its times, the same each time, and safe from what people write."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from parsed_page import Parsed

import mesocycle as mc
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.plan import CalendarRun, PlannedSession, Status
from mesocycle.models.prices import Ground
from mesocycle.models.result import Result
from mesocycle.output.html.calendar import Calendar, Item, plan_calendar, run_calendar
from mesocycle.output.html.page import result_page
from mesocycle.output.html.recovery import recoveries

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MONDAY = date(2026, 9, 7)
NASTY = '<script>alert(1)</script>"><img src=x onerror=alert(2)>=cmd()|\r\n\u202eesrever\x00' + "x" * 2_000


@cache
def solved(name: str = "doubles_am_pm") -> Result:
    return mc.solve(mc.load_scenario(SCENARIOS / f"{name}.yaml"))


@cache
def page(name: str = "doubles_am_pm") -> Parsed:
    return Parsed(result_page(solved(name)))


def changed(result: Result, **values: Any) -> Result:
    return result.model_copy(update=values)


def plan_of(result: Result) -> mc.Plan:
    assert result.plan is not None
    return result.plan


def hostile() -> Result:
    """A plan in which everything that people name, and every sentence, is an attack."""
    result = solved()
    plan = plan_of(result)
    first = plan.sessions[0].exercises[0].exercise
    sessions = tuple(
        one.model_copy(update={"session": NASTY, "why": NASTY, "dropped": (first,)}) for one in plan.sessions
    )
    runs = tuple(run.model_copy(update={"title": NASTY, "type": NASTY}) for run in result.runs)
    case = mc.CostCase(text=NASTY, dates=(), amount=1, unit=NASTY, points=3)
    return changed(
        result,
        name=NASTY,
        units=NASTY,
        runs=runs,
        plan=plan.model_copy(update={"sessions": sessions}),
        costs=(mc.Cost(rule=NASTY, points=3, cases=(case,)),),
        objective=3,
        notes=(NASTY,),
        exercise_names=dict.fromkeys(result.exercise_names, NASTY),
        applied=(mc.Change(path=NASTY, before=NASTY, to=NASTY, text=NASTY),),
    )


@cache
def hostile_page() -> Parsed:
    return Parsed(result_page(hostile()))


# --- the whole page --------------------------------------------------------------------------------------


def test_every_lift_and_run_stands_in_the_calendar_at_its_time() -> None:
    result = solved()
    lifts = [f"{one.date}T{format_time(one.start)}" for one in plan_of(result).sessions]
    runs = [f"{one.date}T{format_time(one.start)}" for one in result.runs]
    shown = [attrs["datetime"] for attrs, _ in page().all("time")]
    assert sorted(shown) == sorted([*runs, *lifts, *lifts])  # a lift has its card too


def test_the_page_says_the_proof_and_the_points_in_words() -> None:
    result = solved("half_marathon")
    told = page("half_marathon").text("p", kind="verdict")
    assert told.startswith("Proven optimal in ")
    assert told.endswith(f"The block costs {result.objective} points; under your rules none costs fewer.")


def test_a_plan_that_is_not_proven_says_so_with_its_bound() -> None:
    result = changed(solved(), status=Status.FEASIBLE, proven=False, objective=9, bound=4)
    told = Parsed(result_page(result, seconds=False)).text("p", kind="verdict")
    assert told == "Not proven. The best block found in time costs 9 points. None costs fewer than 4."


def test_without_an_answer_more_time_is_advised() -> None:
    result = changed(solved(), status=Status.UNKNOWN, proven=False, objective=None, bound=None, plan=None)
    shown = Parsed(result_page(result))
    assert "allow more time" in shown.text("p", kind="verdict")
    assert not shown.all("table")


def test_the_reason_of_each_lift_opens_from_its_button_and_stands_on_its_card() -> None:
    shown = page("half_marathon")
    for number, session in enumerate(plan_of(solved("half_marathon")).sessions, 1):
        assert shown.all("button", kind="lift", popovertarget=f"why-{number}")
        assert session.why in shown.text("div", id=f"why-{number}")
        assert session.why in shown.text("article", id=f"lift-{number}")


def test_a_card_holds_exercise_sets_load_reserve_and_rest() -> None:
    session = plan_of(solved("half_marathon")).sessions[0]
    told = page("half_marathon").text("article", id="lift-1")
    assert session.exercises[0].exercise == "back_squat"
    squat = "1 Back squat"
    warm_up = "arm-up 5, 3 and 2 at 40, 60 and 80 % of it"
    cue, work = "drive up as fast as the weight allows", "3 × 10 about 70 % of your 1RM 3 3:00"
    for text in (squat, warm_up, cue, work):
        assert text.replace(" ", "") in told.replace("\xa0", "").replace(" ", "")


def test_main_lifts_stand_week_by_week_with_what_grew() -> None:
    shown = page("half_marathon")
    first = shown.text("table", kind="lifts").split("2 foundation")[0]
    assert first.endswith("split squat 1 foundation3 × 10 @ 70 %3 × 10 @ 70 %3 × 10 @ 70 % ")
    assert "Back squat: from 10 to 4 repetitions, from 3 to 2 in reserve, 2" in shown.text("section")


def test_the_calendar_explains_only_what_it_has() -> None:
    runs = solved().runs
    for kept, said in ((True, "a key run"), (False, "another run")):
        legend = Parsed(
            result_page(changed(solved(), runs=tuple(one for one in runs if one.key is kept)))
        ).text("p", kind="legend")
        assert {text for text in ("a key run", "another run") if text in legend} == {said}


def test_every_cost_stands_with_its_points_and_cases() -> None:
    told = page("half_marathon").text("table", kind="costs")
    for cost in solved("half_marathon").costs:
        assert all(case.text in told for case in cost.cases)
    assert "Long run stack" in told


def test_trimmed_and_lighter_weeks_are_shaded_and_said_in_words() -> None:
    shown = page("half_marathon")
    assert "lighter week" in shown.all("tr", kind="lighter")[0][1]
    assert "24 of 28 sets" in shown.all("tr", kind="trimmed")[0][1]


def test_key_runs_are_marked_by_more_than_a_colour() -> None:
    marked = page().all("div", kind="key")
    assert len(marked) == sum(run.key for run in solved().runs)
    assert all("◆" in text and "key run" in text for _, text in marked)


def test_distances_are_in_the_runners_units() -> None:
    shown = Parsed(result_page(changed(solved(), units="mi")))
    assert " mi" in shown.text("td", kind="sum")
    assert " km" not in shown.text("body")
    assert shown.all("svg")[0][0]["aria-label"].startswith("Distance from 65 to 85 mi a week")


def test_notes_and_changes_are_told() -> None:
    change = mc.Change(path="weeks", before=5, to=6, text="six weeks instead of five")
    shown = Parsed(result_page(changed(solved(), applied=(change,))))
    assert "six weeks instead of five" in shown.text("section", kind="applied")
    assert all(note in shown.text("ul", kind="notes") for note in solved().notes)


def test_without_a_plan_the_rules_that_collide_and_the_repairs_are_told() -> None:
    result = solved("impossible/lunch_break_too_short")
    found = result.diagnosis
    assert found is not None
    told = page("impossible/lunch_break_too_short")
    assert all(rule.text in told.text("ol", kind="rules") for one in found.conflicts for rule in one.rules)
    table = told.text("table", kind="repairs")
    assert all(change.text in table for repair in found.repairs for change in repair.changes)
    assert all(f"{repair.objective} point" in table for repair in found.repairs)


def test_the_place_of_a_rule_names_its_file_without_the_folder() -> None:
    result = solved("impossible/lunch_break_too_short")
    assert result.diagnosis is not None
    conflict = result.diagnosis.conflicts[0]
    rules = tuple(
        rule.model_copy(update={"place": "/home/somebody/plans/mine.yaml:7"}) for rule in conflict.rules
    )
    diagnosis = result.diagnosis.model_copy(
        update={"conflicts": (conflict.model_copy(update={"rules": rules}),)}
    )
    told = result_page(changed(result, diagnosis=diagnosis))
    assert "mine.yaml:7" in told
    assert "somebody" not in told


def test_what_is_not_sure_of_a_conflict_and_its_repairs_is_said() -> None:
    result = solved("impossible/lunch_break_too_short")
    found = result.diagnosis
    assert found is not None
    conflict = found.conflicts[0].model_copy(update={"proven_minimal": False, "alike": (4, 5, 6)})
    first = found.repairs[0].model_copy(update={"objective": None, "proven": False})
    second = first.model_copy(update={"name": "B", "objective": 1})
    unsure = found.model_copy(
        update={
            "conflicts": (conflict,),
            "repairs": (first, second),
            "hints": ("Move the long run.",),
            "complete": False,
        }
    )
    told = Parsed(result_page(changed(result, diagnosis=unsure))).text("main")
    for words in (
        "They may not all be needed for that",
        "The same in weeks 4 to 6.",
        "not planned in time",
        "at most 1 point",
        "Move the long run.",
        "Time was up before everything was tried.",
    ):
        assert words in told


def test_where_no_conflict_was_looked_for_the_page_says_so() -> None:
    result = changed(solved("impossible/lunch_break_too_short"), diagnosis=None)
    assert "Which rules collide was not looked for." in Parsed(result_page(result)).text("main")


def test_a_block_without_distances_or_leg_work_has_its_charts_all_the_same() -> None:
    result = solved()
    plan = plan_of(result)
    weeks = tuple(one.model_copy(update={"distance_km": None}) for one in plan.weeks)
    sessions = tuple(one.model_copy(update={"lower_body_dose": 0.0}) for one in plan.sessions)
    bare = plan.model_copy(update={"weeks": weeks, "sessions": sessions})
    labels = [attrs["aria-label"] for attrs, _ in Parsed(result_page(changed(result, plan=bare))).all("svg")]
    assert labels == [
        "Sets from 7 to 18 a week.",
        "No key run comes after a lift that loads the legs.",
    ]


def test_a_block_of_no_lifts_has_no_empty_chart_and_offers_no_lift_to_choose() -> None:
    weeks = tuple(one.model_copy(update={"sets": 0, "full_sets": 0}) for one in plan_of(solved()).weeks)
    bare = mc.Plan(sessions=(), weeks=weeks)
    shown = Parsed(result_page(changed(solved(), plan=bare)))
    assert [attrs["aria-label"] for attrs, _ in shown.all("svg")] == [
        "Distance from 104 to 136 km a week, no sets."
    ]
    assert shown.text("figcaption") == "Distance week by week."
    assert "Choose a lift" not in shown.text("main")
    assert "a lift" not in shown.text("p", kind="legend")


def test_without_distances_and_lifts_nothing_is_drawn_and_the_page_says_so() -> None:
    update = {"sets": 0, "full_sets": 0, "distance_km": None}
    weeks = tuple(one.model_copy(update=update) for one in plan_of(solved()).weeks)
    shown = Parsed(result_page(changed(solved(), plan=mc.Plan(sessions=(), weeks=weeks))))
    assert not shown.all("svg")
    assert "There is nothing to draw: no distances and no sets." in shown.text("main")


def test_without_a_lift_before_a_key_run_the_charts_speak_of_no_recovery() -> None:
    told = Parsed(result_page(changed(solved(), runs=()))).all("figcaption")
    assert "Distance, and the planned sets" in told[0][1]
    assert "hours from it" not in told[1][1]


# --- other days ------------------------------------------------------------------------------------------


@cache
def priced(name: str = "half_marathon") -> mc.Explanation:
    return mc.explain(mc.load_scenario(SCENARIOS / f"{name}.yaml"), solved(name), exact=False)


@cache
def priced_page() -> Parsed:
    return Parsed(result_page(solved("half_marathon"), explanation=priced()))


def test_other_days_are_folded_on_each_card_and_where_a_lift_is_chosen() -> None:
    shown = priced_page()
    sessions = plan_of(solved("half_marathon")).sessions
    assert len(shown.all("details", kind="others")) == 2 * len(sessions)
    assert not [attrs for attrs, _ in shown.all("details", kind="others") if "open" in attrs]
    for number, one in enumerate(sessions, 1):
        for place in (
            shown.text("article", id=f"lift-{number}"),
            shown.text("div", id=f"why-{number}"),
        ):
            assert f"Other days for {one.session} of {format_day(one.date)}: " in place
    first = shown.text("article", id="lift-1")
    assert "Tue 8 Sep: 1 open of 6, the best Sun +28 Mon: no heavy legs on the eve of Tuesday's inte" in first
    assert "Sun 12:45: +28 points (+30 long run stack, -5 recovery before intensity, +3 week" in first


def test_what_the_prices_are_is_said_once_where_each_list_is() -> None:
    told = priced_page().text("main")
    assert told.count("Other days: what each would cost if only this session moves.") == 1
    assert told.count("what other days would cost if only that lift moves") == 1
    assert "if only th" not in page("half_marathon").text("main")


def test_only_days_that_are_open_are_marked() -> None:
    (first, *_) = priced_page().all("details", kind="others")
    opened = [text for attrs, text in priced_page().all("li", kind="open")]
    assert "Sun 12:45" in opened[0]
    assert "Mon:" in first[1]
    assert not [text for text in opened if "points" not in text and "as good" not in text]


def test_other_days_load_nothing_and_add_no_attribute_of_their_own() -> None:
    shown, before = priced_page(), page("half_marathon")
    assert {tag for tag, _ in shown.elements} == {tag for tag, _ in before.elements}
    ids = [attrs["id"] for _, attrs in shown.elements if "id" in attrs]
    assert ids == [attrs["id"] for _, attrs in before.elements if "id" in attrs]
    assert shown.text("style") == before.text("style")


def test_a_sentence_of_anybodys_stays_text_among_other_days() -> None:
    sessions = tuple(
        one.model_copy(update={"days": tuple(map(attacked, one.days))}) for one in priced().sessions
    )
    attack = priced().model_copy(update={"sessions": sessions})
    shown = Parsed(result_page(solved("half_marathon"), explanation=attack))
    assert {tag for tag, _ in shown.elements} == {tag for tag, _ in priced_page().elements}
    told = shown.text("details", kind="others")
    assert '<script>alert(1)</script>"><img src=x onerror=alert(2)>=cmd()| esrever' in told
    assert not {"\u202e", "\x00", "\r"} & set(told)
    values = [value for _, attrs in shown.elements for value in attrs.values()]
    assert not [value for value in values if "alert" in value]


def attacked(day: Any) -> Any:
    """A day whose rules and sentences are an attack."""
    ground = Ground(rule=NASTY, text=NASTY)
    update: dict[str, Any] = {"grounds": (ground,), "by_rule": {NASTY: 3}}
    return day.model_copy(update={"frozen": day.frozen.model_copy(update=update)})


# --- one file, the same each time, and safe --------------------------------------------------------------


@pytest.mark.parametrize("name", ["half_marathon", "impossible/lunch_break_too_short"])
def test_nothing_is_loaded_and_nothing_runs(name: str) -> None:
    shown = page(name)
    attributes = [(key, value) for _, attrs in shown.elements for key, value in attrs.items()]
    assert not [value for key, value in attributes if key == "href" and not value.startswith("#")]
    assert not {"src", "srcset", "style", "action", "onclick", "xlink:href"} & {key for key, _ in attributes}
    assert not {"script", "link", "iframe", "object", "form", "img"} & {tag for tag, _ in shown.elements}
    style = shown.text("style")
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_lets_in_the_style_of_the_page_and_nothing_else() -> None:
    policy = page().all("meta", **{"http-equiv": "Content-Security-Policy"})[0][0]["content"]
    ((_, style),) = page().all("style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_same_result_gives_the_same_page() -> None:
    assert result_page(solved()) == result_page(Result.model_validate(solved().model_dump()))


def test_without_seconds_the_page_does_not_change_from_run_to_run() -> None:
    slow = solved().run.model_copy(update={"seconds": {"solve": 77.7}})
    assert "77.7 s" in result_page(changed(solved(), run=slow))
    assert result_page(changed(solved(), run=slow), seconds=False) == result_page(solved(), seconds=False)


def test_what_people_write_adds_no_element() -> None:
    wanted = {tag for tag, _ in page("half_marathon").elements}
    assert {tag for tag, _ in hostile_page().elements} <= wanted | {"bdi", "section"}


def test_what_people_write_is_in_no_attribute() -> None:
    values = [value for _, attrs in hostile_page().elements for value in attrs.values()]
    assert not [value for value in values if "alert" in value or "xxxx" in value]


def test_what_people_write_is_shown_as_it_is_but_for_what_nobody_sees() -> None:
    heading = hostile_page().text("h1")
    assert heading.startswith('<script>alert(1)</script>"><img src=x onerror=alert(2)>=cmd()| esrever')
    assert not {"\u202e", "\x00", "\r"} & set(heading)


def test_names_are_kept_apart_from_the_direction_of_the_text_around_them() -> None:
    told = hostile_page().all("bdi")
    assert len([text for _, text in told if text.startswith("<script>")]) > 50


@pytest.mark.parametrize("name", ["half_marathon", "impossible/lunch_break_too_short"])
def test_every_reference_has_its_element_and_every_id_is_there_once(name: str) -> None:
    elements = page(name).elements
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    wanted = {
        *(attrs["href"].removeprefix("#") for _, attrs in elements if "href" in attrs),
        *(
            attrs[key]
            for _, attrs in elements
            for key in ("aria-labelledby", "popovertarget")
            if key in attrs
        ),
    }
    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


@pytest.mark.parametrize("name", ["half_marathon", "impossible/lunch_break_too_short"])
def test_every_table_has_a_caption_and_every_heading_of_it_a_scope(name: str) -> None:
    shown = page(name)
    assert len(shown.all("caption")) == len(shown.all("table")) > 0
    assert all(attrs.get("scope") for attrs, _ in shown.all("th"))
    assert shown.elements[0] == ("html", {"lang": "en"})


def test_a_chart_says_in_words_what_it_shows_and_takes_its_colours_from_the_page() -> None:
    charts = page("half_marathon").all("svg")
    assert [attrs["aria-label"] for attrs, _ in charts] == [
        "Distance from 38 to 70 km a week, sets from 7 to 28 a week.",
        "The least recovery before a key run is 36 h 45, on Thu 10 Sep 06:30.",
    ]
    drawn = {
        attrs[key]
        for _, attrs in page("half_marathon").elements
        for key in ("fill", "stroke")
        if key in attrs
    }
    assert drawn <= {
        "none",
        *(f"var(--{name})" for name in ("ink", "muted", "line", "run", "lift", "key", "full")),
    }


# --- the calendar ----------------------------------------------------------------------------------------


def items(calendar: Calendar) -> list[Item]:
    return [item for week in calendar.weeks for day in week.days for item in day.items]


def run(start: int, minutes: int = 60, *, key: bool = False, day: date = MONDAY) -> CalendarRun:
    return CalendarRun(date=day, start=start, minutes=minutes, type="easy", key=key, distance_km=None)


def lift(start: int, end: int, *, dose: float = 4, day: date = MONDAY) -> PlannedSession:
    return PlannedSession(
        id="w01-A", week=1, date=day, start=start, end=end, session="A", sets=9, lower_body_dose=dose
    )


def week() -> mc.PlannedWeek:
    return mc.PlannedWeek(
        week=1, start=MONDAY, distance_km=None, phase="base", set_factor=1, deload=False,
        sets=9, full_sets=9, minutes=40, sessions=1,
    )  # fmt: skip


def test_what_begins_later_stands_lower_and_the_first_on_top() -> None:
    runs = (run(390), run(1020, day=date(2026, 9, 8)))
    assert [(one.row, one.span) for one in items(run_calendar(MONDAY, [1], runs, "km"))] == [(1, 2), (22, 2)]


def test_things_of_one_half_hour_do_not_share_a_row() -> None:
    first, second = items(run_calendar(MONDAY, [1], (run(360, 10), run(372, 10)), "km"))
    assert second.row == first.row + first.span


def test_the_time_between_a_run_and_a_lift_is_told_between_them() -> None:
    shown = items(plan_calendar([week()], [lift(1020, 1060)], [run(390)], "km"))
    assert [(one.kind, one.detail) for one in shown] == [
        ("run", "60 min"),
        ("gap", "9 h 30"),
        ("lift", "40 min"),
    ]


def test_a_run_past_midnight_tells_its_end_and_goes_on_the_day_after() -> None:
    late, rest = items(run_calendar(MONDAY, [1], (run(1410, 120),), "km"))
    assert (late.date, late.time, late.detail, late.span) == (MONDAY, "23:30", "120 min, until 01:30", 1)
    assert (rest.date, rest.over_midnight, rest.detail) == (date(2026, 9, 8), True, "until 01:30")
    assert (rest.row, rest.span) == (1, 3)


def test_a_lift_past_midnight_goes_on_the_day_after_but_has_one_button() -> None:
    result = solved()
    plan = plan_of(result)
    late = plan.sessions[0].model_copy(update={"start": 1400, "end": 1460})
    bare = plan.model_copy(update={"sessions": (late,)})
    shown = Parsed(result_page(changed(result, plan=bare, runs=())))
    assert [" ".join(text.split()) for _, text in shown.all("div", kind="lift")] == [
        f"Still {late.session} until 00:20"
    ]
    assert len(shown.all("button", kind="lift")) == 1


def test_what_ends_at_midnight_is_over_then() -> None:
    (only,) = items(run_calendar(MONDAY, [1], (run(1380, 60),), "km"))
    assert (only.detail, only.span) == ("60 min", 2)


# --- recovery --------------------------------------------------------------------------------------------


def test_recovery_counts_from_the_end_of_the_last_lift_on_the_legs() -> None:
    sessions = (lift(600, 660), lift(1020, 1080, dose=0))
    (found,) = recoveries(sessions, (run(390, key=True, day=date(2026, 9, 8)),), MONDAY)
    assert (found.week, found.minutes, found.hours) == (1, 19 * 60 + 30, "19 h 30")


def test_a_key_run_before_the_first_lift_has_no_recovery_to_tell() -> None:
    (found,) = recoveries((lift(1020, 1080),), (run(390, key=True), run(400)), MONDAY)
    assert (found.lift, found.minutes, found.hours) == (None, None, "")
