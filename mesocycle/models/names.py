"""Names and titles: text that is shown unchanged, so it may hold nothing that a reader cannot see."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

# Control characters (terminal codes begin with one), zero-width ones, those that turn the direction of the
# text around, and halves of a character. A joiner may stand within an emoji.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\u00ad]|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d"
)


def hidden_character(text: str) -> str:
    """Name the first character of a text that is not for showing, as "U+202E"; empty if there is none."""
    match = _HIDDEN.search(text)
    return f"U+{ord(match[0]):04X}" if match else ""


def _readable(text: str) -> str:
    code = hidden_character(text)
    if code == "U+000A":
        raise ValueError("the text holds a line break (U+000A); write it on one line")
    if code:
        raise ValueError(f"the text holds the invisible character {code}; leave it out")
    return text


Name = Annotated[str, AfterValidator(_readable)]


def nearest(name: str, known: Iterable[str]) -> str:
    """Suggest a known name for an unknown one."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else f"one of {', '.join(names[:8])} ..."
