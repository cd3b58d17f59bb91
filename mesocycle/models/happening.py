"""What every event of a living block is: it has a kind, and a key under which one replaces another."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Any

from pydantic import Field

from mesocycle.models.training import Part

# Events that were recorded together, by the number of the first of them.
Batch = Annotated[int, Field(ge=1)]


class Happening(Part):
    """An event; `key` tells which event it replaces."""

    @property
    @abstractmethod
    def key(self) -> str:
        """What it is about."""

    def to_dict(self) -> dict[str, Any]:
        """The event as plain data; what is as usual is left out, but for its kind."""
        data = self.model_dump(mode="json", exclude_defaults=True)
        return {"kind": self.kind} | data  # type: ignore[attr-defined]
