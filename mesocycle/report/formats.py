"""All formats that a result can be written in, by the name a command takes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mesocycle.exporting.formats import FORMATS, Format
from mesocycle.exporting.options import Options
from mesocycle.models.result import Result


def to_html(result: Result, _options: Options) -> str:
    """Write a result as a page."""
    from mesocycle.report.html.page import result_page  # what draws charts takes a while to load

    return result_page(result)


WRITERS: Mapping[str, Format] = MappingProxyType(
    {**FORMATS, "html": Format(to_html, ".html", needs_plan=False)}
)
