"""Titles as runners and plans write them, and what they are taken for."""

from __future__ import annotations

from datetime import date

import pytest

from mesocycle.importing.feed import Event, Kind, Reading
from mesocycle.importing.titles.read import SURE, read_title
from mesocycle.models.names import hidden_character
from mesocycle.models.training import RunType

DAY = date(2026, 11, 12)


def read(title: str, text: str = "", units: str = "mi", **given: object) -> tuple[Reading, ...]:
    return read_title(Event(DAY, title, text, **given), units)  # type: ignore[arg-type]


def one(title: str, text: str = "", units: str = "mi", **given: object) -> Reading:
    (reading,) = read(title, text, units, **given)
    return reading


SURE_TITLES = {
    Kind.REST: [
        "Rest",
        "Rest day",
        "Off Day",
        "Day off",
        "OFF",
        "Ruhetag",
        "Repos",
        "Descanso",
        "Rest/Travel",
    ],
    Kind.FREE: [
        "Rest or cross-train",
        "Cross-Train or Rest",
        "Off Day or Cross Training or Strength Training",
        "Cross Training or Strength Training",
    ],
    Kind.EASY: [
        "{6:10} easy",
        "{3.0:4.8} run",
        "5 mi easy + strides",
        "{7-9:12-15} easy with 5 × 25 sec strides",
        "5 mi w/ 6 strides",
        "Easy run, day after race",
        "jog 20 min",
        "Run 30 seconds, walk 30 seconds. Repeat 15 times",
        "Run/walk 10 minutes",
        "Run 1km, walk 4km",
        "Morning Run",
        "Lunch run 5k",
        "Z2 50 min",
        "Lockerer Lauf 8 km",
        "Footing 45'",
        "5 min walk, 25 minute jog, 5 minute walk",
        "30' easy + 6x20\" strides",
        "Base Run 45:00",
        "Treadmill 40 min",
        "Coffee run",
        "Abendlauf 8 km",
        "GA1 60 min",
        "EF 45 min",
        "Endurance fondamentale 1h",
        "5 E + strides",
        "Easy run (race in two weeks)",
        "{8-10:13-16} very easy or easy",
        "Rodaje 10 km",
    ],
    Kind.RECOVERY: [
        "recovery jog",
        "Shakeout 20 min",
        "Pre-race shakeout",
        "Rec 5 mi",
        "Regenerativer Lauf",
        "Reko 30'",
    ],
    Kind.MODERATE: [
        "7 mile Aerobic Run {7}",
        "Steady 10 km",
        "GA 8 mi",
        "Medium-long run {12}",
        "Regular run",
        "6 mi GA + 8x100",
        "GA2 45 min",
        "Gen-aerobic + speed {9} with 6 x 12 sec hill sprints + 8 x 100 m strides",
    ],
    Kind.LONG: [
        "long run",
        "{16} Long Run",
        "Long run at MP + 30",
        "Progression long run",
        "Langer Lauf 25 km",
        "Long run in race shoes",
        "Long lunch run",
        "SL 1h45",
        "Lungo 20 km",
    ],
    Kind.TEMPO: [
        "4 mi @ tempo",
        "{4.0:6.4} pace",
        "Marathon pace 8 mi",
        "8 mi w/ 5 @ MP",
        "10 km HMP",
        "{7:12} at 85% 5k",
        "5k time trial",
        "{3:4.8} fast",
        "30 tempo",
        "Tempodauerlauf",
        "TDL 6 km",
        "Allure marathon 10 km",
        "Tempo in race shoes 8 km",
    ],
    Kind.THRESHOLD: [
        "3 x 10 min threshold",
        "Cruise intervals 4 x 1 mile",
        "LT 8 mi",
        "Schwellenlauf",
        "3E + 4T + 2E",
    ],
    Kind.INTERVALS: [
        "8 x 400 m",
        "12 x 400m @ 5k-10k pace w. 400m jog",
        "4 x 800",
        "6 × (1200m hard, 400m easy)",
        "2 mi easy, 6x800, 1 mi easy",
        "Rolling 400s",
        "Yasso 800s",
        "Track",
        "VO₂max {10}",
        "Fartlek 40 min",
        "800m Ladders • 7km",
        "6 x 1k in race shoes",
        "Ripetute 6x1000",
        "Speed {7:11}",
        "Strength: 6 x 1 mile @ MP-10",
        "5-6 × 2 km at 103% MP with 2 min walk",
        "{8-10:14-16} easy with 30 min of (30 sec hard, 2.5 min easy)",
    ],
    Kind.HILLS: [
        "6 x hill",
        "Hill repeats",
        "{4} hills",
        "6 x (200m uphill at 10k pace)",
        "Bergsprints",
        "Berglauf",
    ],
    Kind.PROGRESSION: ["Progression run 8 mi", "Cutdown 6 mi", "5 mi easy progressing to moderate"],
    Kind.RACE: [
        "Race Day!",
        "5-K Race",
        "Half Marathon",
        "Marathon ({26.2:42.2})",
        "Valencia Marathon",
        "15k to half marathon tune up race",
        "8k - 15k tuneup",
        "Race: 26.2 miles",
        "Race day - registration 7am",
        "Long Beach Half Marathon",
        "Media maratón",
        "Turkey Trot 5k",
        "Volkslauf 10 km",
    ],
    Kind.CROSS: [
        "30 min cross",
        "XT",
        "Bike 1h",
        "Long ride 60 km",
        "Swim",
        "Easy row",
        "Elliptical 40 min",
        "Aqua jogging",
        "Walk 5km",
        "Natation",
        "Skilanglauf",
        "Radtour",
        "Bouldering",
    ],
    Kind.STRENGTH: [
        "Lower Body Endurance Session • 55m - 65m",
        "Legs",
        "Core",
        "Gym",
        "S&C",
        "Strength",
        "Weights",
        "3x10 squats",
        "Krafttraining",
        "Strength A · 14 sets",
        "Session A · 14 sets",
        "Renfo 30 min",
        "Rumpfstabi 20 min",
    ],
    Kind.OTHER: [
        "Team meeting",
        "Birthday of a friend",
        "Yoga",
        "Mobility",
        "Dentist 9:30",
        "Race expo",
        "Long weekend",
        "Track package",
        "Buy race shoes",
        "Race registration opens",
        "Register for Berlin Marathon",
        "Sign up for half marathon",
        "Run errands",
        "Run payroll",
        "Run through the slides",
        "Running late",
        "Run club meeting",
        "Dry run",
        "School run",
        "Runway show",
        "Hard deadline",
        "Regular meeting",
        "Core team meeting",
        "Marathon meeting",
        "Leg wax",
        "Lift pass",
        "Weights and measures",
        "Gym membership renewal",
        "Bench review",
        "Bike repair",
        "Car ride",
        "Kids swimming",
        "Cross check",
        "Life cycle",
        "Walk the dog",
        "Pool party",
        "Long lunch",
        "Long-term planning",
        "Easy jet flight",
        "Base camp",
        "Slow cooker",
        "Speed dating",
        "Sprint review",
        "Tempo magazine",
        "World Series",
        "Race condition bug",
        "Horse race",
        "Netflix marathon",
        "Volunteer at parkrun",
        "Laufschuhe kaufen",
        "Retrait des dossards",
    ],
}


