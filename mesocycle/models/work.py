"""The work that a card tells of one exercise, beside that of another plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, Self

from mesocycle.models.numbers import counted
from mesocycle.models.plan import PlannedExercise
from mesocycle.models.set_words import UNITS, growth, reps_text, reserve, share_text, way, weight, weights
from mesocycle.models.strength import RepsUnit
from mesocycle.models.training import Part

# Sentences that differ in more words than these are told one after the other.
FEW_WORDS = 4


class Work(Part):
    """What a card tells of an exercise: how much, how heavy, and in what way.

    Attributes
    ----------
    sets : int
        Working sets.
    reps : str
        Of a set, or of each where they differ: "5", "8-12", "5/3/1+"; empty if not told.
    reps_unit : str
        What is counted: reps, each_side, s, s_each_side or m.
    load : str
        As on the card, "82.5 kg", "57.5/67.5 kg" or "about 81 % of your 1RM"; empty if none is known.
    weights : tuple of float
        What is on the bar: of all sets, or of each where that differs; none if unknown.
    weight_unit : str or None
        kg or lb.
    percent : float or None
        In % of the week's max, where no weight is known.
    growth : str
        How much more than in the first week, where no weight is known: "+18 % on your first week".
    grown : int
        The same as a number.
    reserve : str
        "2 in reserve"; empty if not told.
    rir : int or None
        The same as a number.
    way : str
        How it is done, if not in the usual way: "lower it in 5 s".
    variant : str or None
        The same as an id.
    rest_seconds : int or None
        Between sets.
    """

    sets: int
    reps: str
    reps_unit: str
    load: str
    weights: tuple[float, ...]
    weight_unit: str | None
    percent: float | None
    growth: str
    grown: int
    reserve: str
    rir: int | None
    way: str
    variant: str | None
    rest_seconds: int | None

    @classmethod
    def of(cls, item: PlannedExercise) -> Self:
        """What a card tells of a planned exercise."""
        known = item.weight is not None
        return cls(
            sets=item.sets,
            reps=reps_text(item),
            reps_unit=item.reps_unit,
            load=weight(item) or share_text(item),
            weights=weights(item),
            weight_unit=item.weight_unit if known else None,
            percent=None if known else item.percent,
            growth="" if known else growth(item),
            grown=0 if known else round(item.relative_percent or 0),
            reserve=reserve(item),
            rir=item.rir,
            way=way(item),
            variant=item.variant,
            rest_seconds=item.rest_seconds,
        )

    @property
    def amount(self) -> str:
        """Sets and repetitions: "3 × 5", "5/3/1+"."""
        if not self.reps:
            return counted(self.sets, "set")
        each = "" if self.by_set else f"{self.sets} × "
        return f"{each}{self.reps}{UNITS[RepsUnit(self.reps_unit)]}"

    @property
    def by_set(self) -> bool:
        """Whether its repetitions are told set by set."""
        return "/" in self.reps

    @property
    def text(self) -> str:
        """It in a few words: "3 × 5 @ 82.5 kg"."""
        return f"{self.amount} @ {self.load}" if self.load else self.amount

    def told(self) -> dict[str, str]:
        """Each of its facts in words; one that is not told is empty."""
        repetitions = UNITS[RepsUnit(self.reps_unit)] or " repetitions"
        minutes, seconds = divmod(self.rest_seconds or 0, 60)
        return {
            "sets": counted(self.sets, "set"),
            "reps": f"{self.reps}{repetitions}" if self.reps else "",
            "load": self.load,
            "growth": self.growth,
            "reserve": self.reserve,
            "way": self.way,
            "rest": f"{minutes}:{seconds:02d} of rest" if self.rest_seconds else "",
        }


# Which fields belong to a fact that is told.
FIELDS = {
    "sets": ("sets",),
    "reps": ("reps", "reps_unit"),
    "load": ("load", "weights", "weight_unit", "percent"),
    "growth": ("growth", "grown"),
    "reserve": ("reserve", "rir"),
    "way": ("way", "variant"),
    "rest": ("rest_seconds",),
}


_KIND_OF = {"sets": "sets", "reps": "repetitions", "load": "loads", "growth": "loads"}


def differing(before: Work, after: Work) -> tuple[str, ...]:
    """The facts, by the keys of `FIELDS`, in which a card tells something else than another."""
    old, new = before.told(), after.told()
    return tuple(fact for fact in FIELDS if old[fact] != new[fact])


def telling(before: Work, after: Work) -> dict[str, tuple[str, str]]:
    """The facts that differ, each as it is told before and after.

    That it is heavier with fewer repetitions is left out where the repetitions tell it.
    """
    old, new = before.told(), after.told()
    if old["reps"] != new["reps"]:
        for work, told in ((before, old), (after, new)):
            told["way"] = "" if work.variant == "heavier" else told["way"]
    return {fact: (old[fact], new[fact]) for fact in FIELDS if old[fact] != new[fact]}


def work_words(before: Work, after: Work, brief: bool = False) -> Iterator[str]:
    """Yield what differs between two cards: "3 instead of 4 sets", "82.5 instead of 80 kg".

    In brief it is left out how much a load has grown, if anything else differs.
    """
    facts = telling(before, after)
    if (before.by_set or after.by_set) and before.amount != after.amount:
        yield instead(after.amount, before.amount)
        facts = {fact: told for fact, told in facts.items() if fact not in ("sets", "reps")}
    for fact, (old, new) in facts.items():
        # A load tells how much it has grown.
        if not (fact == "growth" and ("load" in facts or (brief and len(facts) > 1))):
            yield instead(new, old)


def instead(after: str, before: str) -> str:
    """Say what is there instead of what: "82.5 instead of 80 kg", "now 80 kg", "no longer 80 kg"."""
    if not before:
        return f"now {after}"
    if not after:
        return f"no longer {before}"
    return _instead(after, before)[0]


def sentence_instead(after: str, before: str) -> str:
    """Say what a sentence was before: "B instead of A on Sun 18 Oct is ...", or both in full."""
    text, differs = _instead(after, before)
    return text if differs <= FEW_WORDS else f"{after}; before: {before}"


def _instead(after: str, before: str) -> tuple[str, int]:
    """One text instead of another, and how many words of that are its own."""
    new, old = _pieces(after), _pieces(before)
    # What begins both is said first alone, and what ends both, such as a unit, last alone.
    begin, end = _shared(new, old), _shared(new[::-1], old[::-1])
    end = min(end, len(new) - 1 - begin, len(old) - 1 - begin)
    # A number is said with what it counts: "10 s instead of 10 repetitions".
    while begin > 1 and old[begin - 2].isdigit():
        begin -= 2
    own = old[begin : len(old) - end]
    text = f"{''.join(new[: len(new) - end]).rstrip()} instead of {''.join(old[begin:])}"
    return text, len("".join(own).split())


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces two texts begin with alike, before at least one that is their own."""
    most = min(len(one), len(other)) - 1
    return next((at for at in range(most) if not _alike(one[at], other[at])), most)


