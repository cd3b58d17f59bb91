"""What `compare` is to look at: files, folders, lines of JSON, and what to vary in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from mesocycle.files import yaml_source
from mesocycle.files.what_ifs import read_lines, read_set
from mesocycle.files.yaml_source import MAX_BYTES
from mesocycle.models.errors import ScenarioError, ScenarioFileError
from mesocycle.models.names import hidden_character
from mesocycle.models.scenario import Variant
from mesocycle.what_if.variants import Broken, Case, case_from, case_in, count_rows, distinct_names

ENDINGS = {".yaml", ".yml", ".json"}


@dataclass(frozen=True)
class Asked:
    """What to compare.

    Attributes
    ----------
    cases : tuple of Case or Broken
        Scenarios in order.
    more : tuple of Variant
        Variants of each of them.
    base : Case or None
        What all rows are set against.
    size : str
        How many rows that makes, in a sentence.
    """

    cases: tuple[Case | Broken, ...]
    more: tuple[Variant, ...]
    base: Case | None
    size: str

    @property
    def several(self) -> bool:
        """Whether there are more scenarios than one."""
        return len(self.cases) > 1


def read_asked(scenarios: Sequence[Path], sets: Sequence[str], base: Path | None, most: int) -> Asked:
    """Read everything, and count the rows before any of them is made.

    Raises
    ------
    ScenarioFileError
        If a lone file is wrong, the base is, or a `--set` cannot be read. Of several scenarios the wrong ones
        become rows that say so.
    click.UsageError
        If there is nothing to compare, or more than is allowed.
    """
    more = [read_set(text) for text in sets]
    cases: list[Case | Broken] = []
    files = [file for path in scenarios if path != Path("-") for file in _files(path)]
    alone = len(files) == 1 and Path("-") not in scenarios
    for label, file in zip(_labels(files), files, strict=True):
        try:
            cases.append(case_in(yaml_source.read(file), label))
        except ScenarioFileError as error:
            if alone:
                raise
            cases.append(Broken(label, error))
    if Path("-") in scenarios:
        cases, more = _with_lines(cases, more, most)
    against = None if base is None else case_in(yaml_source.read(base), _label(base))
    if not cases:
        raise click.UsageError("there is no scenario: give a file, or lines of JSON that hold one")
    return Asked(tuple(cases), tuple(more), against, _size(cases, more, against, most))


def _files(path: Path) -> list[Path]:
    """The file itself, or the scenario files of a folder by name."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
    if not found:
        raise click.UsageError(f"{path} holds no scenario file (.yaml, .yml or .json)")
    return found


def _labels(files: Sequence[Path]) -> list[str]:
    """Names without folder and ending, where these tell the files apart."""
    stems = [_label(file) for file in files]
    return distinct_names(stems if len(set(stems)) == len(stems) else [_safe(str(file)) for file in files])


def _label(file: Path) -> str:
    return _safe(file.stem)


def _safe(text: str) -> str:
    return ascii(text) if hidden_character(text) else text


def _with_lines(
    cases: list[Case | Broken], more: list[Variant], most: int
) -> tuple[list[Case | Broken], list[Variant]]:
    """Add what stands on standard input: scenarios, and variants of every scenario."""
    labels: list[str] = []
    lines: list[Case | Broken] = []
    for number, line in read_lines(_standard_input()):
        if len(cases) + len(lines) + len(more) > most:
            raise click.UsageError(f"standard input makes more rows than --max-variants {most:,}")
        if isinstance(line, Variant):
            more.append(line)
            continue
        labels.append(f"line {number}")
        if isinstance(line, ScenarioFileError):
            lines.append(Broken(labels[-1], line))
            continue
        try:
            case = case_from(line, labels[-1])
        except ScenarioError as error:
            lines.append(Broken(labels[-1], ScenarioFileError(error.problems, f"-, line {number}")))
            continue
        lines.append(case)
        if "name" in line:
            labels[-1] = case.scenario.name
    known = [case.label for case in cases]
    apart = distinct_names(labels, taken=known)
    return [*cases, *(case.called(label) for case, label in zip(lines, apart, strict=True))], more


def _standard_input() -> Iterator[bytes]:
    """Lines of standard input; of one beyond all measure only the beginning, which is refused later."""
    stream = None if sys.stdin is None else sys.stdin.buffer
    while stream is not None and (line := stream.readline(MAX_BYTES + 1)):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def _size(cases: Sequence[Case | Broken], more: Sequence[Variant], base: Case | None, most: int) -> str:
    whole = [case for case in cases if isinstance(case, Case)]
    count = count_rows(whole, len(more)) + len(cases) - len(whole)
    if base is not None:
        count += count_rows([base], len(more))
    if count > most:
        raise click.UsageError(
            f"this makes {count:,} rows, more than --max-variants {most:,}: {_parts(whole, more)}"
        )
    if count == 1:
        return "1 row: there is nothing to vary; add `variants` or `grid` to the file, or --set PATH=VALUE"
    return f"{count:,} rows: {_parts(whole, more)}"


def _parts(cases: Sequence[Case], more: Sequence[Variant]) -> str:
    own = sum(len(case.scenario.variants) for case in cases)
    grids = [case for case in cases if case.grid_size()]
    parts = [f"{len(cases):,} scenario{'s' if len(cases) != 1 else ''}"]
    parts += (
        [f"{own:,} variant{'s' if own > 1 else ''} of the file{'s' if len(cases) > 1 else ''}"] if own else []
    )
    if len(grids) == 1:
        sizes = " x ".join(str(len(values)) for values in grids[0].scenario.grid.values())
        parts.append(f"a grid of {sizes} = {grids[0].grid_size():,}")
    elif grids:
        parts.append(f"{sum(case.grid_size() for case in grids):,} of {len(grids):,} grids")
    parts += [f"{len(more):,} more for each"] if more else []
    return ", ".join(parts)
