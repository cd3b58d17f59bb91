"""`solve` where no block exists: what is printed, what `--repair` and `--relax` plan, and what is written."""

from __future__ import annotations

import difflib
import json
import signal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import mesocycle as mc
from mesocycle import api
from mesocycle.cli import cli
from mesocycle.models.diagnosis import Diagnosis
from mesocycle.solver import diagnose as diagnosis
from mesocycle.solver import solve as solver
from mesocycle.solver.model.search import Deadline

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

ROOT = Path(__file__).parents[1]
IMPOSSIBLE = ROOT / "scenarios" / "impossible"
FEASIBLE = str(ROOT / "scenarios" / "five_k_novice.yaml")
# Two lifts on the one free evening of a week, one a day.
TINY = """\
# A note at the top.
start: 2026-09-07
weeks: 1

runs:
  week:
    tue: {type: tempo, start: '06:30', minutes: 45}   # on the track
athlete:
  availability:
    tue: ["17:00-21:00"]      # the gym's long evening

strength:
  sessions_per_week: 2        # twice is best
rules: {sessions_per_week: hard, one_lift_per_day: hard}
"""


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(
        cli, [str(one) for one in arguments], input=stdin, prog_name="mesocycle", catch_exceptions=False
    )


DIAGNOSED: list[tuple[mc.Scenario, Diagnosis]] = []
really = diagnosis.diagnose


