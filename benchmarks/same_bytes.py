"""Solve every scenario in two checkouts, and tell where their answers differ.

    python benchmarks/same_bytes.py OLD [NEW]

OLD and NEW are folders of checkouts; NEW is this one if left out. Each solves the scenarios of NEW in a
process of its own; compared are JSON, terminal text and all other formats, seconds aside. What differs is
shown as a diff; exit code 1 if anything does. Instead of OLD a file may stand that holds its answers:

    (cd OLD && python NEW/benchmarks/same_bytes.py --worker NEW/scenarios > answers.json)
"""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
FORMATS = ("ics", "csv", "md", "html", "intervals")
SHOWN = 40  # lines of a diff
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def answers(folder: Path) -> dict[str, str]:
    """What this process's mesocycle says of each scenario: by scenario and format, its text."""
    from click.testing import CliRunner

    import mesocycle as mc
    from mesocycle.cli import cli

    texts = {}
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        result = mc.solve(mc.load_scenario(path), deadline=None)
        data = result.to_dict()
        data.get("run", {}).pop("seconds", None)
        texts[f"{name} json"] = json.dumps(data, indent=1)
        if result.plan is not None:
            for form in FORMATS:
                texts[f"{name} {form}"] = _timeless(mc.export(result, form, stamp=WHEN))
        shown = CliRunner().invoke(cli, ["solve", str(path)], env={"COLUMNS": "80"})
        texts[f"{name} text"] = _timeless(shown.output)
    return texts


def _timeless(text: str) -> str:
    text = re.sub(r'"seconds":\s*\{[^}]*\}', '"seconds": {}', text)
    return re.sub(r"\b\d+\.\d+ s\b", "? s", text)


def _of(checkout: Path, scenarios: Path) -> dict[str, str]:
    if checkout.is_file():
        known: dict[str, str] = json.loads(checkout.read_text(encoding="utf-8"))
        return known
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(Path(__file__).resolve()), "--worker", str(scenarios)]
    done = subprocess.run(
        command, env=environment, cwd=checkout, stdout=subprocess.PIPE, text=True, check=True
    )
    texts: dict[str, str] = json.loads(done.stdout)
    return texts


def main() -> int:
    """Compare two checkouts."""
    if sys.argv[1:2] == ["--worker"]:
        json.dump(answers(Path(sys.argv[2])), sys.stdout)
        return 0
    old, new = (Path(each).resolve() for each in [*sys.argv[1:], str(HERE)][:2])
    before, after = (_of(checkout, new / "scenarios") for checkout in (old, new))
    different = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
    for name in different:
        texts = (before.get(name, "").splitlines(), after.get(name, "").splitlines())
        print(f"== {name}", *list(difflib.unified_diff(*texts, lineterm="", n=0))[2 : SHOWN + 2], sep="\n")
    print(f"{len(before | after) - len(different)} texts are the same, {len(different)} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
