"""The library's data: read once, read-only, complete in itself, and true to the articles' programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from itertools import groupby, pairwise

import pytest
from ruamel.yaml import YAML

from mesocycle.files import library
from mesocycle.files.library import Program
from mesocycle.models.errors import InternalError
from mesocycle.models.exercise_names import compact, find, names_of, written_forms
from mesocycle.models.sessions import Session, SessionExercise
from mesocycle.models.strength import Exercise, RepsUnit, Role

EXERCISES, PROGRAMS = library.exercises(), library.programs()
OWN = ("runner_two_day", "runner_three_day", "home_two_day")
# What an exercise may count for, and the word that each kind of movement belongs to.
PATTERNS = {
    "squat",
    "hinge",
    "single_leg",
    "lunge",
    "calf",
    "push",
    "pull",
    "core",
    "carry",
    "plyometric",
    "locomotion",
    "knee_extension",
    "knee_flexion",
    "hip_abduction",
    "hip_adduction",
    "hip_extension",
    "dorsiflexion",
    "scapular",
}
WORD_OF = {"jump": "plyometric", "swing": "plyometric"}
SIDES = {RepsUnit.EACH_SIDE: 2, RepsUnit.SECONDS_EACH_SIDE: 2}
ARTICLES = {"000", "001", "002", "003", "004"}


def entries(program: Program) -> list[SessionExercise]:
    return [entry for session in program.sessions for entry in session.exercises]


def sets_of(entry: SessionExercise) -> tuple[int, int]:
    return entry.range or EXERCISES[entry.exercise].sets


def total(session: Session) -> tuple[int, int]:
    sets = [sets_of(entry) for entry in session.exercises]
    return sum(low for low, _ in sets), sum(high for _, high in sets)


def covered(*sessions: Session) -> set[str]:
    return {
        word for one in sessions for entry in one.exercises for word in EXERCISES[entry.exercise].counts_for
    }


def most_a_week(program: Program) -> dict[str, float]:
    """Most sets of each pattern: one for an exercise's first, a half for the others."""
    sets: dict[str, float] = {}
    for entry in entries(program):
        for at, word in enumerate(EXERCISES[entry.exercise].counts_for):
            sets[word] = sets.get(word, 0) + sets_of(entry)[1] * (0.5 if at else 1)
    return sets


def most_minutes(session: Session) -> float:
    """8 to warm up, 75 s to set up each exercise, and the sets; no supersets here."""
    seconds = (sets_of(entry)[1] * EXERCISES[entry.exercise].seconds_per_set for entry in session.exercises)
    return 8 + sum(75 + work for work in seconds) / 60


def groups(session: Session) -> Iterator[tuple[str, list[SessionExercise]]]:
    """Neighbours with the same label."""
    for (superset, complex_), found in groupby(session.exercises, key=lambda e: (e.superset, e.complex)):
        if superset or complex_:
            yield "superset" if superset else "complex", list(found)


def test_library_is_read_once_in_file_order() -> None:
    exercises = library.exercises()
    assert next(iter(exercises)) == "back_squat"
    assert exercises["back_squat"].sets == (2, 5)
    assert library.exercises() is exercises
    with pytest.raises(TypeError, match="does not support item assignment"):
        exercises["x"] = exercises["back_squat"]  # type: ignore[index]
    assert library.overhead().warmup_s == 480
    assert library.overhead().superset_time_factor == 0.6
    assert len(exercises) == 95


@pytest.mark.parametrize("file", library.FILES)
def test_what_is_read_is_what_the_yaml_says(file: str) -> None:
    folder = resources.files("mesocycle.library")
    text = folder.joinpath(f"{file}.json").read_text(encoding="utf-8")
    assert text == library.made_json(file), "run python docs/build.py"
    # Read by another hand, types and order included.
    told = YAML(typ="safe", pure=True).load(folder.joinpath(f"{file}.yaml").read_text(encoding="utf-8"))
    assert json.dumps(library._read(file)) == json.dumps(told)


@pytest.mark.parametrize("one", EXERCISES.values(), ids=list(EXERCISES))
def test_every_exercise_is_complete(one: Exercise) -> None:
    assert one.name
    assert one.cues
    assert set(one.source) <= ARTICLES
    # Its own pattern comes first, and none stands there twice.
    family = one.pattern.split("_")[0]
    own = family if family in ("push", "pull", "core") else WORD_OF.get(one.pattern, one.pattern)
    assert one.counts_for[0] == own
    assert set(one.counts_for) <= PATTERNS
    assert len(set(one.counts_for)) == len(one.counts_for)
    assert not set(one.muscles) & set(one.muscles_secondary)
    assert one.unilateral == (one.reps_unit in SIDES)
    assert (one.role is Role.PLYOMETRIC) == (
        "plyometric" in one.counts_for[:2] and one.pattern != "locomotion"
    )


