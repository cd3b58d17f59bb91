"""The README's pictures are what the script that draws them draws today."""

from __future__ import annotations

import importlib.util
import re
import struct
from functools import cache
from pathlib import Path
from types import ModuleType

import mesocycle as mc

DOCS = Path(__file__).parents[1] / "docs"


@cache
def script() -> ModuleType:
    """`docs/pictures.py`; docs is no package."""
    found = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def steady(svg: str) -> str:
    """A picture without what changes from run to run: the seconds, their width, and ids made of them."""
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return re.sub(r'textLength="[\d.]+"([^>]*>Proven&#160;optimal&#160;in&#160;)[\d.]+&#160;s', r"\1", svg)


def test_the_picture_of_the_terminal_is_what_the_report_looks_like_today() -> None:
    result = mc.solve(mc.load_scenario(DOCS.parent / script().SCENARIO))
    drawn = (DOCS / "half_marathon.svg").read_text(encoding="utf-8")
    assert steady(script().terminal_picture(result)) == steady(drawn), "run: python docs/pictures.py"


def test_only_the_seconds_of_the_picture_may_differ() -> None:
    drawn = (DOCS / "half_marathon.svg").read_text(encoding="utf-8")
    assert len(re.findall(r"optimal&#160;in&#160;[\d.]+&#160;s", drawn)) == 1
    assert not re.search(r"optimal&#160;in&#160;[\d.]", steady(drawn))
    slow = re.sub(r"(optimal&#160;in&#160;)[\d.]+", r"\g<1>123.4", drawn)
    assert slow != drawn
    assert steady(slow) == steady(drawn)
    assert steady(drawn.replace("points", "pounds", 1)) != steady(drawn)


def test_the_picture_of_the_report_is_a_png_at_twice_the_size_of_its_window() -> None:
    raw = (DOCS / "report.png").read_bytes()
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    assert raw[12:16] == b"IHDR"
    assert struct.unpack(">II", raw[16:24]) == (2 * script().WIDTH, 2 * script().HEIGHT)
