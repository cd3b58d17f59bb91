"""The exact trade-off between strength and runs: the blocks that none beats in both."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from mesocycle.models.plan import Cost, Plan, Status
from mesocycle.models.training import Part


class FrontierPoint(Part):
    """A block that none beats: more leg sets cost more interference, and less interference costs leg sets."""

    leg_sets: int = Field(description="Planned sets that load the legs, in the whole block.")
    interference: int = Field(description="Points for standing in the way of runs and races.")
    objective: int = Field(description="All points; the least that a block with these two numbers can have.")
    plan: Plan
    costs: tuple[Cost, ...]


class Frontier(Part):
    """All the trade-offs of one scenario.

    Attributes
    ----------
    status : Status
        `optimal`: the points are proven, and there are no others. `feasible`: time was up; those found are
        proven, others with more leg sets may be missing. `infeasible`: no block exists. `unknown`: time was
        up before any point was proven.
    points : tuple of FrontierPoint
        By rising leg sets, and so by rising interference.
    """

    schema_version: int = 1
    name: str
    status: Status
    points: tuple[FrontierPoint, ...]

    def to_dict(self) -> dict[str, Any]:
        """The frontier as plain data."""
        return self.model_dump(mode="json")
