"""Rows of small bars: one mark a week, fit for a terminal's 80 columns and a phone's 40."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

BARS = "▁▂▃▄▅▆▇█"
NOTHING = "·"
CUT = "…"
LABEL, PHONE_LABEL = 24, 14
# Below so many columns labels are narrow.
NARROW = 60


def spark(values: Sequence[float | None], low: float | None = None, high: float | None = None) -> str:
    """One bar for each value, from the least to the most of them, or between two given ones.

    Parameters
    ----------
    values : sequence of float or None
        None where nothing is known.
    low, high : float, optional
        What the lowest and the highest bar stand for.
    """
    known = [value for value in values if value is not None]
    if not known:
        return NOTHING * len(values)
    least = min(known) if low is None else low
    most = max(known) if high is None else high
    return "".join(NOTHING if value is None else _bar(value, least, most) for value in values)


def _bar(value: float, least: float, most: float) -> str:
    if most <= least:
        return BARS[len(BARS) // 2 - 1]
    share = (value - least) / (most - least)
    return BARS[min(max(round(share * (len(BARS) - 1)), 0), len(BARS) - 1)]


def show_row(console: Console, label: str, bars: str, told: str) -> None:
    """Print a label, its bars and what they come to; on two lines where one is too narrow."""
    for line in row(label, bars, told, console.width):
        console.print(Padding(Text(line), (0, 0, 0, 2)))


def row(label: str, bars: str, told: str, width: int) -> Iterator[str]:
    """The lines of a row; bars that do not fit lose the oldest weeks, which a sign says."""
    column = PHONE_LABEL if width < NARROW else LABEL
    line = f"{label:<{column}} {bars}  {told}".rstrip()
    if len(label) <= column and len(line) <= width - 2:
        yield line
        return
    yield f"{label}: {told}" if told else label
    room = width - 4
    yield f"  {bars if len(bars) <= room else CUT + bars[len(bars) - room + 1 :]}"