@pytest.mark.parametrize("one", EXERCISES.values(), ids=list(EXERCISES))
def test_cues_are_short_enough_for_a_card(one: Exercise) -> None:
    for cue in one.cues:
        assert 5 <= len(cue) <= 70
        assert cue == cue.strip().rstrip(".")
        assert cue[0].islower()  # they are joined by semicolons
    assert len(one.cues) <= 2


def test_no_name_stands_for_two_exercises() -> None:
    told: dict[str, str] = {}
    for one in EXERCISES.values():
        for form in written_forms(one):
            assert told.setdefault(compact(form), one.id) == one.id, form
        assert not {compact(one.id), compact(one.name)} & set(map(compact, one.names))
    # Nor does the plural of one.
    names = names_of(EXERCISES.values())
    assert set(names) == set(told)
    for form, ident in told.items():
        assert {find(form, names), find(f"{form}s", names)} == {ident}


# The hardest of their kind here: nothing of the library comes next.
TOPS = {
    "front_squat",
    "leg_extension",
    "single_leg_rdl",
    "single_leg_hip_thrust",
    "nordic_hamstring_curl",
    "bulgarian_split_squat",
    "pistol_squat",
    "single_leg_press",
    "single_leg_calf_raise",
    "single_leg_calf_raise_bent",
    "band_walk",
    "copenhagen_plank",
    "dip",
    "incline_bench_press",
    "overhead_press",
    "pull_up",
    "pendlay_row",
    "single_arm_carry",
    "woodchop",
    "barbell_rollout",
    "hanging_leg_raise",
    "trap_bar_jump",
    "single_leg_bound",
}
# Of a kind of their own.
ALONE = {"tibialis_raise", "face_pull", "plyo_push_up", "depth_drop", "sled_push"}


@pytest.mark.parametrize("one", EXERCISES.values(), ids=list(EXERCISES))
def test_what_comes_next_is_harder_and_of_the_same_kind(one: Exercise) -> None:
    is_next = any(other.harder and other.harder.exercise == one.id for other in EXERCISES.values())
    assert (one.id in TOPS) == (one.harder is None and is_next)
    assert (one.id in ALONE) == (one.harder is None and not is_next)
    seen = [one]
    while (harder := seen[-1].harder) is not None:
        above = EXERCISES[harder.exercise]
        assert above not in seen
        assert seen[-1].counts_for[0] in above.counts_for
        # A share of the weight is counted where there are weights; nothing is twice as easy to load.
        assert 0.4 <= harder.ratio <= 1
        seen.append(above)
    assert seen[-1].id in TOPS | ALONE


@pytest.mark.parametrize("one", EXERCISES.values(), ids=list(EXERCISES))
def test_every_default_lies_in_its_range(one: Exercise) -> None:
    assert 1 <= one.sets[0] <= one.sets[1] <= 6
    assert one.reps_range[0] <= one.reps <= one.reps_range[1]
    if one.load is not None:
        assert 30 <= one.load[0] <= one.load[1] <= 100
    # What is not rest is work: all seconds of a hold, and no repetition faster or slower than anybody moves.
    work = one.seconds_per_set - one.rest_seconds
    counted = one.reps * SIDES.get(one.reps_unit, 1)
    if one.reps_unit in (RepsUnit.SECONDS, RepsUnit.SECONDS_EACH_SIDE):
        assert work == counted
    else:
        assert 0.4 <= work / counted <= 10
    assert one.rest_seconds >= (120 if one.role is Role.MAIN and one.lower_body_load == 1 else 20)


def test_equipment_words_are_known_and_aliases_lead_to_them() -> None:
    words = library.equipment()
    assert library.equipment() is words
    assert {word for one in EXERCISES.values() for way in one.equipment for word in way} <= words.known
    assert set(words.always) == {"bodyweight", "open_space", "step"}
    # The gym lacks nothing; home is article 003's list.
    assert {*words.kits["gym"], *words.always} == words.known
    assert set(words.kits["home"]) == {
        "loop_band",
        "medicine_ball",
        "kettlebell",
        "dumbbell",
        "exercise_ball",
        "sliders",
        "bench",
        "box",
    }
    for alias, word in words.aliases.items():
        assert word in words.known
        assert alias not in words.known | set(words.kits)
        assert alias == alias.lower()
        assert not set(alias) & set(" -")
    for alias, word in (
        ("band", "loop_band"),
        ("dumbbells", "dumbbell"),
        ("pull_up_bar", "pullup_bar"),
        ("hex_bar", "trap_bar"),
        ("stairs", "step"),
    ):
        assert words.aliases[alias] == word
    with pytest.raises(TypeError, match="does not support item assignment"):
        words.kits["shed"] = ("sled",)  # type: ignore[index]


