"""The built-in programs for a terminal: a table of all, and a page of each."""

from __future__ import annotations

import difflib
import math
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.files.library import Program, equipment, exercises, overhead, programs
from mesocycle.models.sessions import Session, SessionExercise
from mesocycle.models.set_words import UNITS
from mesocycle.models.strength import Role

BY_PHASE = "by phase"
# What a runner's week should hold: the patterns of articles 003 and 004, and core work.
PATTERNS = ("squat", "hinge", "single_leg", "lunge", "calf", "push", "pull", "carry", "core")
COLUMNS = ("exercise", "sets", "reps", "load", "in reserve", "together")
Range = tuple[Fraction, Fraction]


def program_table() -> Table:
    """All programs, one line or two each."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name, style in (("program", "bold"), ("days", ""), ("minutes", "yellow"), ("about", "")):
        table.add_column(name, style=style, no_wrap=name != "about")
    for program in programs().values():
        times = [minutes(session) for session in program.sessions]
        span = _span(min(low for low, _ in times), max(high for _, high in times))
        days = str(len(program.sessions))
        table.add_row(program.id, days, span, Text(f"{program.name}. {program.about}"))
    return table


def program_page(program: Program) -> Group:
    """A program: its sessions, what a week of it holds and needs, its sources, and how to use it."""
    parts: list[RenderableType] = [Text(f"{program.id}: {program.name}", style="bold"), Text(program.about)]
    for session in program.sessions:
        parts += [Text(""), _head(session), Padding(_work(session), (0, 0, 0, 2))]
    if any(_reps(entry) == BY_PHASE for session in program.sessions for entry in session.exercises):
        parts += [Text(""), Text(f"{BY_PHASE}: repetitions, load and reserve follow the phase of the block.")]
    sets = weekly_sets(program)
    weekly = ", ".join(f"{_words(name)} {_span(*amount)}" for name, amount in sets.items())
    missing = [_words(name) for name in PATTERNS if name not in sets]
    facts = {
        "Sets a week": f"{weekly}. An exercise's own pattern counts one, others half.",
        "Not in it": ", ".join(missing),
        "Equipment": _equipment(program),
        "Notes": " ".join(program.notes),
        "Source": f"Article{'s' * (len(program.source) > 1)} {', '.join(program.source)}.",
        "In a scenario": f"strength: {{program: {program.id}}}",
    }
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, text in facts.items():
        if text:
            table.add_row(name, Text(text))
    return Group(*parts, Text(""), table)


def nearest_program(name: str) -> str:
    """Suggest a program for an unknown name."""
    near = difflib.get_close_matches(name, programs(), n=1)
    return f"did you mean `{near[0]}`?" if near else "`mesocycle programs` lists them all"


def minutes(session: Session) -> tuple[int, int]:
    """How long a session takes with its least and with its most sets, started minutes counted whole."""
    extra, library = overhead(), exercises()
    seconds = [Fraction(extra.warmup_s + extra.setup_s_per_exercise * len(session.exercises))] * 2
    for entry in session.exercises:
        share = Fraction(str(extra.superset_time_factor)) if entry.superset else Fraction(1)
        for at, count in enumerate(sets_of(entry)):
            seconds[at] += count * library[entry.exercise].seconds_per_set * share
    return math.ceil(seconds[0] / 60), math.ceil(seconds[1] / 60)


def sets_of(entry: SessionExercise) -> tuple[int, int]:
    """Least and most sets of an entry; the library's if it names none."""
    return entry.range or exercises()[entry.exercise].sets


def weekly_sets(program: Program) -> dict[str, Range]:
    """Least and most sets a week of each pattern: one for an exercise's own pattern, a half for others."""
    library = exercises()
    total: dict[str, Range] = dict.fromkeys(PATTERNS, (Fraction(0), Fraction(0)))
    for session in program.sessions:
        for entry in session.exercises:
            least, most = sets_of(entry)
            for at, pattern in enumerate(library[entry.exercise].counts_for):
                share = Fraction(1, 2) if at else Fraction(1)
                low, high = total.get(pattern, (Fraction(0), Fraction(0)))
                total[pattern] = low + share * least, high + share * most
    return {pattern: amount for pattern, amount in total.items() if amount[1]}


def needs(program: Program) -> frozenset[str]:
    """The fewest pieces of equipment that allow all its exercises, beside what is always there."""
    words = equipment()
    ways: list[frozenset[str]] = [frozenset()]
    for name in dict.fromkeys(entry.exercise for session in program.sessions for entry in session.exercises):
        choices = [frozenset(way) - set(words.always) for way in exercises()[name].equipment]
        ways = list(dict.fromkeys(way | choice for way in ways for choice in choices))
    # Of equals the equipment of more kits: a band rather than a cable machine.
    return min(ways, key=lambda way: (len(way), sum(len(way - set(kit)) for kit in words.kits.values())))


def _head(session: Session) -> Text:
    low, high = minutes(session)
    head = Text.assemble((session.name, "bold green"), f"  {_span(low, high)} min")
    if session.minutes is not None:
        head.append(f" as written, {session.minutes} at most")
        if high > session.minutes:
            head.append(": trimmed to fit")
    return head


def _work(session: Session) -> Table:
    rows = [_row(entry) for entry in session.exercises]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    # A column that would stay empty is left out.
    shown = [at for at in range(len(COLUMNS)) if any(row[at] for row in rows)]
    for at in shown:
        table.add_column(COLUMNS[at], no_wrap=at > 0)
    for row in rows:
        table.add_row(*(Text(row[at]) for at in shown))
    return table


def _row(entry: SessionExercise) -> tuple[str, ...]:
    mark = f"superset {entry.superset}" if entry.superset else ""
    return (
        exercises()[entry.exercise].name,
        _span(*sets_of(entry)),
        _reps(entry),
        "" if entry.load is None else f"{entry.load} %",
        "" if entry.rir is None else str(entry.rir),
        f"complex {entry.complex}" if entry.complex else mark,
    )


def _reps(entry: SessionExercise) -> str:
    """Repetitions with their unit; a main lift that leaves them out follows the phase."""
    exercise = exercises()[entry.exercise]
    if entry.reps is None and entry.load is None and exercise.role is Role.MAIN:
        return BY_PHASE
    return f"{entry.fixed_reps or exercise.reps}{UNITS[exercise.reps_unit]}"


def _span(low: Fraction | int, high: Fraction | int) -> str:
    return f"{float(low):g}" if low == high else f"{float(low):g}-{float(high):g}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _equipment(program: Program) -> str:
    needed = needs(program)
    kits = [f"`{name}`" for name, kit in equipment().kits.items() if needed <= set(kit)]
    return f"{', '.join(map(_words, sorted(needed)))}; {' or '.join(kits) or 'no kit'} will do."
