"""Add up the proof of a block's bound again, with nothing but the standard library.

Run:  mesocycle solve scenario.yaml --certificate proof.json
      python benchmarks/check_certificate.py proof.json

Weak duality. Give every row a multiplier of the sign that its side asks for, and subtract the rows so
weighted from the points. What is left of a choice is its reduced cost. No block has fewer points than the
weighted sides of the rows, plus for each lift the least reduced cost of all its versions at all their
starts or of leaving it out, plus for every other variable its reduced cost where that is negative, times
its upper end. All numbers are whole: points times `scale`.

Versions are counted through here one by one: each unit of a session, an exercise or a superset, in each of
its ways. Where a version stands is bounded by probes: at one start a session is never charged less than a
shorter and lighter one of its class (docs/model.md), and never may start where that one may not.
"""

from __future__ import annotations

import itertools
import json
import sys
from bisect import bisect_right
from pathlib import Path
from typing import Any

Data = dict[str, Any]
VERSION = 2
MINUTES_A_DAY = 24 * 60
# What sessions are counted as, day by day; only lifts are loaded or heavy.
SESSIONS, LOADS = ("lift", "core", "plyo", "mobility"), ("loaded", "heavy")
# What can never be chosen.
NEVER = float("inf")


class RefusedError(Exception):
    """Something in the certificate does not hold."""


