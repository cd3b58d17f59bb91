"""Numbers without a unit: "5 easy" and "8 w/ 4 @ LT" count in the plan's unit, "45 easy" in minutes."""

from __future__ import annotations

import re

from mesocycle.importing.titles.tokens import RANGE, upper

# "30 tempo" means minutes, "6 tempo" means miles or kilometres; nobody runs 45 km easily, nor 60 at all.
TEMPO_MINUTES, EASY_MINUTES, ANY_MINUTES = 20, 30, 60

_BARE = re.compile(
    rf"(?:^|^e\s|\b(?:easy|recovery|long|run|tempo|double|(?:rest|off)\sor)[\s:(]{{1,3}})(?P<n>{RANGE})"
    r"(?=[\s)]*$|\s?\((?!\s*of\b)|\s?\+(?!\s*\d)|\s?(?P<word>e\b(?!\s?\+\s?\d))"
    r"|\s?(?P<within>@\s?(?:h?mp|gmp|hm|lt|m|t|e|tempo|threshold|easy|steady|race|goal|marathon|half)\b"
    r"|(?:w/|\b(?:with|w|mit)\b)\s?(?:the\s)?(?:last|first|final|\d|strides|hill|surge|pick))|\s(?P<more>[a-z]{2,}))"
)
_WORDS = re.compile(
    r"easy|rec|long|lsd|lr\b|run|tempo|steady|pace|mp|aero|mod|hill|prog|general|ga|slow|jog|shake|double|locker"
)
_EASY = re.compile(r"\b(?:easy|e|rec\w*|jog\w*|shake\w*|locker\w*)\b(?!.*\blong\b)")


def bare_number(text: str) -> tuple[float, bool] | None:
    """Find the number that stands for a whole run, and whether it counts minutes.

    Parameters
    ----------
    text : str
        Small letters, without repetitions and paces.

    Returns
    -------
    tuple or None
        None where no number without a unit stands for the run.
    """
    match = _BARE.search(text)
    if match is None or (match["more"] and not _WORDS.match(match["more"])):
        return None
    number = upper(match["n"])
    if match["within"]:
        return number, False
    if "tempo" in text and number >= TEMPO_MINUTES:
        return number, True
    worded = match["word"] or match["more"] or match.start("n") > 0
    least = EASY_MINUTES if _EASY.search(text) else ANY_MINUTES
    return number, bool(worded) and number >= least