def test_no_alias_is_written_for_two_words() -> None:
    written = library._read("exercises")["aliases"].values()
    several = [alias for aliases in written for alias in aliases]
    assert len(several) == len(set(several)) == len(library.equipment().aliases)


def test_a_complex_is_a_heavy_lift_and_a_jump() -> None:
    pairs = library.complexes()
    assert len(pairs) == len({(pair.heavy, pair.plyo) for pair in pairs}) == 5
    for pair in pairs:
        assert EXERCISES[pair.heavy].load is not None
        assert EXERCISES[pair.plyo].role is Role.PLYOMETRIC
        assert pair.source == ("001",)


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_every_program_is_sound(program: Program) -> None:
    assert program.about.endswith(".")
    assert set(program.source) <= ARTICLES
    names = [session.name for session in program.sessions]
    assert len(set(names)) == len(names)
    for session in program.sessions:
        used = [entry.exercise for entry in session.exercises]
        assert set(used) <= set(EXERCISES)
        assert len(set(used)) == len(used)
        for entry in session.exercises:
            low, high = sets_of(entry)
            assert low <= high
            assert entry.rir is None or entry.rir >= 1  # never to failure


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_supersets_and_complexes_are_neighbours_of_equal_sets(program: Program) -> None:
    pairs = {(pair.heavy, pair.plyo) for pair in library.complexes()}
    for session in program.sessions:
        found = list(groups(session))
        # A label that came again later would be a second group.
        labels = [group[0].superset or group[0].complex for _, group in found]
        assert len(set(labels)) == len(labels)
        for kind, group in found:
            assert len(group) == 2
            assert len({sets_of(entry) for entry in group}) == 1
            if kind == "complex":
                assert (group[0].exercise, group[1].exercise) in pairs


@pytest.mark.parametrize("program", [PROGRAMS[name] for name in OWN], ids=OWN)
def test_our_programs_leave_main_lifts_to_the_phase(program: Program) -> None:
    for entry in entries(program):
        if EXERCISES[entry.exercise].role is Role.MAIN:
            assert (entry.reps, entry.load, entry.rir) == (None, None, None)
        else:
            low, high = EXERCISES[entry.exercise].reps_range
            assert entry.fixed_reps is not None
            assert low <= entry.fixed_reps <= high
            assert entry.rir == (None if EXERCISES[entry.exercise].role is Role.CORE else 2)


@pytest.mark.parametrize("program", [PROGRAMS[name] for name in OWN], ids=OWN)
def test_our_programs_hold_a_full_week_in_little_time(program: Program) -> None:
    # Four sets of each leg pattern and of core, two of push and pull, within 45 minutes a session.
    most = most_a_week(program)
    assert all(most[pattern] >= 4 for pattern in ("squat", "hinge", "single_leg", "calf", "core"))
    assert all(most[pattern] >= 2 for pattern in ("push", "pull"))
    assert all(most_minutes(session) <= 45 for session in program.sessions)


@pytest.mark.parametrize("program", [PROGRAMS[name] for name in OWN], ids=OWN)
def test_our_programs_go_from_fast_and_heavy_to_small(program: Program) -> None:
    def place(entry: SessionExercise) -> int:
        exercise = EXERCISES[entry.exercise]
        if exercise.role is Role.PLYOMETRIC:
            return 0
        if exercise.role is Role.MAIN:
            return 1
        if exercise.role is Role.CORE:
            return 5
        words = exercise.counts_for
        return 4 if words[0] == "calf" else 2 if "single_leg" in words else 3

    for session in program.sessions:
        assert all(place(one) <= place(other) for one, other in pairwise(session.exercises))


def test_home_two_day_needs_no_more_than_the_kit_at_home() -> None:
    kit = {*library.equipment().kits["home"], *library.equipment().always}
    for entry in entries(PROGRAMS["home_two_day"]):
        assert any(set(way) <= kit for way in EXERCISES[entry.exercise].equipment)


def test_article_001_is_as_its_sessions_are_written() -> None:
    strength, complex_ = PROGRAMS["heavy_and_complex"].sessions
    assert (total(strength), total(complex_)) == ((23, 27), (29, 41))
    assert {"plyometric", "squat", "hinge", "push", "pull", "core"} <= covered(strength)
    assert not {"lunge", "carry", "calf"} & covered(strength)
    words = {"squat", "hinge", "plyometric", "pull", "push", "locomotion", "lunge", "core"}
    assert words <= covered(complex_)
    assert not {"carry", "calf"} & covered(complex_)
    # Jump squat 3 x 3 at 60 %, squat 4 x 4 at 85 %; doubles and triples at 85-90 % lead the complexes.
    assert [(e.sets, e.reps, e.load) for e in strength.exercises[:2]] == [((3, 3), 3, 60), ((4, 4), 4, 85)]
    heavy = [group[0] for kind, group in groups(complex_) if kind == "complex"]
    assert [(e.exercise, e.sets, e.reps, e.load) for e in heavy] == [
        ("back_squat", (3, 5), 2, 85),
        ("romanian_deadlift", (3, 5), 3, 85),
    ]
    kinds = [[kind for kind, _ in groups(session)] for session in (strength, complex_)]
    assert kinds == [["superset"], ["complex", "complex", "superset"]]


