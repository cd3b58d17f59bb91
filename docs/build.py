"""Writes what is generated: the library as JSON, rule pages, CLI reference, JSON Schema, parts of a guide.

Run:  python docs/build.py           writes them
      python docs/build.py --check   says which are out of date, and exits 1 if any is
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import click
import rooms
import told
from click.testing import CliRunner

from mesocycle import api
from mesocycle.cli import cli
from mesocycle.files import library
from mesocycle.output import pages
from mesocycle.solver.diagnose import content, relaxations, windows
from mesocycle.solver.rules import CATALOGUE

DOCS = Path(__file__).parent
LIBRARY = DOCS.parent / "mesocycle" / "library"
IMPOSSIBLE = "scenarios/impossible/evenings_before_key_runs.yaml"
MARATHON = "scenarios/marathon_16.yaml"
# What a runner changes in it: another day without a gym, and a heavier squat.
CHANGES = (("2027-02-12..2027-02-14", '2027-02-25", "2027-02-12..2027-02-14'), ("squat: 110", "squat: 115"))

EXPLAINED = ("scenarios/half_marathon.yaml", "--session", "w03-A")


def cli_reference() -> str:
    """Every command's help, as Markdown."""
    lines = [
        "# Commands",
        "",
        "`solve` alone is `mesocycle solve`. Generated from the commands' own help.",
        "",
    ]
    for title, command in _commands("mesocycle", cli):
        context = click.Context(
            command, info_name=title, terminal_width=80, help_option_names=["-h", "--help"]
        )
        lines += [f"## {title}", "", "```text", command.get_help(context), "```", ""]
    return "\n".join(lines)


