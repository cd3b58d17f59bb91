"""While something runs on a terminal: a live line or a bar, and Ctrl-C that loses nothing."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console

# A shorter solve needs no live line.
QUIET_SECONDS = 1.0


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """Ctrl-C asks the search to stop, wherever it is, and loses nothing; a second one ends the program."""
    stop = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop  # signals reach the main thread alone
        return
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


class LiveLine:
    """A line on a terminal's stderr, once a step has lasted a second; with points, bound and gap if known."""

    def __init__(self, text: str = "planning ...") -> None:
        self.console = Console(stderr=True)
        self.status = self.console.status(text)
        self.timer = threading.Timer(QUIET_SECONDS, self._show)
        self.lock = threading.Lock()
        self.over = False
        self.best: int | None = None
        self.bound: int | None = None

    def __enter__(self) -> Callable[[int | None, int | None], None] | None:
        if not self.console.is_terminal:
            return None
        self.timer.daemon = True
        self.timer.start()
        return self.tell

    def tell(self, best: int | None, bound: int | None) -> None:
        """Take what the solver reports: a better block, a better bound, or both."""
        self.best = self.best if best is None else best
        self.bound = self.bound if bound is None else bound
        self.status.update(self.text())

    def text(self) -> str:
        """The current line."""
        if self.best is None:
            return f"planning ... no block yet, bound {self.bound or 0}"
        bound = self.bound or 0
        gap = 100 * (self.best - bound) / self.best if self.best else 0
        return f"planning ... {self.best} points so far, bound {bound} (gap {gap:.0f} %); Ctrl-C takes it"

    def _show(self) -> None:
        with self.lock:
            if not self.over:
                self.status.start()

    def __exit__(self, *exc: object) -> None:
        self.timer.cancel()
        with self.lock:
            self.over = True
            self.status.stop()


@contextmanager
def batch_bar(count: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal's stderr with rate and time left; yields a callback for the number done."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # a line needs none of it

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.completed:.0f} of {task.total:.0f}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    # Rows that stream to stdout must stay there.
    bar = Progress(*columns, console=console, redirect_stdout=False, transient=True)
    if not console.is_terminal:
        yield lambda done: None
        return
    task = bar.add_task("", total=count, rate="")

    def tell(done: int) -> None:
        speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
        bar.update(task, completed=done, rate=f"{speed:.1f} a second" if speed else "")

    with bar:
        yield tell
