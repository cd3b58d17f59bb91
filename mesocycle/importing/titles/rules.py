"""What words of a title mean: a table, of which the first rule that matches wins.

So what decides more stands above what decides less: "rest" before everything, a named workout ("tempo",
"8 x 400 m") before "easy", which describes warm-ups too, and a mere "run" last.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mesocycle.importing.feed import Kind
from mesocycle.importing.titles.languages import PLAIN, words


class TitleRule(NamedTuple):
    """Words, what they mean, and how sure that is; `doubt` ends the sentence "not sure: ..."."""

    words: re.Pattern[str]
    kind: Kind
    confidence: float
    doubt: str = ""


def _rule(kind: Kind, confidence: float, words: str, doubt: str = "", unless: str = "") -> TitleRule:
    """Make a rule of whole words; beside the words of `unless` it does not apply."""
    guard = rf"^(?!.*\b(?:{unless})\b).*" if unless else ""
    return TitleRule(re.compile(rf"{guard}(?<!\w)(?:{words})(?!\w)"), kind, confidence, doubt)


_RUN = (
    r"(?:run(?!way|time|down|ner['’s])\w*|jog\w*|footing"
    r"|\w*(?<!ab)(?<!ver)(?<!kreis)(?<!be)(?<!vor)l[aä]uf(?!zeit|end|werk|schuh|analyse)\w*)"
    r"(?!-(?:off|up|down|time|rate)\b)"
)
_RUNNING = rf"{_RUN}|easy|tempo|miles?|km|\d+ ?(?:mi|k|km)|\{{.*"


# Beside these even "race shoes" and "registration" stand in the title of a run.
_BESIDE_A_RUN = (
    r"\d ?(?:km|mi|miles?)|\d{1,2} ?x ?\d\w*|race day"
    r"|(?:easy|long|tempo|recovery|steady) (?:run|jog|in|with|then|\d)\w*"
)

# In these phrases the words mean something else.
_FALSE_FRIENDS = (
    _rule(
        Kind.OTHER,
        0.9,
        r"^(?:buy|order|pay|book|cancel|renew|register|sign[- ]?up|apply|drop[- ]?off|call|e?-?mail|submit"
        r"|sell|print|drive|parking|salary|pick[- ]?up(?! (?:the )?pace))"
        r"|^(?:volunteer|watch|marshal|spectat|cheer)\w*",
    ),
    _rule(
        Kind.OTHER,
        0.9,
        r"registration|sign-?ups?|lottery|ballot|membership|errands?|payroll|fundraiser|dossards?"
        r"|startunterlagen"
        r"|laufschuhe?|laufanalyse|werkstatt|(?:zahn)?arzt|dentiste|médecin|elternabend|\w*ferien"
        r"|(?:club|team|race|run) meetings?"
        r"|run(?:ning)? (?:late|out of)|run (?:the )?(?:dish\w*|numbers|report|show|slides|tests?)"
        r"|run through (?:the |my )?(?:slides|deck|talk|demo|notes|agenda|numbers)|run-?throughs?|runway"
        r"|(?:dry|test|production|school|nursery|grocery|print|supply|ski) run"
        r"|race (?:conditions?|cars?|kit|shoes|entry)|(?:human|horse|boat|drag|rat|arms|car|dog) races?"
        r"|(?:nascar|f1|formula (?:1|one)|motor) races?|(?:movie|netflix|film|tv) marathon|marathon man"
        r"|sprint (?:planning|review|retro\w*|demo|goals?|\d+$)|track (?:changes|package|parcel|order)"
        r"|fast[- ](?:track|food)|speed (?:dating|networking|limit)|tempo (?:magazine|taxi|limit)"
        r"|(?:world|tv|web|mini) series|series (?:[a-f]|finale)(?: .*)?$|(?:sales|service|student) reps?"
        r"|threshold (?:review|value)|hard (?:stop|copy|drive|disk)|workout (?:clothes|budget)|quality time"
        r"|long[- ](?:term|haul|service|distance (?:call|train|flight))|ski (?:trip|rental|school)|easy ?jet"
        r"|base (?:camp|salary|jump)|recovery of|slow (?:cooker|food)|easy (?:bank|company|peasy)|jog memory"
        r"|core (?:values|team|exam|hours|product|data)|leg (?:wax\w*|x-?ray)|lifting of"
        r"|lift (?:pass\w*|maintenance|tickets?)|bench (?:review|delivery)|weight watchers"
        r"|weights and measures|strength of materials|circuit breaker\w*"
        r"|cross[- ](?:the|check|stitch|border|functional|team|sell\w*)|(?:wash|life|billing|sleep) cycles?"
        r"|(?:car|bus|train|taxi|cab) rides?|ride to (?:the )?(?:airport|station)"
        r"|kids'? swim\w*|swim\w* lessons? kids"
        r"|bike (?:repairs?|service|shop|fit|fitting|maintenance|tune-?up|insurance)|row (?:about|over)"
        r"|pool (?:party|cleaner|maintenance|table)|dog walks?|walk (?:the )?dogs?|walk-through",
        unless=_BESIDE_A_RUN,
    ),
    _rule(
        Kind.OTHER,
        0.9,
        r"(?:lessons?|class|practice|training|match|game)\b.*\bkids?"
        r"|kids?['’]?s? (?:\w+ )?(?:lessons?|class|practice|match)",
    ),
    # "Peak training week" and "Week 7: 58 km" head seven days.
    _rule(
        Kind.OTHER, 0.9, r"^week \d{1,2}(?: ?of \d{1,2})? ?[:,–-] ?\d+(?:\.\d+)? ?(?:km|mi\w*)(?: total)?$"
    ),
    _rule(
        Kind.OTHER,
        0.9,
        r"^(?:[a-z'’&+-]+ ){0,5}w(?:ee)?ks?(?: \d{1,2}(?: ?(?:of|/) ?\d{1,2})?)?$",
        unless=_RUN,
    ),
)


# "Intervals + stretching", "Hills in the park, party after": a run first, whatever comes with it.
_RUN_FIRST = (
    r"(?:interval\w*|threshold|hills?|recovery|fartlek|progression|long|m?lr|track|speed|strides|parkrun|pace"
    r"|\d{1,2} ?x ?\d{2,4} ?m?)(?: (?:session|repeats|training|workout))?"
    r" ?(?:[+&,;/]|then|and|with|w/|at|in|by).*"
    r"|marathon ?(?:[+&]|then).*|race[- ]?day"
)
_HARD = r"h?mp|tempo|threshold|interval\w*|pace|\d{1,3} ?%.*"
PACE = r"pace|effort|speed|rhythm"
MARATHON = (
    r"(?:half|halb|halve|semi|medio|media|mezza|demi|meia)?[- ]?marat(?:h?on|ón|ona)(?![- ](?:weeks?"
    r"|block|build)\b)"
)
# "8 x 400 m", "4 x 800", "6 x {1}", "5 x (3 min hard, 1 min easy)"; "3 x 10" may be anything.
_TIMES = r"(?<![\d.])\d{1,2} ?x ?\d[\d.,]* ?(?:km|k|miles?|mi|min\w*|m|['’])?"
_REPS = re.compile(
    r"\d ?min\w* of \("
    r"|(?<![\d.])\d{1,3} ?x ?(?:[({]|\d{3,5}\b|mile\b|\d[\d.,:-]* ?(?:m|km|k|mi|miles?|min\w*|sec\w*|s|h)\b"
    r"|\d[\d.]*['’\"″])"
)

_MEDIUM_LONG = (
    r"(?:medium|med|mid|semi)[- ]?long(?: run)?|mlr|m-?l(?= ?\d| w)|mittellang\w*|middellang\w*"
    r"|moyenne[- ]longue"
)
MEDIUM_LONG = re.compile(rf"(?<!\w)(?:{_MEDIUM_LONG})(?!\w)")
# Lifts by name: beside them "tempo" is how slowly a bar is lowered.
_LIFTS = (
    r"squats?|deadlifts?|rdls?|bench(?: press)?|(?:overhead|push|leg|shoulder|chest) press(?:es)?|press$"
    r"|step-?ups?|lunges?|(?:calf|heel|leg) raises?|(?:push|pull|chin|sit)-?ups?|hip thrusts?"
    r"|(?:glute )?bridges?|(?:kettle|bar|dumb)bells?|power cleans?|cleans(?= |$)|snatch\w*|planks?"
    r"|hypertroph\w*|5/3/1|posterior chain|copenhagens?|nordics?|box jumps?|trx|sled(?: \w+)?"
    r"|med(?:icine)? balls?"
    r"|body ?weight|dl|ohp|abs|glutes|legz|single[- ]leg work|funcional|(?:push|pull|hinge|upper"
    r"|lower)[ /]\w+ day"
    r"|(?:push|pull) [a-d1-4]$|heavy (?:upper|lower)"
    r"|(?:upper|lower)(?:[- ]body)?(?: (?:push|pull|strength|session|day|\d)| \(\w+\))?$"
)
RULES = (
    *_FALSE_FRIENDS,
    _rule(Kind.FREE, 0.9, r"whatever you (?:like|want)|(?:runner['’]?s|your|free|open) choice|as you like"),
    _rule(
        Kind.STRENGTH,
        0.9,
        _LIFTS,
        unless=rf"{_RUN}|intervals?|hills?|\d ?(?:km|k|mi|miles?)|\d+ ?x ?\d+ ?(?:m|km)",
    ),
    _rule(
        Kind.REST,
        0.95,
        r"^(?:complete |full |total )?(?:rest|off)(?:[- ]?days?)?"
        r"(?![- ](?:road|week|season|of|site|to|in|peak|duty|line|work|licen[cs]e))",
    ),
    _rule(
        Kind.REST,
        0.95,
        rf"rest days?|days? off(?! work)|off days?|no (?:training|workout)|nothing (?:today|planned)"
        rf"|{words(Kind.REST)}",
        unless=_RUNNING,
    ),
    _rule(
        Kind.OTHER,
        0.9,
        r"meetings?|birthday|dentist|doctor|appointment|dinner|lunch|flight|travel\w*|vacation|holidays?|expo"
        r"|(?:packet|bib) pick-?up|wedding|deadline|geburtstag|termin|besprechung|urlaub|anniversaire|réunion"
        r"|rendez-vous|cumpleaños|reunión|long weekend|call|sync|stand-?up|interview|party"
        r"|delivery|package|insurance|check-?up|haircut|bank|vet|movie|cinema|concert|theatre|school"
        r"|hotel|webinar|conference|coffee|shopping|workshop|focus time|^1:1|office hours|budget",
        unless=rf"{_RUNNING}|{_RUN_FIRST}",
    ),
    # "Hansons strength" and "strength: 6 x 1 mile" are runs, so the mere word comes further down.
    _rule(
        Kind.STRENGTH,
        0.9,
        r"strength (?:training|session|workout|work|class)|weights?|weight[- ]?(?:training|lifting)"
        r"|lift\w*|gym|squats?|planks?|deadlifts?|bench|s ?[&+] ?c|kettlebells?|plyo\w*|core|legs"
        r"|leg[- ](?:day|session|workout|press)|crossfit|(?:upper|lower|full|total)[- ]body|strengthen\w*"
        rf"|{words(Kind.STRENGTH)}",
        unless=rf"{_RUN}|tempo|intervals?",
    ),
    _rule(Kind.CROSS, 0.9, r"(?:aqua|pool|water)[- ]?(?:jog\w*|run\w*)|(?:ski)?langlauf\w*|eislauf\w*"),
    _rule(
        Kind.CROSS,
        0.9,
        r"cross(?:[- ]?train\w*)?(?![- ]?country)|x-?train\w*|xt|bik(?:e|es|ing)|cycl\w*|rides?|riding"
        r"|swim\w*|row|rower|rowing|elliptical|spin|spinning|zwift|peloton|skiing|aqua\w*|pool|stairmaster"
        r"|stepper|triathlon|ski|skating|rock climbing|^climbing|bouldering|zumba"
        rf"|{words(Kind.CROSS)}",
        unless=_RUN,
    ),
    _rule(
        Kind.CROSS,
        0.7,
        r"football|soccer|tennis|padel|squash|basketball|volleyball|handball|hockey",
        "it may be played or watched",
        unless=_RUNNING,
    ),
    # A walk tires the legs without the impact of a run; "2 min walk" between repetitions is none.
    _rule(
        Kind.CROSS,
        0.85,
        r"walk\w*|hik(?:e|es|ing)",
        unless=rf"{_RUN}|{_HARD}|\d{{1,3}} ?x.*",
    ),
    _rule(
        Kind.OTHER,
        0.85,
        r"yoga|pilates|mobility|mobilisation|stretch\w*|foam|massage|physio\w*|sauna|ice bath|prehab|dehnen"
        r"|étirements|estiramientos|movilidad",
        unless=rf"{_RUNNING}|{_RUN_FIRST}",
    ),
    _rule(Kind.EASY, 0.6, r"brick", "a brick is a ride and a run"),
    _rule(Kind.RACE, 0.6, r"plan ends?|end of (?:the )?plan|plan complete", "it may be the day of the race"),
    _rule(
        Kind.EASY,
        0.9,
        r"(?:run|jog) ?[/-] ?walk\w*|walk ?[/-] ?(?:run|jog)\w*|couch to 5k|^(?:run|jog)\b.*\bwalk"
        r"|^walk\b.*\b(?:run|jog)|\d{1,3}[- ]?[a-z]+ (?:run|jog)\w*\b.*\bwalk\w*",
        unless=_HARD,
    ),
    _rule(
        Kind.RACE,
        0.9,
        rf"race(?:[- ]?day)?(?![- ]?(?:{PACE}|sim\w*|week|prep\w*|plan\w*|specific|strategy|rehearsal|shoes"
        r"|kit|flats|gear|in \w+ (?:weeks?|days?)))|tune[- ]?up|turkey trot|ultra(?= ?\d)"
        r"|\d+ ?k(?:m)? ultra|ekiden|(?:club|county|state|league|nationals?)"
        r" (?:champ\w*|meet(?:ing)?|race)|champs|championships?"
        rf"|cross[- ]country (?:league|champ\w*|race)|{words(Kind.RACE)}",
    ),
    _rule(
        Kind.RACE,
        0.85,
        MARATHON,
        unless=rf"at|allure|ritmo|\d{{3,4}}s|\d{{1,2}} ?x.*|{PACE}|simul\w*|train\w*|specific"
        rf"|long(?! (?:beach|island))|mp|tempo|{_RUN}",
    ),
    _rule(
        Kind.TEMPO,
        0.6,
        r"parkrun",
        "a parkrun can be raced, run hard or jogged",
        unless=r"easy|jog\w*|recovery|gentle|kids|family|buggy|volunteer\w*",
    ),
    _rule(Kind.RACE, 0.6, r"fun[- ]?run|charity run", "it may be run for fun"),
    _rule(
        Kind.TEMPO,
        0.8,
        r"time[- ]trial|\d{1,3} ?(?:km?|m|mi|miles?|min\w*|['’]) tt|^tt(?= ?\d)"
        r"|cooper test|testlauf|\d{1,2} ?k test|lthr test|fitness test|benchmark",
    ),
    _rule(Kind.MODERATE, 0.85, _MEDIUM_LONG),
    _rule(
        Kind.LONG,
        0.95,
        r"(?<!as )(?<!too )(?<!so )long(?!\s(?:as|enough|fartlek|climb|intervals?|reps?|repeats|hills?"
        r"|tempo|jog|warm|cool"
        r"|sprints?|island|beach))|longest|lsd|lr|time on feet"
        rf"|(?:{words(Kind.LONG)})(?! (?:intervall?\w*|ripetute|series|tiros))",
    ),
    _rule(
        Kind.HILLS,
        0.9,
        r"(?<!rolling )(?<!on )(?<!over )(?<!some )hills|hill (?:repeat|sprint|rep|interval|bound|circuit)s?"
        r"|hill (?:session|workout|work|training|run)|\d{1,3} ?x ?(?:\S+ )?hills?|uphills?"
        rf"|{words(Kind.HILLS)}",
    ),
    _rule(
        Kind.THRESHOLD,
        0.9,
        rf"thresh\w*|thr|lt|lt2|cruise|lactate|sub-?t|over-?unders?|{words(Kind.THRESHOLD)}"
        r"|\d{1,2} ?e ?\+ ?(?:\d{1,2} ?x ?)?\d{1,2} ?t|\d{1,3} ?min\w* t",
    ),
    _rule(
        Kind.PROGRESSION,
        0.9,
        rf"progress(?:ion|ive|ing)|prog(?= run)|cut-?downs?|neg(?:ative)?[- ]splits?|fast[- ]finish"
        rf"|{words(Kind.PROGRESSION)}",
    ),
    _rule(Kind.TEMPO, 0.95, r"tempo\w*|tdl|dl-?3"),
    # Repetitions take their name from their pace: "6 x 1 km (T)", "3 x 5 km @ MP".
    TitleRule(re.compile(rf"{_TIMES}.*?(?:[(@] ?|\bat )(?:t|lt|lthr)\b|{_TIMES} ?t\b"), Kind.THRESHOLD, 0.85),
    TitleRule(
        re.compile(rf"{_TIMES}.*?(?:[(@] ?|\bat )(?:g?mp|marathon|m)\b(?! ?[-–]? ?\d)"), Kind.TEMPO, 0.85
    ),
    TitleRule(_REPS, Kind.INTERVALS, 0.9),
    _rule(
        Kind.INTERVALS,
        0.9,
        r"interval\w*|repeats?|reps|track|v\u0307?[o0][2₂] ?-?max|yasso\w*|fart-?lek|speed ?work|speed|billat"
        r"|anaerobic|norwegian 4x4|pyramid\w*|ladders?|\d sets? of|[1-9]\d{2}s|1\d{3}s|30[/-]30s?"
        r"|on ?/ ?(?:[\w'’]+ )?\w* ?off|(?:\d{3,4}-){2,}\d{3,4}|flying \d+s?|zone ?5|z5"
        rf"|sprint\w*|{words(Kind.INTERVALS)}",
    ),
    _rule(
        Kind.TEMPO,
        0.85,
        rf"(?:marathon|half|race|goal|mp|hmp|m|t|mile|\d{{1,2}} ?-?k)[- ](?:marathon[- ])?(?:race[- ])?"
        rf"(?:{PACE})"
        r"|mp|hmp|gmp|hm pace|(?:at|@) ?(?:hm|mt|st|t)|(?:marathon|race) simulation|dress rehearsal"
        r"|(?:at|@) ?\d{2,3}(?:-\d{2,3})? ?% (?:of )?(?:\d{1,2}k|hm)"
        rf"|{words(Kind.TEMPO)}",
    ),
    _rule(
        Kind.RECOVERY,
        0.95,
        rf"recov\w*|rec|reco|rcvry|shake-? ?out|loosener|loosen up|flush\w*|{words(Kind.RECOVERY)}",
    ),
    _rule(
        Kind.EASY,
        0.95,
        r"easy|ez|e/z|easyish|shuffle|plod|jog|jogs|jogging|base|zone ?[12]|z[12]|gentle|relaxed|slow"
        r"|conversational|e (?:run|pace)|maf"
        rf"|aet|^\d{{1,2}} ?e(?! ?\+)|^e(?= ?\d{{1,2}}$)|{words(Kind.EASY)}",
    ),
    _rule(
        Kind.MODERATE,
        0.85,
        rf"moderate|mod|steady|aerobic|ga ?2?|regular|endurance|medium|{words(Kind.MODERATE)}",
    ),
    _rule(Kind.HILLS, 0.6, r"hilly(?: run)?", "a hilly run can be easy or hard"),
    _rule(Kind.TEMPO, 0.8, r"pace|fast|zone ?4|z4"),
    _rule(Kind.TEMPO, 0.6, r"zone ?3|z3", "it is between easy and hard"),
    _rule(Kind.LONG, 0.85, r"^l(?= ?\d)"),
    _rule(Kind.TEMPO, 0.85, r"^m(?= ?\d)"),
    _rule(Kind.THRESHOLD, 0.85, r"^t(?= ?\d)"),
    _rule(Kind.INTERVALS, 0.85, r"^i(?= ?\d)"),
    _rule(Kind.STRENGTH, 0.85, r"strength\w*|conditioning|hiit|circuits?|\d{1,3} sets$"),
    _rule(Kind.EASY, 0.6, r"^\d{1,3}[- ]?milers?$", "it may be a race"),
    _rule(
        Kind.RACE,
        0.6,
        r"\d{1,3}[- ]?milers?|(?:five|ten)[- ]?milers?|relay|staffel\w*",
        "it may be a training run",
    ),
    _rule(
        Kind.RACE,
        0.6,
        r"(?:[\w'’.-]+ ){0,4}half(?: 20\d\d)?$|semi d[eu] .*",
        "a half may be a half marathon",
        unless=rf"first|second|last|other|better|in|an?|my|your|by|{_RUN}",
    ),
    _rule(Kind.INTERVALS, 0.5, r"quality|hard|workout", "it does not say what kind of workout"),
)

# A run without a name is easy, unless its description names another kind.
PLAIN_RUN = _rule(Kind.EASY, 0.8, rf"{_RUN}|{PLAIN}|treadmill|laufband")
# Several strides, of which one "Steigerungslauf" is a progression run.
STEIGERUNGEN = r"steigerung(?:en|sl[aä]ufen?)"
# What is left of "5 mi w/ 6 strides" without them is a plain run.
STRIDES = _rule(Kind.EASY, 0.8, rf"strides?|{STEIGERUNGEN}")
NO_RUN_RULE = _rule(Kind.REST, 0.9, r"no run")