def _commands(title: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """A command under its full name, and those of its group."""
    yield title, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _commands(f"{title} {name}", command.commands[name])


def example() -> str:
    """What a runner reads about a scenario without a block, from the command itself."""
    root = DOCS.parent
    with contextlib.chdir(root):
        done = CliRunner().invoke(cli, ["solve", IMPOSSIBLE, "--deadline", "600"], env={"COLUMNS": "90"})
    if done.exit_code != 3:
        raise SystemExit(f"{IMPOSSIBLE} no longer shows a conflict: {done.output}")
    # Seconds differ from run to run, and notes are not about the conflict.
    told = [part for part in done.stdout.split("\n\n")[1:] if not part.startswith("·")]
    return "\n".join(["```text", "\n\n".join(told).strip(), "```"])


def what_changed() -> str:
    """What `diff` tells of a plan and the changed scenario, from the command itself."""
    text = (DOCS.parent / MARATHON).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        plan, changed = Path(folder) / "plan.json", Path(folder) / "scenario.yaml"
        changed.write_text(text, encoding="utf-8")
        planned = CliRunner().invoke(cli, ["solve", str(changed), "-o", str(plan)])
        for old, new in CHANGES:
            text = text.replace(old, new)
        changed.write_text(text, encoding="utf-8")
        done = CliRunner().invoke(cli, ["diff", str(plan), str(changed)], env={"COLUMNS": "90"})
    if planned.exit_code != 0 or done.exit_code != 0:
        raise SystemExit(f"{MARATHON} has no block any more: {planned.output}{done.output}")
    return "\n".join(["```text", done.stdout.strip(), "```"])


def explained() -> str:
    """What `explain` tells of a session, from the command itself."""
    with contextlib.chdir(DOCS.parent):
        done = CliRunner().invoke(cli, ["explain", *EXPLAINED], env={"COLUMNS": "100"})
    if done.exit_code != 0:
        raise SystemExit(f"{EXPLAINED} cannot be explained any more: {done.output}")
    return "\n".join(["```text", done.stdout.strip(), "```"])


def printed(name: str) -> str:
    """A block of an example scenario on one screen, from the command itself."""
    with contextlib.chdir(DOCS.parent):
        call = ["solve", f"scenarios/{name}.yaml", "--short"]
        done = CliRunner().invoke(cli, call, env={"COLUMNS": "90"})
    if done.exit_code != 0:
        raise SystemExit(f"scenarios/{name}.yaml has no block any more: {done.output}")
    # Seconds differ from run to run.
    text = re.sub(r" in \d+\.\d s", "", done.stdout)
    return "\n".join(["```text", text.strip(), "```"])


def steps() -> str:
    """The steps that repairs are ranked by."""
    prices = [give.price for rule in CATALOGUE for give in rule.relaxation.gives]
    lighter = content.LIGHTER_STEPS
    rows = [
        ("a free window, each quarter of an hour earlier or later", "1; 1 more for a weekday than a date"),
        ("a number of a rule, each step", f"{min(prices)} to {max(prices)}"),
        ("a lift fewer a week", f"{content.LIFT_STEPS}; {content.NO_LIFT_STEPS} more if none is left"),
        ("the policy", f"{relaxations.POLICY_STEPS}"),
        ("a smaller version of a session", f"{lighter} to {lighter + 2}"),
        ("a free window on a day without one", f"{windows.NEW_WINDOW_STEPS} or more"),
        ("a lift on a rest day, or on a day too tired for one", f"{relaxations.REST_DAY_STEPS}"),
        ("a whole rule as a wish, broken at its price", f"{relaxations.SOFT_STEPS}"),
    ]
    return "\n".join(["| change | steps |", "|---|---|", *(f"| {what} | {count} |" for what, count in rows)])


def never() -> str:
    """The rules that never give, and why."""
    return "\n".join(
        f"- [{rule.id}](rules/{rule.id}.md): {rule.relaxation.locked}"
        for rule in CATALOGUE
        if rule.relaxation.locked
    )


def filled(path: Path, parts: Mapping[str, Callable[[], str]]) -> str:
    """A page with its generated parts, which stand between comments."""
    text = path.read_text(encoding="utf-8")
    for name, part in parts.items():
        pieces = re.split(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- end -->)", text, flags=re.DOTALL)
        if len(pieces) != 4:
            raise SystemExit(f"{path} has {len(pieces) // 3} places for {name}")
        before, start, end, after = pieces
        text = f"{before}{start}\n{part()}\n\n{end}{after}"
    return text


def library_files() -> dict[Path, str]:
    """The library in the form that is read; all else is generated from what was read."""
    return {LIBRARY / f"{name}.json": library.made_json(name) for name in library.FILES}


def generated() -> dict[Path, str]:
    """Content of every other generated file."""
    schema = json.dumps(api.scenario_schema(), indent=2, ensure_ascii=False) + "\n"
    files = {
        DOCS / "cli.md": cli_reference(),
        DOCS / "scenario.schema.json": schema,
        DOCS / "architecture.md": filled(DOCS / "architecture.md", {"rooms": rooms.picture}),
        DOCS / "diagnosis.md": filled(
            DOCS / "diagnosis.md", {"example": example, "steps": steps, "never": never}
        ),
        DOCS / "living.md": filled(DOCS / "living.md", {"lived": told.week, "feed": told.feed}),
        DOCS / "explain.md": filled(DOCS / "explain.md", {"explained": explained}),
        DOCS / "compare.md": filled(DOCS / "compare.md", {"diff": what_changed}),
        DOCS / "rules" / "README.md": pages.rule_index(),
    }
    for page in sorted((DOCS / "blocks").glob("*.md")):
        files[page] = filled(page, {"block": partial(printed, page.stem)})
    files |= {DOCS / "seasons" / f"{path.stem}.md": told.page(path) for path in told.SEASONS}
    return files | {DOCS / "rules" / f"{rule.id}.md": pages.rule_page(rule) for rule in CATALOGUE}


def outdated(files: dict[Path, str], write: bool) -> list[Path]:
    """Files that do not hold what is generated, which is written if that is asked."""
    found = [
        path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if write:
        for path in found:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
    return found


def main() -> int:
    """Write or check."""
    write = "--check" not in sys.argv
    stale = outdated(library_files(), write)
    files = generated()
    stale += outdated(files, write)
    strays = set((DOCS / "rules").glob("*.md")) - set(files)
    if write:
        for path in strays:
            path.unlink()
        return 0
    for path in (*stale, *strays):
        print(f"out of date: {path.relative_to(DOCS.parent)}; run python docs/build.py")
    return 1 if stale or strays else 0


if __name__ == "__main__":
    sys.exit(main())
