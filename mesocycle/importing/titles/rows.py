"""What words of a title mean: a table, of which the first row that matches wins.

So what decides more stands above what decides less: "rest" before everything, a named workout ("tempo",
"8 x 400 m") before "easy", which is said of warm-ups too, and a mere "run" last.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mesocycle.importing.feed import Kind


class Row(NamedTuple):
    """Words, what they mean, and how sure that is; `doubt` ends the sentence "not sure: ..."."""

    words: re.Pattern[str]
    kind: Kind
    confidence: float
    doubt: str = ""


def _row(kind: Kind, confidence: float, words: str, doubt: str = "", unless: str = "") -> Row:
    """Make a row of whole words; `unless` names words beside which it says nothing."""
    guard = rf"^(?!.*\b(?:{unless})\b).*" if unless else ""
    return Row(re.compile(rf"{guard}(?<!\w)(?:{words})(?!\w)"), kind, confidence, doubt)


_RUN = r"run\w*|jog\w*|\w*l[aä]uf\w*|footing"
_RUNNING = rf"{_RUN}|easy|tempo|miles?|km|\d+ ?(?:mi|k|km)|\{{.*"
_HARD = r"h?mp|tempo|threshold|interval\w*|pace|\d{1,3} ?%.*"
_PACE = r"pace|effort|speed|rhythm"
_MARATHON = r"(?:half|halb|semi|medio|media)?[- ]?marat(?:h|ó)?on"
# "8 x 400 m", "4 x 800", "6 x {1}", "5 x (3 min hard, 1 min easy)"; of "3 x 10" nobody knows.
_REPS = re.compile(
    r"\d ?min\w* of \("
    r"|(?<![\d.])\d{1,3} ?x ?(?:[({]|\d{3,5}\b|mile\b|\d[\d.,:-]* ?(?:m|km|k|mi|miles?|min\w*|sec\w*|s|h)\b"
    r"|\d[\d.]*['’\"″])"
)

ROWS = (
    _row(
        Kind.REST,
        0.95,
        r"^(?:complete |full |total )?(?:rest|off)(?:[- ]?days?)?(?![- ](?:road|week|season|of))",
    ),
    _row(Kind.REST, 0.95, r"rest days?|days? off|off days?|no (?:training|workout)", unless=_RUNNING),
    _row(Kind.REST, 0.95, r"ruhetag|pause|frei|repos|jour de repos|descanso|riposo|rustdag", unless=_RUNNING),
    _row(
        Kind.OTHER,
        0.9,
        r"meetings?|birthday|dentist|doctor|appointment|dinner|lunch|flight|travel\w*|vacation|holidays?|expo"
        r"|(?:packet|bib) pick-?up|wedding|deadline|geburtstag|termin|besprechung|urlaub|anniversaire|réunion"
        r"|rendez-vous|cumpleaños|reunión|long weekend|call|sync|stand-?up|interview|party"
        r"|delivery|package|insurance|check-?up|haircut|bank|vet|movie|cinema|concert|theatre|school"
        r"|hotel|webinar|conference",
        unless=_RUNNING,
    ),
    # "Hansons strength" and "strength: 6 x 1 mile" are runs, so the mere word comes further down.
    _row(
        Kind.STRENGTH,
        0.9,
        r"strength (?:training|session|workout|work|class)|weights?|weight[- ]?(?:training|lifting)"
        r"|lift\w*|gym|squats?|planks?|deadlifts?|bench|s ?[&+] ?c|kettlebells?|plyo\w*|core|legs?"
        r"|leg[- ]day|crossfit|(?:upper|lower|full|total)[- ]body|kraft\w*|muscu\w*"
        r"|renforcement\w*|fuerza|pesas",
        unless=rf"{_RUN}|tempo|intervals?",
    ),
    _row(Kind.CROSS, 0.9, r"(?:aqua|pool|water)[- ]?(?:jog\w*|run\w*)"),
    _row(
        Kind.CROSS,
        0.9,
        r"cross(?:[- ]?train\w*)?(?![- ]?country)|x-?train\w*|xt|bik(?:e|es|ing)|cycl\w*|rides?|riding"
        r"|swim\w*|row|rower|rowing|elliptical|spin|spinning|zwift|peloton|skiing|aqua\w*|pool|stairmaster|triathlon"
        r"|rad|radfahren|fahrrad|schwimm\w*|vélo|natation|ciclismo|bici\w*|nadar|natación",
        unless=_RUN,
    ),
    # A walk tires the legs without the impact of a run; "2 min walk" between repetitions is none.
    _row(
        Kind.CROSS,
        0.85,
        r"walk\w*|hik(?:e|es|ing)|spazier\w*|wander\w*|marche",
        unless=rf"{_RUN}|{_HARD}|\d{{1,3}} ?x.*",
    ),
    _row(
        Kind.OTHER,
        0.85,
        r"yoga|pilates|mobility|stretch\w*|foam|massage|physio\w*|sauna|ice bath|prehab|dehnen|étirements"
        r"|estiramientos|movilidad",
        unless=_RUNNING,
    ),
    _row(Kind.EASY, 0.6, r"brick", "a brick is a ride and a run"),
    _row(Kind.RACE, 0.6, r"plan ends?|end of (?:the )?plan|plan complete", "it may be the day of the race"),
    _row(
        Kind.EASY,
        0.9,
        r"(?:run|jog) ?[/-] ?walk\w*|walk ?[/-] ?(?:run|jog)\w*|couch to 5k|^(?:run|jog)\b.*\bwalk"
        r"|^walk\b.*\b(?:run|jog)|\d{1,3}[- ]?[a-z]+ (?:run|jog)\w*\b.*\bwalk\w*",
        unless=_HARD,
    ),
    _row(
        Kind.RACE,
        0.9,
        rf"race(?:[- ]?day)?(?![- ]?(?:{_PACE}|sim\w*|week|prep\w*|plan\w*|specific|strategy|rehearsal))"
        r"|tune[- ]?up|wettkampf|compétition|competición",
    ),
    _row(
        Kind.RACE,
        0.85,
        _MARATHON,
        unless=rf"at|{_PACE}|simul\w*|train\w*|specific|long|mp|tempo|{_RUN}",
    ),
    _row(Kind.TEMPO, 0.6, r"parkrun", "a parkrun can be raced, run hard or jogged"),
    _row(Kind.TEMPO, 0.8, r"time[- ]trial|cooper test|testlauf|\d{1,2} ?k test"),
    _row(Kind.MODERATE, 0.85, r"(?:medium|med|mid|semi)[- ]?long(?: run)?|mlr"),
    _row(
        Kind.LONG,
        0.95,
        r"long(?!\s(?:intervals?|reps?|repeats|hills?|tempo|jog|warm|cool|sprints?))|longest|lsd|lr"
        r"|lang(?:er|e)?|sortie longue|tirada larga|rodaje largo",
    ),
    _row(
        Kind.HILLS,
        0.9,
        r"(?<!rolling )(?<!on )(?<!over )(?<!some )hills|hill (?:repeat|sprint|rep|interval|bound|circuit)s?"
        r"|hill (?:session|workout|work|training|run)|\d{1,3} ?x ?(?:\S+ )?hills?|uphills?"
        r"|berg(?:läufe|sprints?)|côtes|cuestas",
    ),
    _row(Kind.THRESHOLD, 0.9, r"threshold|lt|lt2|cruise|lactate|sub-?t|schwelle\w*|seuil|umbral"),
    _row(
        Kind.PROGRESSION,
        0.9,
        r"progress(?:ion|ive|ing)|cut-?downs?|negative split|fast[- ]finish|progresiv[oa]|progressif"
        r"|steigerung\w*",
    ),
    _row(Kind.TEMPO, 0.95, r"tempo\w*"),
    Row(_REPS, Kind.INTERVALS, 0.9),
    _row(
        Kind.INTERVALS,
        0.9,
        r"interval\w*|repeats?|reps|track|v\u0307?[o0][2₂] ?-?max|yasso\w*|fartlek|speed ?work|speed|billat"
        r"|pyramid|ladder|\d sets? of|[1-9]\d{2}s|1\d{3}s|30[/-]30s?|sprints?|series|fractionné|vma"
        r"|fahrtspiel",
    ),
    _row(
        Kind.TEMPO,
        0.85,
        rf"(?:marathon|half|race|goal|mp|hmp|m|t|mile|\d{{1,2}} ?-?k)[- ](?:marathon[- ])?(?:race[- ])?"
        rf"(?:{_PACE})"
        r"|mp|hmp|gmp|hm pace|renntempo|(?:at|@) ?(?:hm|mt|st|t)|(?:marathon|race) simulation|dress rehearsal"
        r"|(?:at|@) ?\d{2,3}(?:-\d{2,3})? ?% (?:of )?(?:\d{1,2}k|hm)|allure \w+|ritmo de \w+",
    ),
    _row(Kind.RECOVERY, 0.95, r"recover\w*|recovey|rec|regen\w*|shake-? ?out|récup\w*|recup\w*|erholung\w*"),
    _row(
        Kind.EASY,
        0.95,
        r"easy|jog|jogs|jogging|base|zone ?[12]|z[12]|gentle|relaxed|slow|conversational|e (?:run|pace)|maf"
        r"|locker\w*|footing|rodaje|suave|facile|lento|dauerlauf",
    ),
    _row(Kind.MODERATE, 0.85, r"moderate|steady|aerobic|ga|regular|endurance|medium|zügig\w*"),
    _row(Kind.HILLS, 0.6, r"hilly(?: run)?", "a hilly run can be easy or hard"),
    _row(Kind.TEMPO, 0.8, r"pace|fast"),
    _row(Kind.STRENGTH, 0.85, r"strength\w*|conditioning|hiit|circuits?"),
    _row(Kind.INTERVALS, 0.5, r"quality|hard|workout", "it does not say what kind of workout"),
)

# A run of no name is an easy one; its description may know better.
PLAIN_RUN = _row(Kind.EASY, 0.8, rf"{_RUN}|correr|corrida|course à pied|hardlopen|corsa")

# Left out before the rows are read: they say "race", "hill" and "8 x" of runs that are none of that.
_AND = r"(?:\bwith |\bw/ ?|\+ ?|& ?|\bthen |\band |\bincl\w*\.? |\bfollowed by )"
ASIDES = re.compile(
    rf"\b(?:pre|post|before|after|until|for|to)[- ](?:the |your |my |a )?(?:race(?:[- ]?day)?|{_MARATHON})\b"
    rf"(?![- ](?:race[- ])?(?:{_PACE})|[- ]tune)"
    rf"|{_AND}?\b(?:\d sets? of )?\d{{1,2}}(?:-\d{{1,2}})? ?[x/] ?\d{{1,3}}(?:-\d{{1,3}})? ?[a-z'’]{{0,7}}"
    r" (?:fast |hill |uphill )?(?:strides?|sprints?)\b"
    rf"|{_AND}?\b\d{{1,2}} ?x ?(?:8|10|12|15) ?sec\w* uphill\b"
    rf"|{_AND}(?:some |a few |\d )?(?:speed|strides)\b"
)

# What is left of "5 mi w/ 6 strides" without them is a plain run.
STRIDES = _row(Kind.EASY, 0.8, r"strides?")


def find_row(text: str) -> Row | None:
    """The first row whose words stand in a text; None if no row has them."""
    text = text.lower().replace("×", "x").replace("–", "-")
    rest = ASIDES.sub(" ", text)
    if any(c.isalpha() for c in rest):
        found = next((row for row in ROWS if row.words.search(rest.strip())), None)
        return found or (STRIDES if STRIDES.words.search(text) else None)
    return next((row for row in (STRIDES, *ROWS) if row.words.search(text)), None)
