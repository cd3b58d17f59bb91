"""`mesocycle programs`: the list, a page for each, and what a misspelt name gets."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from mesocycle.cli import cli
from mesocycle.files.library import equipment, exercises, programs
from mesocycle.models.sessions import Session
from mesocycle.output.programs import PATTERNS, minutes, needs, program_page, weekly_sets
from mesocycle.output.screen import as_text


def run(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(
        cli, arguments, prog_name="mesocycle", catch_exceptions=False, env={"COLUMNS": str(columns)}
    )


def lines(*arguments: str) -> list[str]:
    done = run(*arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    return [line.rstrip() for line in done.stdout.splitlines()]


def joined(found: list[str]) -> str:
    """Lines as one, so that no line break stands in the middle of what is looked for."""
    return re.sub(r"\s+", " ", " ".join(found))


def test_the_list_has_every_program_in_the_files_order() -> None:
    found = lines("programs")
    assert found[0].split() == ["program", "days", "minutes", "about"]
    assert [line.split()[0] for line in found[1:] if line[:1].strip()] == list(programs())
    assert any(re.match(r"runner_two_day +2 +31-45 +Runner, two days\. ", line) for line in found)


@pytest.mark.parametrize("name", programs())
def test_a_page_tells_all_of_a_program(name: str) -> None:
    program, page = programs()[name], lines("programs", name)
    assert page[0] == f"{name}: {program.name}"
    text = joined(page)
    assert program.about in text
    for note in program.notes:
        assert note in text
    for session in program.sessions:
        start = next(at for at, line in enumerate(page) if line.startswith(f"{session.name}  "))
        low, high = minutes(session)
        assert page[start].startswith(f"{session.name}  {low}-{high} min")
        table = page[start + 2 : start + 2 + len(session.exercises)]
        for entry, line in zip(session.exercises, table, strict=True):
            assert line.startswith(f"  {exercises()[entry.exercise].name}  ")
            assert ("superset" in line, "complex" in line) == (bool(entry.superset), bool(entry.complex))
            assert (f" {entry.load} %" in line) == (entry.load is not None)
    assert ", ".join(program.source) in text
    assert f"strength: {{program: {name}}}" in text
    assert ("by phase: repetitions" in text) == any(" by phase" in line for line in page)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("name", ["", *programs()])
def test_nothing_is_wider_than_the_screen_or_cut_off(name: str, columns: int) -> None:
    done = run("programs", *([name] if name else []), columns=columns)
    assert all(len(line) <= columns for line in done.stdout.splitlines())
    assert "…" not in done.stdout
    assert "\x1b" not in done.stdout  # in a pipe without colours


def test_units_and_marks_are_words() -> None:
    page = lines("programs", "heavy_and_complex")
    for row in (
        r"  Trap bar jump +3 +3 +60 %",
        r"  Bench press +3-4 +7 +superset A",
        r"  Back squat +3-5 +2 +85 % +complex A",
        r"  Single-leg bound +3-5 +5 each side +complex B",
        r"  Sled push +5 +10 m",
    ):
        assert any(re.fullmatch(row, line) for line in page), row
    assert any(
        re.fullmatch(r"  Front plank +2-3 +40 s", line) for line in lines("programs", "full_body_hour")
    )
    home = lines("programs", "home_two_day")
    assert any(re.fullmatch(r"  Suitcase carry +1-3 +30 s each side", line) for line in home)
    assert any(re.fullmatch(r"  Goblet squat +2-3 +by phase", line) for line in home)


def test_minutes_are_those_of_the_articles_sessions() -> None:
    # Article 001's sessions take 65 to 70 and 71 to 97 minutes; supersets save two fifths of their sets.
    found = [minutes(session) for session in programs()["heavy_and_complex"].sessions]
    for (low, high), (least, most) in zip(found, ((65, 70), (71, 97)), strict=True):
        assert abs(low - least) <= 1
        assert abs(high - most) <= 1
    pair = ("bench_press", "chin_up")
    apart = Session.model_validate({"name": "A", "exercises": [{"exercise": one} for one in pair]})
    together = Session.model_validate(
        {"name": "A", "exercises": [{"exercise": one, "superset": "x"} for one in pair]}
    )
    # 2 to 4 sets of 110 s each, 75 s to set up each, 480 s to warm up.
    assert minutes(apart) == (18, 26)
    assert minutes(together) == (15, 20)


def test_a_session_that_does_not_fit_its_time_says_so() -> None:
    text = joined(lines("programs", "thirty_minutes"))
    assert text.count("min as written, 30 at most: trimmed to fit") == 2
    (short,) = programs()["runner_two_day"].sessions[:1]
    program = programs()["runner_two_day"].model_copy(
        update={"sessions": (short.model_copy(update={"minutes": 60}),)}
    )
    page = as_text(lambda console: console.print(program_page(program)))
    assert "\nA  33-45 min as written, 60 at most\n" in page


def test_what_a_week_holds_and_lacks() -> None:
    sets = weekly_sets(programs()["runner_two_day"])
    assert list(sets) == list(PATTERNS)  # all of them
    assert {name: float(most) for name, (_, most) in sets.items()} == {
        "squat": 4.5,
        "hinge": 6,
        "single_leg": 6,
        "lunge": 1.5,
        "calf": 6,
        "push": 2,
        "pull": 2,
        "carry": 3,
        "core": 4.5,
    }
    assert "Not in it" not in joined(lines("programs", "runner_two_day"))
    assert "Not in it push, pull, carry Equipment" in joined(lines("programs", "two_easy_days"))


def test_what_is_needed_is_little_and_enough() -> None:
    assert needs(programs()["home_two_day"]) == {"bench", "dumbbell", "loop_band"}
    assert "`gym` or `home` will do" in joined(lines("programs", "home_two_day"))
    assert "; `gym` will do" in joined(lines("programs", "heavy_and_complex"))
    for program in programs().values():
        kit = needs(program) | set(equipment().always)
        for entry in (entry for session in program.sessions for entry in session.exercises):
            assert any(set(way) <= kit for way in exercises()[entry.exercise].equipment)


def test_an_unknown_program_gets_the_nearest_name() -> None:
    done = run("programs", "runner_two_days")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no program runner_two_days; did you mean `runner_two_day`?" in done.stderr
    assert "lists them all" in run("programs", "zzz").stderr


def test_on_a_terminal_there_are_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1mrunner_two_day: Runner, two days\x1b[0m" in run("programs", "runner_two_day").stdout
