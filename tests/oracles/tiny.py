"""Random scenarios so small that every block of them can be tried."""

from __future__ import annotations

import datetime
import random
from typing import Any

from brute_force import HEAVY_START, block_count, days_with_room

import mesocycle as mc
from mesocycle.files.library import exercises
from mesocycle.models.clock import parse_window
from mesocycle.models.errors import ScenarioError
from mesocycle.solver.rules.check import understand

MOST_BLOCKS, FEWEST_BLOCKS = 3000, 6
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MAINS = ("back_squat", "romanian_deadlift", "step_up", "barbell_hip_thrust", "goblet_squat")
ALONE = ("split_squat", "bulgarian_split_squat", "forward_lunge", "single_leg_rdl", "single_leg_calf_raise")
OTHERS = (
    *("calf_raise_bent", "leg_extension", "push_up", "bench_press", "bent_over_row", "chin_up", "plank"),
    *("dead_bug", "pallof_press", "side_plank", "farmer_carry", "single_arm_carry", "box_jump", "skater_hop"),
    *("plyo_push_up", "nordic_hamstring_curl", "wall_sit"),
)
KINDS = ("easy", "intervals", "long", "tempo", "recovery")
# Rules whose price, hardness and presence are drawn; windows stay hard, as free starts would be too many.
PRICED = tuple(rule.id for rule in mc.rules() if "hard" in rule.parameters.model_fields)
SETTINGS: dict[str, tuple[dict[str, Any], ...]] = {
    "no_overlap_with_run": ({"transition_minutes": 0}, {"transition_minutes": 45}),
    "no_lower_lift_day_before_key": ({"days": 0}, {"days": 2}, {"scope": "any_lift"}),
    "recovery_before_intensity": ({"hard_hours": 12}, {"hard_hours": 6, "soft_hours": 30}),
    "min_gap_after_run": ({"hours": 1}, {"hours": 8}),
    "min_gap_before_run": ({"hours": 2}, {"hours": 12}),
    "long_run_stack": ({"light_dose": 1}, {"light_dose": 2.5}),
    "daily_stress_cap": ({"minutes": 60}, {"minutes": 75}),
    "one_lift_per_day": ({"most": 2},),
    "lift_spacing": ({"hard_hours": 48}, {"hard_hours": 12, "days": 1}, {"days": 4, "heavy_days": 4}),
    "max_gap_without_strength": ({"days": 5, "long_days": 7, "most_days": 10}, {"days": 5}),
    "sessions_per_week": ({"minimum": 0}, {"minimum": 2}),
    "session_duration": (
        {"short_minutes": 20, "long_minutes": 25},
        {"short_minutes": 15, "long_minutes": 20, "most_minutes": 22},
    ),
    "weekly_lifting_time": ({"least_minutes": 20, "most_minutes": 25}, {"least_minutes": 30}),
    "set_trim_by_mileage": ({"start_share": 0.6, "peak_factor": 0.25},),
    "block_early_emphasis": ({"build_factor": 0.5},),
    "ramp_limits": ({"jump_sets": 1, "jump_share": 0.1}, {"growth": 0.1, "first_factor": 0.4}),
    "deload_weeks": ({"factor": 0.4},),
    "pattern_coverage": (
        *({"weeks": 1}, {"weeks": 3}, {"profile": "runner_four"}, {"profile": "runner_four", "weeks": 4}),
        {"profile": "custom", "patterns": ["push", "squat"], "weeks": 1},
    ),
    "taper_before_race": ({"first_factor": 0.5, "last_factor": 0.3}, {"days": 21, "last_factor": 0.75}),
    "novelty_guard": ({"first_sets": [1, 2]}, {"first_sets": [3, 1, 4]}, {"heavy_days": [14, 14, 14]}),
    "weekly_sets_per_pattern": ({"bands": {"squat": [2, 3], "core": [1, 2]}},),
    "unilateral_share": ({"least_share": 0.5}, {"least_share": 0.75}),
    "plyo_limits": ({"most_contacts": 20, "days_between": 3},),
    "time_of_day": ({"preferred": ["17:00-19:00"]}, {"preferred": ["06:00-07:00", "12:00-12:30"]}),
    "protect_rest_day": ({"min_full_rest": 3}, {"min_full_rest": 0}),
    "post_race_recovery": ({"short_days": 0},),
    "race_blackout": ({"b_days": 1}, {"b_days": 0, "b_heavy_days": 8}),
}


