"""Where output goes: pipes whose reader leaves, devices, terminals with their live line, and early Ctrl-C."""

from __future__ import annotations

import os
import pty
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mesocycle.files.writing import write_whole
from mesocycle.files.yaml_source import parse
from mesocycle.models.paths import parse_path
from mesocycle.output import live
from mesocycle.output.screen import Screen, nobody_reads

ROOT = Path(__file__).parents[1]
MESOCYCLE = [sys.executable, "-m", "mesocycle"]
SCENARIO = "scenarios/half_marathon.yaml"
IMPOSSIBLE = "scenarios/impossible/easy_days_before_hard_days.yaml"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MESOCYCLE, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def shell(line: str) -> subprocess.CompletedProcess[str]:
    program = " ".join(MESOCYCLE)
    return subprocess.run(
        ["bash", "-c", line.replace("mesocycle", program, 1)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# --- readers that leave ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [f"solve {SCENARIO}", f"solve {SCENARIO} --format json", "rules", "rules lift_spacing", "schema"],
)
def test_a_reader_that_leaves_is_no_error(command: str) -> None:
    # `true` reads nothing, so the pipe is closed before anything is written.
    done = shell(f"mesocycle {command} | true; echo ${{PIPESTATUS[0]}}")
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_broken_pipe_is_raised_by_the_screen_and_silenced_for_good() -> None:
    with pytest.raises(BrokenPipeError):
        Screen().on_broken_pipe()
    # Streams that are no files, as here, are left alone.
    nobody_reads()


# --- devices and pipes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_output_file_may_be_standard_output(form: str) -> None:
    done = run("solve", SCENARIO, "--format", form, "-o", "/dev/stdout")
    assert done.returncode == 0
    assert done.stdout.startswith("Autumn half marathon" if form == "text" else "{\n")
    assert done.stderr.endswith(", by relaxation) -> /dev/stdout\n")


def test_standard_output_that_is_appended_to_a_file_stays_appended(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n")
    assert shell(f"mesocycle schema -o /dev/stdout >> {log}").returncode == 0
    assert log.read_text(encoding="utf-8").startswith("before\n{\n")
    assert list(tmp_path.iterdir()) == [log]


def test_a_pipe_gets_the_text_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write_whole(pipe, "é\n")
    reader.join()
    assert read == ["é\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_an_open_stream_is_known_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "x"
    with file.open("w") as stream:
        stream.write("first ")
        stream.flush()
        write_whole(f"/dev/fd/{stream.fileno()}", "second")
        stream.write(" third")
    assert file.read_text() == "first second third"
    with pytest.raises(OSError, match=r"Bad file descriptor.*/dev/fd/9999"):
        write_whole("/dev/fd/9999", "x")


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    # A terminal is a device that a test may have.
    ours, theirs = pty.openpty()
    try:
        name = os.ttyname(theirs)
        write_whole(name, "hello")
        assert os.read(ours, 100) == b"hello"
        assert stat.S_ISCHR(Path(name).stat().st_mode)
    finally:
        os.close(ours)
        os.close(theirs)
    before = Path(os.devnull).stat()
    write_whole(os.devnull, "gone")
    assert Path(os.devnull).stat().st_ino == before.st_ino


def test_what_is_neither_file_nor_stream_is_refused(tmp_path: Path) -> None:
    name = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(name))
        with pytest.raises(OSError, match=r"neither a file nor a stream.*socket"):
            write_whole(name, "x")
    assert list(tmp_path.iterdir()) == [name]


# --- terminals -------------------------------------------------------------------------------------------


def on_a_terminal(*arguments: str) -> tuple[int, str]:
    """Run with a terminal of 80 columns for all three streams; return exit code and output."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*MESOCYCLE, *arguments],
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm", "NO_COLOR": ""},
        close_fds=True,
    )
    os.close(theirs)
    parts: list[bytes] = []
    try:
        while part := os.read(ours, 65536):
            parts.append(part)
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(ours)
    return process.wait(timeout=60), b"".join(parts).decode()


def test_a_terminal_gets_colours_and_a_pipe_none() -> None:
    code, text = on_a_terminal("solve", IMPOSSIBLE)
    assert code == 3
    assert "\x1b[1mThese three collide in week 1 (1 to 7 March):" in text
    piped = run("solve", IMPOSSIBLE)
    assert piped.returncode == 3
    assert "\nThese three collide in week 1 (1 to 7 March):\n" in piped.stdout
    assert "\x1b" not in piped.stdout


def test_the_line_says_what_it_is_doing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    class Told(live.LiveLine):
        def _show(self) -> None:
            shown.append(str(self.status.status))

    line = Told("looking for what collides ...; Ctrl-C ends it")
    monkeypatch.setattr(type(line.console), "is_terminal", True)
    with line as progress:
        assert progress is not None
        line.timer.function()
    assert shown == ["looking for what collides ...; Ctrl-C ends it"]


# --- Ctrl-C while the program still loads ----------------------------------------------------------------

INTERRUPTED = """
import runpy, sys

class Finder:
    def find_spec(self, name, *_):
        if name == {name!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Finder())
sys.argv = ["mesocycle", "solve", "none.yaml"]
"""


@pytest.mark.parametrize("name", ["mesocycle.cli", "mesocycle.commands.solve", "ortools"])
@pytest.mark.parametrize(
    "start",
    ["runpy.run_path('cli.py', run_name='__main__')", "runpy.run_module('mesocycle', run_name='__main__')"],
)
def test_ctrl_c_while_loading_leaves_no_traceback(start: str, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED.format(name=name) + start],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


# --- the place of a key ----------------------------------------------------------------------------------

PLACED = b"""\
runs:
  week:
    Sunday: {type: long, minutes: 90}
    tue: [{type: easy}, {type: tempo}]
rules: {lift_spacing: hard}
athlete:
  availability:
    2026-09-07: []
empty:
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("runs", 1),
        ("runs.week.sun", 3),
        ("runs.week.sun.type", 3),
        ("runs.week.sun[0].type", 3),  # the model's list of one run
        ("runs.week.tue[1].type", 4),
        ("rules.lift_spacing", 5),
        ("athlete.availability.2026-09-07", 8),
        ("empty", 9),
    ],
)
def test_a_key_of_the_file_has_its_line(key: str, line: int) -> None:
    assert parse(PLACED, "a.yaml").place(parse_path(key)) == f"a.yaml:{line}"


@pytest.mark.parametrize(
    "key",
    [
        "policy", "runs.dates", "runs.week.mon", "rules.lift_spacing.hard_hours", "runs.week.sun[1]",
        "runs.week.tue[2].type", "athlete.availability.2026-09-08", "empty.more",
    ],
)  # fmt: skip
def test_what_the_file_does_not_say_has_no_line(key: str) -> None:
    assert parse(PLACED, "a.yaml").place(parse_path(key)) == ""
    assert parse(PLACED, "a.yaml").place(()) == ""
