"""A YAML text as nodes: where each key and value stands in it, and how the file writes texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

_YAML_1_1 = frozenset(("y", "n", "yes", "no", "on", "off"))  # older readers take these for true and false
EOL = re.compile(r"\r\n|[\r\n]")
_BLANK = re.compile(r"(?:\s|#[^\r\n]*)*")
_COLON = re.compile(r"\s*:")
_DASH = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?>\r\n|[\r\n]))*[ \t]*-")
_COMMENT_LINE = re.compile(r"(?<![^\r\n])[ \t]*#[^\r\n]*")


@dataclass(eq=False)
class Node:
    """A key or value in the text, by offsets; its anchor stands between `at` and `start`."""

    kind: str  # map, list, scalar or alias
    flow: bool  # in brackets, or a value within one line
    slot: int  # behind the `:` or `-` it belongs to
    at: int
    start: int
    end: int
    style: str | None = None
    name: str = ""  # of its anchor
    target: Node | None = None  # what an alias repeats
    children: list[Node] = field(default_factory=list)  # of a mapping: key, value, key, value, ...

    def spans(self) -> list[tuple[int, int]]:
        """Start and end of each entry, a mapping's key or a block list's dash included."""
        if self.kind == "map":
            return [(k.at, v.end) for k, v in zip(self.children[::2], self.children[1::2], strict=True)]
        return [(child.slot - 1, child.end) for child in self.children]


class Layout:
    """A text and its nodes.

    Attributes
    ----------
    root : Node
        The whole document.
    finish : int
        Where the document ends: a `...` may follow.
    eol : str
        The line end of the file.
    step : int
        Columns by which nested mappings are indented.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.finish = len(text)
        self._styles: dict[str, str | None] = {}  # the quotes of a text, and of texts of its shape
        eol = EOL.search(text)
        self.eol = eol[0] if eol else "\n"
        self.root = self._compose()
        nested = (v.start for v in self.root.children[1::2] if v.kind == "map" and not v.flow)
        self.step = next(map(self.column, nested), 2)

    def style_of(self, text: str) -> str | None:
        """The quotes that the file uses for a text, or for texts of the same shape."""
        usual = None if _shape(text) == text else '"'
        return self._styles.get(text, self._styles.get(_shape(text), usual))

    def column(self, at: int) -> int:
        """The column of an offset."""
        return at - self.line_start(at)

    def line_start(self, at: int) -> int:
        """Where the line of an offset begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_before(self, at: int) -> int:
        """Where the line before that of an offset ends."""
        start = self.line_start(at)
        return start - (2 if self.text[:start].endswith("\r\n") else 1)

    def line_end(self, at: int) -> int:
        """Where the line of an offset ends."""
        eol = EOL.search(self.text, at)
        return eol.start() if eol else len(self.text)

    def comments(self, start: int, end: int) -> str:
        """The whole lines of comment between two offsets, each with its line end before it."""
        return "".join(self.eol + line for line in _COMMENT_LINE.findall(self.text[start:end]))

    def _compose(self) -> Node:
        nodes, stack, anchors = list[Node](), list[Node](), dict[str, Node]()
        for event in YAML(typ="safe", pure=True).parse(self.text):
            if isinstance(event, NodeEvent):
                node = self._node(event, stack[-1] if stack else None, anchors)
                nodes.append(node)
                if stack:
                    stack[-1].children.append(node)
                if node.kind in ("map", "list"):
                    stack.append(node)
            elif isinstance(event, CollectionEndEvent):
                node = stack.pop()  # ruamel lets a block end where the next thing starts
                node.end = event.end_mark.index if node.flow else node.children[-1].end
            elif isinstance(event, DocumentEndEvent):
                self.finish = event.start_mark.index
        return nodes[0]

    def _node(self, event: Any, parent: Node | None, anchors: dict[str, Node]) -> Node:
        at, end = event.start_mark.index, event.end_mark.index
        node = Node("scalar", True, at, at, at, end)
        is_value = parent is None or parent.kind == "list" or len(parent.children) % 2 == 1
        if parent is not None and is_value and not (parent.kind == "list" and parent.flow):
            node.slot = parent.children[-1].end if parent.children else parent.start
            mark = (_COLON if parent.kind == "map" else _DASH).match(self.text, node.slot)
            node.slot = mark.end() if mark else node.slot
        if isinstance(event, AliasEvent):
            node.kind, node.target = "alias", anchors[event.anchor]
            return node
        if not isinstance(event, ScalarEvent):
            node.kind = "map" if isinstance(event, MappingStartEvent) else "list"
            node.flow = bool(event.flow_style)
        elif at == end:  # nothing is written: ruamel points to what comes next
            node.at = node.start = node.end = node.slot
        else:
            node.style = event.style
            if event.style in ("|", ">"):  # the empty lines below it are taken along
                node.end = len(self.text[:end].rstrip())
            if is_value:
                self._styles.setdefault(event.value, event.style)
                self._styles.setdefault(_shape(event.value), event.style)
        if event.anchor:
            node.name = event.anchor
            anchors[event.anchor] = node
            blank = _BLANK.match(self.text, at + 1 + len(event.anchor))
            node.start = blank.end() if blank else at
            if node.kind == "scalar":
                node.start = min(node.start, end)
        return node


def _shape(text: str) -> str:
    """What texts with the same quotes have in common: times, windows, distances, words like `off`."""
    if text.lower() in _YAML_1_1:
        return "(word)"
    return re.sub(r"\d+", "#", text) if text[:1].isdigit() or text[:1] in ("+", "-", ".") else text
