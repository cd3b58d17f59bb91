"""Looks for legal scenarios of 6 to 12 weeks that are slow to plan, by drawing them at random.

Run:  python benchmarks/slow_scenarios.py [--count 100] [--seed 0] [--limit 25] [--keep FOLDER] [--jobs 1]

Each seed is one scenario, the same every time as long as the rules and their parameters are the same; what
`load_scenario` refuses is drawn again. Each is planned in a process of its own. `cpu` and `wall` are seconds
of the whole solve (bound, search, the most readable of the equals, check), imports and reading not counted;
`cpu` is disturbed less by a busy machine. Why a scenario has no block is not asked.

optimal     proven, and the most readable of the equally good blocks
one of them proven, but time or work ran out before the most readable was found
no block    proven that there is none
unproven    a block, and a bound below its points
unknown     neither a block nor a proof that there is none
no memory   more than 4 GB asked for
crash       any other exception, or a process that had to be ended; the seconds of both are those it stood

`--keep` writes the scenarios that were not proven, are but one of the equals, or took more than 3 s of `cpu`
or 1 GB. OVERRUN stands where a solve went on for more than 2 s after its limit; where it was then is written
beside the scenario, and so is what a crash said.
Machines differ: compare seeds of one run with each other, and runs of one machine.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from mesocycle.models.result import Result

Data = dict[str, Any]
Thing = TypeVar("Thing")

QUICK_SECONDS = 3.0
# What a solve may run over its limit, and what is waited before its process is ended.
OVER_SECONDS, GRACE_SECONDS = 2.0, 60.0
# Memory that is remarked, and what a process gets at most.
MUCH_MB, MOST_MB = 1024, 4096
SLOWEST = 10
MONDAY = date(2027, 1, 4)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PHASES = ("base", "build", "peak", "taper", "recovery")
PROVEN = ("optimal", "one of them", "no block")

# Minutes of each type of run.
MINUTES = {
    **{"easy": (30, 60), "recovery": (20, 40), "moderate": (45, 80), "cross": (30, 90)},
    **{"intervals": (45, 75), "threshold": (40, 70), "tempo": (40, 70), "hills": (45, 75)},
    **{"progression": (50, 80), "long": (75, 165)},
}
FAST = ("intervals", "threshold", "tempo", "hills", "progression")
SLOW = ("easy", "easy", "easy", "recovery", "moderate", "cross")
HOURS = {"morning": (5, 6, 7, 8), "noon": (11, 12, 13), "evening": (17, 18, 19)}
# Windows of a day: hours in which one starts, and its minutes.
EVENING, NOON = ((17, 18, 19), (60, 90, 120, 180)), ((11, 12), (45, 60, 90))
MORNING, WHOLE = ((5, 6, 7), (60, 90, 120)), ((8,), (720,))
TIMES = (
    *((EVENING,), (EVENING,), (EVENING,), (EVENING,), (MORNING,), (MORNING,), (WHOLE,), ()),
    *((MORNING, EVENING), (MORNING, EVENING), (NOON, EVENING), (NOON, EVENING), ()),
)
RACES = ("5k", "10k", "half_marathon", "marathon", "50k")

PROGRAMS = (
    *("runner_two_day", "runner_three_day", "home_two_day", "heavy_and_complex", "two_easy_days"),
    *("thirty_minutes", "full_body_hour"),
)
MAINS = (
    *("back_squat", "front_squat", "goblet_squat", "trap_bar_deadlift", "conventional_deadlift"),
    *("romanian_deadlift", "barbell_hip_thrust", "split_squat", "bulgarian_split_squat", "step_up"),
)
LEGS = (
    *("single_leg_rdl", "forward_lunge", "reverse_lunge", "walking_lunge", "single_leg_calf_raise"),
    *("calf_raise_straight", "calf_raise_bent", "leg_extension", "nordic_hamstring_curl", "wall_sit"),
    *("bodyweight_squat", "glute_med_band", "sled_push"),
)
UPPER = (
    "push_up",
    "bench_press",
    "overhead_press",
    "chin_up",
    "lat_pulldown",
    "bent_over_row",
    "dumbbell_row",
)
CORE = ("farmer_carry", "single_arm_carry", "pallof_press", "dead_bug", "plank", "side_plank")
JUMPS = ("box_jump", "vertical_jump", "jump_squat", "skater_hop", "single_leg_hop", "broad_jump")
COMPLEXES = (("back_squat", "box_jump"), ("trap_bar_deadlift", "broad_jump"), ("bench_press", "plyo_push_up"))
KIT = ("barbell", "plates", "rack", "bench", "dumbbell", "kettlebell", "loop_band", "box", "pullup_bar")

WEIGHTS = (0, 0, 1, 1, 2, 3, 5, 7, 10, 15, 25, 50, 100, 300, 1000)
# What a field's own limits do not tell.
OWN_VALUES: dict[str, tuple[Any, ...]] = {
    "too_tired_on": (["mon"], ["wed", "fri"], ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    "bands": ({"squat": [2, 3], "core": [1, 2]}, {"calf": [6, 9], "push": [0, 2]}, {}),
    "keep": (["core", "upper", "main"], ["main"], []),
    "preferred": (["17:00-19:00"], ["06:00-07:00", "12:00-12:30"], ["10:00-10:20"]),
    "profile": ("six_plus_calf_core", "runner_four"),
    "points": (
        [[12, 6, 3, 1]] * 6,
        [[9, 9, 9, 9], [6, 6, 6, 6], [5, 4, 3, 2], [4, 2, 0, 0], [3, 0, 0, 0], [1, 1, 1, 1]],
        [[100, 60, 20, 5], [50, 20, 5, 0], [50, 0, 0, 0], [10, 5, 2, 1], [4, 3, 2, 1], [0, 0, 0, 0]],
    ),
    "heavy_days": ([14, 21, 28], [42, 56, 84], [112, 112, 112]),
    "first_sets": ([1], [2, 3], [1, 1, 2, 2, 3, 3]),
    "shares": ([1, 0.9, 0.5], [0.85, 0.75, 0.6], [1, 1, 1]),
}
# Goes with another parameter.
LEFT_ALONE = ("patterns",)


@dataclass(frozen=True)
class Drawn:
    """A scenario, what it is in words, and how many were refused before it."""

    data: Data
    words: str
    refused: int


@dataclass(frozen=True)
class Outcome:
    """What became of one seed; seconds, megabytes and points as far as they are known."""

    seed: int
    status: str
    cpu: float = 0.0
    wall: float = 0.0
    mb: float = 0.0
    points: int | None = None
    bound: int | None = None
    said: str = ""

    def line(self, words: str, limit: float) -> str:
        """Tell it in one line."""
        ended = self.status not in ("no memory", "crash")
        odd = " OVERRUN" if ended and self.wall > limit + OVER_SECONDS else ""
        odd += f" {self.mb:.0f} MB" if self.mb > MUCH_MB else ""
        said = f" ({self.said.splitlines()[-1]})" if self.status == "crash" else ""
        points = ("-" if value is None else str(value) for value in (self.points, self.bound))
        return "{:5} {:11} {:6.2f} {:6.2f} {:>6} {:>6}  ".format(
            self.seed, self.status, self.cpu, self.wall, *points
        ) + (words + odd + said)


# ---- drawing ----


def weighted(rng: random.Random, shares: dict[Thing, int]) -> Thing:
    """One of some things, by their shares."""
    return rng.choices(list(shares), list(shares.values()))[0]


def clock(minute: int) -> str:
    """Write a minute of the day, at most 23:59."""
    return "{:02d}:{:02d}".format(*divmod(min(minute, 24 * 60 - 1), 60))


def draw(seed: int) -> Drawn:
    """The scenario of a seed."""
    import mesocycle as mc

    refused = 0
    while True:
        drawn = drawn_once(f"{seed}/{refused}", refused)
        try:
            mc.load_scenario(drawn.data)
        except mc.ScenarioError:
            refused += 1
        else:
            return Drawn({"name": f"Seed {seed}"} | drawn.data, drawn.words, refused)


def drawn_once(seed: str, refused: int) -> Drawn:
    """A scenario that may be refused; each part has a generator of its own, so that it keeps its values."""

    def dice(part: str) -> random.Random:
        return random.Random(f"{seed}/{part}")  # of a text: the same in every process

    rng = dice("block")
    weeks = rng.randint(6, 12)
    start = MONDAY + timedelta(days=rng.choice((0, 0, 0, 0, 2, 3)))
    lifts = weighted(rng, {1: 8, 2: 28, 3: 32, 4: 22, 5: 3, 6: 7})
    kind, windows = drawn_windows(dice("windows"), weeks)
    mileage, runs = drawn_runs(dice("runs"), weeks, start)
    what, strength = drawn_strength(dice("strength"), lifts, weeks)
    data: Data = {"start": str(start), "weeks": weeks, "policy": drawn_policy(dice("policy"))}
    data["athlete"] = {"availability": windows} | drawn_athlete(dice("athlete"), weeks)
    data["runs"] = runs
    races = drawn_races(dice("races"), weeks)
    if races:
        data["races"] = races
    if rng.random() < 0.15:
        data["phases"] = drawn_phases(rng, weeks)
    data["strength"] = strength
    data["rules"] = drawn_rules(dice, lifts)
    data["history"] = drawn_history(dice("history"), start)
    words = f"{weeks} weeks, {what}, {strength['grid_minutes']} min, {kind}, {mileage}"
    words += "".join(f", {race['priority']} {race['distance']}" for race in races)
    return Drawn(data, f"{words}; {told(data['rules'])}", refused)


def told(rules: Data) -> str:
    """Changed rules in words."""
    each = (
        f"{name} "
        + (how if isinstance(how, str) else " ".join(f"{key}={value}" for key, value in how.items()))
        for name, how in rules.items()
    )
    return "; ".join(each) or "rules as they are"


def drawn_policy(rng: random.Random) -> str | Data:
    """A preset, or the three switches."""
    if rng.random() < 0.7:
        return rng.choice(("stack_hard", "stack_hard_long_run", "easy_moderate", "auto"))
    return {
        "hard_easy": rng.choice(("stack_hard", "easy_moderate", "auto")),
        "long_run": rng.choice(("avoid", "light_only", "allow")),
        "order": rng.choice(("run_first", "lift_first_in_base", "priority_first")),
    }


# ---- when there is time ----


def one_window(rng: random.Random, hours: Sequence[int], lengths: Sequence[int], step: int = 15) -> str:
    """A window that starts in one of these hours and is that long."""
    first = 60 * rng.choice(hours) + rng.randrange(0, 60, step)
    return f"{clock(first)}-{clock(first + rng.choice(lengths))}"


def day_window(rng: random.Random) -> list[str]:
    """The windows of one day; none now and then."""
    return [one_window(rng, *window) for window in rng.choice(TIMES)]


def evenings(rng: random.Random, weeks: int) -> Data:
    """Evenings alone, at the weekend perhaps a morning."""
    weekend = one_window(rng, (9, 17), (90, 120, 240))
    return {"weekdays": [one_window(rng, *EVENING)], "weekend": [weekend]}


def by_weekday(rng: random.Random, weeks: int) -> Data:
    """Each weekday has its own time."""
    return {day: day_window(rng) for day in DAYS}


def few_days(rng: random.Random, weeks: int) -> Data:
    """Two to four days, and nothing else."""
    free = rng.sample(DAYS, rng.randint(2, 4))
    windows = {day: day_window(rng) or ["17:00-19:00"] for day in DAYS if day in free}
    return {"weekdays": [], "weekend": []} | windows


def rota(rng: random.Random, weeks: int) -> Data:
    """Early and late shifts in turn, written by date."""
    early, late = one_window(rng, (16, 17), (120, 180)), one_window(rng, (8, 9), (120, 180))
    free: Data = {"weekdays": [early], "weekend": [one_window(rng, (9, 10), (90, 240))]}
    for week in range(1, weeks, 2):
        free |= {str(MONDAY + timedelta(days=7 * week + day)): [late] for day in range(5)}
    return free


def uneven(rng: random.Random, weeks: int) -> Data:
    """Windows that start and end off any grid."""
    return {
        "weekdays": [one_window(rng, (5, 6), (57, 71, 88), 1), one_window(rng, (17, 18), (63, 97, 134), 1)],
        "weekend": [one_window(rng, (8, 9, 10), (83, 166, 301), 1)],
    }


def several_short(rng: random.Random, weeks: int) -> Data:
    """Three or four windows a day, each hardly longer than a session."""
    hours = sorted(rng.sample((6, 9, 12, 15, 18), rng.choice((3, 4))))
    keys = ("weekdays", "weekend")
    return {key: [one_window(rng, (hour,), (40, 50, 60, 75), 5) for hour in hours] for key in keys}


# Each kind of windows by name, with its share: as it is, or drawn for so many weeks.
WINDOWS: dict[str, tuple[int, Data | Callable[[random.Random, int], Data]]] = {
    "two a day": (3, {"weekdays": ["06:00-08:00", "17:00-21:00"], "weekend": ["09:00-18:00"]}),
    "mornings": (1, {"weekdays": ["05:00-07:30"], "sat": ["06:30-10:00"], "sun": []}),
    "all day": (2, {"weekdays": ["05:00-23:00"], "weekend": ["05:00-23:00"]}),
    "usual times": (1, {}),
    "evenings": (3, evenings),
    "several short": (2, several_short),
    "by weekday": (4, by_weekday),
    "few days": (2, few_days),
    "rota": (2, rota),
    "uneven": (2, uneven),
}


def drawn_windows(rng: random.Random, weeks: int) -> tuple[str, Data]:
    """When a lift may happen, and that in a word."""
    kind = weighted(rng, {name: share for name, (share, _) in WINDOWS.items()})
    windows = WINDOWS[kind][1]
    return kind, windows(rng, weeks) if callable(windows) else windows


def drawn_athlete(rng: random.Random, weeks: int) -> Data:
    """Rest days, blocked dates, experience, age and kit."""
    athlete: Data = {}
    if rng.random() < 0.15:
        athlete["experience"] = "new"
    if rng.random() < 0.15:
        athlete["age"] = rng.choice((40, 61, 72))
    if rng.random() < 0.3:
        athlete["rest_days"] = rng.sample(DAYS, rng.choice((1, 1, 2)))
    if rng.random() < 0.3:
        athlete["blocked"] = []
        for _ in range(rng.choice((1, 1, 2, 3))):
            first = MONDAY + timedelta(days=rng.randrange(7 * weeks))
            athlete["blocked"].append(f"{first}..{first + timedelta(days=rng.choice((0, 1, 2, 4, 9)))}")
    if rng.random() < 0.25:
        athlete["equipment"] = weighted(rng, {"home": 1, "": 2}) or rng.sample(KIT, rng.randint(2, 6))
    return athlete


# ---- runs ----


def one_run(rng: random.Random, kind: str, hours: Sequence[int]) -> Data:
    """A run of a type, by minutes, by distance or by both."""
    minutes = rng.randrange(*MINUTES[kind], 5)
    start = clock(60 * rng.choice(hours) + rng.choice((0, 0, 15, 30, 45, 10)))
    run: Data = {"type": kind, "start": start, "minutes": minutes}
    if kind != "cross" and rng.random() < 0.7:
        run["distance"] = f"{max(3, round(minutes / 5.5))} km"
        if kind in SLOW and rng.random() < 0.5:
            del run["minutes"]
    return run


def week_of_runs(rng: random.Random) -> Data:
    """One to seven days with runs, key runs among them, doubles and marked rest now and then."""
    count = weighted(rng, {1: 6, 2: 10, 3: 15, 4: 20, 5: 22, 6: 20, 7: 7})
    fast = min(weighted(rng, {0: 15, 1: 25, 2: 45, 3: 15}), count)
    kinds = [rng.choice(FAST) for _ in range(fast)] + [rng.choice(SLOW) for _ in range(count - fast)]
    rng.shuffle(kinds)
    chosen = rng.sample(DAYS, count)
    days = dict(zip([day for day in DAYS if day in chosen], kinds, strict=True))
    if rng.random() < 0.8:
        days[next((day for day in ("sun", "sat") if day in days), rng.choice(list(days)))] = "long"
    hours = rng.choice((HOURS["morning"], HOURS["morning"], HOURS["evening"], HOURS["noon"], None))
    doubles = rng.choice((0.0, 0.0, 0.0, 0.3, 0.7))
    week: Data = {}
    for day, kind in days.items():
        when = hours or rng.choice(list(HOURS.values()))
        week[day] = one_run(rng, kind, (8, 9) if kind == "long" else when)
        if rng.random() < doubles:
            after = when[-1] < 12
            second = one_run(rng, rng.choice(("recovery", "easy")), (17, 18) if after else (5, 6))
            week[day] = [week[day], second][:: 1 if after else -1]
    if rng.random() < 0.25 and len(week) < 7:
        week[next(day for day in DAYS if day not in week)] = "rest"
    return week


def distances(rng: random.Random, kind: str, usual: float, weeks: int) -> list[int]:
    """Kilometres of each week; `usual` is what the repeating week has."""
    rise = rng.choice((0.2, 0.4, 0.7))
    every = rng.choice((3, 4))
    shares = [0.8 + rise * at / weeks for at in range(weeks)]
    if kind == "rising with cutbacks":
        shares = [share * (0.7 if at % every == every - 1 else 1) for at, share in enumerate(shares)]
    elif kind == "level":
        shares = [1 + 0.04 * (at % 2) for at in range(weeks)]
    elif kind == "falling":
        shares = [1.1 - 0.5 * at / weeks for at in range(weeks)]
    elif kind == "jagged":
        shares = [rng.uniform(0.5, 1.3) for _ in range(weeks)]
    return [max(3, round(usual * share)) for share in shares]


def drawn_runs(rng: random.Random, weeks: int, start: date) -> tuple[str, Data]:
    """All runs, and in words how many there are and how the mileage goes."""
    week = week_of_runs(rng)
    each = [run for runs in week.values() for run in (runs if isinstance(runs, list) else [runs])]
    listed = [run for run in each if run != "rest"]
    shares = {
        "no distances": 3,
        "rising": 3,
        "rising with cutbacks": 3,
        "level": 2,
        "falling": 1,
        "jagged": 1,
    }
    kind = weighted(rng, shares)
    runs: Data = {"week": week}
    if kind != "no distances":
        kilometres = [run.get("distance", "8 km").split()[0] for run in listed]
        runs["weekly_distance"] = distances(rng, kind, sum(map(int, kilometres)), weeks)
    chance = rng.random()
    if chance < 0.35:
        runs["cutback_weeks"] = []
        kind += ", no cutbacks"
    elif chance < 0.5:
        runs["cutback_weeks"] = sorted(rng.sample(range(2, weeks + 1), rng.choice((1, 2))))
    if rng.random() < 0.25:
        offset = (start - MONDAY).days
        days = sorted(rng.sample(range(offset, 7 * weeks), rng.randint(1, 5)))
        runs["dates"] = {
            str(MONDAY + timedelta(days=day)): (
                "rest" if rng.random() < 0.4 else one_run(rng, rng.choice((*FAST, *SLOW)), HOURS["morning"])
            )
            for day in days
        }
    return f"{len(listed)} runs, {kind}", runs


def drawn_races(rng: random.Random, weeks: int) -> list[Data]:
    """None, a goal race at the end or some weeks before it, races on the way, or both."""
    kind = weighted(rng, {"none": 50, "goal": 20, "on the way": 15, "both": 15})
    races: list[Data] = []
    day = rng.choice((5, 6))
    if kind in ("goal", "both"):
        week = weeks - rng.choice((1, 1, 1, 2, 3))
        races.append({"date": 7 * week + day, "distance": rng.choice(RACES), "priority": "A"})
    if kind in ("on the way", "both"):
        week = rng.randrange(1, weeks - 3)
        priority = rng.choice("BBCCA")
        races.append({"date": 7 * week + day, "distance": rng.choice(RACES[:3]), "priority": priority})
    races.sort(key=lambda race: int(race["date"]))
    for race in races:
        race["date"] = str(MONDAY + timedelta(days=race["date"]))
        if rng.random() < 0.6:
            race["start"] = rng.choice(("08:30", "10:00", "18:30"))
    return races


def drawn_phases(rng: random.Random, weeks: int) -> list[str]:
    """Phases as a coach would call them, or all the same."""
    if rng.random() < 0.4:
        return [rng.choice(PHASES[:2])] * weeks
    cuts = sorted(rng.sample(range(1, weeks), 2))
    return [PHASES[sum(at >= cut for cut in cuts)] for at in range(weeks)]


def drawn_history(rng: random.Random, start: date) -> Data:
    """What came before: some days or weeks without a lift, familiar exercises, kilometres."""
    history: Data = {}
    if rng.random() < 0.5:
        history["last_lift"] = str(start - timedelta(days=rng.choice((1, 2, 3, 5, 12, 30, 60))))
    if rng.random() < 0.15:
        history["familiar"] = rng.sample((*MAINS, *LEGS, *UPPER, *CORE), rng.choice((2, 6, 15)))
    if rng.random() < 0.2:
        history["weekly_distance"] = [rng.randint(20, 80) for _ in range(rng.choice((1, 3, 6, 10)))]
    return history


# ---- what is lifted ----


def drawn_strength(rng: random.Random, lifts: int, weeks: int) -> tuple[str, Data]:
    """How often, what, and on which grid; and that in words."""
    many: Any = lifts
    how = weighted(rng, {"number": 6, "list": 3, "phases": 2})
    if how == "list":
        many = [max(0, min(6, lifts + rng.choice((0, 0, 0, 0, -1, 1)))) for _ in range(weeks)]
    elif how == "phases":
        many = dict(zip(PHASES, (lifts, lifts, max(1, lifts - 1), 1, rng.choice((0, 1))), strict=True))
    strength: Data = {"sessions_per_week": many, "grid_minutes": rng.choice((5, 5, 10, 15, 15, 30))}
    if rng.random() < 0.6:
        strength["program"] = rng.choice(PROGRAMS)
        words = strength["program"]
    else:
        strength["sessions"] = drawn_sessions(rng, lifts)
        own = [len(one.get("exercises", ())) for one in strength["sessions"]]
        words = f"own sessions of {' '.join(map(str, own))} exercises"
    if rng.random() < 0.3:
        strength["records"] = {
            name: rng.choice((60, 100, 140, "80 x 8", "45 x 5")) for name in rng.sample(MAINS, 3)
        }
        if rng.random() < 0.3:
            strength["weights"] = {
                "unit": "kg",
                "bar": 15,
                "plates": [20, 10, 5, 1.25],
                "dumbbells": [8, 12, 20],
            }
    told_lifts = f"{lifts} lifts" if how == "number" else f"about {lifts} lifts ({how})"
    return f"{told_lifts}, {words}", strength


def drawn_sessions(rng: random.Random, lifts: int) -> list[Data]:
    """Sessions of the runner's own: by minutes, with exercises, or some of both."""
    count = rng.choice((1, min(2, lifts), min(lifts, 4), min(lifts, 4)))
    plain = rng.choice((0.0, 0.0, 0.4, 1.0))
    return [
        {"name": f"S{at}"} | (plain_session(rng) if rng.random() < plain else full_session(rng))
        for at in range(count)
    ]


