"""Targets: a set that a runner wants to lift by a day."""

from __future__ import annotations

from pydantic import Field

from mesocycle.models.clock import Day
from mesocycle.models.strength import RecordText
from mesocycle.models.training import Part


class Target(Part):
    """What a runner wants to lift, and by when."""

    set: RecordText = Field(description="What you want to lift: 100 kg x 5, or 120 kg once.")
    by: Day = Field(description="The day by which you want to.")