def test_article_004_has_legs_and_core_and_nothing_above() -> None:
    monday, thursday = PROGRAMS["two_easy_days"].sessions
    assert [e.exercise for e in monday.exercises] == ["goblet_squat", "romanian_deadlift", "dead_bug"]
    assert [e.exercise for e in thursday.exercises] == [
        "bulgarian_split_squat",
        "single_leg_calf_raise",
        "pallof_press",
    ]
    assert {"squat", "hinge", "single_leg", "calf", "core"} <= covered(monday, thursday)
    assert not {"push", "pull", "carry"} & covered(monday, thursday)
    # "About 40 minutes": main lifts of 6-10 repetitions, four sets of which two are left in peak weeks.
    assert all(30 <= most_minutes(session) <= 40 for session in (monday, thursday))
    assert {sets_of(e)[1] for e in (*monday.exercises[:2], *thursday.exercises[:2])} == {4}
    assert {e.reps for e in (*monday.exercises[:2], *thursday.exercises[:2])} == {8}


def test_article_000_asks_for_more_than_its_half_hour_holds() -> None:
    for session in PROGRAMS["thirty_minutes"].sessions:
        assert 6 <= len(session.exercises) <= 8
        low, high = total(session)
        assert 18 <= low <= high <= 40
        assert session.minutes == 30
        assert all(5 <= (e.fixed_reps or 0) <= 10 and e.rir == 3 for e in session.exercises)
        assert all("000" in EXERCISES[e.exercise].source for e in session.exercises)
        # Set-up and warm-up leave no time for even three sets of each.
        work = sum(3 * EXERCISES[e.exercise].seconds_per_set for e in session.exercises)
        assert 8 * 60 + 75 * len(session.exercises) + work > 30 * 60


def test_article_003_has_six_patterns_and_core_in_each_session() -> None:
    for session in PROGRAMS["full_body_hour"].sessions:
        assert {"push", "pull", "squat", "hinge", "carry", "lunge", "core"} <= covered(session)
        assert 50 <= most_minutes(session) <= 60
        assert {sets_of(entry) for entry in session.exercises} == {(2, 3)}
        for entry in session.exercises:
            exercise = EXERCISES[entry.exercise]
            if exercise.counts_for[0] in ("carry", "core"):
                assert (entry.reps, entry.rir) == (None, None)
            else:
                assert (entry.reps, entry.rir) == (10, 2)
            assert entry.load in (None, 75)
            assert entry.load is None or exercise.role is Role.MAIN
        assert any(entry.load == 75 for entry in session.exercises)


EMPTY = {"id": "x", "name": "x", "about": "x", "source": [], "sessions": []}
BROKEN = [
    (library.exercises, {"exercises": 5}, "no list `exercises`"),
    (library.exercises, {"exercises": [{"id": "x"}]}, "not right"),
    (library.programs, {"programs": [EMPTY, EMPTY]}, "x twice"),
    (library.complexes, {"complexes": False}, "no list `complexes`"),
    (library.complexes, {"complexes": [{"heavy": "back_squat"}]}, "not right"),
    (library.overhead, {"session_overhead": {"warmup_s": 480}}, "not right"),
    (library.equipment, {"kits": {"gym": ["sled"]}}, "no sound equipment"),
    (library.equipment, {"kits": {"gym": ["sled"]}, "always": [], "aliases": ["band"]}, "no sound equipment"),
    (library.equipment, {"kits": {"gym": [5]}, "always": ["step"], "aliases": {}}, "not right"),
]


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [
        (library.exercises, b'{"exercises": [', "exercises.json cannot be read"),
        (library.exercises, b"\xff", "exercises.json cannot be read"),
        (library.programs, b"5", "programs.json cannot be read"),
        *((read, json.dumps(data).encode(), words) for read, data, words in BROKEN),
    ],
)
def test_a_broken_library_is_our_mistake(
    monkeypatch: pytest.MonkeyPatch, read: object, text: bytes, words: str
) -> None:
    # The runner can do nothing about it: never a ScenarioError, and never pydantic's own.
    class Folder:
        def joinpath(self, _: str) -> Folder:
            return self

        def read_bytes(self) -> bytes:
            return text

    monkeypatch.setattr(resources, "files", lambda _: Folder())
    monkeypatch.setattr(library, "_read", library._read.__wrapped__)  # past the cache
    with pytest.raises(InternalError, match=words):
        read.__wrapped__()  # type: ignore[attr-defined]