def plain_session(rng: random.Random) -> Data:
    """A session without exercises."""
    load = rng.choice(("heavy", "heavy", "moderate", "none"))
    return {"minutes": rng.choice((20, 30, 40, 45, 50, 60, 75)), "lower_body": load}


def full_session(rng: random.Random) -> Data:
    """Two to eight exercises with a range of sets each, some in supersets, a complex now and then."""
    names = rng.sample(MAINS, rng.choice((1, 1, 2))) + rng.sample(LEGS, rng.choice((0, 1, 2)))
    names += rng.sample(UPPER, rng.choice((0, 1, 2))) + rng.sample(CORE, rng.choice((0, 1)))
    names += rng.sample(JUMPS, rng.choice((0, 0, 0, 1)))
    listed = [one_exercise(rng, name) for name in names]
    if len(listed) > 3 and rng.random() < 0.3:
        listed[-1] |= {"sets": listed[-2]["sets"], "superset": "X"}
        listed[-2]["superset"] = "X"
    if rng.random() < 0.12:
        pair = rng.choice(COMPLEXES)
        sets = [2, rng.choice((3, 5))]
        rest = [entry for entry in listed if entry["exercise"] not in pair]
        listed = [{"exercise": name, "sets": sets, "complex": "Y"} for name in pair] + rest
    session: Data = {"exercises": listed}
    if rng.random() < 0.25:
        session["minutes"] = rng.choice((25, 30, 40, 50, 60))
    return session


