"""Splicing changed data into the text they came from: the rest of it stays byte for byte.

ruamel's round trip keeps comments but changes the layout: indentation, spaces in brackets, long lines. So
nothing is dumped whole: only the values that differ are spliced into the text, at the places in its layout.
"""

from __future__ import annotations

import json
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from mesocycle.files.yaml_layout import EOL, Layout, Node
from mesocycle.files.yaml_source import parse
from mesocycle.models.errors import InternalError, ScenarioFileError


def spliced(text: str, old: Any, new: Any) -> str:
    """Return a text that held `old` so that it holds `new`; the caller checks that it does."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    edit = _Edit(text.removeprefix(mark))
    edit.visit(edit.layout.root, old, new)
    return mark + edit.result()


def same(a: Any, b: Any) -> bool:
    """Whether two values are equal, True and 1 being different."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(item, b[key]) for key, item in a.items())
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    return bool(a == b) and isinstance(a, bool) == isinstance(b, bool)


class _Edit:
    """A text, its nodes, and the pieces that replace some of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.layout = Layout(text)
        self.eol, self.step = self.layout.eol, self.layout.step
        self.pieces: list[tuple[int, int, str]] = []
        self.torn: dict[Node, bool] = {}  # anchored values that changed; whether the anchor still stands

    def result(self) -> str:
        """Return the text with all pieces in place."""
        done, parts = 0, list[str]()
        for start, end, piece in sorted(self.pieces, key=lambda entry: entry[:2]):
            if start < done:
                raise InternalError("two changes want the same place in the file")
            parts += [self.text[done:start], piece]
            done = end
        return "".join([*parts, self.text[done:]])

    def visit(self, node: Node, old: Any, new: Any) -> None:
        """Replace what differs at a node and below; called in the order of the text, for all of it."""
        alike = same(old, new)
        if node.target is not None:
            # Where the anchored value changes, the first alias that does not change takes the anchor over.
            heir = alike and node.target in self.torn
            if heir and self.torn.pop(node.target):
                self._unanchor(node.target)
            if heir or not alike:
                self._piece(node.at, node.end, (f"&{node.target.name} " if heir else "") + self._flow(new))
            return
        if node.name and not alike:
            self.torn[node] = True
        if node.kind == "map" and isinstance(new, dict):
            done = self._mapping(node, old, new)
        else:
            done = node.kind == "list" and isinstance(new, list) and self._list(node, old, new)
        if not done and not alike:
            self._replace(node, new)

    def _mapping(self, node: Node, old: dict[Any, Any], new: dict[Any, Any]) -> bool:
        """Change a mapping's entries, unless it is easier to write it anew."""
        spans = dict(zip(old, node.spans(), strict=True))
        kept = [span for key, span in spans.items() if key in new]
        gone = [span for key, span in spans.items() if key not in new]
        if not kept or (gone and not self._in_lines(node, gone)):
            return False
        for key, name, value in zip(old, node.children[::2], node.children[1::2], strict=True):
            if key not in new:
                self._remove(*spans[key], name, value)
            elif value.at == value.end and not node.flow and isinstance(new[key], dict) and new[key]:
                self._add_lines(value.end, self._block(new[key], self.layout.column(name.at) + self.step))
            else:
                self.visit(value, old[key], new[key])
        added = {key: value for key, value in new.items() if key not in old}
        last = kept[-1][1]
        if added and node.flow:
            self._piece(last, last, "".join(f", {self._pair(key, value)}" for key, value in added.items()))
        elif added and node is self.layout.root:
            end = max(self.layout.line_end(last), len(self.text[: self.layout.finish].rstrip()))
            apart = self.eol if 2 * self.eol in self.text[:end] else ""  # as the file sets its sections apart
            self._piece(
                end, end, apart + self._block(added, self.layout.column(node.children[0].at), top=True)
            )
        elif added:
            self._add_lines(last, self._block(added, self.layout.column(node.children[0].at)))
        return True

    def _list(self, node: Node, old: list[Any], new: list[Any]) -> bool:
        """Change a list's entries, unless it is easier to write it anew."""
        if len(old) == len(new):
            for child, before, after in zip(node.children, old, new, strict=True):
                self.visit(child, before, after)
            return True
        if not new or node.flow or not self._in_lines(node, node.spans()):
            return False
        spans = node.spans()
        dash = self.eol + " " * self.layout.column(spans[0][0]) + "- "
        matcher = SequenceMatcher(None, [repr(v) for v in old], [repr(v) for v in new], autojunk=False)
        for _, i, i_end, j, j_end in matcher.get_opcodes():
            paired = min(i_end - i, j_end - j)
            for step in range(paired):
                self.visit(node.children[i + step], old[i + step], new[j + step])
            for index in range(i + paired, i_end):
                self._remove(*spans[index], node.children[index])
            lines = "".join(dash + self._flow(value) for value in new[j + paired : j_end])
            before = spans[i + paired - 1][1] if i + paired else self.layout.line_before(spans[0][0])
            self._add_lines(before, lines)
        return True

    def _replace(self, node: Node, new: Any) -> None:
        """Write a value anew; whole lines of comment within it stay."""
        self._forget(node)
        value = self._flow(new, node.style)
        if not node.flow and EOL.search(self.text, node.slot, node.start):  # a block below its key
            if node.name:
                self._piece(node.at, node.at + 1 + len(node.name), value)
            else:
                self._piece(node.slot, node.slot, f" {value}")
            self._remove(node.start, node.end)
        elif node.at == node.end:
            self._piece(node.at, node.at, f" {value}")
        else:
            self._piece(node.at, node.end, value)
            if node.children:
                self._add_lines(node.end, self.layout.comments(node.start, node.end))

    def _remove(self, start: int, end: int, *nodes: Node) -> None:
        """Take out the lines of an entry, except those that hold nothing but a comment."""
        self._forget(*nodes)
        before, end = self.layout.line_before(start), self.layout.line_end(end)
        self._piece(before, end, self.layout.comments(before, end))

    def _add_lines(self, at: int, lines: str) -> None:
        """Add lines, each with its line end before it, below the line of an offset."""
        if lines:
            self._piece(self.layout.line_end(at), self.layout.line_end(at), lines)

    def _piece(self, start: int, end: int, piece: str) -> None:
        self.pieces.append((start, end, piece))

    def _forget(self, *nodes: Node) -> None:
        for node in nodes:
            if node.name:
                self.torn[node] = False
            self._forget(*node.children)

    def _unanchor(self, node: Node) -> None:
        start, end = node.at, node.at + 1 + len(node.name)
        if EOL.search(self.text, end, node.start):
            start = len(self.text[:start].rstrip(" "))
        else:
            end = node.start
        self._piece(start, end, "")

    def _in_lines(self, node: Node, spans: list[tuple[int, int]]) -> bool:
        """Whether entries have lines of their own: the first one of `- a: 1` has not."""
        return not node.flow and all(
            not self.text[self.layout.line_start(at) : at].strip() for at, _ in spans
        )

    # --- new text

    def _block(self, mapping: dict[Any, Any], column: int, top: bool = False) -> str:
        """Return a mapping's lines, each with its line end before it; what is simple goes on one line."""
        lines = ""
        for key, value in mapping.items():
            deep = isinstance(value, dict) and any(isinstance(item, (dict, list)) for item in value.values())
            if deep or (top and isinstance(value, dict) and value):
                lines += f"{self.eol}{' ' * column}{_key_text(key)}:" + self._block(value, column + self.step)
            else:
                lines += f"{self.eol}{' ' * column}{self._pair(key, value)}"
        return lines

    def _pair(self, key: Any, value: Any) -> str:
        return f"{_key_text(key)}: {self._flow(value)}"

    def _flow(self, value: Any, style: str | None = None) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(self._pair(key, item) for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self._flow(item) for item in value) + "]"
        if isinstance(value, str):
            return self._quoted(value, style)
        return str(value) if isinstance(value, date) else json.dumps(value).removesuffix(".0")

    def _quoted(self, text: str, style: str | None) -> str:
        if style not in ("'", '"'):
            style = self.layout.style_of(text)
        if style is None and _reads_as(f"[{text}]", [text]):
            return text
        if style == "'" and _reads_as("'" + text.replace("'", "''") + "'", text):
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=False)


def _key_text(key: Any) -> str:
    text = str(key)
    return text if _reads_as(f"{{{text}: 0}}", {key: 0}) else json.dumps(text, ensure_ascii=False)


def _reads_as(text: str, value: Any) -> bool:
    try:
        return bool(parse(f"a: {text}".encode(), "").data["a"] == value)
    except (ScenarioFileError, UnicodeError):
        return False
