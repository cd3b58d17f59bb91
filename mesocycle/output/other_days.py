"""What the other days of its week would cost a session, in few words for its card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mesocycle.models.clock import DAY_NAMES, format_day, format_time
from mesocycle.models.explanation import Explanation
from mesocycle.models.prices import Alternative, Ground, Price, rules_text
from mesocycle.output.words import rule_words

NOTE = "Other days: what each would cost if only this session moves."
# So many rules are told of a day that each of them forbids.
MOST_RULES = 2


@dataclass(frozen=True)
class OtherDay:
    """A day of a session's week: "Sun 12:45" and "+28 points (+30 long run stack, ...)".

    Attributes
    ----------
    day : str
        Its short name; of an open day with the start that costs least.
    words : str
        What it costs, or what forbids it.
    open : bool
        Whether the session may move there while nothing else does.
    """

    day: str
    words: str
    open: bool

    def __str__(self) -> str:
        return f"{self.day}: {self.words}"


@dataclass(frozen=True)
class OtherDays:
    """All other days of a session's week; `summary` is "1 open of 6, the best Sun +28"."""

    summary: str
    days: tuple[OtherDay, ...]


def other_days(explanation: Explanation | None) -> dict[str, OtherDays]:
    """Tell what other days would cost, from the prices where nothing else moves.

    Parameters
    ----------
    explanation : Explanation or None
        Of the plan whose cards are written.

    Returns
    -------
    dict of str to OtherDays
        By session id; only sessions of which another day is known.
    """
    if explanation is None:
        return {}
    told = {}
    for session in explanation.sessions:
        # Without its date a row is an answer about an hour or about leaving the session out.
        others = [(one, one.date) for one in session.days if one.date is not None and not one.here]
        if others:
            days = tuple(_other_day(one, day) for one, day in others)
            told[session.id] = OtherDays(_summary(others), days)
    return told


def _other_day(one: Alternative, day: date) -> OtherDay:
    price = one.frozen
    name = _name(day)
    if price.possible and price.start is not None:
        name += f" {format_time(price.start)}"
    return OtherDay(name, _words(price, day), bool(price.possible))


def _name(day: date) -> str:
    return DAY_NAMES[day.weekday()]


def _summary(others: Sequence[tuple[Alternative, date]]) -> str:
    """How many days are open, and the best of them: "1 open of 6, the best Sun +28"."""
    count = len(others)
    prices = [(one.frozen.points, day) for one, day in others if one.frozen.points is not None]
    if not prices:
        return f"none of {count} is open"
    points, best = min(prices)
    how = f"{points:+d}" if points else "as good"
    return f"{len(prices)} open of {count}, the best {_name(best)} {how}"


def _words(price: Price, day: date) -> str:
    match price.verdict:
        case "unknown":
            return "not known"
        case "forbidden":
            return _forbidden(price, day)
    points = price.points or 0
    named = {rule_words(rule): amount for rule, amount in price.by_rule.items()}
    rules = rules_text(named) if len(named) > 1 else "".join(named)
    more = f" ({rules})" if rules else ""
    if not points:
        return f"as good as here{more}"
    return f"{points:+d} point{'s' * (abs(points) != 1)}{more}"


def _forbidden(price: Price, day: date) -> str:
    """What forbids a day; rules that do so only together are told together."""
    rules = list(dict.fromkeys(ground.rule for ground in price.grounds))
    kept = rules[:MOST_RULES] if price.alone else rules
    texts = [_shorter(ground, day) for ground in price.grounds if ground.rule in kept]
    if len(kept) < len(rules):
        rest = len(rules) - len(kept)
        texts.append(f"{rest} more rule{'s' * (rest != 1)}")
    told = "; ".join(texts)
    if not price.alone:
        return f"no hour is left: {told}" if told else "no hour is left"
    return told if told.startswith("no ") else f"no, {told}"


def _shorter(ground: Ground, day: date) -> str:
    """The sentence of a rule as it reads beside the name of its day."""
    name = format_day(day)
    text = ground.text.replace(f" on {name}, the eve of ", " on the eve of ")
    text = text.replace(f" ({name})", "").replace(f" on {name}", " that day")
    return text.removesuffix(": no lift that day")
