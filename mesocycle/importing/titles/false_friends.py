"""Errands and private life use the words of training: "run errands", "core team", "race registration"."""

from __future__ import annotations

from mesocycle.importing.feed import Kind
from mesocycle.importing.titles.row import row_of

# Beside these even "race shoes" and "registration" stand in the title of a run.
_BESIDE_A_RUN = (
    r"\d ?(?:km|mi|miles?)|\d{1,2} ?x ?\d\w*|race day"
    r"|(?:easy|long|tempo|recovery|steady) (?:run|jog|in|with|then|\d)\w*"
)

# Said like this they are none of it.
FALSE_FRIENDS = (
    row_of(
        Kind.OTHER,
        0.9,
        r"^(?:buy|order|pay|book|cancel|renew|register|sign[- ]?up|apply|drop[- ]?off|call|e?-?mail|submit"
        r"|sell|print|drive|parking|salary|pick[- ]?up(?! (?:the )?pace))"
        r"|^(?:volunteer|watch|marshal|spectat|cheer)\w*",
    ),
    row_of(
        Kind.OTHER,
        0.9,
        r"registration|sign-?ups?|lottery|ballot|membership|errands?|payroll|fundraiser|dossards?|startunterlagen"
        r"|laufschuhe?|laufanalyse|werkstatt|(?:zahn)?arzt|dentiste|médecin|elternabend|\w*ferien"
        r"|(?:club|team|race|run) meetings?",
        unless=_BESIDE_A_RUN,
    ),
    row_of(
        Kind.OTHER,
        0.9,
        r"run(?:ning)? (?:late|out of)|run (?:the )?(?:dish\w*|numbers|report|show|slides|tests?)"
        r"|run through (?:the |my )?(?:slides|deck|talk|demo|notes|agenda|numbers)|run-?throughs?|runway"
        r"|(?:dry|test|production|school|nursery|grocery|print|supply|ski) run"
        r"|race (?:conditions?|cars?|kit|shoes|entry)|(?:human|horse|boat|drag|rat|arms|car|dog) races?"
        r"|(?:nascar|f1|formula (?:1|one)|motor) races?|(?:movie|netflix|film|tv) marathon|marathon man"
        r"|sprint (?:planning|review|retro\w*|demo|goals?|\d+$)|track (?:changes|package|parcel|order)"
        r"|fast[- ](?:track|food)|speed (?:dating|networking|limit)|tempo (?:magazine|taxi|limit)"
        r"|(?:world|tv|web|mini) series|series (?:[a-f]|finale)(?: .*)?$|(?:sales|service|student) reps?"
        r"|threshold (?:review|value)|hard (?:stop|copy|drive|disk)|workout (?:clothes|budget)|quality time",
        unless=_BESIDE_A_RUN,
    ),
    row_of(
        Kind.OTHER,
        0.9,
        r"long[- ](?:term|haul|service|distance (?:call|train|flight))|ski (?:trip|rental|school)|easy ?jet"
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
)
