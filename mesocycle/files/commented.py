"""Plain data -> YAML text with comments, for a runner to read and to change."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from mesocycle.files.safe_text import visible
from mesocycle.models.names import hidden_character

Path = tuple[str | int | date, ...]
# Other texts are quoted, even if only flow style or YAML 1.1 needs it: `? x`, 06:30.
_PLAIN = re.compile(r"(?!(?:yes|no|on|off|true|false|null)$)[^\W\d_][\w./-]*(?: [\w./-]+)*", re.IGNORECASE)
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)? (?:km|mi)")
# From this depth on everything stands on one line: a run, a race, the windows of a day.
FLOW_DEPTH = 3
# Longer lines would be folded, even within a day.
WIDTH = 10_000


def commented(data: Mapping[str, Any], head: Sequence[str], comments: Mapping[Path, str]) -> str:
    """Write data as YAML.

    Parameters
    ----------
    data : mapping
        Mappings, lists, texts, numbers and dates; nothing else.
    head : sequence of str
        Lines of the comment at the top, without their `#`.
    comments : mapping of path to str
        Comments at the end of a key's line.

    Returns
    -------
    str
        The file, with its last line end.
    """
    root = _node(data, (), comments)
    writer = YAML()
    writer.width = WIDTH
    writer.representer.ignore_aliases = lambda data: True  # a date that stands twice is written twice
    writer.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    writer.dump(root, text)
    # A comment ends where its line does: a file's name or a title may hold anything.
    top = "".join(
        f"# {line if not hidden_character(line) else visible(line)}".rstrip() + "\n" for line in head
    )
    return top + text.getvalue()


def _node(data: Any, path: Path, comments: Mapping[Path, str]) -> Any:
    if isinstance(data, Mapping):
        node = CommentedMap()
        for key, value in data.items():
            node[key] = _node(value, (*path, key), comments)
            if (*path, key) in comments:
                node.yaml_add_eol_comment(visible(comments[(*path, key)]), key)
        return _in_its_style(node, list(data.values()), path)
    if isinstance(data, (list, tuple)):
        items = CommentedSeq(_node(value, (*path, at), comments) for at, value in enumerate(data))
        for at in range(len(data)):
            if (*path, at) in comments:
                items.yaml_add_eol_comment(visible(comments[(*path, at)]), at)
        return _in_its_style(items, list(data), path)
    if isinstance(data, str) and not _PLAIN.fullmatch(data) and not _DAYS.fullmatch(data):
        return DoubleQuotedScalarString(data)
    return data


def _in_its_style(node: Any, values: Sequence[Any], path: Path) -> Any:
    nested = any(isinstance(value, (Mapping, list, tuple)) and value for value in values)
    if path and (not nested or len(path) >= FLOW_DEPTH):
        node.fa.set_flow_style()
    return node
