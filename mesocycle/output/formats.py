"""The formats a block can be exported to, by the name a command takes; each is loaded when it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mesocycle.models.result import Result
from mesocycle.output.options import Options


@dataclass(frozen=True)
class Format:
    """One way to write a block down.

    Attributes
    ----------
    write : callable
        Makes the text of a result.
    ending : str
        What names of such files end in; the first format with an ending is meant by it.
    needs_plan : bool
        Whether there is nothing to write without a plan.
    heeds : frozenset of str
        The `Options` that make a difference to it.
    """

    write: Callable[[Result, Options], str]
    ending: str
    needs_plan: bool = True
    heeds: frozenset[str] = frozenset()


def to_json(result: Result, _options: Options) -> str:
    """Write the whole result as JSON, which `Result.from_dict` reads."""
    return json.dumps(result.to_dict(), indent=2, ensure_ascii=False) + "\n"


def to_ics(result: Result, options: Options) -> str:
    """Write a block as a calendar file."""
    from mesocycle.output import ics

    return ics.to_ics(result, options)


def to_csv(result: Result, options: Options) -> str:
    """Write a block as a table for spreadsheets."""
    from mesocycle.output import csv

    return csv.to_csv(result, options)


def to_markdown(result: Result, options: Options) -> str:
    """Write a result as text for a training log."""
    from mesocycle.output import markdown

    return markdown.to_markdown(result, options)


def to_intervals(result: Result, options: Options) -> str:
    """Write a block as the events of intervals.icu."""
    from mesocycle.output import intervals

    return intervals.to_intervals(result, options)


def to_html(result: Result, _options: Options) -> str:
    """Write a result as a page."""
    from mesocycle.output.html import page

    return page.result_page(result)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "json": Format(to_json, ".json", needs_plan=False),
        "ics": Format(to_ics, ".ics", heeds=frozenset({"timezone", "alarm_minutes", "runs"})),
        "csv": Format(to_csv, ".csv"),
        "md": Format(to_markdown, ".md", needs_plan=False),
        "intervals": Format(to_intervals, ".json"),
        "html": Format(to_html, ".html", needs_plan=False),
    }
)