@pytest.fixture(autouse=True)
def _one_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Diagnose each scenario once: most tests here are of what is told of it, planned and written."""

    def diagnose(scenario: mc.Scenario, deadline: Deadline) -> Diagnosis:
        left = deadline.left()
        known = [found for other, found in DIAGNOSED if other == scenario]
        if known and (left is None or left > 1):  # with less, what time allows is the subject
            return known[0]
        found = really(scenario, deadline)
        if found.complete:
            DIAGNOSED.append((scenario, found))
        return found

    monkeypatch.setattr(diagnosis, "diagnose", diagnose)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    file = tmp_path / "tiny.yaml"
    file.write_text(TINY, encoding="utf-8")
    return file


@cache
def told(name: str) -> dict[str, Any]:
    done = run("solve", IMPOSSIBLE / f"{name}.yaml", "--format", "json")
    assert (done.exit_code, done.stderr) == (3, "")
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def diagnosed(monkeypatch: pytest.MonkeyPatch, **update: Any) -> None:
    """Let each diagnosis be another than it is."""
    real = api.explained

    def explained(*given: Any) -> mc.Result:
        result = real(*given)
        assert result.diagnosis is not None
        return result.model_copy(update={"diagnosis": result.diagnosis.model_copy(update=update)})

    monkeypatch.setattr(api, "explained", explained)


# --- the diagnosis ---------------------------------------------------------------------------------------


def test_what_collides_and_what_helps_is_printed_plainly(tiny: Path) -> None:
    done = run("solve", tiny)
    assert (done.exit_code, done.stderr) == (3, "")
    lines = done.stdout.splitlines()
    assert lines[1].startswith("No block satisfies all the rules (proven in ")
    assert lines[3] == "These three collide in week 1 (7 to 13 September):"
    assert "     availability_window, athlete.availability, tiny.yaml:9" in lines
    assert any(line.startswith("  A  ") and line.endswith(" points") for line in lines)
    assert f"mesocycle solve {tiny}" in done.stdout  # whole, to be copied, however long it is
    # Piped: no colours, no spaces at line ends, and 80 columns.
    assert "\x1b" not in done.stdout
    assert all(line == line.rstrip() for line in lines)
    assert max(len(line) for line in lines if str(tiny) not in line) <= 80


SCHEMA = {
    "type": "object",
    "required": ["conflicts", "repairs", "hints", "applied"],
    "properties": {
        "conflicts": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["rules", "weeks", "start", "end", "alike", "proven_minimal"],
                "properties": {
                    "rules": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["id", "text", "scope", "cases", "source", "place", "dates", "weeks"],
                            "properties": {
                                "id": {"enum": [rule.id for rule in mc.rules()]},
                                "text": {"type": "string", "minLength": 5},
                                "scope": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                                "cases": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                                "source": {"type": "string", "pattern": r"^[a-z_]+(\.[a-z_]+)*$"},
                                "place": {"type": "string", "pattern": r"^$|\.yaml:[1-9][0-9]*$"},
                                "dates": {
                                    "type": "array",
                                    "items": {"type": ["string", "null"], "format": "date"},
                                },
                                "weeks": {
                                    "type": "array",
                                    "items": {"type": ["integer", "null"], "minimum": 1},
                                },
                            },
                        },
                    },
                    "weeks": {"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 1}},
                    "start": {"type": "string", "format": "date"},
                    "end": {"type": "string", "format": "date"},
                    "alike": {"type": "array", "items": {"type": "integer", "minimum": 1}},
                    "proven_minimal": {"type": "boolean"},
                },
            },
        },
        "repairs": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "changes", "objective", "proven", "verified", "sessions_moved", "lifts"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[A-Z]$"},
                    "changes": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["path", "from", "to", "text"],
                            "properties": {
                                "path": {"type": "string"},
                                "from": {},
                                "to": {},
                                "text": {"type": "string"},
                            },
                        },
                    },
                    "objective": {"type": ["integer", "null"]},
                    "proven": {"type": "boolean"},
                    "verified": {"type": "boolean"},
                    "sessions_moved": {"type": ["integer", "null"]},
                    "lifts": {"type": "string"},
                },
            },
        },
        "hints": {"type": "array", "items": {"type": "string"}},
        "applied": {"type": "array", "maxItems": 0},
    },
}

QUICK = ["easy_days_before_hard_days", "evenings_before_key_runs", "lunch_break_too_short"]
QUICK += ["two_halves_in_eight_days", "two_troubles"]


@pytest.mark.parametrize("name", QUICK)
def test_json_keeps_its_contract_and_places_are_lines_of_the_file(name: str) -> None:
    data = told(name)
    jsonschema.validate(data, SCHEMA)
    assert (data["status"], data["sessions"], data["objective"]) == ("infeasible", [], None)
    assert [repair["name"] for repair in data["repairs"]] == list("ABCDEF")[: len(data["repairs"])]
    file = IMPOSSIBLE / f"{name}.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    places = [(rule["source"], rule["place"]) for one in data["conflicts"] for rule in one["rules"]]
    assert any(place for _, place in places)
    for source, place in places:
        if place:
            head, _, line = place.rpartition(":")
            assert head == str(file)
            assert f"{source.rpartition('.')[2]}:" in lines[int(line) - 1]
        else:  # what the file says nothing about is a default of the rule
            assert source.startswith("rules.")
            assert source.rpartition(".")[2] not in "\n".join(line.partition("#")[0] for line in lines)


def test_without_a_deadline_nothing_is_looked_for(tiny: Path) -> None:
    done = run("solve", tiny, "--deadline", "0")
    assert done.exit_code == 3
    assert "The rules that collide were not looked for: --deadline is 0." in done.stdout
    assert "collide in" not in done.stdout


def test_a_passed_deadline_is_said_with_a_longer_one(tiny: Path) -> None:
    done = run("solve", tiny, "--deadline", "0.000001")
    assert done.exit_code == 3
    assert "Time was up before it was known which rules collide; --deadline 60 allows more." in done.stdout


def test_no_answer_in_time_offers_more_of_it_and_blames_no_rule(tiny: Path) -> None:
    done = run("solve", tiny, "--time-limit", "0.000001", "--relax")
    assert done.exit_code == 4
    assert "Give it longer, such as --time-limit 60." in done.stdout
    assert "collide" not in done.stdout
    data = json.loads(run("solve", tiny, "--time-limit", "0.000001", "--format", "json").stdout)
    assert (data["status"], data["conflicts"], data["repairs"]) == ("unknown", [], [])


@pytest.mark.parametrize("wish", [(), ("--relax",), ("--repair", "A"), ("--repair", "Z")])
def test_ctrl_c_ends_the_diagnosis_with_what_is_known(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, wish: tuple[str, ...]
) -> None:
    real = api.explained

    def interrupted(*given: Any) -> mc.Result:
        signal.raise_signal(signal.SIGINT)
        return real(*given)

    monkeypatch.setattr(api, "explained", interrupted)
    done = run("solve", tiny, *wish)
    assert done.exit_code == 3
    assert "Stopped before it was known which rules collide." in done.stdout
    assert "Mon" not in done.stdout


# --- a repair, planned -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", QUICK)
def test_a_repair_is_planned_with_the_points_that_were_told(name: str) -> None:
    first = told(name)["repairs"][0]
    assert first["verified"]
    done = run("solve", IMPOSSIBLE / f"{name}.yaml", "--repair", "a", "--format", "json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert (data["status"], data["objective"]) == ("optimal", first["objective"])
    assert data["applied"] == first["changes"]
    assert data["conflicts"] == data["repairs"] == []
    texts = " and ".join(change["text"] for change in first["changes"])
    assert done.stderr == f"Planned with repair A: {texts}.\n"


def test_what_was_changed_is_said_first(tiny: Path) -> None:
    done = run("solve", tiny, "--repair", "B")
    lines = done.stdout.splitlines()
    assert (done.exit_code, done.stderr) == (0, "")
    assert lines[0].startswith("Planned with repair B: ")
    assert lines[1] == "The scenario file is as it was; --write puts the change into it."
    assert lines[3] == "Strength block"
    assert lines[4].startswith("Proven optimal in ")
    assert tiny.read_text(encoding="utf-8") == TINY


def test_relax_takes_the_first_repair_that_was_planned(tiny: Path) -> None:
    relaxed, repaired = run("solve", tiny, "--relax"), run("solve", tiny, "--repair", "A")
    assert relaxed.exit_code == repaired.exit_code == 0
    assert relaxed.stdout.splitlines()[0] == repaired.stdout.splitlines()[0]


def test_relax_passes_over_what_was_not_planned_in_time(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *_ = mc.diagnose(mc.load_scenario(tiny)).repairs
    unknown = {"objective": None, "verified": False, "proven": False, "sessions_moved": None, "lifts": ""}
    unplanned = first.model_copy(update=unknown)
    diagnosed(monkeypatch, repairs=(unplanned, second), complete=False)
    done = run("solve", tiny, "--relax")
    assert (done.exit_code, done.stdout.partition(":")[0]) == (0, "Planned with repair B")
    # By its name it may be taken; names of a diagnosis that was cut short may have changed.
    done = run("solve", tiny, "--repair", "A")
    assert (done.exit_code, done.stdout.partition(":")[0]) == (0, "Planned with repair A")
    assert done.stderr == "The diagnosis ended early: repairs may have other names than before.\n"
    diagnosed(monkeypatch, repairs=(unplanned,))
    done = run("solve", tiny, "--relax", "--write")
    assert (done.exit_code, done.stderr) == (3, "")
    assert "not planned in time" in done.stdout
    assert tiny.read_text(encoding="utf-8") == TINY


def test_relax_leaves_a_block_that_exists_alone(tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    done = run("solve", FEASIBLE, "--relax", "--write-as", new)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].startswith("Proven optimal in ")
    assert done.stderr == "A block exists without any change: nothing was saved.\n"
    assert not new.exists()


def test_where_a_block_exists_there_is_nothing_to_repair() -> None:
    done = run("solve", FEASIBLE, "--repair", "A")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "five_k_novice.yaml has a block: there is nothing to repair" in done.stderr


def test_an_unknown_repair_gets_the_names_there_are(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("solve", tiny, "--repair", "Z")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no repair Z: choose one of A, B, " in done.stderr
    diagnosed(monkeypatch, repairs=())
    done = run("solve", tiny, "--repair", "A")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no repair was found" in done.stderr


def test_a_repair_that_does_not_read_is_our_mistake(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = mc.diagnose(mc.load_scenario(tiny)).repairs[0]
    wrong = first.changes[0].model_copy(update={"path": "weeks", "to": 99})
    diagnosed(monkeypatch, repairs=(first.model_copy(update={"changes": (wrong,)}),))
    done = run("solve", tiny, "--repair", "A", "--write")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Internal error: the scenario cannot be read with the change" in done.stderr
    assert tiny.read_text(encoding="utf-8") == TINY


# --- the repair, written ---------------------------------------------------------------------------------


def changed_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    return [x[2:] for x in lines if x[0] == "-"], [x[2:] for x in lines if x[0] == "+"]


def test_write_changes_a_line_of_the_file_and_keeps_all_others(tiny: Path) -> None:
    done = run("solve", tiny, "--repair", "A", "--write")
    assert done.exit_code == 0
    assert done.stderr == f"Saved with the change: {tiny}\n"
    assert "--write puts" not in done.stdout
    taken, put = changed_lines(TINY, tiny.read_text(encoding="utf-8"))
    assert taken == ["  sessions_per_week: 2        # twice is best"]
    assert put == ["  sessions_per_week: 1        # twice is best"]
    again = run("solve", tiny, "--format", "json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["applied"] == []


def test_write_as_leaves_the_file_and_overwrites_only_when_told(tiny: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    assert run("solve", tiny, "--relax", "--write-as", new).exit_code == 0
    assert tiny.read_text(encoding="utf-8") == TINY
    text = new.read_text(encoding="utf-8")
    assert len(changed_lines(TINY, text)[1]) == 1
    new.write_text("precious")
    done = run("solve", tiny, "--relax", "--write-as", new)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{new} exists: name another file, or --force to overwrite it" in done.stderr
    assert new.read_text() == "precious"
    assert run("solve", tiny, "--relax", "--write-as", new, "--force").exit_code == 0
    assert new.read_text(encoding="utf-8") == text


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = api.explained

    def meanwhile(*given: Any) -> mc.Result:
        tiny.write_text("weeks: 2\n" + TINY, encoding="utf-8")
        return real(*given)

    monkeypatch.setattr(api, "explained", meanwhile)
    done = run("solve", tiny, "--repair", "A", "--write")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "wrong: the file changed since it was read" in done.stderr
    assert done.stderr.endswith("1 problem; the plan is not shown, as the change could not be saved.\n")
    assert tiny.read_text(encoding="utf-8") == "weeks: 2\n" + TINY


def test_nothing_is_written_without_a_plan(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = solver.solve, []

    def no_time(scenario: mc.Scenario, **more: Any) -> mc.Result:
        calls.append(scenario)
        # The first plan finds that there is none; what is planned with the repair ends too soon.
        last = len(calls) > 1 and more.get("read_seconds")
        return real(scenario, **(more | {"time_limit": 1e-9} if last else more))

    monkeypatch.setattr(solver, "solve", no_time)
    done = run("solve", tiny, "--repair", "A", "--write")
    assert done.exit_code == 4
    assert done.stdout.startswith("Tried with repair A: ")
    assert done.stderr == ""
    assert tiny.read_text(encoding="utf-8") == TINY


def test_standard_input_can_be_repaired_and_saved_elsewhere(tmp_path: Path) -> None:
    done = run("solve", "-", stdin=TINY)
    assert done.exit_code == 3
    assert "Apply one" not in done.stdout  # what came by a pipe has no name
    done = run("solve", "-", "--repair", "A", "--write", stdin=TINY)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "standard input cannot be written to: use --write-as FILE" in done.stderr
    new = tmp_path / "new.yaml"
    assert run("solve", "-", "--repair", "A", "--write-as", new, stdin=TINY).exit_code == 0
    assert len(changed_lines(TINY, new.read_text(encoding="utf-8"))[1]) == 1


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        (("--repair", "A", "--relax"), "--repair and --relax exclude each other"),
        (("--relax", "--write", "--write-as", "x.yaml"), "--write and --write-as exclude each other"),
        (("--write",), "--write and --write-as need --repair or --relax"),
        (("--write-as", "x.yaml"), "--write and --write-as need --repair or --relax"),
        (("--relax", "--write", "--force"), "--force goes with --write-as"),
        (("--relax", "--deadline", "0"), "--repair and --relax need a diagnosis: --deadline above 0"),
        (("--relax", "--write-as", "none/x.yaml"), "give a file in a folder that exists"),
        (("--deadline", "nan"), "expected a number of seconds"),
        (("--deadline", "-1"), "-1"),
    ],
)
def test_wishes_that_do_not_go_together_are_refused_at_once(
    tiny: Path, wishes: tuple[str, ...], message: str
) -> None:
    done = run("solve", tiny, *wishes)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
    assert tiny.read_text(encoding="utf-8") == TINY


def test_the_plan_never_goes_over_the_scenario(tiny: Path) -> None:
    done = run("solve", tiny, "-o", tiny)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"-o would overwrite the scenario {tiny}: name another file" in done.stderr
    assert tiny.read_text(encoding="utf-8") == TINY


def test_a_diagnosis_goes_to_a_file_too(tiny: Path, tmp_path: Path) -> None:
    file = tmp_path / "why.txt"
    done = run("solve", tiny, "-o", file)
    assert (done.exit_code, done.stdout) == (3, "")
    text = file.read_text(encoding="utf-8")
    assert "\nThese three collide in week 1 (7 to 13 September):\n" in text
    assert "\x1b" not in text


def test_the_library_tells_the_same(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "diagnose", really)
    found = mc.diagnose(mc.load_scenario(tiny))
    assert isinstance(found, Diagnosis)
    data = json.loads(run("solve", tiny, "--format", "json").stdout)
    for one in (rule for conflict in data["conflicts"] for rule in conflict["rules"]):
        one["place"] = ""
    assert data["conflicts"] == [c.model_dump(mode="json") for c in found.conflicts]
    assert data["repairs"] == [r.model_dump(mode="json") for r in found.repairs]
