"""The built-in schemes for a terminal: a table of all, and a page of each."""

from __future__ import annotations

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.files.library import schemes
from mesocycle.models.numbers import number_word
from mesocycle.models.schemes import Scheme, WrittenSet
from mesocycle.output.words import OPEN_SETS

LIGHTER = "lighter weeks"


def scheme_table() -> Table:
    """All schemes, one line or two each."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name, style in (("scheme", "bold"), ("lines", ""), ("about", "")):
        table.add_column(name, style=style, no_wrap=name != "about")
    for name, scheme in schemes().items():
        table.add_row(name, str(len(scheme.lines)), Text(scheme.about))
    return table


def scheme_page(name: str) -> Group:
    """A scheme: its lines, what they go by and how that grows, its sources, and how to use it."""
    scheme = schemes()[name]
    lines = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    lines.add_column(style="dim", no_wrap=True)
    lines.add_column()
    for number, line in enumerate(scheme.lines, start=1):
        lines.add_row(f"line {number}", _sets(line))
    if scheme.lighter:
        lines.add_row(LIGHTER, _sets(scheme.lighter))
    facts = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    facts.add_column(style="bold", no_wrap=True)
    facts.add_column()
    for word, text in _facts(name, scheme).items():
        if text:
            facts.add_row(word, Text(text))
    about = [Text(name, style="bold"), Text(scheme.about), Text("")]
    return Group(*about, Padding(lines, (0, 0, 0, 2)), Text(""), facts)


def _sets(line: tuple[WrittenSet, ...]) -> Text:
    return Text(", ".join(map(str, line)))


def _facts(name: str, scheme: Scheme) -> dict[str, str]:
    every = [one for line in (*scheme.lines, scheme.lighter) for one in line]
    next_line = "each time the exercise is due" if scheme.advance == "exposure" else "each week"
    return {
        "%": _share(scheme) if any(one.percent is not None for one in every) else "",
        "Next line": next_line if len(scheme.lines) > 1 else "",
        "Grows": _growth(scheme),
        "Sets": OPEN_SETS if any(one.or_more for one in every) else "",
        "Mind": scheme.cue,
        "Source": f"{'; '.join(scheme.source)}.",
        "In a scenario": f"{{exercise: back_squat, scheme: {name}}}",
    }


def _share(scheme: Scheme) -> str:
    """What the percentages of its sets are of."""
    if scheme.grow is None:
        return "of the most that you could lift once in that week"
    return f"of a training max: {scheme.of:g} % of what your record says you can lift once"


def _growth(scheme: Scheme) -> str:
    grow, count = scheme.grow, len(scheme.lines)
    if grow is None:
        return "with your strength, week by week"
    times = "each time" if count == 1 else f"after every {number_word(count)} lines"
    return f"the training max by {grow.legs} for legs and {grow.upper} for the upper body, {times}"
