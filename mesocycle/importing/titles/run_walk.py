"""Running and walking in turns: how long it takes as a whole."""

from __future__ import annotations

import re

MIN = r"minut\w*|mins?|['′’](?!['′’])"
SEC = r"seconds?|secs?|sek\w*|s"
_RUN_WALK = re.compile(
    rf"(?P<a>\d{{1,3}}(?:\.\d)?)\s?(?P<au>{MIN}|(?:{SEC})\b)(?:\s(?:run\w*|jog\w*))?"
    rf"\s?(?:,|/|and|\+|then)?\s?(?:walk\w*\s)?(?:for\s)?"
    rf"(?P<b>\d{{1,3}}(?:\.\d)?)\s?(?P<bu>{MIN}|(?:{SEC})\b)"
)
_TIMES = re.compile(
    r"(?:repeat\w*\s(?:for\s)?|x\s?|wiederhol\w*\s)(\d{1,2})\b|\b(\d{1,2})\s?(?:x|times|mal)\b"
)


def run_walk_minutes(text: str) -> float | None:
    """Add up "Run 30 seconds, walk 30 seconds. Repeat 15 times" in minutes; None if it is nothing such."""
    pair, times = _RUN_WALK.search(text), _TIMES.search(text)
    if pair is None or times is None:
        return None
    count = int(times[1] or times[2])
    once = sum(float(pair[n]) / (60 if pair[u].startswith("s") else 1) for n, u in (("a", "au"), ("b", "bu")))
    return count * once