def tiny(rng: random.Random, wishing: bool = False) -> dict[str, Any]:
    """A scenario that the planner accepts, with a few thousand blocks at most.

    A `wishing` runner always has days, hours, pins, small sessions or an order of his own.
    """
    while True:
        data = _drawn(rng, wishing)
        try:
            scenario = mc.load_scenario(data)
            count = block_count(scenario)
        except ScenarioError:  # such as no room for a session in any week
            continue
        if FEWEST_BLOCKS <= count <= MOST_BLOCKS and _has_days(scenario):
            return data


def _has_days(scenario: mc.Scenario) -> bool:
    """Whether each week that has room at all has a day for each of its core sessions: they all have cards."""
    context = understand(scenario)
    most = max((session.per_week or 1 for session in scenario.strength.sessions), default=1)
    rooms = (len(days_with_room(context, week)) for week in range(len(context.calendar.weeks)))
    return all(days == 0 or days >= most for days in rooms)


def _drawn(rng: random.Random, wishing: bool) -> dict[str, Any]:
    weeks = rng.choice((1, 1, 2) if wishing else (1, 1, 2, 2, 3, 3, 4))
    lifts = 2 if weeks == 1 and rng.random() < 0.7 else rng.choice((1, 1, 1, 2))
    turning = weeks >= 3 and rng.random() < 0.5
    grid = rng.choice((15, 30))
    several = (1, 2, 2, 3) if weeks * lifts < 3 else (1, 2)
    light = rng.random() < 0.15
    sessions = [
        _session(rng, name, rng.choice(several), weeks * lifts, light) for name in "AB"[: rng.randint(1, 2)]
    ]
    data: dict[str, Any] = {
        "start": "2026-09-07",
        "weeks": weeks,
        "policy": rng.choice(
            (*("stack_hard", "stack_hard_long_run", "easy_moderate", "auto"), {"long_run": "light_only"})
        ),
        "athlete": {"availability": _windows(rng, grid, _longest(sessions))},
        "runs": {"week": _runs(rng)},
        "strength": {
            "grid_minutes": grid,
            "sessions": sessions,
            "sessions_per_week": lifts,
        },
        "rules": _rules(rng, weeks, turning),
    }
    if turning or rng.random() < 0.7:
        data["phases"] = [rng.choice(("base", "build")) for _ in range(weeks)]
        if not turning and rng.random() < 0.3:
            data["phases"][-1] = rng.choice(("peak", "taper", "recovery"))
    if weeks > 1 and rng.random() < 0.4:
        data["runs"]["weekly_distance"] = [rng.choice((20, 30, 40, 50)) for _ in range(weeks)]
    if weeks > 1 and rng.random() < 0.6:
        cut = [rng.randint(2, weeks)] if rng.random() < 0.3 else []
        data["runs"]["cutback_weeks"] = cut
    _runner(rng, data)
    if not turning and light and data["athlete"].get("experience") == "new" and rng.random() < 0.6:
        data["phases"] = [*("base" for _ in range(weeks - 1)), rng.choice(("peak", "taper"))]
    if weeks > 2 and rng.random() < 0.15:
        data["athlete"]["blocked"] = ["2026-09-11..2026-09-20"]
        data["rules"] |= {"return_from_break": {"days": rng.choice((7, 10)), "sets": rng.randint(1, 3)}}
    if weeks > 1 and rng.random() < 0.3:
        before = [rng.choice((20, 30, 40, 50)) for _ in range(rng.randint(1, 4))]
        data["history"] = data.get("history", {}) | {"weekly_distance": before}
    if rng.random() < 0.3:
        _race(rng, data)
    if wishing or rng.random() < 0.3:
        _wishes(rng, data)
    return data


