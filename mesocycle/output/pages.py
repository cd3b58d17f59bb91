"""The catalogue as text: a rule's page from its docstring, the index, the table of weights."""

from __future__ import annotations

from rich.table import Table

from mesocycle.solver.rules import CATALOGUE
from mesocycle.solver.rules.base import Rule


def strength_of(rule: Rule) -> str:
    """Whether a rule is hard or soft by default; a rule without a price is simply on."""
    hard = rule.parameters.model_fields.get("hard")
    return "on" if hard is None else "hard" if hard.default else "soft"


def points_of(rule: Rule) -> str:
    """The default points of a rule for one unit; empty where it has no price."""
    weight = rule.parameters.model_fields.get("weight")
    return "" if weight is None else str(weight.default)


def rule_page(rule: Rule) -> str:
    """One rule as Markdown."""
    title, _, body = rule.doc.strip().partition("\n")
    lines = [f"# {rule.id}", "", title, *_headings(body.splitlines()), "", "## Parameters", ""]
    lines += ["| parameter | default | meaning |", "|---|---|---|"]
    for name, info in rule.parameters.model_fields.items():
        lines.append(f"| {name} | {_default(info.default)} | {info.description or _generic(name, rule)} |")
    lines += ["", "## Where no block exists", "", rule.giving]
    return "\n".join(lines).rstrip() + "\n"


def _headings(lines: list[str]) -> list[str]:
    """Underlined headings become Markdown ones."""
    out: list[str] = []
    for line in lines:
        if line and set(line) == {"-"} and out:
            out[-1] = f"## {out[-1]}"
            out.append("")
        else:
            out.append(line)
    return out


def _default(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value == () else str(value)


def _generic(name: str, rule: Rule) -> str:
    if name == "hard":
        return "true: never broken; false: broken at a price"
    return f"points for each {rule.unit}" if name == "weight" else ""


def rule_index() -> str:
    """All rules with their default strength and price, as Markdown."""
    lines = [
        "# The rules",
        "",
        "Each rule can be set in the scenario under `rules`: its parameters, `hard: true` or `false`,",
        "`weight`, or `off`. Points are charged per unit where a rule is soft, and for the soft part of some",
        "hard rules.",
        "A rule without a price is on or off: it sizes sessions, or says something.",
        "How the weights were set: [the model](../model.md#prices).",
        "",
        "| rule | default | points | for each |",
        "|---|---|---|---|",
    ]
    for rule in CATALOGUE:
        lines.append(f"| [{rule.id}]({rule.id}.md) | {strength_of(rule)} | {points_of(rule)} | {rule.unit} |")
    lines += [
        "",
        "## What may give where no block exists",
        "",
        "Only what is hard can stand in the way. As a last resort any rule that may give becomes a wish,",
        "broken at its price. How changes are found and ranked: [How to read a conflict](../diagnosis.md).",
        "",
        "| rule | may give |",
        "|---|---|",
    ]
    for rule in CATALOGUE:
        why = rule.relaxation.locked
        lines.append(
            f"| {rule.id} | {f'never: {why}' if why else '; '.join(rule.ways) or 'as a wish only'} |"
        )
    return "\n".join(lines) + "\n"


def rule_table() -> Table:
    """All rules with their default strength and price, for a terminal."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name, style in (("rule", "bold"), ("default", ""), ("points", "yellow"), ("for each", "")):
        table.add_column(name, style=style, no_wrap=name != "for each")
    for rule in CATALOGUE:
        table.add_row(rule.id, strength_of(rule), points_of(rule), rule.unit)
    return table