@pytest.mark.parametrize(("kind", "title"), [(k, t) for k, titles in SURE_TITLES.items() for t in titles])
def test_a_usual_title_is_surely_of_its_kind(kind: Kind, title: str) -> None:
    reading = one(title)
    assert (reading.kind, reading.confidence >= SURE, reading.doubt) == (kind, True, "")


@pytest.mark.parametrize(
    ("title", "kind", "doubt"),
    [
        ("Easy run OR day off", Kind.EASY, "it also says day off"),
        ("Rest or easy run", Kind.EASY, "it also says rest"),
        ("Off or {4-6:6-10} very easy", Kind.EASY, "it also says off"),
        ("Tempo or long run", Kind.TEMPO, "it also says long run"),
        ("Easy 5k (or bike)", Kind.EASY, "it also says bike"),
        ("Optional easy run 3 mi", Kind.EASY, "it is optional"),
        ("parkrun", Kind.TEMPO, "a parkrun can be raced, run hard or jogged"),
        ("Plan Ends", Kind.RACE, "it may be the day of the race"),
        ("Brick: bike + run", Kind.EASY, "a brick is a ride and a run"),
        ("Key workout", Kind.INTERVALS, "it does not say what kind of workout"),
        ("Around the lake 10 km", Kind.EASY, "it names a distance and no kind of run"),
        ("10 Miler", Kind.EASY, "it may be a race"),
        ("Old Town 10 Miler", Kind.RACE, "it may be a training run"),
        ("NYC Half", Kind.RACE, "a half may be a half marathon"),
        ("Tennis", Kind.CROSS, "it may be played or watched"),
        ("Projektablauf", Kind.OTHER, "no word of it is known"),
        ("Off-site", Kind.OTHER, "no word of it is known"),
        ("{15:24}", Kind.LONG, "it names a distance and no kind of run"),
        ("45 min", Kind.EASY, "it names a duration and no kind of run"),
        ("Whatever", Kind.OTHER, "no word of it is known"),
        ("", Kind.OTHER, "it has no title"),
    ],
)
def test_an_unclear_title_is_doubted_with_a_reason(title: str, kind: Kind, doubt: str) -> None:
    reading = one(title)
    assert (reading.kind, reading.doubt, reading.confidence < SURE) == (kind, doubt, True)


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        ("AM: 4 mi easy, PM: 3 mi easy + strides", ("easy", 4, "am"), ("easy", 3, "pm")),
        ("5 easy / 4 easy (double)", ("easy", 5, ""), ("easy", 4, "")),
        ("Recovery {6} a.m. {5} p.m.", ("recovery", 6, "am"), ("recovery", 5, "pm")),
        ("Recovery {4} A.M / LT {10} P.M with {4} at LT", ("recovery", 4, "am"), ("threshold", 10, "pm")),
        ("Recovery {4} / Aerobic {10} w/ 8 x 100 m strides", ("recovery", 4, ""), ("moderate", 10, "")),
        ("Recovery {5} Medium-long run {15}", ("recovery", 5, ""), ("moderate", 15, "")),
        ("Recovery {4} a.m aerobic {8} w/ 8 x 100m strides", ("recovery", 4, "am"), ("moderate", 8, "pm")),
        ("8k/6k", ("easy", 5, ""), ("easy", 4, "")),
        ("Double day: 6/4", ("easy", 6, ""), ("easy", 4, "")),
        ("6 am, 4 pm", ("easy", 6, "am"), ("easy", 4, "pm")),
        ("Easy: morning: 4 mi, evening: 3 mi", ("easy", 4, "am"), ("easy", 3, "pm")),
    ],
)
def test_a_double_makes_two_readings(
    title: str, first: tuple[str, int, str], second: tuple[str, int, str]
) -> None:
    found = [(r.kind.value, round((r.metres or 0) / 1609.344), r.half) for r in read(title)]
    assert found == [first, second]