def _wishes(rng: random.Random, data: dict[str, Any]) -> None:
    """A session beside the lifts, an order of the runner's own, days and hours that are wished, and pins."""
    strength, free = data["strength"], sorted(data["athlete"]["availability"])
    lifts = [session["name"] for session in strength["sessions"]]
    if rng.random() < 0.4:
        strength["rotation"] = [*lifts, *rng.sample(lifts, 1)] if rng.random() < 0.5 else lifts[::-1]
    if rng.random() < 0.7:
        strength["sessions"].append(_small(rng, most=len(free)))
        strength["sessions_per_week"] = rng.choice((0, 0, 1))
    for session in strength["sessions"]:
        if rng.random() < 0.4:
            session["days"] = rng.sample(DAYS if rng.random() < 0.3 else free, 1)
        if rng.random() < 0.4:
            session["time"] = rng.choice(("morning", "midday", "evening", "10:10-16:30"))
        if ("days" in session or "time" in session) and rng.random() < 0.4:
            session["must"] = True
    names = [session["name"] for session in strength["sessions"]]
    pinned = rng.sample(names, min(len(names), rng.choice((0, 0, 1, 2))))
    strength["pins"] = [_pin(rng, name, data) for name in pinned]


def _small(rng: random.Random, most: int) -> dict[str, Any]:
    """Core, plyo or mobility, as often as there are days for at most."""
    kind = rng.choice(("core", "core", "plyo", "mobility"))
    names = ("box_jump", "skater_hop") if kind == "plyo" else ("dead_bug", "plank", "side_plank")
    exercises = [{"exercise": rng.choice(names), "sets": [1, 2]}]
    session: dict[str, Any] = {"name": kind.title(), "kind": kind, "exercises": exercises}
    if rng.random() < 0.6:
        session["per_week"] = rng.randint(1, min(most, 2))
    return session


