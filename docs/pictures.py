"""Draws the README's pictures from the example scenario, so that they never lie: the terminal and the report.

Run:  python docs/pictures.py        (the report needs chromium; CONTRIBUTING.md says how to install it)
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

import mesocycle as mc
from mesocycle.output import terminal

ROOT = Path(__file__).parent.parent
SCENARIO = "scenarios/half_marathon.yaml"
LINES = 66
# CSS pixels; drawn at twice the size for sharp screens.
WIDTH, HEIGHT = 1160, 1080


def main() -> None:
    """Plan the scenario and draw what a runner sees."""
    scenario = mc.load_scenario(ROOT / SCENARIO)
    result = mc.solve(scenario)
    (ROOT / "docs" / "half_marathon.svg").write_text(terminal_picture(result), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(
            mc.export(result, "html", explanation=mc.explain(scenario, result, exact=False)), encoding="utf-8"
        )
        screenshot(page, ROOT / "docs" / "report.png")


def terminal_picture(result: mc.Result) -> str:
    """The first lines of the report on a terminal, as SVG."""
    full = Console(width=82, force_terminal=True, color_system="truecolor", highlight=False)
    with full.capture() as capture:
        terminal.show(result, full)
    console = Console(width=82, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ solve {SCENARIO}", style="bold"))
    console.print(Text.from_ansi("\n".join(capture.get().splitlines()[:LINES])))
    svg = console.export_svg(title="Mesocycle")
    # No fonts from elsewhere: the picture loads nothing.
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "ui-monospace")


def screenshot(page: Path, picture: Path) -> None:
    """The top of a page as a browser shows it, as PNG."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("chromium is needed to draw the report")
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    size = ("--force-device-scale-factor=2", f"--window-size={WIDTH},{HEIGHT}")
    call = [chromium, *options, *size, f"--screenshot={picture.resolve()}", page.resolve().as_uri()]
    subprocess.run(call, check=True, capture_output=True, timeout=60)


if __name__ == "__main__":
    main()
