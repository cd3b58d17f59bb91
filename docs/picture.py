"""Draws the README's picture from the example scenario, so that it never lies.

Run:  python docs/picture.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

import mesocycle as mc
from mesocycle.report import terminal

ROOT = Path(__file__).parent.parent
LINES = 66


def main() -> None:
    """Plan the scenario and write the first lines of its report as SVG."""
    result = mc.solve(mc.load_scenario(ROOT / "scenarios" / "half_marathon.yaml"))
    full = Console(width=82, force_terminal=True, color_system="truecolor", highlight=False)
    with full.capture() as capture:
        terminal.show(result, full)
    console = Console(width=82, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ solve scenarios/half_marathon.yaml", style="bold"))
    console.print(Text.from_ansi("\n".join(capture.get().splitlines()[:LINES])))
    svg = console.export_svg(title="Mesocycle")
    # No fonts from elsewhere: the picture loads nothing.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "ui-monospace")
    (ROOT / "docs" / "half_marathon.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
