"""Writes what is generated from the code: rule pages, CLI reference, JSON Schema.

Run:  python docs/build.py           writes them
      python docs/build.py --check   says which are out of date, and exits 1 if any is
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from mesocycle import api
from mesocycle.cli import cli
from mesocycle.report import pages
from mesocycle.solver.rules import CATALOGUE

DOCS = Path(__file__).parent


def cli_reference() -> str:
    """Every command's help, as Markdown."""
    lines = [
        "# Commands",
        "",
        "`solve` alone is `mesocycle solve`. Generated from the commands' own help.",
        "",
    ]
    for name in ("", *sorted(cli.commands)):
        command = cli.commands[name] if name else cli
        title = f"mesocycle {name}".strip()
        context = click.Context(
            command, info_name=title, terminal_width=80, help_option_names=["-h", "--help"]
        )
        lines += [f"## {title}", "", "```text", command.get_help(context), "```", ""]
    return "\n".join(lines)


def generated() -> dict[Path, str]:
    """Content of every generated file."""
    schema = json.dumps(api.scenario_schema(), indent=2, ensure_ascii=False) + "\n"
    files = {
        DOCS / "cli.md": cli_reference(),
        DOCS / "scenario.schema.json": schema,
        DOCS / "rules" / "README.md": pages.rule_index(),
    }
    return files | {DOCS / "rules" / f"{rule.id}.md": pages.rule_page(rule) for rule in CATALOGUE}


def main() -> int:
    """Write or check."""
    files = generated()
    strays = set((DOCS / "rules").glob("*.md")) - set(files)
    if "--check" in sys.argv:
        stale = [
            path
            for path, text in files.items()
            if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
        for path in (*stale, *strays):
            print(f"out of date: {path.relative_to(DOCS.parent)}; run python docs/build.py")
        return 1 if stale or strays else 0
    (DOCS / "rules").mkdir(exist_ok=True)
    for path in strays:
        path.unlink()
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
