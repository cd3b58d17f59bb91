"""The formats a block can be exported to, by the name a command takes; each is loaded when it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from mesocycle.models.result import Result

if TYPE_CHECKING:
    from mesocycle.models.explanation import Explanation


@dataclass(frozen=True)
class ExportOptions:
    """Choices for an exported file; each format uses those that it can.

    Attributes
    ----------
    stamp : datetime
        When the file is written, with its time zone; the later of two files counts.
    timezone : str
        The IANA name of the runner's time zone, such as "Europe/Berlin". Without it times are the same
        on the clock wherever the runner is.
    alarm_minutes : int or None
        Minutes before a lift at which the calendar reminds of it.
    runs : bool
        Whether the file holds the fixed runs too.
    explanation : Explanation or None
        Of the plan: cards then tell what other days would cost.
    """

    stamp: datetime
    timezone: str = ""
    alarm_minutes: int | None = None
    runs: bool = False
    explanation: Explanation | None = None


@dataclass(frozen=True)
class Format:
    """A way to write a block.

    Attributes
    ----------
    write : callable
        Makes the text of a result.
    ending : str
        The ending of file names; it means the first format that has it.
    needs_plan : bool
        Whether there is nothing to write without a plan.
    options : frozenset of str
        The `ExportOptions` that it uses.
    """

    write: Callable[[Result, ExportOptions], str]
    ending: str
    needs_plan: bool = True
    options: frozenset[str] = frozenset()


def to_json(result: Result, _options: ExportOptions) -> str:
    """Write the whole result as JSON, which `Result.from_dict` reads."""
    return json.dumps(result.to_dict(), indent=2, ensure_ascii=False) + "\n"


def _writer(module: str, function: str) -> Callable[[Result, ExportOptions], str]:
    """A writer of a module beside this one, which is loaded when something is written."""

    def write(result: Result, options: ExportOptions) -> str:
        found = getattr(import_module(f"mesocycle.output.{module}"), function)
        return str(found(result, options))

    return write


def to_html(result: Result, options: ExportOptions) -> str:
    """Write a result as a page."""
    from mesocycle.output.html import page

    return page.result_page(result, explanation=options.explanation)


EXPLAINED = frozenset({"explanation"})
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "json": Format(to_json, ".json", needs_plan=False),
        "ics": Format(
            _writer("ics", "to_ics"), ".ics", options=frozenset({"timezone", "alarm_minutes", "runs"})
        ),
        "csv": Format(_writer("csv", "to_csv"), ".csv"),
        "md": Format(_writer("markdown", "to_markdown"), ".md", needs_plan=False, options=EXPLAINED),
        "intervals": Format(_writer("intervals", "to_intervals"), ".json"),
        "html": Format(to_html, ".html", needs_plan=False, options=EXPLAINED),
    }
)