@pytest.mark.parametrize(
    "title",
    [
        "Easy run 6 am",
        "Meeting 9 am - 5 pm",
        "Easy run 6am or 6pm",
        "Run/walk 20 minutes",
        "6 mi with 8 / 12 sec hill sprints",
        "8 x (400 m / 200 m jog)",
        "General aerobic {10} / with 10 x 100 strides",
        "20 km / 12.4 mi easy",
        "12mi/20km long run",
    ],
)
def test_a_single_run_is_not_taken_for_a_double(title: str) -> None:
    assert len(read(title)) == 1


def test_a_lift_after_a_run_is_a_reading_of_its_own() -> None:
    found = [(r.kind, r.metres, r.title) for r in read("6 km easy + core", metres=6000)]
    assert found == [(Kind.EASY, 6000, "6 km easy"), (Kind.STRENGTH, None, "core")]


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("5 km + Gym", ["easy 5000", "strength None"]),
        ("Gym + 5 km", ["strength None", "easy 5000"]),
        ("Core and 5 km", ["strength None", "easy 5000"]),
        ("upper body + 5 km easy", ["strength None", "easy 5000"]),
        ("Swim + easy 5k", ["cross None", "easy 5000"]),
        ("Hills + core", ["hills None", "strength None"]),
        ("8 x 400 + gym", ["intervals None", "strength None"]),
        ("Strength: 3x10 squats + core", ["strength None"]),
        ("Run, bike or swim", ["easy None"]),
    ],
)
def test_a_run_beside_a_lift_is_a_reading_of_its_own(title: str, kinds: list[str]) -> None:
    assert [f"{r.kind} {r.metres}" for r in read(title, units="km")] == kinds


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Intervals + stretching", Kind.INTERVALS),
        ("Threshold, foam roll", Kind.THRESHOLD),
        ("Hills in the park, party after", Kind.HILLS),
        ("Intervals at school track", Kind.INTERVALS),
        ("Race day, hotel breakfast 7:00", Kind.RACE),
        ("Half marathon + dinner", Kind.RACE),
        ("Threshold call", Kind.OTHER),
        ("Hill meeting", Kind.OTHER),
    ],
)
def test_what_goes_with_a_run_does_not_hide_it(title: str, kind: Kind) -> None:
    assert one(title).kind is kind


