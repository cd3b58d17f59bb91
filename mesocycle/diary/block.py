"""A living block as the library has it: a file, what is recorded in it, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mesocycle.diary import file as block_file
from mesocycle.diary import taking_back
from mesocycle.diary.beginning import published
from mesocycle.diary.calendars import events_of
from mesocycle.diary.content import Writer
from mesocycle.diary.explained import explained
from mesocycle.diary.fold import State
from mesocycle.diary.lines import lines_of
from mesocycle.diary.load_reason import load_reason
from mesocycle.diary.recording import Recording
from mesocycle.diary.remarks import PLAN_AGAIN
from mesocycle.diary.replanning import Asked, planned_again, standing, told
from mesocycle.diary.seen import seen_of
from mesocycle.diary.settle import keep_frame
from mesocycle.diary.trends import trends_of
from mesocycle.files import scenario as scenario_files
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import Event, ScenarioChanged, TakenBack
from mesocycle.models.living import History, Noted, Replan, Today, WeekNow
from mesocycle.models.result import Result
from mesocycle.output.formats import ExportOptions
from mesocycle.output.ics import events_to_ics
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.rules.check import problems

if TYPE_CHECKING:
    from mesocycle.models.block_seen import BlockSeen
    from mesocycle.models.explanation import Explanation
    from mesocycle.models.lift_log import LoadReason
    from mesocycle.models.trends import Trends


class Block(Recording):
    """A living block: a plan, what was done of it, and what changed.

    Every call reads the file anew, so that any number of programs may use one; a call that records returns
    once that is safe on the disk.

    Parameters
    ----------
    path : str or Path
        The block file, from `mesocycle.start`.
    now : datetime, optional
        The moment to go by, in the block's time zone if it has none of its own; the real one if left out.

    Raises
    ------
    BlockError
        If it is no block file, or damaged. All functions raise it, where something cannot be recorded too.
    """

    def __repr__(self) -> str:
        return f"Block({str(self.path)!r})"

    # --- answers ---------------------------------------------------------------------------------------

    def today(self) -> Today:
        """What is on today, and the next lift."""
        return self.now().on_today()

    def week(self, number: int | None = None) -> WeekNow:
        """A week at a glance, from 1; this one if left out, the nearest one before and after the block."""
        now = self.now()
        weeks = now.scenario.week_count
        if number is None:
            number = now.week_of(now.today) or (1 if now.today < now.scenario.start else weeks)
        if not 1 <= number <= weeks:
            raise BlockError(f"there is no week {number}", f"the block has {weeks}")
        return now.on_week(number)

    def history(self) -> History:
        """All events, the oldest first."""
        with block_file.reading(self.path) as reader:
            state = State(reader.entries())
            now = self._at(reader, state)
        return History(name=now.result.name, events=lines_of(state.entries, state, now))

    def plan(self, revision: int | None = None) -> Result:
        """The plan that holds, or that of a revision."""
        with block_file.reading(self.path) as reader:
            state = State(reader.entries())
            last = state.published.revision
            if revision is not None and not 1 <= revision <= last:
                raise BlockError(f"there is no revision {revision}", f"the last one is {last}")
            return self._plan(reader, last if revision is None else revision)

    def scenario_text(self) -> str:
        """The scenario that holds, as it was written."""
        with block_file.reading(self.path) as reader:
            return reader.scenario(State(reader.entries()).scenario)

    def why(
        self, session: str | None = None, *, why_not: str | date | None = None, exact: bool = True
    ) -> Explanation:
        """Why a session is where the plan has it, and what other days would cost; see `mesocycle.explain`.

        Parameters
        ----------
        session : str, optional
            Its id, its name or its day; today's or the next one if left out.
        why_not : str or date, optional
            Another day that is asked about.
        exact : bool
            Also what each choice costs where others may move.
        """
        return explained(self.now(), session, why_not, exact)

    def why_load(self, exercise: str, *, on: str | None = None) -> LoadReason:
        """All that the max of a lift rests on: what the log says, and what the plan goes by; `on` a day."""
        return load_reason(self.now(), exercise, on)

    def calendar(self, *, timezone: str = "", alarm_minutes: int | None = None, runs: bool = False) -> str:
        """The block as a calendar file: each lift once where it stands, and what is gone cancelled.

        Parameters
        ----------
        timezone : str
            Where its times hold; the block's own zone if empty.
        alarm_minutes : int, optional
            Remind of each lift so long before it.
        runs : bool
            Put the runs in too.

        Returns
        -------
        str
            Events keep their UIDs for as long as the block lives; their SEQUENCE is the number of the last
            event in the block file, so that the file that was written last holds.
        """
        with block_file.reading(self.path) as reader:
            state = State(reader.entries())
            now = self._at(reader, state)
            plans = [self._plan(reader, number).plan for number, _ in reader.revisions()]
        older = [session for plan in plans if plan is not None for session in plan.sessions]
        events = events_of(now, self.facts.id, older, runs)
        options = ExportOptions(self._instant(), timezone or self.facts.zone.key, alarm_minutes, runs)
        return events_to_ics(now.result.name, events, state.entries[-1].number, options)

    def standing(self) -> Result:
        """The plan as it stands: each lift where and as it was done, or will be; without what is left out.

        Its runs are those that were run, or will be. Where what is to come is not what was published, it is
        judged anew and not called proven.
        """
        return standing(self.now())

    def trends(self) -> Trends:
        """What was lifted and run, week by week up to this one."""
        with block_file.reading(self.path) as reader:
            state = State(reader.entries())
            return trends_of(self._at(reader, state), self._scenario(reader, state.scenario))

    def seen(self) -> BlockSeen:
        """All that the report of the block shows."""
        with block_file.reading(self.path) as reader:
            state = State(reader.entries())
            return seen_of(self._at(reader, state), self._scenario(reader, state.scenario))

    def report(self) -> str:
        """The block as a page: today, what was done of what was planned, trends, and the plan as it stands.

        Returns
        -------
        str
            A file of HTML that loads nothing; the same at the same moment, whatever names and notes hold.
        """
        from mesocycle.output.html.living import living_page  # drawing takes long to load

        return living_page(self.seen())

    # --- the scenario, and going back ------------------------------------------------------------------

    def set_scenario(self, text: str | bytes, name: str = "scenario") -> Noted:
        """Replace the scenario; its start, its number of weeks and its unit of weights stay.

        Raises
        ------
        ScenarioFileError
            If it is wrong.
        """
        # Half a character is no UTF-8, which reading says better than encoding.
        raw = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
        changed, _ = scenario_files.load_bytes(raw, name, problems)
        text = raw.decode("utf-8-sig")
        with block_file.writing(self.path) as writer:
            state = State(writer.entries())
            keep_frame(self._scenario(writer, state.scenario), changed)
            if writer.scenario(state.scenario) == text:
                held = state.in_force[ScenarioChanged(version=state.scenario).key]
                return self._noted(writer, state, (held,), already=True)
            entry = writer.append(ScenarioChanged(version=writer.add_scenario(text)), self._instant())
            told = ("sessions a week and phases hold from next week on, all else from now", PLAN_AGAIN)
            return self._noted(writer, State((*state.entries, entry)), (entry,), already=False, told=told)

    def undo(self, number: int | None = None) -> Noted:
        """Take back an event; of a publication, publish the older plan anew.

        Without a number the last one, with all that was recorded together with it.
        """
        return self._taking_back(lambda writer, state: taking_back.undone(writer, state, number))

    def redo(self, number: int | None = None) -> Noted:
        """Let an event that was taken back hold again.

        Without a number the last one, with all that was taken back together with it.
        """
        return self._taking_back(lambda writer, state: taking_back.redone(writer, state, number))

    def _taking_back(self, make: Callable[[Writer, State], Sequence[Event]]) -> Noted:
        with block_file.writing(self.path) as writer:
            state = State(writer.entries())
            entries = [writer.append(event, self._instant()) for event in make(writer, state)]
            after = State((*state.entries, *entries))
            events = (entry.event for entry in entries)
            taken = [state.entries[event.event - 1] for event in events if isinstance(event, TakenBack)]
            return self._noted(writer, after, (*taken, entries[-1]), already=False)

    # --- planning again --------------------------------------------------------------------------------

    def replan(
        self,
        *,
        since: date | None = None,
        hold: int = 7,
        stay: int = 12,
        moves: int | None = None,
        time_limit: float | None = None,
        accept: Callable[[Replan], bool] = lambda found: True,
    ) -> Replan:
        """Plan the rest again: what is past stays, and of the next days as little moves as pays.

        Parameters
        ----------
        since : date, optional
            The first day that may change; from now on if left out.
        hold : int
            A session within so many days that changes its day, is dropped or added is a move.
        stay : int
            Points that a move has to win.
        moves : int, optional
            So many at most.
        time_limit : float, optional
            Seconds for all of it.
        accept : callable
            Asked before the plan is published; without its yes nothing is written.

        Returns
        -------
        Replan
            All compromises between moves and points, the chosen one, and what it changes.

        Raises
        ------
        BlockError
            If something else was recorded meanwhile.
        ScenarioError
            If what changed cannot be, such as two runs at once.
        """
        asked = Asked(since, hold, stay, moves)
        now = self.now()
        found = planned_again(now, asked, Deadline(time_limit))
        answer = told(now, found, asked)
        state = now.state
        same = answer.same and state.scenario == state.published.scenario
        if found.result.plan is None or same or not accept(answer):
            return answer
        with block_file.writing(self.path) as writer:
            if len(writer.entries()) != len(state.entries):
                raise BlockError("something else was recorded meanwhile", "plan again")
            wishes = {"hold": hold, "stay": stay, "moves": moves}
            event = published(writer, found.result, state.scenario, **wishes)
            writer.append(event, self._instant())
        return answer.model_copy(update={"published": event.revision})
