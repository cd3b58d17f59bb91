"""Why a session is where it is: every other day of its week, and to leave it out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time
from mesocycle.models.explanation import Alternative, Ground, Hours, Price, SessionExplained
from mesocycle.models.plan import PlannedSession
from mesocycle.solver.explain.blocks import Blocks
from mesocycle.solver.explain.choices import Choices
from mesocycle.solver.explain.exact import Exact, Found, How, Least, Scope
from mesocycle.solver.explain.forbids import Closed, conflict, in_the_way
from mesocycle.solver.explain.frozen import Elsewhere, Frozen
from mesocycle.solver.explain.grounds import grounds
from mesocycle.solver.model.narrowing import Kept, Wish
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.plan.notes import listed
from mesocycle.solver.prescription.lifts import Lift

NO_ROOM = "no stretch of the day is long enough for its sets"
OTHERS = "the other sessions leave no place for it"


@dataclass(frozen=True, eq=False)
class Explainer:
    """Answers about one plan.

    Attributes
    ----------
    scopes : collection of Scope
        What may move beside the session: frozen answers come in any case.
    deadline : Deadline
        For what needs a solver.
    """

    choices: Choices
    exact: Exact
    scopes: Collection[Scope]
    deadline: Deadline

    @cached_property
    def frozen(self) -> Frozen:
        """What each start costs where nothing else moves."""
        return Frozen(self.choices)

    @cached_property
    def blocks(self) -> Blocks:
        """Tells what found blocks are like."""
        return Blocks(self.exact)

    @cached_property
    def planned(self) -> dict[str, PlannedSession]:
        """The sessions of the plan by id."""
        return {session.id: session for session in self.choices.plan.sessions}

    def session(
        self, lift: Lift, days: Collection[int] | None = None, minute: int | None = None, whole: bool = True
    ) -> SessionExplained:
        """Why a session is where it is.

        Parameters
        ----------
        lift : Lift
            The session.
        days : collection of int, optional
            Days that are asked about; all of its week if left out.
        minute : int, optional
            The minute of the day that is asked about; the best of each day if left out.
        whole : bool
            Also what it would cost to leave it out, and the hours of each day.
        """
        week = self.choices.grounded.problem.calendar.weeks[lift.week]
        asked = [day for day in week.days if days is None or day in days]
        one = _Days(self, lift, asked, minute, whole)
        planned = self.planned.get(lift.id)
        alternatives = one.alternatives()
        left_out = one.left_out() if whole and planned is not None else None
        every = days is None and minute is None
        return SessionExplained(
            id=lift.id,
            session=lift.name,
            kind=lift.kind,
            week=lift.week + 1,
            date=None if planned is None else planned.date,
            start=None if planned is None else planned.start,
            end=None if planned is None else planned.end,
            sets=0 if planned is None else planned.sets,
            why="" if planned is None else planned.why,
            forced=_forced(alternatives) if every and planned is not None else None,
            verdict=_verdict(alternatives, planned, every),
            days=tuple(alternatives),
            left_out=left_out,
        )

    def price(self, lift: int, least: Least, by_rule: dict[str, int]) -> Price:
        """An exact answer as a price."""
        if least.found is None or not least.possible:
            return Price(possible=least.possible, proof=least.how.value)
        found = least.found
        standing = None
        kept = self.blocks.placed(found).get(lift)
        if kept is not None:
            standing = self.blocks.standing(lift, kept)
        return Price(
            possible=True,
            points=found.points - self.choices.points,
            by_rule=by_rule,
            date=None if standing is None else standing.date,
            start=None if standing is None else standing.start,
            sets=None if standing is None else standing.sets,
            content=self._content(lift, kept),
            moves=self.blocks.moves(found, lift),
            proof=least.how.value,
        )

    def _content(self, lift: int, kept: Kept | None) -> str:
        """What the session would hold, where that is not what it holds."""
        before = self.exact.kept[lift]
        if kept is None or before is None or kept.sets == before.sets:
            return ""
        items = self.choices.grounded.problem.lifts[lift].items
        rows = list(zip(items, kept.sets, before.sets, strict=True))
        done = [item.name for item, n, _ in rows if n]
        gone = [item.name for item, n, old in rows if old and not n]
        told = f"{sum(kept.sets)} sets instead of {sum(before.sets)}"
        if not gone:
            return told
        return f"{told}, {f'without {listed(gone)}' if len(gone) <= len(done) else f'only {listed(done)}'}"

    def prices(self, lift: int, answers: Sequence[tuple[Least, Scope]]) -> list[Price]:
        """Exact answers as prices."""
        known = [at for at, (least, _) in enumerate(answers) if least.found is not None and least.possible]
        found = [answers[at][0].found for at in known]
        rules = dict(zip(known, self.blocks.by_rule([one for one in found if one is not None]), strict=True))
        return [self.price(lift, least, rules.get(at, {})) for at, (least, _) in enumerate(answers)]


@dataclass(eq=False)
class _Days:
    """The days of one session that are asked about."""

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
    return price.model_copy(update={"grounds": (Ground(rule="structure", text=NO_ROOM),)})


def _forced(alternatives: Sequence[Alternative]) -> bool | None:
    """Whether every other day is impossible, whatever else moves."""
    others = [one.block for one in alternatives if not one.here]
    if any(price is not None and price.possible for price in others):
        return False
    if all(price is not None and price.possible is False for price in others):
        return True
    return None


def _verdict(alternatives: Sequence[Alternative], planned: PlannedSession | None, every: bool) -> str:
    """Forced or chosen, in a sentence."""
    others = [one for one in alternatives if not one.here]
    open_days = [one for one in others if one.best.possible and one.best.points is not None]
    if planned is None:
        return _verdict_left_out(others, open_days, every)
    if not others:
        return "This is where it is."
    if not open_days:
        known = all(one.best.possible is False for one in others)
        exact = all(one.block is not None for one in others)
        if not known:
            return "Chosen, as far as is known: time was up before every other day was looked at."
        if not every:
            return "That is not possible."
        return (
            "Forced: no block has it on another day of its week."
            if exact
            else "No other day of its week is open unless something else moves."
        )
    best = min(open_days, key=lambda one: one.best.points or 0)
    if (best.best.points or 0) < 0:
        return f"{best.label} would cost {-(best.best.points or 0)} points less."
    if best.best.points == 0:
        ties = [one.label for one in open_days if one.best.points == 0]
        names = ties[0] if len(ties) == 1 else f"{', '.join(ties[:-1])} and {ties[-1]}"
        settled = f": {best.settled}" if best.settled and len(ties) == 1 else ""
        return f"Chosen among equals: {names} would cost the same{settled}."
    if not every:
        return f"{best.label} would cost {best.best.points:+d} points."
    known = all(one.block is None or one.block.possible is not None for one in others)
    chosen = "Chosen" if known else "Chosen, as far as is known"
    return f"{chosen}: the best of the other days, {best.label}, costs {best.best.points:+d} points."


def _verdict_left_out(others: Sequence[Alternative], open_days: Sequence[Alternative], every: bool) -> str:
    if not open_days:
        if any(one.best.possible is None for one in others):
            return "Left out, as far as is known: time was up before every day was looked at."
        if not every:
            return "Left out: it is not possible there."
        if any(one.block is None for one in others):
            return "Left out: no day of its week is open unless something else moves."
        return "Left out: no block has a place for it in this week."
    best = min(open_days, key=lambda one: one.best.points or 0)
    points = best.best.points or 0
    if points > 0 and not every:
        return f"Left out: {best.label} would cost {points:+d} points more than that."
    if points > 0:
        return f"Left out: the cheapest place for it, {best.label}, costs {points:+d} points more than that."
    return f"Left out: {best.label} would cost the same." if not points else f"{best.label} would cost less."