def one_exercise(rng: random.Random, name: str) -> Data:
    """An exercise with its sets, and at times what else may be said of it."""
    least = rng.choice((1, 1, 2, 2, 3))
    entry: Data = {"exercise": name, "sets": [least, least + rng.choice((0, 1, 1, 2, 3))]}
    if rng.random() < 0.3:
        entry |= {"reps": rng.choice((5, 6, 8, 10)), "rir": rng.choice((1, 2, 3))}
    if rng.random() < 0.1:
        entry["rotate"] = []
    return entry


# ---- rules ----


def drawn_rules(dice: Callable[[str], random.Random], lifts: int) -> Data:
    """None, a few or many rules made hard, soft or off, or given another weight and other parameters."""
    from mesocycle.solver.rules import CATALOGUE

    rng = dice("rules")
    share = weighted(rng, {0.0: 2, 0.05: 4, 0.12: 4, 0.3: 3, 0.6: 1})
    rules: Data = {}
    for rule in CATALOGUE:
        own = dice(rule.id)
        if own.random() < share:
            rules[rule.id] = settings(own, rule.parameters)
    if rng.random() < (0.7 if lifts > 4 else 0.15):  # two lifts a day
        rules["one_lift_per_day"] = {"most": 2}
        rules["lift_spacing"] = {"hard_hours": rng.choice((0, 4, 8, 12))}
    if rng.random() < 0.2 and rules.get("availability_window") != "off":
        travel = {"travel_minutes": rng.choice((5, 10, 20))}
        rules["availability_window"] = rules.get("availability_window", {}) | travel
    return {name: how for name, how in rules.items() if how}


