"""Titles that say what is not done: "no running today", "no intervals, just easy 8k", "skipped: tempo"."""

from __future__ import annotations

import re

_HARD = (
    r"(?:intervals?|intervalle|tempo|threshold|speed ?work|speed|pace|hills?|strides|workouts?(?=.*\d)|races?"
    r"|sprints?)"
)
# Left out before the table of words is read; `run` says that there is no run at all.
DENIED = re.compile(
    r"\b(?:no|not|without|ohne|keine?n?|pas de|sin)(?: any| more| an?)? (?:"
    r"(?P<run>(?:long |easy |hard )?(?:runs?|running|jog|jogging|lauf(?:en)?|course|correr))(?! club)"
    rf"|{_HARD}(?: (?:or|and|oder|und) {_HARD})?)\b"
)
_OFF = r"(?:skipped|cancell?ed|called off|ausgefallen|abgesagt|annulée?)"
_CALLED_OFF = re.compile(rf"^\W*(?:{_OFF}\b|missed:)|\b{_OFF}\W*$", re.IGNORECASE)


def called_off(title: str) -> bool:
    """Whether a title tells of a session that does not take place."""
    return _CALLED_OFF.search(title) is not None