def _pieces(text: str) -> list[str]:
    return re.findall(r"\S+|\s", text)


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same, or one is the plural of the other."""
    return one.removesuffix("s") == other.removesuffix("s")


class ExerciseChange(Part):
    """An exercise of a session that is done otherwise, instead of another, or on one side alone.

    Attributes
    ----------
    exercise, name : str
        Its id, and what it is called.
    change : str
        "changed", "added", "left out" or "replaced".
    replaces, replaced_name : str
        The exercise that was done in its place; empty unless it is "replaced".
    before, after : Work or None
        What the cards tell of it; of an exercise in the place of another `before` is about that.
    """

    exercise: str
    name: str
    change: Literal["changed", "added", "left out", "replaced"]
    replaces: str = ""
    replaced_name: str = ""
    before: Work | None
    after: Work | None

    @property
    def differs(self) -> tuple[str, ...]:
        """What is done otherwise: sets, reps, load, growth, reserve, way or rest."""
        if self.change != "changed" or self.before is None or self.after is None:
            return ()
        return differing(self.before, self.after)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What changed, as it is counted: exercises, sets, repetitions, loads or details."""
        if self.change != "changed" or self.before is None or self.after is None:
            return ("exercises",)
        return tuple(_KIND_OF.get(fact, "details") for fact in telling(self.before, self.after))

    @property
    def what(self) -> str:
        """The change without the name: "3 instead of 4 sets, 82.5 instead of 80 kg"."""
        return self._what(brief=False)

    @property
    def in_brief(self) -> str:
        """The same without how much a load has grown, if anything else differs."""
        return self._what(brief=True)

    def _what(self, brief: bool) -> str:
        if self.before is None:
            return f"added, {self.after.text if self.after else ''}"
        if self.after is None:
            return "left out"
        if self.change == "replaced":
            return f"{self.after.text}, instead of {self.replaced_name}"
        return ", ".join(work_words(self.before, self.after, brief))

    @property
    def text(self) -> str:
        """The change in a sentence: "Back squat: 3 instead of 4 sets, 82.5 instead of 80 kg"."""
        return f"{self.name}: {self.what}"

    def to_dict(self) -> dict[str, Any]:
        """Its fields and its sentence as plain data; of an exercise on both sides only what differs."""
        data = self.model_dump(mode="json")
        if self.change == "changed":
            fields = [field for fact in self.differs for field in FIELDS[fact]]
            data |= {side: {field: data[side][field] for field in fields} for side in ("before", "after")}
        return data | {"text": self.text}
