"""How well titles are read: types, key runs, lengths and flags by class and language, held-out rows apart.

    python benchmarks/title_corpus.py [--wrong]

With --wrong it prints each row of the working part that was misread, beside what is right.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "importing"))

from corpus_rows import Compared, compared, figures, rows

WIDTHS = (8, 10, 8, 9, 8, 10)
HEADS = ("types", "key prec", "recall", "lengths", "ambig.", "flags ok")


def show(name: str, found: list[Compared]) -> None:
    """Print the figures of some rows, in percent."""
    one = figures(found)
    shares = (
        one.types,
        one.key_precision,
        one.key_recall,
        one.lengths,
        one.ambiguous_flagged,
        one.flags_right,
    )
    cells = (f"{100 * value:>{width}.1f}" for value, width in zip(shares, WIDTHS, strict=True))
    print(f"{name:20}{one.rows:>5}{''.join(cells)} of {one.flags}")


def by(found: list[Compared], key: Callable[[Compared], str]) -> None:
    """Print the figures of each group."""
    for name in sorted({key(one) for one in found}):
        show(name, [one for one in found if key(one) == name])


def wrong(one: Compared) -> None:
    """Print a row beside what was read of it."""
    print(
        f"{'? ' if one.row.ambiguous else ''}{one.row.group}: {one.row.event.title!r} {one.row.event.text!r}"
    )
    for wanted in one.row.expected:
        print(f"    right: {wanted.kind} {wanted.metres} m {wanted.minutes} min {wanted.half}")
    for read in one.read:
        print(f"    read:  {read.kind} {read.metres} m {read.minutes} min {read.half} {read.confidence:.2f}")


def main() -> None:
    """Print all figures."""
    every = [compared(row) for row in rows()]
    for held_out in (False, True):
        part = [one for one in every if one.row.held_out is held_out]
        heads = (f"{head:>{width}}" for head, width in zip(HEADS, WIDTHS, strict=True))
        print(f"\n{'held out' if held_out else 'working part':20}{'rows':>5}{''.join(heads)}")
        by(part, lambda one: one.row.group)
        by(part, lambda one: one.row.language)
        show("all", part)
    if "--wrong" in sys.argv[1:]:
        for one in every:
            if not one.row.held_out and not (one.types_right and all(one.lengths)):
                wrong(one)


if __name__ == "__main__":
    main()
