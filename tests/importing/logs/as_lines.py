"""A log in lines of text, as the expectations beside the files have it."""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.importing.logs.log import Log, LoggedDay, LoggedRun, LoggedWorkout, LogSet


def lines_of(log: Log) -> list[str]:
    """All records of a log, an exercise a line."""
    workouts = (line for workout in log.workouts for line in _workout(workout))
    return [*workouts, *map(_run, log.runs), *map(_day, log.wellness)]


def counts_of(log: Log) -> str:
    """How much a log holds."""
    sets = sum(len(one.sets) for workout in log.workouts for one in workout.exercises)
    runs = sum(run.is_run for run in log.runs)
    return (
        f"{len(log.workouts)} workouts, {sets} sets, {runs} runs, {len(log.runs) - runs} others, "
        f"{len(log.wellness)} days, {log.left_out} left out"
    )


def _workout(workout: LoggedWorkout) -> Iterator[str]:
    yield f"{_when(workout)} | {workout.title} | {workout.note}{_effort(workout.rpe)}"
    for exercise in workout.exercises:
        name = f"{exercise.name} [{exercise.equipment}]" if exercise.equipment else exercise.name
        yield f"  {name}: {', '.join(map(_set, exercise.sets))}"


def _set(one: LogSet) -> str:
    parts = (
        "" if one.weight is None else f"{one.weight:g} {one.unit or '?'}",
        "" if one.reps is None else f"x{one.reps}",
        "" if one.seconds is None else f"{one.seconds} s",
        "" if one.metres is None else f"{one.metres} m",
        "" if one.rpe is None else f"@{one.rpe:g}",
        "" if one.rir is None else f"rir {one.rir}",
        "" if one.kind == "work" else one.kind,
    )
    return " ".join(filter(None, parts))


def _run(run: LoggedRun) -> str:
    far = "-" if run.metres is None else f"{run.metres} m"
    kind = "run" if run.is_run else "other"
    return f"{_when(run)} {far} | {kind}: {run.type} | {run.title}{_effort(run.rpe)}"


def _when(record: LoggedWorkout | LoggedRun) -> str:
    start = "--:--" if record.start is None else f"{record.start // 60:02}:{record.start % 60:02}"
    return f"{record.date} {start} {'-' if record.minutes is None else record.minutes} min"


def _effort(rpe: float | None) -> str:
    return "" if rpe is None else f" | RPE {rpe:g}"


def _day(day: LoggedDay) -> str:
    return f"{day.date} soreness {day.soreness}, fatigue {day.fatigue}, sleep {day.sleep_minutes}"
