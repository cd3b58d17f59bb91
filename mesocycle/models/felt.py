"""How the runner feels: soreness by site, sleep and fatigue by day; events of a living block."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from mesocycle.models.clock import Day
from mesocycle.models.happening import Batch, Happening
from mesocycle.models.names import Name


def _site(value: object) -> object:
    """A site in one form, so that "Left Knee" and "left  knee" are the same."""
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


Site = Annotated[Name, BeforeValidator(_site), Field(min_length=1, max_length=40)]


class Soreness(Happening):
    """How sore a site is on a day; `level` goes from 0, not at all, to 10."""

    kind: Literal["soreness"] = "soreness"
    date: Day
    site: Site
    level: int = Field(ge=0, le=10)
    batch: Batch | None = None

    @property
    def key(self) -> str:
        """The day and the site."""
        return f"soreness {self.date} {self.site}"


class Wellness(Happening):
    """A night's sleep in hours, and fatigue from 0 to 10, as given; one of them at least."""

    kind: Literal["wellness"] = "wellness"
    date: Day
    sleep_hours: float | None = Field(None, ge=0, le=24)
    fatigue: int | None = Field(None, ge=0, le=10)
    batch: Batch | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Wellness:
        if self.sleep_hours is None and self.fatigue is None:
            raise ValueError("sleep or fatigue is given, or both")
        return self

    @property
    def key(self) -> str:
        """The day."""
        return f"wellness {self.date}"
