"""Words of a title that say when a session is, not what: "(after intervals)", "before the long run"."""

from __future__ import annotations

import re

_DAY = r"(?:(?:the|a|an|your|my|this|last|next) )?(?:\w+['’]s )?"
_MUCH = r"(?:\d+ ?(?:h(?:ours?|rs?)?|days?) )?(?:right |straight |directly |just |brief,? |short,? )?"
_BEFORE = (
    r"(?:(?:the )?(?:day|morning|evening|night|afternoon|eve) )?"
    r"(?:after|before|ahead of|following|prior to|preceding|in between|between|of)"
)
_OTHER_TONGUES = (
    r"nach|vor de[mrn]|statt|après|avant|después de(?:l| la)?|antes de(?:l| la)?|dopo|prima|na de|voor de"
    r"|depois d[aeo]|antes d[aeo]"
)
# A bracket that begins with such words says nothing else; what a session is "from" is where it comes from.
_BRACKET = re.compile(
    rf"\s*[(\[]{_MUCH}(?:{_BEFORE}|{_OTHER_TONGUES}|instead of|not on|same day as|tmrw|tomorrow|yesterday"
    rf"|next day|eve of|pre-?\w+|post-?\w+|from {_DAY}\w+day)\b"
    r"[^()\[\]]*[)\]]",
    re.IGNORECASE,
)
_SESSION = (
    r"(?:(?:first|second|early|late|big|long|easy|hard|hill|tempo|recovery|key|interval|quality)s?[- ])*"
    r"(?:runs?|races?|race day|jog|intervals?|tempo|threshold|hills?|reps|repeats|workout|session|track"
    r"|speed ?work|marathon|half|parkrun|fartlek|long one|longs?|lr|gym|lift\w*|strength|leg day|effort"
    r"|rest day"
    r"|\d{1,2} ?km?)"
)
# Outside of brackets it is a clause, or joined by a hyphen; what has a length of its own is no mere time.
_CLAUSES = (
    re.compile(
        rf"(?:^|(?<=[\w)]))(?:,|:|\s[-–—])?\s*\b{_MUCH}(?:after|before|ahead of|following|prior to|preceding"
        r"|(?:the )?(?:day|morning|evening|night|eve) (?:after|before|of)|in place of|instead of"
        r"|(?:days )?out from"
        r"|(?:nothing hard )?(?:till|until)|fresh from|off the back of|loosen\w* up from"
        r"|(?:keep|sav)\w* (?:the |your )?legs (?:fresh )?for|ready for|post|pre)"
        rf" {_DAY}{_SESSION}\b(?![^,;+&:.]*\d)\s*[:.]?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:for|from) (?:yesterday|tomorrow|today|\w+day)['’]s {_SESSION}\b", re.IGNORECASE),
    re.compile(
        r"\b(?:pre|post)[- ](?:long[- ])?(?:run|race|lr|workout|session|interval|tempo|marathon)\b",
        re.IGNORECASE,
    ),
)


def without_when(title: str) -> str:
    """A title without such words; the title itself where nothing else would be left."""
    left = title
    for pattern in (_BRACKET, *_CLAUSES):
        shorter = pattern.sub(" ", left).strip(" ,;:-–—")
        left = shorter if any(c.isalpha() for c in shorter) else left
    return title if left == title.strip(" ,;:-–—") else left