def settings(rng: random.Random, parameters: type[BaseModel]) -> str | Data:
    """Another value for some settings of a rule, or `off`."""
    fields = parameters.model_fields
    if rng.random() < 0.2:
        return "off"
    changed: Data = {}
    if "hard" in fields:
        default = fields["hard"].default
        if rng.random() < (0.3 if default else 0.12):
            changed["hard"] = not default
        if rng.random() < 0.5:
            changed["weight"] = rng.choice(WEIGHTS)
    for name, field in fields.items():
        if name not in ("hard", "weight", *LEFT_ALONE) and rng.random() < 0.4:
            changed[name] = value_of(rng, name, field)
    return changed


def value_of(rng: random.Random, name: str, field: FieldInfo) -> Any:
    """A legal value of a parameter: mostly near its default, at times at a limit or anywhere between."""
    if name in OWN_VALUES:
        return rng.choice(OWN_VALUES[name])
    if field.annotation is bool:
        return not field.default
    limits = {key: getattr(one, key) for one in field.metadata for key in ("ge", "le") if hasattr(one, key)}
    if field.annotation not in (int, float):  # one of some words, or a number that is left out else
        words = getattr(field.annotation, "__args__", (field.default,))
        return rng.randint(limits["ge"], limits["le"]) if int in words else rng.choice(words)
    low, high = limits["ge"], limits["le"]
    near = (max(low, field.default - (high - low) / 5), min(high, field.default + (high - low) / 5))
    between = weighted(rng, {near: 6, (low, high): 2, (low, low): 1, (high, high): 1})
    value = rng.uniform(*between)
    if field.annotation is int:
        return round(value)
    step = next((one.multiple_of for one in field.metadata if hasattr(one, "multiple_of")), None)
    step = step or (0.05 if high <= 1 else 0.5)
    return min(high, max(low, round(step * round(value / step), 2)))


