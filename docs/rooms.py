"""The rooms of the code and who imports whom, read from the code: the picture of docs/architecture.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "mesocycle"
# Told apart by their folder; what lies in no folder is a room by itself.
INSIDE = "solver"
LEFT_OUT = ("mesocycle", "mesocycle.__main__", "mesocycle.library")
HEAD = "```mermaid\nflowchart TD"


def room_of(module: str) -> str:
    """The room of a module: "solver.rules" for mesocycle.solver.rules.base."""
    _, *parts = module.split(".")
    return ".".join(parts[:2] if parts[:1] == [INSIDE] else parts[:1])


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    return {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def imported(tree: ast.AST, known: dict[str, Path]) -> Iterator[str]:
    """Modules of the package that a file imports when it runs; for types alone does not count."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module in known:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in known else node.module
        yield from imported(node, known)


def arrows() -> set[tuple[str, str]]:
    """Pairs of rooms of which the first imports the second."""
    known = modules()
    return {
        (room_of(name), room_of(other))
        for name, path in known.items()
        if name not in LEFT_OUT
        for other in imported(ast.parse(path.read_text(encoding="utf-8")), known)
        if other not in LEFT_OUT and room_of(name) != room_of(other)
    }


def without_detours(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs that no way over other rooms makes up for."""
    reached: dict[str, set[str]] = {}

    def below(room: str) -> set[str]:
        if room not in reached:
            reached[room] = set()
            for first, second in pairs:
                if first == room:
                    reached[room] |= {second} | below(second)
        return reached[room]

    rooms = {room for pair in pairs for room in pair}
    return {
        (first, second)
        for first, second in pairs
        if not any((first, middle) in pairs and second in below(middle) for middle in rooms - {second})
    }


def picture() -> str:
    """The rooms as a Mermaid flowchart: an arrow points at what a room imports, detours left out."""
    pairs = sorted(without_detours(arrows()))
    names = {room: room.replace(".", "_") for pair in pairs for room in pair}
    inside = [room for room in sorted(names) if room.startswith(f"{INSIDE}.")]
    lines = [
        HEAD,
        f"    subgraph {INSIDE}",
        *(f"        {names[room]}[{room[7:]}]" for room in inside),
        "    end",
    ]
    lines += [f"    {names[room]}[{room}]" for room in sorted(set(names) - set(inside))]
    lines += [f"    {names[first]} --> {names[second]}" for first, second in pairs]
    return "\n".join([*lines, "```"])
