"""The library's data: read once, read-only, and complete in itself."""

from __future__ import annotations

from importlib import resources

import pytest

from mesocycle.files import library
from mesocycle.models.errors import InternalError


def test_library_is_read_once_in_file_order() -> None:
    exercises = library.exercises()
    assert next(iter(exercises)) == "back_squat"
    assert exercises["back_squat"].sets == (2, 5)
    assert library.exercises() is exercises
    with pytest.raises(TypeError, match="does not support item assignment"):
        exercises["x"] = exercises["back_squat"]  # type: ignore[index]
    assert library.overhead().warmup_s == 480


def test_programs_use_known_exercises() -> None:
    programs = library.programs()
    assert "runner_two_day" in programs  # the scenario's default
    used = {item.exercise for p in programs.values() for s in p.sessions for item in s.exercises}
    assert used <= set(library.exercises())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"exercises: [", "cannot be read"),
        (b"exercises: 5", "no list `exercises`"),
        (b"exercises: [{id: x}]", "not right"),
    ],
)
def test_a_broken_library_is_our_mistake(monkeypatch: pytest.MonkeyPatch, text: bytes, words: str) -> None:
    # The runner can do nothing about it: never a ScenarioError, and never pydantic's own.
    class Folder:
        def joinpath(self, _: str) -> Folder:
            return self

        def read_bytes(self) -> bytes:
            return text

    monkeypatch.setattr(resources, "files", lambda _: Folder())
    monkeypatch.setattr(library, "_read", library._read.__wrapped__)  # past the cache
    with pytest.raises(InternalError, match=words):
        library.exercises.__wrapped__()
