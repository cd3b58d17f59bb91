"""What a notebook and `print` show of a result: the plan, or why there is none; all of it escaped."""

from __future__ import annotations

import html
import re
from pathlib import Path

import mesocycle as mc
from mesocycle.models.diagnosis import Change

SCENARIOS = Path(__file__).parents[2] / "scenarios"

TINY = {
    "name": "<b>Mine</b>",
    "start": "2026-09-07",
    "weeks": 1,
    "runs": {"week": {"tue": {"type": "tempo", "start": "06:30", "minutes": 45}}},
    "athlete": {"availability": {"tue": ["17:00-21:00"]}},
    "strength": {"sessions_per_week": 2},
    "rules": {"sessions_per_week": "hard", "one_lift_per_day": "hard"},
}


def balanced(text: str) -> bool:
    """Return whether every tag is closed where it should be."""
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z]+)[^>]*>", text):
        if closing and (not open_tags or open_tags.pop() != name):
            return False
        if not closing and name != "br":
            open_tags.append(name)
    return not open_tags


def test_without_a_block_both_say_why_and_what_helps() -> None:
    result = mc.solve(mc.load_scenario(TINY))
    found = result.diagnosis
    assert found is not None
    assert found.repairs
    text, page = str(result), result._repr_html_()
    assert text.splitlines()[0].startswith("<b>Mine</b>: no block satisfies all the rules")
    assert text.count("satisfies all the rules") == 1
    assert "&lt;b&gt;Mine&lt;/b&gt;" in page
    assert "<b>" not in page
    assert balanced(page)
    for one in (rule for conflict in found.conflicts for rule in conflict.rules):
        assert one.text in text
        assert all(html.escape(part) in page for part in (one.text, one.source, *one.cases))
    for repair in found.repairs:
        assert repair.changes[0].text in text
        assert html.escape(repair.changes[0].text) in page
        assert f"{repair.objective} points" in page


def test_all_that_comes_from_the_runner_is_escaped() -> None:
    result = mc.solve(mc.load_scenario(TINY))
    found = result.diagnosis
    assert found is not None
    bad = "<script>x</script>"
    rule = (
        found.conflicts[0]
        .rules[0]
        .model_copy(update={"text": bad, "cases": (bad,), "place": bad, "source": bad})
    )
    conflict = found.conflicts[0].model_copy(update={"rules": (rule,), "alike": (3, 4)})
    change = Change(path="policy", before=None, to="auto", text=bad)
    repair = found.repairs[0].model_copy(
        update={"changes": (change, change), "lifts": bad, "objective": None, "verified": False}
    )
    update = {"conflicts": (conflict,), "repairs": (repair,), "hints": (bad,), "complete": False}
    told = result.model_copy(update={"name": bad, "diagnosis": found.model_copy(update=update)})
    page = told._repr_html_()
    assert "<script" not in page
    assert balanced(page)
    # Name, title, place, case, both changes, lifts and hint.
    assert page.count(html.escape(bad)) == 8
    assert "The same in weeks 3 and 4." in page
    assert "not planned in time" in page
    assert "Time was up before everything was tried." in page


def test_without_a_diagnosis_the_headline_is_all() -> None:
    result = mc.solve(mc.load_scenario(TINY), deadline=0)
    assert result.diagnosis is None
    assert str(result).count("\n") == 0
    assert result._repr_html_().count("<p>") == 1


def test_what_was_changed_before_planning_is_said() -> None:
    scenario = mc.load_scenario(TINY)
    repair = mc.diagnose(scenario).repairs[0]
    result = mc.solve(mc.with_repair(scenario, repair)).model_copy(update={"applied": repair.changes})
    assert str(result).splitlines()[1] == f"  changed: {repair.changes[0].text}"
    page = result._repr_html_()
    assert f"<p>Changed: {html.escape(repair.changes[0].text)}</p>" in page
    assert balanced(page)


def test_a_result_from_a_file_of_anybody_s_is_escaped_too() -> None:
    data = mc.solve(mc.load_scenario(TINY)).to_dict()
    data["repairs"][0]["name"] = "<script>alert(1)</script>"
    page = mc.Result.from_dict(data)._repr_html_()
    assert "<script" not in page
    assert html.escape("<script>alert(1)</script>") in page


def test_a_plan_shows_its_lifts_and_a_result_the_runs_too() -> None:
    result = mc.solve(mc.load_scenario(SCENARIOS / "half_marathon.yaml"))
    assert result.plan is not None
    first = result.plan.sessions[0]
    cell = f"<b>{first.session} {first.start_time:%H:%M}</b>"
    assert cell in result.plan._repr_html_()
    assert "intervals" not in result.plan._repr_html_()
    assert cell in result._repr_html_()
    assert "intervals" in result._repr_html_()


def test_a_scenario_reads_in_a_line_and_shows_its_week() -> None:
    scenario = mc.load_scenario(SCENARIOS / "half_marathon.yaml")
    assert str(scenario).startswith(f"{scenario.name}: {scenario.week_count} weeks from Mon ")
    page = scenario._repr_html_()
    assert page.count("<td>") == 7
    assert "intervals 06:30" in page
    hostile = scenario.model_copy(update={"name": "<script>"})
    assert "<script>" not in hostile._repr_html_()
