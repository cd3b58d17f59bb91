"""Writing whole: the old text or the new one, and no temporary file left."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mesocycle.files.writing import write_whole


def test_a_new_file_gets_ordinary_permissions(tmp_path: Path) -> None:
    # mkstemp makes files that only the owner may read; a report is no secret.
    file = tmp_path / "plan.md"
    before = os.umask(0o022)
    try:
        write_whole(file, "é\r\n")
    finally:
        os.umask(before)
    assert file.read_bytes() == b"\xc3\xa9\r\n"  # UTF-8, line ends as given
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [file]


def test_an_existing_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    file.write_text("a much longer old text")
    file.chmod(0o640)
    inode = file.stat().st_ino
    write_whole(str(file), "new")
    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.stat().st_ino != inode  # replaced, not overwritten in place


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_leaves_the_old_text_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "plan.md"
    file.write_text("old")
    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_an_interrupt_leaves_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt("stop")

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt, match="stop"):
        write_whole(tmp_path / "plan.md", "new")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_directory_are_os_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No such file"):
        write_whole(tmp_path / "none" / "plan.md", "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "folder", "x")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "plan.md", tmp_path / "latest.md"
    file.write_text("old")
    link.symlink_to(file)
    write_whole(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_text_that_is_no_utf8_touches_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError, match="surrogates"):
        write_whole(tmp_path / "plan.md", "\ud800")
    assert list(tmp_path.iterdir()) == []
