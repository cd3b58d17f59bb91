"""A page taken apart: its elements with their attributes and texts."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Parsed(HTMLParser):
    """The elements of a page, with the text below each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._data: list[str] = []
        self._spans: list[list[int]] = []
        self._open: list[int] = []
        self.feed(page)
        self.close()
        self.texts = ["".join(self._data[begin:end]) for begin, end in self._spans]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._spans.append([len(self._data)] * 2)
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open[-1]][0] == tag, f"{tag} ends where another is open"
        self._spans[self._open.pop()][1] = len(self._data)

    def handle_data(self, data: str) -> None:
        self._data.append(data)

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        """Attributes and text of each element of a tag that has the attributes (`kind` is its class)."""
        names = {"kind": "class"}
        return [
            (attrs, text)
            for (name, attrs), text in zip(self.elements, self.texts, strict=True)
            if name == tag
            and all(value in attrs.get(names.get(key, key), "").split(" ") for key, value in wanted.items())
        ]

    def text(self, tag: str, **wanted: str) -> str:
        return " ".join(" ".join(text.split()) for _, text in self.all(tag, **wanted))
