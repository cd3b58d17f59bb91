"""What a runner records in a living block: lifts, runs, days, pins, records and how he feels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mesocycle.diary import day_events, lift_events, run_events
from mesocycle.diary.lift_events import Said
from mesocycle.diary.opened import Opened
from mesocycle.diary.run_events import SaidOfRun
from mesocycle.models.living import LogRead, Noted

if TYPE_CHECKING:
    from mesocycle.importing.entries import PlanEntry
    from mesocycle.importing.times import StartTimes
    from mesocycle.models.run_changes import RunsUpdate


class Recording(Opened):
    """Records what happened; each call returns once that is safe on the disk.

    All raise `BlockError` where something cannot be recorded: nothing is then.
    """

    # --- lifts -----------------------------------------------------------------------------------------

    def done(
        self,
        which: str | None = None,
        *,
        at: str | None = None,
        sets: Sequence[str] = (),
        only: bool = False,
        minutes: int | None = None,
        rpe: float | None = None,
        stands_for: str | None = None,
        note: str = "",
    ) -> Noted:
        """Record a lift that was done.

        Parameters
        ----------
        which : str, optional
            The session by id or name, or the day; today's if left out.
        at : str, optional
            When it began; as planned if left out.
        sets : sequence of str
            Such as "back_squat 80x5x3 rir 2"; exercises that are not named were done as planned.
        only : bool
            Nothing was done but these sets.
        minutes : int, optional
            How long it took; as planned if left out.
        rpe : float, optional
            Session RPE, 0 to 10.
        stands_for : str, optional
            The session that a lift on another day stands for; "none" for one beside the plan.
        note : str
            Anything.
        """
        said = Said(which, at, tuple(sets), only, minutes, rpe, stands_for, note)
        return self._note(lambda now: lift_events.done(now, said))

    def skip(self, which: str | None = None, *, why: str | None = None, note: str = "") -> Noted:
        """Record that a lift is not done; `why` is sick, time, travel or sore."""
        return self._note(lambda now: lift_events.skipped(now, which, why, note))

    def move(self, which: str, to: str, at: str | None = None, *, note: str = "") -> Noted:
        """Put a lift elsewhere; what that breaks or costs is told, and never refused."""
        return self._note(lambda now: lift_events.moved(now, which, to, at, note))

    def pin(self, which: str, day: str, at: str | None = None) -> Noted:
        """Let a session stay on a day, or at a time of it."""
        return self._note(lambda now: lift_events.pinned(now, which, day, at))

    def unpin(self, which: str) -> Noted:
        """Let a session move again."""
        return self._note(lambda now: lift_events.unpinned(now, which))

    def record(self, exercise: str, text: str, *, on: str | None = None) -> Noted:
        """Record what was lifted: "120 kg" once, or "80 x 8", "85 x 5 rir 2"; `on` a day, else today."""
        return self._note(lambda now: lift_events.record(now, exercise, text, on))

    # --- runs and days ---------------------------------------------------------------------------------

    def run_done(self, which: str, **said: Any) -> Noted:
        """Record a run: the day or the id, then what differs: at, minutes, distance, type, rpe."""
        return self._note(lambda now: run_events.run_done(now, which, SaidOfRun(**said)))

    def run_changed(self, which: str, **said: Any) -> Noted:
        """Record that a run will be another: at, minutes, distance, type, or another day: to."""
        return self._note(lambda now: run_events.run_changed(now, which, SaidOfRun(**said)))

    def run_dropped(self, which: str, *, why: str | None = None) -> Noted:
        """Record that a planned run is left out."""
        return self._note(lambda now: run_events.run_dropped(now, which, why))

    def update_runs(
        self,
        source: str | Path | Iterable[PlanEntry],
        *,
        start_times: str | StartTimes = "",
        start_date: date | None = None,
        race_date: date | None = None,
        date_order: Literal["dmy", "mdy"] | None = None,
        units: Literal["km", "mi"] | None = None,
        keep_missing: bool = False,
        accept: Callable[[RunsUpdate], bool] = lambda found: True,
    ) -> RunsUpdate:
        """Take over what a changed plan has otherwise of the runs to come.

        What the runner said of a run himself stays, and so do the scenario's races.

        Parameters
        ----------
        source : str, Path or iterable of PlanEntry
            The plan as it is now, a file of whatever `import_plan` reads; or what was read of one.
        start_times : str
            For runs without a time in it, as for `import_plan`; else a run keeps its own.
        start_date, race_date, date_order, units : optional
            As for `import_plan`.
        keep_missing : bool
            Runs that the plan does not have stay.
        accept : callable
            Asked before anything is recorded; without its yes nothing is.

        Returns
        -------
        RunsUpdate
            All differences, and what was recorded: together, so that one `undo` takes it back.

        Raises
        ------
        BlockError
            If the block is over, or something else was recorded meanwhile.
        ScenarioFileError
            If the plan cannot be read, has no dates and none are given, or no run to come.
        ValueError
            If an argument cannot be read.
        """
        from mesocycle.diary.feeds import events, updating  # nobody else needs to read plans
        from mesocycle.importing.plan import ImportOptions
        from mesocycle.importing.times import StartTimes, parse_start_times

        now = self.now()
        given = (
            parse_start_times(start_times) if isinstance(start_times, str) and start_times else start_times
        )
        options = ImportOptions(
            today=updating.first_day(now),
            start_date=start_date,
            race_date=race_date,
            times=given if isinstance(given, StartTimes) else StartTimes(),
            zone=self.facts.zone,
            date_order=date_order,
            units=units,
        )
        feed = updating.read(source, options, now.scenario.last_day)
        name = updating.source_name(source)
        update = updating.update_of(now, feed, name, options, keep_missing)
        if update.answer.same or not accept(update.answer):
            return update.answer
        lines = self._note_together(
            now,
            lambda first: events.events_of(now, update.changes, name, first),
            "compare the feed again",
        )
        return update.answer.model_copy(update={"recorded": lines})

    def import_log(
        self,
        path: str | Path,
        *,
        names: Mapping[str, str] | None = None,
        units: str = "",
        date_order: Literal["dmy", "mdy"] | None = None,
        accept: Callable[[LogRead], bool] = lambda found: True,
    ) -> LogRead:
        """Take over what another app logged: lifts, runs, and how the days were felt.

        Workouts are matched to planned sessions by their exercises, runs to planned runs by day and length.
        A log may be read again, in parts, or in another order: only what is new is recorded.

        Parameters
        ----------
        path : str or Path
            Its export; what it holds tells which app it is of.
        names : mapping of str to str, optional
            Exercises, by name or id, that the app's own names mean; they are kept in the block.
        units : str
            "kg" or "lb", "km" or "mi", or one of each: of numbers whose unit the file does not tell.
        date_order : str, optional
            "dmy" or "mdy": what 03/04/2026 means where no other date of the file tells.
        accept : callable
            Asked before anything is recorded; without its yes nothing is.

        Returns
        -------
        LogRead
            What it tells, and what was recorded: together, so that one `undo` takes it back.

        Raises
        ------
        BlockError
            If there is no such exercise, or something else was recorded meanwhile.
        ScenarioFileError
            If the file cannot be read, or is of no app that is known.
        """
        from mesocycle.diary.logs.reading import new_events, with_names  # nobody else needs to read logs
        from mesocycle.importing.logs.read import read_log

        now = self.now()
        log = read_log(path, zone=self.facts.zone, units=units, date_order=date_order or "")
        found = new_events(now, log, with_names(now, log.app, names or {}))
        if not found.events or not accept(found.summary):
            return found.summary
        lines = self._note_together(now, found.together, "read the log again")
        return found.summary.model_copy(update={"recorded": tuple(line.number for line in lines)})

    def sick(self, days: str, *, runs: Literal["keep", "drop"] = "keep", note: str = "") -> Noted:
        """Record days of illness: "today", "2026-09-21..2026-09-24", or "mon.." for an open end."""
        return self._note(lambda now: day_events.absent(now, "sick", days, runs, note))

    def away(self, days: str, *, runs: Literal["keep", "drop"] = "keep", note: str = "") -> Noted:
        """Record days without a place to lift; as `sick`."""
        return self._note(lambda now: day_events.absent(now, "away", days, runs, note))

    def available(self, day: str, *windows: str) -> Noted:
        """Say when a lift may happen on a day: "17:00-19:00"; not at all without windows."""
        return self._note(lambda now: day_events.available(now, day, windows))

    def sore(self, site: str, level: int, *, on: str | None = None) -> Noted:
        """Record how sore a site is, 0 to 10; `on` a day, else today."""
        return self._note(lambda now: day_events.sore(now, site, level, on))

    def wellness(self, **said: Any) -> Noted:
        """Record hours of `sleep` and `fatigue`, 0 to 10, or one of them; `on` a day, else today."""
        return self._note(lambda now: day_events.wellness(now, **said))
