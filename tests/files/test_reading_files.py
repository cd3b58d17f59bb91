"""Files as such: what is not even opened, how much is read, and in which encoding."""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from mesocycle.files.reading import open_file
from mesocycle.files.yaml_source import parse, read
from mesocycle.models.errors import Problem, ScenarioFileError


def refused(raw: bytes, words: str) -> Problem:
    with pytest.raises(ScenarioFileError, match=words) as caught:
        parse(raw, "block.yaml")
    (problem,) = caught.value.problems
    return problem


def refused_file(path: str | Path, words: str) -> None:
    with pytest.raises(ScenarioFileError, match=words) as caught:
        read(path)
    assert caught.value.file == str(path)


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "block.yaml"
    file.write_text("start: 2026-09-07\n")
    document = read(file)
    assert document.name == str(file)
    assert document.data == {"start": date(2026, 9, 7)}


def test_missing_file_directory_and_odd_names(tmp_path: Path) -> None:
    refused_file(tmp_path / "none.yaml", "there is no such file")
    refused_file(tmp_path, "this is a directory")
    refused_file("a\0b", "cannot be read")
    refused_file(tmp_path / ("x" * 5000), "cannot be read")


def test_ten_megabytes_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "big.yaml"
    with file.open("wb") as stream:
        stream.truncate(10_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    refused_file(file, "larger than 1 MB")


def test_a_large_file_is_opened_and_read_in_parts(tmp_path: Path) -> None:
    file = tmp_path / "log.xml"
    file.write_bytes(b"<a/>")
    with open_file(file, 4) as stream:
        assert (stream.read(2), stream.read()) == (b"<a", b"/>")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.xml", "there is no such file"),
        ("", "this is a directory"),
        ("a\0b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        ("log.xml", "larger than 1 MB"),
    ],
)
def test_what_is_not_even_opened(name: str, words: str, tmp_path: Path) -> None:
    with (tmp_path / "log.xml").open("wb") as stream:
        stream.truncate(1_000_001)
    with pytest.raises(ScenarioFileError, match=words) as caught:
        open_file(tmp_path / name, 1_000_000, "export fewer years")
    assert caught.value.file == str(tmp_path / name)
    assert caught.value.problems[0].remedy == ("export fewer years" if name == "log.xml" else "")


def test_a_file_that_grows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The size may change between the look and the reading.
    file = tmp_path / "big.yaml"
    file.write_bytes(b"#" * 1_000_001)
    small = SimpleNamespace(st_mode=file.stat().st_mode, st_size=5)
    monkeypatch.setattr(Path, "stat", lambda _self, **_: small)
    refused_file(file, "larger than 1 MB")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_devices_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # opening it would wait for ever
    refused_file(pipe, "not a regular file")
    refused_file("/dev/zero", "not a regular file")


def test_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "block.yaml"
    file.write_text("a: 1")
    monkeypatch.setattr(Path, "open", forbidden)  # tests may run as root, who may read all
    refused_file(file, "may not be read")


def test_other_encodings_are_refused() -> None:
    assert refused("# ok\nn: José".encode("latin-1"), "0xe9 is no UTF-8").line == 2
    refused("a: 1".encode("utf-16"), "UTF-16, not UTF-8")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"a: 1\n")))
    assert read("-").data == {"a": 1}
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"#" * 2_000_000)))
    refused_file("-", "larger than 1 MB")
    monkeypatch.setattr(sys, "stdin", None)
    refused_file("-", "no standard input")
