"""What forbids a place: rules that do so by themselves, or that do so together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mesocycle.models.prices import Ground
from mesocycle.solver.placement.slots import Bools

# So many sentences of a rule are told of one place.
MOST_SENTENCES = 2


@dataclass(frozen=True, eq=False)
class Against:
    """A sentence of a rule that forbids some starts; `where` tells which."""

    rule: str
    text: str
    where: Bools


def grounds(against: Sequence[Against], where: Bools) -> tuple[tuple[Ground, ...], bool]:
    """What forbids all the starts of a place, and whether each of these rules does so by itself.

    Empty where something of it is open. Where no rule forbids all of it, some that do so together, none of
    which can be left out.
    """
    if not where.any():
        return (), False
    by_rule: dict[str, Bools] = {}
    for one in against:
        by_rule[one.rule] = by_rule.get(one.rule, np.zeros(len(where), dtype=bool)) | one.where
    by_rule = {rule: closed[where] for rule, closed in by_rule.items() if closed[where].any()}
    if not by_rule or not np.logical_or.reduce(list(by_rule.values())).all():
        return (), False
    alone = [rule for rule, closed in by_rule.items() if closed.all()]
    told = alone or _cover(by_rule)
    return tuple(_sentences(against, where, told)), bool(alone)


def _cover(by_rule: dict[str, Bools]) -> list[str]:
    """Rules that close everything together; those that close little leave first."""
    kept = dict(by_rule)
    for rule in sorted(by_rule, key=lambda rule: int(by_rule[rule].sum())):
        rest = [closed for other, closed in kept.items() if other != rule]
        if rest and np.logical_or.reduce(rest).all():
            del kept[rule]
    return list(kept)


def _sentences(against: Sequence[Against], where: Bools, rules: Iterable[str]) -> Iterator[Ground]:
    """The sentences of some rules about a place: one that says it all, or the first few."""
    for rule in rules:
        own = [one for one in against if one.rule == rule and one.where[where].any()]
        whole = [one for one in own if one.where[where].all()]
        texts = dict.fromkeys(one.text for one in (whole[:1] or own))
        yield from (Ground(rule=rule, text=text) for text in list(texts)[:MOST_SENTENCES])
