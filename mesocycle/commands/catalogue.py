"""The small commands, about what comes with Mesocycle, and `init`."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import click
from rich.text import Text

from mesocycle.commands.calls import text_or_json
from mesocycle.files.library import exercises as library
from mesocycle.files.library import programs as built_in
from mesocycle.files.library import schemes as built_in_schemes
from mesocycle.files.safe_text import shown
from mesocycle.files.writing import write_whole
from mesocycle.models.clock import monday_of
from mesocycle.models.exercise_names import did_you_mean
from mesocycle.models.names import nearest
from mesocycle.output import pages
from mesocycle.output.exercises import as_json, exercise_page, exercise_table, matching
from mesocycle.output.programs import nearest_program, program_page, program_table
from mesocycle.output.schemes import scheme_page, scheme_table
from mesocycle.output.screen import Screen
from mesocycle.solver.rules import BY_ID
from mesocycle.solver.rules.settings import nearest_rule, scenario_schema


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("scenario.yaml"))
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
def init(file: Path, force: bool) -> None:
    """Write a commented starter scenario to FILE (scenario.yaml)."""
    if file.exists() and not force:
        raise click.UsageError(f"{file} exists; choose another name, or --force to overwrite it")
    starter = resources.files("mesocycle").joinpath("library/starter.yaml").read_text(encoding="utf-8")
    monday = monday_of(date.today() + timedelta(days=6))
    write_whole(file, starter.replace("2026-09-07", monday.isoformat()))
    click.echo(f"Wrote {file}. Put your own runs in, then: mesocycle solve {file}")


@click.command()
@click.argument("rule", required=False, metavar="[ID]")
def rules(rule: str | None) -> None:
    """Print the rule catalogue, or the page of one rule by its ID."""
    console = Screen()
    if rule is None:
        console.print(pages.rule_table())
        return
    if rule not in BY_ID:
        raise click.UsageError(f"there is no rule {rule}; {nearest_rule(rule)}")
    page = pages.rule_page(BY_ID[rule])
    if not console.is_terminal:
        console.print(Text(page, end=""), soft_wrap=True)
        return
    from rich.markdown import Markdown  # needed on a terminal alone, and slow to load

    console.print(Markdown(page), soft_wrap=True)


@click.command()
@click.argument("program", required=False, metavar="[ID]")
def programs(program: str | None) -> None:
    """Print the built-in programs, or the page of one by its ID."""
    if program is not None and program not in built_in():
        raise click.UsageError(f"there is no program {program}; {nearest_program(program)}")
    Screen().print(program_table() if program is None else program_page(built_in()[program]))


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]")
@text_or_json("A table or a page for people, or all facts for programs.")
def exercises(words: tuple[str, ...], form: str) -> None:
    """Print the library's exercises, those that a WORD means, or all about one.

    WORD is a movement, a muscle, a piece of equipment, a part of a name, or the name of one exercise,
    as people call it: squat, hamstrings, kettlebell, "pull-up", RDL.
    """
    word = " ".join(words)
    found = matching(word) if word.strip() else tuple(library().values())
    if not found:
        raise click.UsageError(f"no exercise has to do with {shown(word)}; {did_you_mean(word, library())}")
    if form == "json":
        click.echo(json.dumps(as_json(found), indent=2, ensure_ascii=False))
        return
    Screen().print(exercise_page(found[0]) if len(found) == 1 else exercise_table(found))


@click.command()
@click.argument("scheme", required=False, metavar="[NAME]")
def schemes(scheme: str | None) -> None:
    """Print the built-in schemes, or the page of one by its NAME."""
    if scheme is not None and scheme not in built_in_schemes():
        raise click.UsageError(f"there is no scheme {scheme}; {nearest(scheme, built_in_schemes())}")
    Screen().print(scheme_table() if scheme is None else scheme_page(scheme))


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead.")
def schema(output: Path | None) -> None:
    """Print the JSON Schema of the scenario file, for editors."""
    text = json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text)
