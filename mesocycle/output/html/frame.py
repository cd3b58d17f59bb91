"""What all pages share: their templates, their style, and a policy that lets in nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mesocycle.files.safe_text import visible
from mesocycle.models.names import hidden_character
from mesocycle.output.html.calendar import Calendar


@cache
def environment() -> Environment:
    """What renders the templates: everything that is not markup is escaped."""
    return Environment(
        loader=PackageLoader("mesocycle.output.html"),
        autoescape=True,
        finalize=_visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _visible(value: Any) -> Any:
    """Leave out of texts what cannot be seen, such as a character that turns them around."""
    return visible(value) if type(value) is str and hidden_character(value) else value


def frame(calendars: Iterable[Calendar], *sheets: str) -> dict[str, Any]:
    """The style of a page, with these sheets beside the one of all pages, and a policy for nothing else."""
    style = _style(calendars, ("style.css", *sheets))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return {"style": Markup(style), "policy": policy}


def _style(calendars: Iterable[Calendar], sheets: Iterable[str]) -> str:
    """The style sheet, and a class for each place in the day: the policy forbids styles at the elements."""
    shown = list(calendars)
    items = [i for calendar in shown for week in calendar.weeks for day in week.days for i in day.items]
    source = "".join(map(_sheet, sheets))
    rules = [
        *(f".row-{row}{{--row:{row}}}" for row in sorted({item.row for item in items})),
        *(f".span-{span}{{--span:{span}}}" for span in sorted({item.span for item in items})),
        *(f".rows-{rows}{{--rows:{rows}}}" for rows in sorted({calendar.rows for calendar in shown})),
        *(f".noon-{noon}{{--noon:{noon}}}" for noon in sorted({c.noon for c in shown if c.noon > 1})),
    ]
    return source + "\n".join(rules) + "\n"


def _sheet(name: str) -> str:
    templates = environment()
    source, *_ = templates.loader.get_source(templates, name)  # type: ignore[union-attr]
    return source