def test_a_run_that_only_a_length_tells_beside_a_lift_is_doubted() -> None:
    assert [r.doubt for r in read("Gym + 5 km")] == ["", "it names a distance and no kind of run"]


@pytest.mark.parametrize("title", ["Parents evening", "Whatever", "Oma"])
def test_an_hour_in_a_calendar_is_no_run_for_being_an_hour(title: str) -> None:
    assert one(title, start_minute=1140, minutes=60).kind is Kind.OTHER


def test_an_hour_of_a_plan_without_times_of_day_is_one_of_running() -> None:
    assert one("Whatever", minutes=60).kind is Kind.EASY


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Tempo • 11km • 1h5m", ["tempo 65 11000"]),
        ("1h45m - 2h5m", ["easy 125 None"]),
        ("No run", ["rest None None"]),
        ("Travel day - no running", ["rest None None"]),
        ("No running, gym", ["strength None None"]),
        ("No intervals, just easy 8k", ["easy None 8000"]),
        ("No intervals or tempo, easy 8k", ["easy None 8000"]),
        ("\u274c Skipped: Tempo 8km", ["other None None"]),
        ("Tempo 8 km (cancelled)", ["other None None"]),
        ("3 + lift", ["easy None 3000", "strength None None"]),
        ("lift + 3", ["strength None None", "easy None 3000"]),
        ("5k + strength legs", ["easy None 5000", "strength None None"]),
        ("Easy 8k (+ core)", ["easy None 8000", "strength None None"]),
        ("Tempo 5 (2 easy / 2 tempo / 1 easy)", ["tempo None 5000"]),
        ("Threshold 3x10min (2min)", ["threshold None None"]),
        ("Threshold 3x10min (45 min)", ["threshold 45 None"]),
        ("Marathon week! easy 5k", ["easy None 5000"]),
        ("45 easy / 60 easy", ["easy 45 None", "easy 60 None"]),
        ("18M long slow", ["long None 28968"]),
        ("Easy 6-8M", ["easy None 12875"]),
        ("Long run 1:45", ["long 105 None"]),
        ("Long run 2:00-2:30", ["long 150 None"]),
        ("Easy 0:45", ["easy 45 None"]),
        ("Easy run 4:45", ["easy None None"]),
        ("Time on feet 3:00", ["long 180 None"]),
        ("40 min easy + 4x100m", ["easy 40 None"]),
        ("11 LSD", ["long None 11000"]),
        ("6 @ MP", ["tempo None 6000"]),
        ("8 w/ 4 @ LT", ["threshold None 8000"]),
        ("12 w/ last 2 @ HMP", ["tempo None 12000"]),
        ("2 shakeout", ["recovery None 2000"]),
        ("Rest or 3 easy", ["easy None 3000"]),
        ("Easy 5 + strides", ["easy None 5000"]),
        ("5e", ["easy None 5000"]),
        ("E 10", ["easy None 10000"]),
        ("8km mit 4x100m Steigerungen", ["easy None 8000"]),
        ("Steigerungsläufe + locker", ["easy None None"]),
        ("Steigerungslauf 8 km", ["progression None 8000"]),
        ("Long warm up then 5 km TT", ["tempo None 5000"]),
        ("Test: 30 min TT", ["tempo 30 None"]),
        ("DL2 50 min", ["moderate 50 None"]),
        ("Ruhe", ["rest None None"]),
    ],
)
def test_the_shorthand_of_runners_is_read(title: str, found: list[str]) -> None:
    assert [f"{r.kind} {r.minutes} {r.metres}" for r in read(title, units="km")] == found