# ---- solving, each in a process of its own ----


def solve_here(seed: int, limit: float) -> None:
    """Print the scenario of a seed as soon as it is drawn, and what became of it; a line of JSON each."""
    import mesocycle as mc

    drawn = draw(seed)
    print(json.dumps(asdict(drawn)), flush=True)
    scenario = mc.load_scenario(drawn.data)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MB * 2**20, MOST_MB * 2**20))
    faulthandler.dump_traceback_later(limit + OVER_SECONDS)
    began, busy = time.perf_counter(), time.process_time()
    result = mc.solve(scenario, time_limit=limit, deadline=0)
    cpu, wall = time.process_time() - busy, time.perf_counter() - began
    mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    outcome = Outcome(seed, status_of(result), cpu, wall, mb, result.objective, result.bound)
    print(json.dumps(asdict(outcome)))


def status_of(result: Result) -> str:
    """The status in the words of this table."""
    status = str(result.status)
    if status == "optimal":
        return (
            "one of them" if any("of the equally good blocks" in note for note in result.notes) else "optimal"
        )
    return {"feasible": "unproven", "infeasible": "no block"}.get(status, status)


def solve_apart(seed: int, limit: float) -> tuple[Drawn | None, Outcome]:
    """Solve a seed in a process; an exception there, or no end of it, is a crash."""
    command = [sys.executable, __file__, "--one", str(seed), "--limit", str(limit)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        out, said = process.communicate(timeout=limit + GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        out, said = process.communicate()
        said += f"ended {GRACE_SECONDS:.0f} s after the limit"
    lines = out.splitlines()
    drawn = Drawn(**json.loads(lines[0])) if lines else None
    if process.returncode == 0 and len(lines) == 2:
        return drawn, replace(Outcome(**json.loads(lines[1])), said=said.strip())
    full = "MemoryError" in said or "bad_alloc" in said
    said = f"{said}\nexit code {process.returncode}".strip() if process.returncode < 0 else said.strip()
    stood = time.perf_counter() - began
    return drawn, Outcome(seed, "no memory" if full else "crash", stood, stood, said=said)


def kept(folder: Path, drawn: Drawn, outcome: Outcome) -> None:
    """Write a scenario as a file, and beside it what a crash said."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.default_flow_style = None
    yaml.width = 110
    text = io.StringIO()
    yaml.dump(drawn.data, text)
    head = f"# {drawn.words}\n# {outcome.status}, {outcome.cpu:.1f} s of cpu, {outcome.wall:.1f} s\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"seed_{outcome.seed:04d}.yaml").write_text(head + text.getvalue(), encoding="utf-8")
    if outcome.said:
        (folder / f"seed_{outcome.seed:04d}.txt").write_text(outcome.said + "\n", encoding="utf-8")


# ---- what is told ----


def is_slow(outcome: Outcome) -> bool:
    """Whether a scenario is worth a look."""
    odd = outcome.status not in ("optimal", "no block") or outcome.mb > MUCH_MB
    return odd or outcome.cpu > QUICK_SECONDS


def summary(found: Sequence[tuple[Drawn | None, Outcome]], limit: float) -> None:
    """Print shares, seconds and the slowest."""
    outcomes = [outcome for _, outcome in found]
    proven = [outcome for outcome in outcomes if outcome.status in PROVEN]
    open_ones = [outcome for outcome in outcomes if outcome.status not in PROVEN]
    counted = dict.fromkeys((*PROVEN, "unproven", "unknown", "no memory", "crash"), 0)
    for outcome in outcomes:
        counted[outcome.status] += 1
    print("\n" + ", ".join(f"{count} {status}" for status, count in counted.items()))
    print(f"{sum(drawn.refused for drawn, _ in found if drawn)} drawings refused")
    for name, seconds in (("cpu", [one.cpu for one in outcomes]), ("wall", [one.wall for one in outcomes])):
        within = sum(getattr(one, name) <= QUICK_SECONDS for one in proven) / len(outcomes)
        late = sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))]
        print(
            f"{name:4}: {within:4.0%} proven within {QUICK_SECONDS:g} s, "
            f"median {statistics.median(seconds):.2f} s, 95th percentile {late:.2f} s"
        )
    print(f"{len(open_ones) / len(outcomes):.0%} not proven in {limit:g} s")
    print(f"most memory: {max(one.mb for one in outcomes):.0f} MB\n\nslowest:")
    for drawn, outcome in sorted(found, key=lambda pair: (pair[1].status in PROVEN, -pair[1].cpu))[:SLOWEST]:
        print(outcome.line(drawn.words if drawn else "", limit))


def main() -> None:
    """Solve seed after seed, then tell which are slow."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--limit", type=float, default=25.0, help="seconds for each")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the slow ones here, as YAML")
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time; more disturb the seconds")
    parser.add_argument("--one", type=int, metavar="SEED", help="one seed in this process, as JSON")
    arguments = parser.parse_args()
    if arguments.one is not None:
        solve_here(arguments.one, arguments.limit)
        return
    seeds = range(arguments.seed, arguments.seed + arguments.count)
    found: list[tuple[Drawn | None, Outcome]] = []
    print(" seed status         cpu   wall points  bound  scenario")
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for drawn, outcome in pool.map(partial(solve_apart, limit=arguments.limit), seeds):
            found.append((drawn, outcome))
            print(outcome.line(drawn.words if drawn else "", arguments.limit), flush=True)
            if arguments.keep and drawn and is_slow(outcome):
                kept(arguments.keep, drawn, outcome)
    summary(found, arguments.limit)


if __name__ == "__main__":
    main()
