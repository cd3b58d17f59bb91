"""What the sessions hold in each week: exercises, sets and what a set is; equal weeks share all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mesocycle.models.sessions import Session
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.instance.availability import has_room
from mesocycle.solver.instance.calendar import Week
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.phases import WeekFactors
from mesocycle.solver.prescription.ceiling import ends
from mesocycle.solver.prescription.clock import Clock, Turn, WeekKind, week_kinds
from mesocycle.solver.prescription.forms import Form, forms_of
from mesocycle.solver.prescription.items import Item, plain_items, session_items
from mesocycle.solver.prescription.kit import fits
from mesocycle.solver.prescription.loads import percent_for
from mesocycle.solver.prescription.moves import (
    NEW_EXPOSURES,
    Moves,
    guarded_weeks,
    is_known,
    moves_of,
    new_movements,
)
from mesocycle.solver.prescription.schemes import Schemes
from mesocycle.solver.prescription.versions import Space, Version, allowed
from mesocycle.solver.prescription.zones import COUNTED, USUAL_RIR, Demands


@dataclass(frozen=True)
class Content:
    """What a session is in some weeks; `few` are a few of its versions."""

    moves: Moves
    forms: tuple[tuple[Form, ...], ...]
    space: Space
    few: tuple[Version, ...]
    novel: bool


class Contents:
    """The sessions of a block, asked for week by week: what is new is counted, and clocks go on.

    Parameters
    ----------
    instance : Instance
        The scenario, understood.
    factors : tuple of WeekFactors
        What each week allows.
    deloads : frozenset of int
        The lighter weeks (indices).
    """

    def __init__(self, instance: Instance, factors: tuple[WeekFactors, ...], deloads: frozenset[int]) -> None:
        scenario, settings = instance.scenario, instance.settings
        self.instance, self.factors = instance, factors
        self.kinds = week_kinds(instance, deloads)
        self.at_hand = {
            exercise.id: exercise for exercise in instance.exercises.values() if fits(exercise, instance.kit)
        }
        self.new_lifter = scenario.athlete.experience == "new"
        self.is_new = new_movements(scenario)
        self.is_known = is_known(scenario)
        self.guarded = guarded_weeks(instance)
        age, older = scenario.athlete.age, settings.older_athlete
        self.older = age is not None and older is not None and age >= older.from_age
        self.exposures: dict[str, int] = {}
        self.late: set[str] = set()
        self.clocks: dict[str, Clock] = {}
        self.turns: dict[str, Turn] = {}
        self.schemes = Schemes(instance.schemes)
        self.drafts: dict[tuple[Any, ...], tuple[tuple[Item, ...], tuple[tuple[Form, ...], ...]]] = {}
        self.known: dict[tuple[Any, ...], Content] = {}

    def of_week(self, places: Sequence[int], week: Week) -> list[Content]:
        """The sessions of a week, given by their places in the program."""
        index = week.number - 1
        with_room = has_room(self.instance.calendar, week, self.instance.settings)
        # Nothing is done in a week without room: no movement becomes familiar, no clock goes on.
        kind = self.kinds[index] if with_room else replace(self.kinds[index], working=False)
        self.turns = {}
        return [self._content(place, index, kind, with_room) for place in places]

    def _content(self, place: int, index: int, kind: WeekKind, with_room: bool) -> Content:
        session = self.instance.sessions[place].in_phase(kind.phase)
        moves = moves_of(session, self.instance, lambda exercise: self._bars(exercise, index), self.is_known)
        demands = self._demands(moves, index, kind, with_room)
        # What the week demands of other sessions' exercises does not matter here.
        names = [move.exercise.id for move in moves.done]
        key = (
            place,
            moves,
            demands.novel,
            tuple(demands.caps.items()),
            demands.eased,
            demands.returning,
            tuple(self.turns.get(name) for name in names),
            tuple(demands.lines.items()),
        )
        if key not in self.drafts:
            self.drafts[key] = self._draft(session, moves, demands)
        items, forms = self.drafts[key]
        own = allowed(items, self.factors[index].own)
        # Handing out by remainder, a greater share may give one exercise less.
        tops = tuple(map(max, own, allowed(items, self.factors[index].most)))
        if (key, own, tops) not in self.known:
            space = Space(items, own, tops, session.minutes if session.exercises else None)
            self.known[key, own, tops] = Content(moves, forms, space, space.first(), bool(demands.novel))
        return self.known[key, own, tops]

    def _bars(self, exercise: Exercise, index: int) -> bool:
        """Whether an exercise would begin too late in a week."""
        new = self.is_new(exercise.id) and not self.is_known(exercise)
        return new and not self.exposures.get(exercise.id) and self.guarded.bars(exercise, index)

    def _ends(self, item: Item) -> bool:
        """Whether the weights at hand end below what an accessory asks on day one, with the usual reserve."""
        instance = self.instance
        if item.move is None or item.reps is None or item.role is Role.MAIN:
            return False
        exercise = item.move.exercise
        most = instance.ladder.one_rms.get(exercise.id)
        if most is None or exercise.reps_unit not in COUNTED or instance.settings.kit_ceiling is None:
            return False
        share = percent_for(item.reps, USUAL_RIR) / 100
        return ends(exercise, share, most, instance.kit, instance.scenario.strength.weights)

    def _begins_late(self, name: str, index: int) -> bool:
        """Whether a new lifter would begin something light in a week in which nothing heavy begins."""
        return self.new_lifter and not self.exposures.get(name) and index in self.guarded.heavy

    def _demands(self, moves: Moves, index: int, kind: WeekKind, with_room: bool) -> Demands:
        """What a week demands of a session's exercises; counts them as done."""
        settings = self.instance.settings
        guard = settings.novelty_guard
        exercises = {move.exercise.id: move.exercise for move in moves.done}
        new = sorted(filter(self.is_new, exercises))
        novel = frozenset(name for name in new if self.exposures.get(name, 0) < NEW_EXPOSURES)
        late = {name for name in new if name in self.late or self._begins_late(name, index)}
        caps = {}
        for name in new:
            done = self.exposures.get(name, 0)
            if guard is not None and done < len(guard.first_sets):
                caps[name] = guard.first_sets[done]
            if with_room:
                self.exposures[name] = done + 1
        self.late |= late if with_room else set()
        for name, exercise in exercises.items():
            if settings.load_rep_zone is not None and exercise.role is Role.MAIN and name not in self.turns:
                clock = self.clocks.setdefault(name, Clock(self.instance, settings.load_rep_zone))
                self.turns[name] = clock.turn(kind, exercise)
        lines = {
            move.exercise.id: self.schemes.due(move.exercise, move.entry, kind)
            for move in moves.done
            if move.requested is None
        }
        return Demands(
            settings=settings,
            lines={name: line for name, line in lines.items() if line is not None},
            turns=self.turns,
            novel=novel,
            caps=caps,
            eased=frozenset(late),
            returning=kind.returning,
            older=self.older,
        )

    def _draft(
        self, session: Session, moves: Moves, demands: Demands
    ) -> tuple[tuple[Item, ...], tuple[tuple[Form, ...], ...]]:
        items = session_items(moves.done, demands) if session.exercises else plain_items(session)
        forms = forms_of(
            items,
            self.at_hand,
            lambda exercise: not self.is_new(exercise.id),
            self.instance.settings.exercise_rotation,
            self._ends,
            own_words=bool(self.instance.scenario.strength.sessions),
        )
        return items, forms
