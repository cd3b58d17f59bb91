"""A folder for plans: names that any system can hold, nothing outside of it, nothing overwritten unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mesocycle.files.writing import MOST_NAME, Folder


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_folder_is_made_and_files_are_written_whole(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "plans")
    folder.write_json("00-base", {"läuft": [1]})
    folder.write("comparison.csv", ["a,", "b\n"])
    assert names(tmp_path / "plans") == ["00-base.json", "comparison.csv"]
    assert (tmp_path / "plans" / "00-base.json").read_text(
        encoding="utf-8"
    ) == '{\n  "läuft": [\n    1\n  ]\n}\n'
    assert (tmp_path / "plans" / "comparison.csv").read_text(encoding="utf-8") == "a,b\n"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("1-sessions_per_week=3, policy=auto", "1-sessions_per_week-3-policy-auto.json"),
        ("1-../../etc/passwd", "1-..-..-etc-passwd.json"),
        ("1-/abs/olute", "1-abs-olute.json"),
        ("1-C:\\con\\nul", "1-c-con-nul.json"),
        ("1-a\x00b\nc", "1-a-b-c.json"),
        ("1-ÄÖÜ straße", "1-aou-strae.json"),
        ("1-三回", "1.json"),
        ("1-.", "1.json"),
        ("1-..", "1.json"),
        ("1-a...", "1-a.json"),
        ("1-" + "x" * 300, "1-" + "x" * (MOST_NAME - 2) + ".json"),
        # Cut where a hyphen would be last.
        ("1-" + "x" * 57 + "=" + "y" * 50, "1-" + "x" * 57 + ".json"),
        ("1-\u202egnp.exe", "1-gnp.exe.json"),
    ],
)
def test_names_are_made_harmless(tmp_path: Path, name: str, file: str) -> None:
    folder = Folder(tmp_path / "plans")
    folder.write_json(name, 7)
    assert names(tmp_path) == ["plans", f"plans/{file}"]
    assert json.loads((tmp_path / "plans" / file).read_text()) == 7


@pytest.mark.parametrize(
    ("given", "stems"),
    [
        (["Anna", "anna", "ANNA!"], ["anna", "anna-2", "anna-3"]),
        (["anna-2", "anna", "anna"], ["anna-2", "anna", "anna-3"]),
        (["half_marathon.v2"], ["half_marathon-v2"]),
        (["三回", "..", "/"], ["plan", "plan-2", "plan-3"]),
        (["nul", "COM1", "console"], ["nul-plan", "com1-plan", "console"]),
        (["x" * 80, "x" * 90], ["x" * MOST_NAME, "x" * MOST_NAME + "-2"]),
    ],
)
def test_names_of_files_differ(tmp_path: Path, given: list[str], stems: list[str]) -> None:
    folder = Folder(tmp_path / "plans")
    assert [folder.stem(name) for name in given] == stems


def test_a_folder_that_holds_something_is_refused_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "precious.json").write_text("precious")
    with pytest.raises(FileExistsError, match="the folder holds something; name another one, or --force"):
        Folder(tmp_path)
    Folder(tmp_path, force=True).write_json("1-x", 1)
    assert names(tmp_path) == ["1-x.json", "precious.json"]
    assert (tmp_path / "precious.json").read_text() == "precious"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    Folder(tmp_path).write("a", "b")
    assert names(tmp_path) == ["a"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError, match="this is a file; plans go into a folder"):
        Folder(tmp_path / "file", force=True)


def test_a_folder_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="plans"):
        Folder(tmp_path / "none" / "plans")
