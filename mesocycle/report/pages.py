"""The catalogue as text: a rule's page from its docstring, the index, the table of weights."""

from __future__ import annotations

from mesocycle.solver.rules import CATALOGUE
from mesocycle.solver.rules.base import Rule
from mesocycle.solver.rules.weights import WEIGHTS


def strength_of(rule: Rule) -> str:
    """Whether a rule is hard or soft by default."""
    return "hard" if rule.parameters.model_fields["hard"].default else "soft"


def rule_page(rule: Rule) -> str:
    """One rule as Markdown."""
    title, _, body = rule.doc.strip().partition("\n")
    lines = [f"# {rule.id}", "", title, *_headings(body.splitlines()), "", "## Parameters", ""]
    lines += ["| parameter | default | meaning |", "|---|---|---|"]
    for name, info in rule.parameters.model_fields.items():
        lines.append(f"| {name} | {_default(info.default)} | {info.description or _generic(name, rule)} |")
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
    return f"points for each {WEIGHTS[rule.id].unit}" if name == "weight" else ""


def rule_index() -> str:
    """All rules with their default strength and price, as Markdown."""
    lines = [
        "# The rules",
        "",
        "Each rule can be set in the scenario under `rules`: its parameters, `hard: true` or `false`,",
        "`weight`, or `off`. Points are charged per unit where a rule is soft, and for the soft part of some",
        "hard rules.",
        "How the weights were set is told in `mesocycle/solver/rules/weights.py`.",
        "",
        "| rule | default | points | for each |",
        "|---|---|---|---|",
    ]
    for rule in CATALOGUE:
        points, unit = WEIGHTS[rule.id]
        lines.append(f"| [{rule.id}]({rule.id}.md) | {strength_of(rule)} | {points} | {unit} |")
    return "\n".join(lines) + "\n"