def main() -> None:
    """Check the file that is named, and say what it proves."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        bound = check(data)
    except (OSError, ValueError) as error:
        sys.exit(f"cannot be read: {error}")
    except RefusedError as error:
        sys.exit(f"refused: {error}")
    print(f"No block has fewer than {bound} points: added up again over {versions(data)} versions.")


def check(data: Data) -> int:
    """Return the bound that a certificate proves.

    Parameters
    ----------
    data : dict
        What `mesocycle solve --certificate` writes.

    Returns
    -------
    int
        Points.

    Raises
    ------
    RefusedError
        If a number does not hold, or if it is no certificate.
    """
    try:
        if data["format"] != "mesocycle-certificate" or data["version"] != VERSION:
            raise RefusedError(f"this is no certificate of version {VERSION}")
        proven = [_Pattern(data, pattern).bound() for pattern in data["patterns"]]
        if not proven:
            raise RefusedError("there is no pattern of lighter weeks")
        if data["bound"] > min(proven):
            raise RefusedError(f"the bound is said to be {data['bound']}, and is {min(proven)}")
        return int(data["bound"])
    except (KeyError, TypeError, IndexError, ValueError, AttributeError, OverflowError) as error:
        raise RefusedError(f"this is no certificate: {type(error).__name__} {error}") from None


def versions(data: Data) -> int:
    """How many versions of all lifts the certificate speaks of."""
    total = 0
    for pattern in data["patterns"]:
        for lift in pattern["lifts"]:
            product = 1
            for ways in pattern["sessions"][lift["session"]]["ways"]:
                product *= len(ways)
            total += product
    return total


class _Pattern:
    """One pattern of lighter weeks: its rows as sums of multipliers by what they count."""

    def __init__(self, data: Data, pattern: Data) -> None:
        self.data, self.pattern = data, pattern
        self.scale: int = data["scale"]
        self.days: dict[str, dict[int, int]] = {kind: {} for kind in (*SESSIONS, *LOADS, "jumps")}
        self.lift_days: dict[tuple[int, int], int] = {}
        self.versions: list[list[tuple[int, int]]] = [[] for _ in pattern["lifts"]]
        stretches: dict[int, list[tuple[int, int]]] = {}
        moments: list[tuple[int, int]] = []
        for row in pattern["rows"]:
            multiplier = row["multiplier"]
            for kind, first, last, coefficient in row.get("days", ()):
                for day in range(first, last + 1):
                    self.days[kind][day] = self.days[kind].get(day, 0) + coefficient * multiplier
            for lift, first, last, coefficient in row.get("lift_days", ()):
                for day in range(first, last + 1):
                    key = (lift, day)
                    self.lift_days[key] = self.lift_days.get(key, 0) + coefficient * multiplier
            for begin, minutes in row.get("stretches", ()):
                stretches.setdefault(minutes, []).append((begin, multiplier))
            moments += [(time, multiplier) for (time,) in row.get("moments", ())]
            for lift, coefficient, amount in row.get("versions", ()):
                self.versions[lift].append((coefficient * multiplier, amount))
        self.stretches = {minutes: _Sums(pairs) for minutes, pairs in stretches.items()}
        self.moments = _Sums(moments)

    def bound(self) -> int:
        """Points that no block of this pattern has fewer of."""
        total = self.scale * self.pattern["offset"]
        reduced = [self.scale * cost for _, cost in self.pattern["variables"]]
        for row in self.pattern["rows"]:
            side = row["low"] if row["multiplier"] > 0 else row["high"]
            if side is None:
                raise RefusedError("a multiplier has a sign that its row does not ask for")
            total += row["multiplier"] * side
            for variable, coefficient in row["others"]:
                reduced[variable] -= row["multiplier"] * coefficient
        lifts = self.pattern["lifts"]
        for number, lift in enumerate(lifts):
            least = min(self._least(number, lift), reduced[lift["left_out"]])
            # The file may say a little less: what a version might save that was not worth listing.
            if not lift["least"] <= least <= lift["least"] + self.scale // 4096:
                raise RefusedError(f"{lift['id']} costs {least} at least, the file says {lift['least']}")
            total += int(lift["least"])
        left_out = {lift["left_out"] for lift in lifts}
        for variable, (upper, _) in enumerate(self.pattern["variables"]):
            if variable not in left_out:
                total += min(0, reduced[variable]) * upper
        if total != self.pattern["sum"]:
            raise RefusedError(f"the sum is {total}, the file says {self.pattern['sum']}")
        points = max(0, -(-total // self.scale))
        if points != self.pattern["bound"]:
            raise RefusedError(f"a pattern's bound is {points}, the file says {self.pattern['bound']}")
        return int(points)

    def _least(self, number: int, lift: Data) -> float:
        """The least reduced cost of a lift's versions, each at its best start."""
        session = self.pattern["sessions"][lift["session"]]
        probes = [
            (probe["minutes"], probe["dose"], probe["jumps"], self._place(number, lift["kind"], probe))
            for probe in lift["probes"]
        ]
        weights = [(self.scale * points, amount) for points, amount in lift["prices"]]
        weights += [(-weight, amount) for weight, amount in self.versions[number]]
        amounts = [_Amount(data, session["units"]) for data in session["amounts"]]
        special = {session["minutes"], session["dose"], session["landings"], *lift["bars"]}
        used = sorted({amount for _, amount in weights} | special)
        least = NEVER
        places: dict[tuple[int, int, bool], float] = {}
        for counts in itertools.product(*session["ways"]):
            if session["units"] and not any(counts):
                continue
            value = {at: amounts[at].of(counts) for at in used}
            minutes, dose = value[session["minutes"]], value[session["dose"]]
            longest = session["most_minutes"]
            if (longest is not None and minutes > longest) or any(value[at] > 0 for at in lift["bars"]):
                continue
            key = (minutes, dose, value[session["landings"]] > 0)
            if key not in places:
                places[key] = self._below(probes, *key)
            least = min(least, places[key] + sum(weight * value[at] for weight, at in weights))
        return least

    def _below(
        self, probes: list[tuple[int, int, bool, float]], minutes: int, dose: int, jumps: bool
    ) -> float:
        """What a version of such length and load costs at least where it stands."""
        found = [
            cost
            for long, load, jumping, cost in probes
            if long <= minutes and load <= dose and jumping <= jumps and self._kind(load) == self._kind(dose)
        ]
        if not found:
            raise RefusedError("nothing is known of where a version may stand")
        return max(found)

    def _kind(self, dose: int) -> int:
        return int(dose >= self.data["loaded"]) + int(dose >= self.data["heavy"])

    def _place(self, number: int, kind: str, probe: Data) -> float:
        """The least reduced cost of a probe's starts."""
        if kind not in SESSIONS:
            raise RefusedError(f"there is no kind of session {kind}")
        kinds = [kind]
        kinds += [load for load in LOADS if kind == "lift" and probe["dose"] >= self.data[load]]
        kinds += ["jumps"] if probe["jumps"] else []
        best = NEVER
        starts, charges = (self.pattern["lists"][probe[name]] for name in ("starts", "charges"))
        for start, charge in zip(starts, charges, strict=True):
            day = start // MINUTES_A_DAY
            counted = self.lift_days.get((number, day), 0)
            counted += sum(self.days[one].get(day, 0) for one in kinds)
            if "loaded" in kinds:
                counted += sum(
                    sums.between(start - minutes, start) for minutes, sums in self.stretches.items()
                )
            counted += self.moments.between(start - 1, start + probe["minutes"] - 1)
            best = min(best, self.scale * charge - counted)
        return best


class _Sums:
    """Multipliers at moments, and their sums over stretches of time."""

    def __init__(self, pairs: list[tuple[int, int]]) -> None:
        pairs = sorted(pairs)
        self.times = [time for time, _ in pairs]
        self.sums = [0, *itertools.accumulate(multiplier for _, multiplier in pairs)]

    def between(self, after: int, until: int) -> int:
        """Sum of those after one moment and no later than another."""
        return self.sums[bisect_right(self.times, until)] - self.sums[bisect_right(self.times, after)]


class _Amount:
    """What versions hold of something: a sum over the exercises, then perhaps a function of it."""

    def __init__(self, data: Data, units: list[list[int]]) -> None:
        self.first, self.values = data["from"], data["values"]
        self.tables = [
            [sum(column) for column in zip(*(data["table"][item] for item in unit), strict=True)]
            for unit in units
        ]

    def of(self, counts: tuple[int, ...]) -> int:
        """The amount of a version, given by the sets of its units."""
        total = sum(table[count] for table, count in zip(self.tables, counts, strict=True))
        return int(total if self.values is None else self.values[bisect_right(self.first, total) - 1])


if __name__ == "__main__":
    main()