def test_a_called_off_run_stays_one_whatever_its_description_sums_up() -> None:
    assert one("Skipped: Tempo", "Tempo • 11km • 1h5m").kind is Kind.OTHER


@pytest.mark.parametrize("title", ["4 with Anna", "6 @ 18:00", "No run club meeting", "Missed call"])
def test_numbers_and_denials_of_private_life_are_no_run(title: str) -> None:
    assert one(title, units="km").kind is Kind.OTHER


@pytest.mark.parametrize(("text", "found"), [("{5:8}\n{4:6}", [8047, 6437]), ("", [7242, 7242])])
def test_two_runs_in_one_are_told_apart_by_the_description_or_halved(text: str, found: list[int]) -> None:
    assert [r.metres for r in read("2 recovery runs ({9:14})", text, metres=14_484)] == found


def test_a_vague_title_is_read_with_its_description() -> None:
    reading = one("Session 1, workout: 20 min", "A 5-min brisk walk, then a 30-sec jog and a 90-sec walk")
    assert (reading.kind, reading.minutes, reading.doubt) == (Kind.EASY, 20, "only its description says so")


def test_a_marathon_is_as_long_as_its_name_says() -> None:
    assert [one("Marathon", metres=far).metres for far in (43_452, 67_906)] == [42_195, 42_195]


def test_the_half_of_the_day_of_a_single_run_is_kept() -> None:
    assert (one("Morning Run").half, one("PM: 4 mi easy").half, one("Easy run 6 am").half) == ("am", "pm", "")


def test_the_field_of_a_double_goes_to_the_part_without_a_length() -> None:
    found = [r.metres for r in read("AM: 4 km easy, PM: tempo", units="km", metres=10_000)]
    assert found == [4000, 6000]


def test_fields_of_the_file_win_over_the_title() -> None:
    reading = one("4-5 mi easy", minutes=40, metres=7000, kind=Kind.RECOVERY)
    assert (reading.kind, reading.minutes, reading.metres, reading.confidence) == (
        Kind.RECOVERY,
        40,
        7000,
        1.0,
    )


def test_a_field_that_contradicts_the_title_is_doubted_and_the_longer_run_taken() -> None:
    reading = one("13 miles, consisting of: 2 mi warm up; 3 x 3 miles; 2 mi cool down", metres=1609)
    assert (reading.metres, reading.doubt) == (20_921, "its title says 13 mi, its distance 1 mi")


def test_the_first_line_of_a_description_may_sum_the_run_up() -> None:
    reading = one("🏃 Rolling 400s • 12.9km", "Tempo • 12.9km • 1h10m\n\n4km warm up, easy\nRepeat 8x")
    assert (reading.kind, reading.minutes, reading.metres) == (Kind.TEMPO, 70, 12_900)


