"""Taking events back, and letting them hold again. Nothing is deleted: that is an event of its own."""

from __future__ import annotations

from collections.abc import Sequence

from mesocycle.diary.content import Entry, Writer
from mesocycle.diary.fold import State
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import Event, Published, ScenarioChanged, TakenBack

ALL = "`mesocycle history` lists them"


def undone(writer: Writer, state: State, number: int | None) -> Sequence[Event]:
    """The events that take an event back; of a publication, the older plan published anew.

    Without a number they take back the last event, and what was recorded together with it.

    Raises
    ------
    BlockError
        If there is no such event, or it cannot be taken back.
    """
    if number is not None:
        return [_undone(writer, state, number)]
    held = [one for one in state.in_force.values() if not _is_first(one.event)]
    if not held:
        raise BlockError("nothing was recorded yet that could be taken back")
    last = max(held, key=lambda one: one.number)
    numbers = [one.number for one in _together(state, last) if one.number not in state.taken_back]
    return _joined(state, [_undone(writer, state, one) for one in numbers])


def _together(state: State, entry: Entry) -> list[Entry]:
    """An event with all that was recorded together with it."""
    batch = _batch_of(entry.event)
    return [entry] if batch is None else [one for one in state.entries if _batch_of(one.event) == batch]


def _batch_of(event: Event) -> int | None:
    return getattr(event, "batch", None)


def _joined(state: State, events: list[Event]) -> list[Event]:
    """Events that are recorded together; one alone needs no mark."""
    if len(events) < 2:
        return events
    return [event.model_copy(update={"batch": len(state.entries) + 1}) for event in events]


def _undone(writer: Writer, state: State, number: int) -> Event:
    entry = state.entry(number)
    if entry is None:
        raise BlockError(f"there is no event {number}", ALL)
    event = entry.event
    if isinstance(event, TakenBack):
        later = (one.event for one in state.entries if one.number > number)
        if any(isinstance(one, TakenBack) and one.event == event.event for one in later):
            raise BlockError(f"event {number} was followed by another one about event {event.event}", ALL)
        return TakenBack(event=event.event, taken_back=not event.taken_back)
    if number in state.taken_back:
        raise BlockError(
            f"event {number} is taken back already", f"`mesocycle redo {number}` lets it hold again"
        )
    if _is_first(event):
        raise BlockError(f"event {number} began the block: it cannot be taken back")
    if isinstance(event, Published):
        return _older(writer, state, event)
    return TakenBack(event=number)


def redone(writer: Writer, state: State, number: int | None) -> Sequence[Event]:
    """The events that let an event hold again; of a plan that was published anew, the one it replaced.

    Without a number they do so with the last one, and what was taken back together with it.

    Raises
    ------
    BlockError
        If there is no such event, or it holds.
    """
    if number is None:
        last = next(
            (
                one
                for one in reversed(state.entries)
                if (isinstance(one.event, TakenBack) and one.event.event in state.taken_back)
                or (isinstance(one.event, Published) and one.event.restores and one.event == state.published)
            ),
            None,
        )
        if last is None:
            raise BlockError("nothing is taken back")
        if isinstance(last.event, Published):
            return [_older(writer, state, last.event)]
        back = (one.event for one in _together(state, last))
        numbers = [one.event for one in back if isinstance(one, TakenBack) and one.event in state.taken_back]
        return _joined(state, [TakenBack(event=one, taken_back=False) for one in numbers])
    if state.entry(number) is None:
        raise BlockError(f"there is no event {number}", ALL)
    if number not in state.taken_back:
        raise BlockError(f"event {number} was not taken back", ALL)
    return [TakenBack(event=number, taken_back=False)]


def _older(writer: Writer, state: State, published: Published) -> Published:
    """Publish anew what stood before a publication."""
    if published.revision != state.published.revision:
        raise BlockError(
            f"revision {published.revision} is no longer the plan",
            f"revision {state.published.revision} is; `mesocycle diff` tells how plans differ",
        )
    before = next(one for one in state.all_of(Published) if one.revision == published.revision - 1)
    revision = writer.add_plan(writer.packed(before.revision), before.scenario)
    return before.model_copy(update={"revision": revision, "restores": before.restores or before.revision})


def _is_first(event: Event) -> bool:
    return (isinstance(event, Published) and event.revision == 1) or (
        isinstance(event, ScenarioChanged) and event.version == 1
    )
