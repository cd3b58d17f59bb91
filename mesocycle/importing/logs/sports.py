"""Names of sports and of endurance exercises, in the languages of phones: a run, a lift, or neither."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Sport = Literal["run", "strength", "other"]

# "TrailRun" and "trail_running" as words.
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_RUN = re.compile(
    r"\b(?:run|runs|running|jog|jogging|treadmill|trail|trailrun\w*"
    r"|\w*lauf|\w*laufen|\w*laufband\w*|joggen"
    r"|course à pied|course a pied|courir|footing|tapis|tapis roulant"
    r"|correr|carrera|cinta|corrida|esteira|corsa|correre|hardlopen|\w*loopband|бег|беговая дорожка)\b"
)
# What a run is not, though its name shares a word.
_NO_RUN = re.compile(
    r"\b(?:ride|bike|biking|cycling|walk|walking|hike|hiking|ski|skiing|skate|skating|swim|swimming|snowshoe"
    r"|\w*rad|radfahren|gehen|spazieren\w*|wandern|\w*eislauf\w*|\w*schlittschuh\w*|\w*skilauf\w*|\w*langlauf"
    r"|vélo|vtt|marche|randonnée|ciclismo|bici|caminar|caminata|caminhada|senderismo|camminata|escursionismo"
    r"|fietsen|wandelen|rameur)\b"
)
_STRENGTH = re.compile(
    r"\b(?:strength|strength training|weight training|weights|weightlifting|weight lifting|powerlifting"
    r"|crossfit|hiit|high intensity\w*|core training|functional strength training"
    r"|kraft|krafttraining|gewichtstraining|gewichtheben|musculation|renforcement\w*"
    r"|fuerza|pesas|pesos|musculação|força|forza|pesi|krachttraining)\b"
)
# Endurance in a lifting log, beside runs.
_ENDURANCE = re.compile(
    r"\b(?:cycling|bike|biking|ride|spinning|rowing machine|rowing|rower|ergometer|elliptical|cross trainer"
    r"|walking|walk|hiking|hike|swimming|swim"
    r"|stair machine|stairmaster|stair climber|stair stepper|climber machine|skierg"
    r"|air bike|assault bike|jump rope|skipping|aerobics|skiing|skating|snowboarding"
    r"|radfahren|fahrrad|ruderg\w*|crosstrainer|gehen|schwimmen|seilspringen"
    r"|vélo|rameur|elliptique|marche|natation|corde à sauter|bicicleta|remo|elíptica|caminar|natación"
    r"|caminhada|natação|cyclette|vogatore|camminata|nuoto|fietsen|roeien|wandelen|zwemmen)\b"
)
# Lifts whose names share a word with them.
_LIFT = re.compile(
    r"\b(?:lunge\w*|carry|farmer\w*|suitcase|band|banded|crab|monster|bear|duck|handstand|crunch\w*|plank\w*)\b"
)


@cache
def _words(name: str) -> str:
    return " ".join(_CAMEL.sub(" ", name[:100]).casefold().replace("-", " ").split())


def sport_of(name: str) -> Sport:
    """What an activity of this name is."""
    words = _words(name)
    if _STRENGTH.search(words):
        return "strength"
    return "run" if _RUN.search(words) and not _NO_RUN.search(words) else "other"


def is_lift(exercise: str) -> bool:
    """Whether an exercise is a lift by its name, whatever else is said of it."""
    return _LIFT.search(_words(exercise)) is not None


def endurance_of(exercise: str) -> Literal["run", "other", ""]:
    """Which endurance exercise of a lifting log this is; "" for a lift."""
    if is_lift(exercise):
        return ""
    if sport_of(exercise) == "run":
        return "run"
    return "other" if _ENDURANCE.search(_words(exercise)) else ""
