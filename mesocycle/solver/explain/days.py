"""The days of a session's week, each with its three prices; and what it costs to leave the session out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time
from mesocycle.models.prices import Alternative, Ground, Hours, Price
from mesocycle.solver.explain.exact import Found, How, Least, Scope
from mesocycle.solver.explain.explainer import Explainer
from mesocycle.solver.explain.forbids import Closed, conflict, in_the_way, required
from mesocycle.solver.explain.frozen import Elsewhere
from mesocycle.solver.explain.grounds import grounds
from mesocycle.solver.model.narrowing import Kept, Wish
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.verify.cards import STRUCTURE

NO_ROOM = "no stretch of the day is long enough for its sets"


@dataclass(eq=False)
class Days:
    """The days of one session that are asked about.

    Attributes
    ----------
    days : sequence of int
        Those days.
    minute : int or None
        The minute of the day that is asked about; None for the best of each day.
    whole : bool
        Also the hours of each day.
    """

    explainer: Explainer
    lift: Lift
    days: Sequence[int]
    minute: int | None
    whole: bool

    def __post_init__(self) -> None:
        self.choices = self.explainer.choices
        self.here = self.explainer.exact.kept[self.lift.index]
        self.elsewhere: Elsewhere | None = None
        if self.here is not None:
            self.elsewhere = self.explainer.frozen.of(self.lift.index)

    def alternatives(self) -> list[Alternative]:
        """What each day costs."""
        wishes = [Wish(days={day}, minute=self.minute) for day in self.days]
        frozen = self._frozen(wishes)
        rows: list[dict[Scope, Price]] = [{Scope.FROZEN: price} for price in frozen]
        known: list[Found | None] = [self._found(price) for price in frozen]
        asked = [at for at, day in enumerate(self.days) if not self._is_here(day)]
        for scope in (Scope.WEEK, Scope.BLOCK):
            if scope not in self.explainer.scopes or not asked:
                continue
            answers = self._exact(scope, [wishes[at] for at in asked], [known[at] for at in asked])
            prices = self.explainer.prices(self.lift.index, [(answer, scope) for answer in answers])
            for at, answer, price in zip(asked, answers, prices, strict=True):
                rows[at][scope] = price
                known[at] = answer.found
        return [
            self._alternative(day, row, found) for day, row, found in zip(self.days, rows, known, strict=True)
        ]

    def left_out(self) -> Alternative:
        """What it costs to leave the session out."""
        explainer, index = self.explainer, self.lift.index
        answers: list[tuple[Least, Scope]] = []
        found: Found | None = None
        for scope in Scope:
            if scope is Scope.FROZEN or scope in explainer.scopes:
                (answer,) = explainer.exact.least(index, [Wish(takes_place=False)], scope, [found])
                answers.append((answer, scope))
                found = answer.found
        prices = explainer.prices(index, answers)
        if prices[-1].possible is False:
            told = required(self.choices.instance, self.lift, explainer.deadline)
            alone = len({ground.rule for ground in told}) == 1
            prices = [price.model_copy(update={"grounds": told, "alone": alone}) for price in prices]
        known = {scope: price for (_, scope), price in zip(answers, prices, strict=True)}
        return Alternative(
            label="left out",
            frozen=known[Scope.FROZEN],
            week=known.get(Scope.WEEK),
            block=known.get(Scope.BLOCK),
            settled=self._settled(found),
        )

    def _is_here(self, day: int) -> bool:
        """Whether the plan itself does what is asked."""
        if self.here is None or self.here.start // MINUTES_PER_DAY != day:
            return False
        return self.minute is None or self.here.start % MINUTES_PER_DAY == self.minute

    def _frozen(self, wishes: Sequence[Wish]) -> list[Price]:
        if self.elsewhere is not None:
            return [self._best_start(self.elsewhere, wish) for wish in wishes]
        # A session that is left out has no sets that could stay: they are chosen with its place.
        exact = self.explainer.exact
        answers = exact.least(self.lift.index, wishes, Scope.FROZEN, [None] * len(wishes))
        prices = self.explainer.prices(self.lift.index, [(answer, Scope.FROZEN) for answer in answers])
        return [
            price if price.possible is not False else self._closed(wish) or price
            for wish, price in zip(wishes, prices, strict=True)
        ]

    def _best_start(self, elsewhere: Elsewhere, wish: Wish) -> Price:
        """The start that costs least where nothing else moves; of equals the nearest to the present hour."""
        where = wish.starts(elsewhere.start)
        fits = np.flatnonzero(where & ~elsewhere.forbidden)
        if self.here is None or not len(fits):
            told, alone = grounds(elsewhere.against, where)
            return Price(possible=False, grounds=told, alone=alone, proof="cases")
        away = np.abs(elsewhere.start[fits] % MINUTES_PER_DAY - self.here.start % MINUTES_PER_DAY)
        at = int(fits[np.lexsort([elsewhere.start[fits], away, elsewhere.difference[fits]])[0]])
        day, minute = divmod(int(elsewhere.start[at]), MINUTES_PER_DAY)
        return Price(
            possible=True,
            points=int(elsewhere.difference[at]),
            by_rule=elsewhere.by_rule(at),
            date=self.choices.grounded.problem.date(day),
            start=minute,
            sets=sum(self.here.sets),
            proof="cases",
        )

    def _found(self, price: Price) -> Found | None:
        """The block of a frozen move."""
        if price.date is None or price.start is None or price.points is None or self.here is None:
            return None
        day = (price.date - self.choices.grounded.problem.calendar.monday).days
        moved = Kept(self.here.sets, day * MINUTES_PER_DAY + price.start)
        changed = {} if moved == self.here else {self.lift.index: moved}
        return Found(self.choices.points + price.points, changed)

    def _exact(self, scope: Scope, wishes: Sequence[Wish], known: Sequence[Found | None]) -> list[Least]:
        """Exact answers; nothing is solved where every start is closed."""
        answers: dict[int, Least] = {
            at: Least(False, how=How.CASES)
            for at, (wish, found) in enumerate(zip(wishes, known, strict=True))
            if found is None and self._closed(wish) is not None
        }
        exact = self.explainer.exact
        exact.tally[How.CASES] += len(answers)
        rest = [at for at in range(len(wishes)) if at not in answers]
        if rest:
            solved = exact.least(
                self.lift.index, [wishes[at] for at in rest], scope, [known[at] for at in rest]
            )
            answers |= dict(zip(rest, solved, strict=True))
        return [answers[at] for at in range(len(wishes))]

    @cached_property
    def _closings(self) -> list[Closed]:
        """What closes starts in each pattern of lighter weeks, that of the plan first."""
        patterns = self.explainer.exact.own_first
        return [Closed(relaxed, self.lift.index) for relaxed in patterns if relaxed.scaled is not None]

    def _closed(self, wish: Wish) -> Price | None:
        """What closes all that is asked about, whatever else is done; None where something may be open."""
        exact = self.explainer.exact
        if not exact.complete or not self._closings or len(self._closings) < len(exact.patterns):
            return None
        told = [closed.by(wish) for closed in self._closings]
        if not all(rules for rules, _ in told):
            return None
        return Price(possible=False, grounds=told[0][0], alone=told[0][1], proof="cases")

    def _alternative(self, day: int, row: dict[Scope, Price], found: Found | None) -> Alternative:
        here = self._is_here(day)
        frozen = row[Scope.FROZEN]
        exact = {
            scope: self._grounded(day, price, frozen)
            for scope, price in row.items()
            if scope is not Scope.FROZEN
        }
        label = format_day(self.choices.grounded.problem.date(day))
        label += "" if self.minute is None else f", {format_time(self.minute)}"
        return Alternative(
            label=label,
            date=self.choices.grounded.problem.date(day),
            start=self.minute,
            here=here,
            frozen=frozen if frozen.grounds or frozen.possible else _without_room(frozen),
            week=exact.get(Scope.WEEK),
            block=exact.get(Scope.BLOCK),
            settled="" if here else self._settled(found),
            hours=self._hours(day) if self.whole else (),
        )

    def _grounded(self, day: int, price: Price, frozen: Price) -> Price:
        """An exact answer with what forbids it, where it is not possible."""
        if price.possible is not False:
            return price
        wish = Wish(days={day}, minute=self.minute)
        closed = self._closed(wish)
        more = self._in_the_way(wish)
        if closed is not None and (closed.alone or not more):
            known = {ground.rule for ground in closed.grounds}
            told = (*closed.grounds, *(ground for ground in more if ground.rule not in known))
            return price.model_copy(update={"grounds": told, "alone": closed.alone})
        if more:
            return price.model_copy(update={"grounds": more, "alone": True})
        told = conflict(self.choices.instance, self.lift, wish, self.explainer.deadline)
        if not told:
            return price.model_copy(update={"grounds": frozen.grounds, "alone": frozen.alone})
        return price.model_copy(update={"grounds": told, "alone": len({ground.rule for ground in told}) == 1})

    def _in_the_way(self, wish: Wish) -> tuple[Ground, ...]:
        """Rules that demand other sessions where they leave no place for this one."""
        if not self._closings:
            return ()
        return in_the_way(self.choices.instance, self._closings[0], wish, self.explainer.deadline)

    def _settled(self, found: Found | None) -> str:
        """What the plan was preferred for, where another choice costs the same."""
        if found is None or found.points != self.choices.points:
            return ""
        return self.explainer.blocks.settled_by(found)

    def _hours(self, day: int) -> tuple[Hours, ...]:
        """All starts of a day in stretches that are alike, where only this session moves."""
        elsewhere, here = self.elsewhere, self.here
        if elsewhere is None or here is None:
            return ()
        grid = self.choices.instance.scenario.strength.grid_minutes
        own = np.flatnonzero(elsewhere.day == day)
        keys = [_alike(elsewhere, at, here.start) for at in own.tolist()]
        stretches: list[list[int]] = []
        for number, at in enumerate(own.tolist()):
            if number and keys[number] == keys[number - 1]:
                follows = elsewhere.start[at] - elsewhere.start[stretches[-1][-1]] <= grid
                if follows:
                    stretches[-1].append(at)
                    continue
            stretches.append([at])
        return tuple(_stretch(elsewhere, stretch, here.start) for stretch in stretches)


def _alike(elsewhere: Elsewhere, at: int, here: int) -> tuple[object, ...]:
    against = tuple(number for number, one in enumerate(elsewhere.against) if one.where[at])
    points = () if against else tuple(elsewhere.by_rule(at).items())
    return against, points, int(elsewhere.start[at]) == here


def _stretch(elsewhere: Elsewhere, stretch: Sequence[int], here: int) -> Hours:
    first, last = int(elsewhere.start[stretch[0]]), int(elsewhere.start[stretch[-1]])
    against = [one for one in elsewhere.against if one.where[stretch[0]]]
    return Hours(
        first=first % MINUTES_PER_DAY,
        last=last % MINUTES_PER_DAY,
        points=None if against else int(elsewhere.difference[stretch[0]]),
        by_rule={} if against else elsewhere.by_rule(stretch[0]),
        grounds=tuple(Ground(rule=one.rule, text=one.text) for one in against),
        here=first == here,
    )


def _without_room(price: Price) -> Price:
    return price.model_copy(update={"grounds": (Ground(rule=STRUCTURE, text=NO_ROOM),)})
