"""Names: letters of all scripts and emoji, and nothing that a reader cannot see."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from mesocycle.models.names import Name, hidden_character

NAMES = TypeAdapter(Name)
# A woman running with a skin tone, a family, and the flag with a rainbow: each holds joiners.
JOINED = ["\U0001f3c3\U0001f3fd\u200d\u2640\ufe0f", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
          "\U0001f3f3\ufe0f\u200d\U0001f308"]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Herbst-Halbmarathon",
        "Läufer’s été, 12 %",
        "e\u0301te\u0301",
        "日本マラソン",
        "ריצה",
        "سباق",
        "5 × 1 km 😀",
        *JOINED,
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert NAMES.validate_python(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\u202eb", r"invisible character U\+202E"),  # turns the rest of the line around
        ("a\u2066b", r"invisible character U\+2066"),
        ("a\u200bb", r"invisible character U\+200B"),
        ("\ufeffa", r"invisible character U\+FEFF"),
        ("\x1b[2Ja", r"invisible character U\+001B"),  # clears the terminal
        ("a\x9b2J", r"invisible character U\+009B"),
        ("a\tb", r"invisible character U\+0009"),
        ("a\ud800", r"valid string|invisible character U\+D800"),
        ("a\nb", r"a line break \(U\+000A\); write it on one line"),
        ("a\u200db", r"invisible character U\+200D"),  # joins nothing
        ("\U0001f600\u200d\u200d", r"invisible character U\+200D"),
    ],
)
def test_what_cannot_be_seen_is_refused_by_its_code(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        NAMES.validate_python(text)


def test_every_range_from_end_to_end() -> None:
    ranges = [
        (0x00, 0x1F),
        (0x7F, 0x9F),
        (0x200B, 0x200F),
        (0x2028, 0x202E),
        (0x2066, 0x2069),
        (0xFEFF, 0xFEFF),
    ]
    codes = [code for first, last in ranges for code in range(first, last + 1)]
    assert [code for code in codes if hidden_character(f"a{chr(code)}") != f"U+{code:04X}"] == []
    # Their neighbours are blanks, dashes and letters.
    near = [0x20, 0x7E, 0xA0, 0x200A, 0x2010, 0x2027, 0x202F, 0x2070]
    assert [code for code in near if hidden_character(f"a{chr(code)}")] == []


def test_no_letter_number_or_mark_is_refused() -> None:
    seen = 0

    @given(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]))
    def check(character: str) -> None:
        nonlocal seen
        seen += 1
        assert hidden_character(character) == "", unicodedata.name(character)

    check()
    assert seen > 50
