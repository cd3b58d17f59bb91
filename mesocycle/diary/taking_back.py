"""Taking events back, and letting them hold again. Nothing is deleted: that is an event of its own."""

from __future__ import annotations

from mesocycle.diary.content import Writer
from mesocycle.diary.fold import State
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import Event, Published, ScenarioChanged, TakenBack

ALL = "`mesocycle history` lists them"


def undone(writer: Writer, state: State, number: int | None) -> Event:
    """The event that takes an event back; of a publication, the older plan published anew.

    Raises
    ------
    BlockError
        If there is no such event, or it cannot be taken back.
    """
    if number is None:
        held = [one for one in state.in_force.values() if not _is_first(one.event)]
        if not held:
            raise BlockError("nothing was recorded yet that could be taken back")
        number = max(one.number for one in held)
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


def redone(writer: Writer, state: State, number: int | None) -> Event:
    """The event that lets an event hold again; of a plan that was published anew, the one it replaced.

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
            return _older(writer, state, last.event)
        assert isinstance(last.event, TakenBack)
        number = last.event.event
    if state.entry(number) is None:
        raise BlockError(f"there is no event {number}", ALL)
    if number not in state.taken_back:
        raise BlockError(f"event {number} was not taken back", ALL)
    return TakenBack(event=number, taken_back=False)


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