def test_a_description_says_what_a_plain_run_is_but_never_surely() -> None:
    reading = one("Wednesday run", "10 min easy, then 6 x 800 m at 5 km pace")
    assert (reading.kind, reading.doubt) == (Kind.INTERVALS, "only its description says so")


def test_a_description_does_not_overrule_a_title_that_says_what_it_is() -> None:
    assert one("Easy 8 km", "No tempo today, rest tomorrow").kind is Kind.EASY


def test_a_run_as_long_as_a_long_run_is_one() -> None:
    kinds = [one(title).kind for title in ("14 mile Aerobic Run", "Easy 2h10", "10 mile Aerobic Run")]
    assert kinds == [Kind.LONG, Kind.LONG, Kind.MODERATE]


@pytest.mark.parametrize(
    ("title", "metres"),
    [
        ("Half Marathon", 21_097),
        ("Half Marathon ({13.1:21.1})", 21_097),
        ("21km Race • 21km", 21_097),
        ("Marathon", 42_195),
        ("Race: 26.2 miles", 42_195),
        ("10-K Race", 10_000),
        ("8 mile race", 12_875),
        ("Race Day!", None),
        ("Race", None),
        ("NYC Half", 21_097),
        ("HM race", 21_097),
    ],
)
def test_a_race_has_the_length_of_its_name(title: str, metres: int | None) -> None:
    assert one(title).metres == metres


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("{6:10} easy", "6 mi easy"),
        ("{3.0:4.8} run", "3 mi run"),
        ("{6} easy", "6 mi easy"),
        ("Easy run: {4}-{6}", "Easy run: 4-6 mi"),
        ("{17} miles with {8} miles at MP", "17 miles with 8 miles at MP"),
        ("🏃 Tempo  • 8km", "Tempo • 8km"),
        ("6 x 400 m\n  with 200 m jog\n\nin the park", "6 x 400 m with 200 m jog; in the park"),
        ("7 miles, consisting of:\r\n\r\n2 mi warm up", "7 miles, consisting of: 2 mi warm up"),
        ("Läufe – für Ümit", "Läufe – für Ümit"),
    ],
)
def test_a_title_keeps_the_runners_words_on_one_line(title: str, shown: str) -> None:
    assert one(title).title == shown


@pytest.mark.parametrize(
    "title",
    [
        "tempo\x00\x1b[31m",
        "\u202etempo",
        "tem\u200bpo",
        "=cmd('x') tempo",
        "<script>alert(1)</script> tempo",
        "tempo\u2028\u2029\r\n\x85next",
        "🏃\u200d♂️ tempo",
        "\ud800 tempo",
        "tempo " * 2000,
    ],
)
def test_a_hostile_title_is_cleaned_and_still_read(title: str) -> None:
    reading = one(title)
    assert (reading.kind, hidden_character(reading.title), len(reading.title) <= 200) == (
        Kind.TEMPO,
        "",
        True,
    )


@pytest.mark.parametrize(
    "part",
    [
        "a",
        "1 ",
        "1x",
        "1-",
        "{",
        "{1:2} / ",
        "run or ",
        "AM: 1 PM: 1 ",
        "easy + core ",
        "8 x (",
        "race ",
        "1h ",
        "\n",
        "to ",
        "no run ",
        "( / ",
        "1M-",
        "long 1:00-",
    ],
)
def test_ten_thousand_characters_of_anything_are_read(part: str) -> None:
    text = (part * 10_000)[:10_000]
    assert all(len(r.title) <= 200 for r in read(text, text))


def test_nothing_is_ever_dropped() -> None:
    assert all(read(title) for title in ("", "   ", "\u200b", "🏃", "???", "/", "AM PM", "{", "or"))


def test_kinds_of_runs_are_types_of_a_scenario() -> None:
    runs = [kind.value for kind in Kind if kind not in (Kind.STRENGTH, Kind.FREE, Kind.OTHER)]
    assert runs == [kind.value for kind in RunType]