def _pin(rng: random.Random, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """A weekday or a date, mostly a free one, perhaps with the first start of its window."""
    free = data["athlete"]["availability"]
    weekday = rng.choice(DAYS if rng.random() < 0.2 else sorted(free))
    pin: dict[str, Any] = {"session": name, "day": weekday}
    if rng.random() < 0.5:
        days = 7 * rng.randrange(data["weeks"]) + DAYS.index(weekday)
        day = datetime.date.fromisoformat(data["start"]) + datetime.timedelta(days=days)
        pin = {"session": name, "date": str(day)}
    if rng.random() < 0.4 and weekday in free:
        grid = data["strength"]["grid_minutes"]
        first = parse_window(free[weekday][0]).start_minute
        pin["start"] = _time(-(-first // grid) * grid)
    return pin


def _race(rng: random.Random, data: dict[str, Any]) -> None:
    """A race: of no weight, of some, or the runner's own goal, where nothing is new to him that is heavy."""
    first = datetime.date.fromisoformat(data["start"])
    day = first + datetime.timedelta(days=7 * rng.randint(1, data["weeks"]) - rng.choice((1, 1, 2)))
    priority = rng.choice("BBCAA")
    if priority == "A" and _holds_new_heavy_work(data):
        return
    if priority == "A" and rng.random() < 0.6:
        data.pop("phases", None)
    distance = rng.choice(("10k", "21.1k", "42.2k")) if priority == "A" else "10k"
    data["races"] = [{"date": str(day), "distance": distance, "priority": priority}]


def _holds_new_heavy_work(data: dict[str, Any]) -> bool:
    """Whether a session holds something new and heavy: before a race something else would stand in."""
    if data["athlete"].get("experience") != "new" and "familiar" not in data.get("history", {}):
        return False
    return not _all_light(data) or "familiar" in data.get("history", {})


def _all_light(data: dict[str, Any]) -> bool:
    every = [one["exercise"] for each in data["strength"]["sessions"] for one in each["exercises"]]
    return all(map(_is_light, every))


def _is_light(exercise: str) -> bool:
    """Whether a runner new to lifting may begin with it at any time."""
    one = exercises()[exercise]
    return max(one.lower_body_load, one.eccentric_load) < HEAVY_START


def _runner(rng: random.Random, data: dict[str, Any]) -> None:
    """Now and then an older runner, a new one, a break before the block, blocked days, a rest day."""
    athlete = data["athlete"]
    if rng.random() < 0.15:
        athlete["age"] = 64
    guarded = {"peak", "taper"} & set(data.get("phases", ("peak",)))
    history: dict[str, Any] = {}
    if rng.random() < (0.6 if _all_light(data) else 0.2) and (not guarded or _all_light(data)):
        athlete["experience"] = "new"
    elif not guarded and rng.random() < 0.15:
        every = [one["exercise"] for each in data["strength"]["sessions"] for one in each["exercises"]]
        history["familiar"] = sorted(set(rng.sample(every, rng.randint(0, len(every) - 1))))
    if rng.random() < 0.25:
        days = ("2026-07-20", "2026-08-10", "2026-08-22", "2026-08-30", "2026-09-05", "2026-09-06")
        history["last_lift"] = rng.choice(days)
    if history:
        data["history"] = history
    if rng.random() < 0.2:
        first = rng.randint(7, 13)
        athlete["blocked"] = [f"2026-09-{first:02d}..2026-09-{first + rng.choice((0, 1, 3, 10, 12)):02d}"]
    if rng.random() < 0.15:
        athlete["rest_days"] = [rng.choice(DAYS)]


def _time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _windows(rng: random.Random, grid: int, minutes: int) -> dict[str, list[str]]:
    """One to three days, each free for another time: less than all sets take, or some minutes more."""
    windows = {}
    lengths = rng.sample(
        [max(14, minutes + more) for more in (-14, -11, -8, -5, -2, 0, 1, 6, 14, grid + 3, 35)], 3
    )
    for day, length in zip(rng.sample(DAYS, rng.randint(1, 3)), lengths, strict=False):
        first = rng.choice((6, 7, 10, 12, 16, 17, 19)) * 60 + rng.choice((0, 0, 10, grid))
        windows[day] = [f"{_time(first)}-{_time(first + length)}"]
        if length < 40 and rng.random() < 0.2:
            later = first + rng.choice((60, 120)) + 30
            windows[day].append(f"{_time(later)}-{_time(later + rng.choice((20, 30)))}")
    return windows


def _longest(sessions: list[dict[str, Any]]) -> int:
    """About the minutes of the longest session with all its sets."""
    times: list[int] = [
        480
        + sum(75 + one["sets"][1] * exercises()[one["exercise"]].seconds_per_set for one in each["exercises"])
        for each in sessions
    ]
    return max(times) // 60


def _runs(rng: random.Random) -> dict[str, Any]:
    week: dict[str, Any] = {}
    for day in rng.sample(DAYS, rng.randint(2, 6)):
        runs = []
        for hour in rng.sample((6, 8, 12, 18), 2 if rng.random() < 0.1 else 1):
            minutes = rng.choice((45, 50, 60))
            run = {
                "type": rng.choice(KINDS),
                "start": _time(hour * 60 + rng.choice((0, 30))),
                "minutes": minutes,
            }
            runs.append(run | {"distance": f"{minutes // 6} km"})
        week[day] = sorted(runs, key=lambda run: str(run["start"]))
    if rng.random() < 0.2:
        week[next(day for day in DAYS if day not in week)] = "rest"
    return week


def _session(rng: random.Random, name: str, count: int, lifts: int, light: bool) -> dict[str, Any]:
    """A session of so many exercises, the fewer sets the more lifts there are; at times nothing is heavy."""
    if light:
        every = (*MAINS, *ALONE, *OTHERS)
        kinds = tuple(rng.sample([one for one in every if _is_light(one)], 5))
    else:
        kinds = (*rng.sample(MAINS, 2), rng.choice(ALONE), *rng.sample(OTHERS, 2))
    names = rng.sample(kinds, count)
    joined = len(names) > 1 and rng.random() < 0.2
    shared = _range(rng, lifts)
    listed = []
    for at, one in enumerate(names):
        entry: dict[str, Any] = {"exercise": one, "sets": shared if joined and at < 2 else _range(rng, lifts)}
        if joined and at < 2:
            entry["superset"] = "x"
        if rng.random() < 0.2 and one in (*MAINS, *ALONE):
            entry["load"] = rng.choice((60, 70, 80))
        listed.append(entry)
    session: dict[str, Any] = {"name": name, "exercises": listed}
    if rng.random() < 0.12:
        session["minutes"] = rng.choice((15, 18, 20))
    return session


def _range(rng: random.Random, lifts: int) -> list[int]:
    most = rng.randint(1, 3 if lifts > 2 else 5)
    return [rng.randint(1, most), most]


def _rules(rng: random.Random, weeks: int, turning: bool) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    calm = rng.random()
    for name in PRICED:
        settings: dict[str, Any] = {}
        if rng.random() < 0.5 * calm and name != "availability_window":
            settings["hard"] = rng.random() < 0.3
        if rng.random() < 0.4:
            settings["weight"] = rng.choice((1, 2, 3, 5, 9, 14, 30, 60))
        if name in SETTINGS and rng.random() < 0.35:
            settings |= rng.choice(SETTINGS[name])
        if settings:
            rules[name] = settings
        if rng.random() < 0.12 and name not in ("availability_window", "deload_weeks"):
            rules[name] = "off"
    if rng.random() < 0.15:
        rules["sessions_per_week"] = "hard"
    if rng.random() < 0.3:
        rules["short_time_priority"] = _priority(rng)
    if rng.random() < 0.4:
        rules["return_from_break"] = rng.choice(
            ({"days": 7}, {"days": 7, "sets": 1, "rir": 4}, {"days": 10, "sets": 3}, {"sets": 1})
        )
    for name in ("in_session_order", "load_rep_zone", "never_failure", "older_athlete"):
        if rng.random() < 0.1:
            rules[name] = "off"
    if turning:
        rules["exercise_rotation"] = {"every_weeks": 2, "least_weeks": rng.choice((1, 1, 2))}
        rules["exercise_rotation"]["weight"] = rng.choice((1, 2, 7, 20))
    if weeks >= 2:
        # Loads that grow with what is done would be other cards for each block.
        rules["progressive_overload"] = "off"
    if turning or (weeks >= 3 and rng.random() < 0.6):
        rules["deload_weeks"] = {
            "every_weeks": 3,
            "factor": rng.choice((0.4, 0.6)),
            "weight": rng.choice((1, 4)),
        }
    return rules


def _priority(rng: random.Random) -> dict[str, Any]:
    """What is kept, in another order, and what sets are worth, each no more than the one before."""
    chosen: dict[str, Any] = {}
    if rng.random() < 0.6:
        kinds = ("main", "single_leg", "calf", "legs", "core", "upper")
        chosen["keep"] = rng.sample(kinds, rng.randint(1, 6))
    if not chosen or rng.random() < 0.6:
        most = rng.choice((3, 8, 20))
        rows = [sorted((rng.randint(0, most) for _ in range(4)), reverse=True) for _ in range(6)]
        chosen["points"] = rows
    return chosen
