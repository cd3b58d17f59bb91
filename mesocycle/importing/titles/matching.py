"""Finding the rule for a title, without what it denies and without asides."""

from __future__ import annotations

import re

from mesocycle.importing.feed import Kind
from mesocycle.importing.titles.rules import (
    MARATHON,
    NO_RUN_RULE,
    PACE,
    PLAIN_RUN,
    RULES,
    STEIGERUNGEN,
    STRIDES,
    TitleRule,
)

_DENIABLE = (
    r"(?:intervals?|intervalle|tempo|threshold|speed ?work|speed|pace|hills?|strides|workouts?(?=.*\d)|races?"
    r"|sprints?)"
)
# Left out before the rules are read; the group `run` means that there is no run at all.
DENIED = re.compile(
    r"\b(?:no|not|without|ohne|keine?n?|pas de|sin)(?: any| more| an?)? (?:"
    r"(?P<run>(?:long |easy |hard )?(?:runs?|running|jog|jogging|lauf(?:en)?|course|correr))(?! club)"
    rf"|{_DENIABLE}(?: (?:or|and|oder|und) {_DENIABLE})?)\b"
)
_OFF = r"(?:skipped|cancell?ed|called off|ausgefallen|abgesagt|annulée?)"
_CALLED_OFF = re.compile(rf"^\W*(?:{_OFF}\b|missed:)|\b{_OFF}\W*$", re.IGNORECASE)


def called_off(title: str) -> bool:
    """Whether a session is cancelled."""
    return _CALLED_OFF.search(title) is not None


_AND = r"(?:\bwith |\bw/ ?|\+ ?|& ?|\bthen |\band |\bincl\w*\.? |\bmit |\bfollowed by )"
# Left out too: a run with these words is no race and has no hills or repetitions.
_ASIDES = re.compile(
    rf"\b(?:pre|post|before|after|until|for|to|from)[- ](?:the |your |my |a )?(?:race(?:[- ]?day)?"
    rf"|{MARATHON})\b"
    rf"(?![- ](?:race[- ])?(?:{PACE})|[- ]tune)"
    rf"|{_AND}?\b(?:\d sets? of )?\d{{1,2}}(?:-\d{{1,2}})? ?[x/] ?\d{{1,3}}(?:-\d{{1,3}})?"
    rf" ?[a-z'’\"″”]{{0,7}} (?:fast |hill |uphill )?(?:strides?|sprints?|{STEIGERUNGEN})\b"
    rf"|{_AND}\b\d{{1,2}} ?x ?(?:60|80|100)(?: ?m)?$"
    rf"|{_AND}?\b\d{{1,2}} ?x ?(?:8|10|12|15) ?sec\w* uphill\b"
    rf"|{_AND}(?:some |a few |\d )?(?:speed|strides)\b"
    rf"|{_AND}\d{{1,2}} ?x ?\d{{1,2}} ?(?:s\w*|min\w*|['’\"″”]) (?:pick-?ups?|surges?)\b"
    r"|\bnot too (?:long|fast|hard|slow|far)\b"
)


_STAR = re.compile(r"(?<=\d)\s?\*\s?(?=\d)")


def find_rule(text: str) -> TitleRule | None:
    """The first rule whose words stand in a text; None if no rule applies."""
    text = _STAR.sub("x", text.replace("!", " ").lower().replace("×", "x").replace("–", "-"))
    denied = list(DENIED.finditer(text))
    if denied:
        text = DENIED.sub(" ", text)
        rule = find_rule(text)
        no_run = any(match["run"] for match in denied) and (rule is None or rule.kind is Kind.OTHER)
        return NO_RUN_RULE if no_run and not PLAIN_RUN.words.search(text) else rule
    rest = _ASIDES.sub(" ", text)
    if any(c.isalpha() for c in rest):
        rule = next((rule for rule in RULES if rule.words.search(rest.strip())), None)
        return rule or (STRIDES if STRIDES.words.search(text) else None)
    return next((rule for rule in (STRIDES, *RULES) if rule.words.search(text)), None)


def says_nothing(title: str) -> bool:
    """Whether no word of a title is known; with the sport of a run it is then a plain run."""
    return find_rule(title) is None and PLAIN_RUN.words.search(title.lower()) is None
