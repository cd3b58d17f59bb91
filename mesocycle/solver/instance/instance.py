"""A scenario with all that is known before anything is decided: made once, and handed to everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.models.schemes import Scheme
from mesocycle.models.sessions import Session
from mesocycle.models.strength import Exercise
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.past import Past

if TYPE_CHECKING:
    from mesocycle.solver.prescription.ceiling import Ladder
    from mesocycle.solver.prescription.program import Due
    from mesocycle.solver.rules import RuleSettings


@dataclass(frozen=True, eq=False)
class Instance:
    """What a sound scenario comes to; `rules.check.understand` makes it.

    Attributes
    ----------
    settings : RuleSettings
        Of every rule; None where it is off.
    policy : PolicySwitches
        With `auto` decided.
    exercises : mapping of str to Exercise
        The library by id, with the runner's own.
    kit : frozenset of str or None
        Equipment at hand, in the words of the exercises; None for a whole gym.
    sessions : tuple of Session
        Those of the runner, or of the program.
    schemes : mapping of str to Scheme
        The built-in ones by name, with the runner's own.
    due : tuple of tuple of Due
        The sessions that each week expects.
    ladder : Ladder
        What the runner can lift once, and which harder movement stands in for what is too light.
    returns : mapping of int to int
        Weeks (indices) in which lifting begins again after a break of so many days.
    notes : tuple of str
        What was assumed.
    past : Past or None
        What is settled, where the block is lived by already.
    """

    scenario: Scenario
    settings: RuleSettings
    calendar: Calendar
    policy: PolicySwitches
    exercises: Mapping[str, Exercise]
    kit: frozenset[str] | None
    sessions: tuple[Session, ...]
    schemes: Mapping[str, Scheme]
    due: tuple[tuple[Due, ...], ...]
    ladder: Ladder
    returns: Mapping[int, int]
    notes: tuple[str, ...]
    past: Past | None = None

    def session(self, name: str) -> Session:
        """Return the session of this name; each has its own."""
        return next(session for session in self.sessions if session.name == name)
