"""The outcome of a variant: numbers, and the whole result packed."""

from __future__ import annotations

import json
import zlib
from enum import StrEnum
from typing import Any

from pydantic import Field

from mesocycle.models.clock import DAY_NAMES, TimeOfDay, format_time
from mesocycle.models.difference import Move
from mesocycle.models.result import Result
from mesocycle.models.training import Part

# A packed result is a few kilobytes; nothing of ours unpacks to more than this.
MOST_UNPACKED = 64_000_000


class RowStatus(StrEnum):
    """How a variant ended: as a solve does, or without one."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"
    ERROR = "error"
    FAILED = "failed"
    SKIPPED = "skipped"


class Judgement(Part):
    """A block under the rules of its base.

    Attributes
    ----------
    points : dict of str to int
        By rule; empty where it is not defined.
    breaks : tuple of str
        Hard rules of the base that it does not keep.
    undefined : str
        Why the base's rules cannot judge it, such as "other runs"; empty if they can.
    """

    points: dict[str, int] = Field(default_factory=dict)
    breaks: tuple[str, ...] = ()
    undefined: str = ""


class UsualLift(Part):
    """When a lift usually starts; `weekday` counts from 0, Monday."""

    weekday: int
    start: TimeOfDay

    @property
    def text(self) -> str:
        """Its day and time: "Tue 17:00"."""
        return f"{DAY_NAMES[self.weekday]} {format_time(self.start)}"


class Usual(Part):
    """The commonest days and times of a block's lifts; `weeks` of its `of` weeks with lifts hold to them."""

    lifts: tuple[UsualLift, ...]
    weeks: int
    of: int

    @property
    def times(self) -> str:
        """Days and times: "Tue 17:00, Thu 17:15"."""
        return ", ".join(lift.text for lift in self.lifts)

    @property
    def text(self) -> str:
        """The same with the weeks that hold to them: "Tue 17:00, Thu 17:15 (10 of 12 weeks)"."""
        return self.times + ("" if self.weeks == self.of else f" ({self.weeks} of {self.of} weeks)")


class Outcome(Part):
    """The outcome of a variant, without its base: numbers, and the whole result packed.

    Attributes
    ----------
    status : RowStatus
        `optimal`, `feasible`, `infeasible`, `unknown` as a solve ends; `error` if the variant is wrong,
        `failed` if its worker died twice, `skipped` if there was no time left for it.
    points : dict of str to int
        By rule.
    weeks, lifts, sets, leg_sets : int or None
        How long the block is and what is lifted in it; leg sets are those of exercises that load the legs.
    usual : Usual or None
        The commonest days and times of its lifts; None without a lift.
    judgement : Judgement or None
        Its block under the rules of its base; None for a base, and without a block.
    hint : str
        What would serve it better, in a sentence: a program with as many sessions as are asked for.
    key_run_hours : float or None
        Least hours from the end of a lift that loads the legs to the start of the next key run.
    moved : int or None
        Sessions of both plans that stand elsewhere than in the base plan.
    reason : str
        In one line: which rules collide, or why there is no answer.
    cut : bool
        Whether the time for all was up before its own: such an answer is not kept for the next run.
    packed : bytes
        Result and moves as compressed JSON; empty if nothing was solved.
    """

    status: RowStatus
    proven: bool = False
    objective: int | None = None
    bound: int | None = None
    points: dict[str, int] = Field(default_factory=dict)
    weeks: int | None = None
    lifts: int | None = None
    sets: int | None = None
    leg_sets: int | None = None
    usual: Usual | None = None
    judgement: Judgement | None = None
    hint: str = ""
    minutes_per_week: float | None = None
    key_run_hours: float | None = None
    moved: int | None = None
    reason: str = ""
    seconds: float | None = None
    cut: bool = False
    packed: bytes = Field(b"", exclude=True, repr=False)

    @property
    def result(self) -> Result | None:
        """The whole result, with its plan; None if nothing was solved."""
        data = self.unpacked()
        return None if data is None else Result.model_validate(data["result"])

    @property
    def moves(self) -> tuple[Move, ...]:
        """Sessions that differ from the base plan."""
        data = self.unpacked()
        return () if data is None else tuple(Move.model_validate(move) for move in data["moves"])

    def unpacked(self) -> dict[str, Any] | None:
        """Result and moves as plain data; None if nothing was solved.

        Raises
        ------
        ValueError
            If what is packed is not ours.
        """
        if not self.packed:
            return None
        try:
            data = json.loads(zlib.decompressobj().decompress(self.packed, MOST_UNPACKED))
        except zlib.error as error:
            raise ValueError(f"this cannot be unpacked: {error}") from None
        if not isinstance(data, dict) or set(data) != {"result", "moves"}:
            raise ValueError("this holds no result and moves")
        return data


def pack(result: Result, moves: tuple[Move, ...]) -> bytes:
    """Pack a result with its moves: about a tenth of its JSON."""
    data = {
        "result": result.model_dump(mode="json", by_alias=False),
        "moves": [move.model_dump(mode="json") for move in moves],
    }
    return zlib.compress(json.dumps(data, separators=(",", ":")).encode())
