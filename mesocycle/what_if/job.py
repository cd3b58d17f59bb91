"""A variant as a worker gets it: plain data in, plain data out.

A job does not depend on the others, so its answer is the same in this process, in another, or on a cluster.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mesocycle.models.diagnosis import Conflict, Diagnosis
from mesocycle.models.errors import MesocycleError
from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.models.plan import Reference, Status
from mesocycle.models.scenario import Scenario
from mesocycle.solver.diagnose import first_conflict
from mesocycle.solver.model.search import PARAMETERS, Deadline
from mesocycle.solver.rules.check import understand
from mesocycle.solver.solve import MESOCYCLE_VERSION, ORTOOLS_VERSION, solve
from mesocycle.what_if.facts import in_one_line, outcome_of
from mesocycle.what_if.yardstick import judgement

# The last number grows when the content of an outcome changes.
VERSIONS = (MESOCYCLE_VERSION, ORTOOLS_VERSION, 2)
Answer = tuple[str, bytes]


@dataclass(frozen=True)
class Job:
    """What a variant needs, as text and numbers.

    Attributes
    ----------
    scenario, reference, base : str
        As JSON; the reference is empty without a base plan, the base where this is the base.
    time_limit : float or None
        Seconds for this variant.
    explain_seconds : float
        Seconds to look for a conflict if there is no block; 0 leaves it out.
    versions : tuple
        Of Mesocycle, ortools and the outcome, where the job was made: no others may answer it.
    """

    scenario: str
    reference: str = ""
    time_limit: float | None = None
    explain_seconds: float = 30.0
    base: str = ""
    versions: tuple[str, str, int] = VERSIONS

    @property
    def key(self) -> str:
        """Hash of all that the answer depends on: the job, the versions, the solver's parameters."""
        data = {"job": asdict(self), "parameters": PARAMETERS}
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def work(jobs: Sequence[Job], left: float | None = None) -> list[Answer]:
    """Solve a few jobs, one after the other, in whatever process this is.

    Parameters
    ----------
    jobs : sequence of Job
        At least one.
    left : float, optional
        Seconds until the time for all variants is up.

    Returns
    -------
    list of (str, bytes)
        An `Outcome` as JSON, and its packed result, for each job.
    """
    end = Deadline(left, STOP)
    return [plain(solved(job, end)) for job in jobs]


# In a worker process: set when its answer is no longer needed. Elsewhere each call has its own.
STOP: threading.Event | None = None


def solved(job: Job, end: Deadline) -> Outcome:
    """Solve a job until its own time or that of all is up; every fault is an outcome too."""
    if end.passed:
        return skipped(end.stopped)
    if job.versions != VERSIONS:
        reason = f"its worker has {in_words(VERSIONS)}, asked for was {in_words(job.versions)}"
        return Outcome(status=RowStatus.FAILED, reason=reason)
    began = time.perf_counter()
    try:
        outcome = _solved(job, end, began)
    except KeyboardInterrupt:
        return skipped(end.stopped)
    except Exception as error:  # a bug must not cost the other variants
        text = str(error) if isinstance(error, MesocycleError) else f"{type(error).__name__}: {error}"
        return Outcome(status=RowStatus.FAILED, reason=" ".join(text.split()), seconds=_since(began))
    # By then even an optimum may not be the nearest block, and a conflict may still be unknown.
    return outcome.model_copy(update={"cut": end.passed})


def _solved(job: Job, end: Deadline, began: float) -> Outcome:
    scenario = Scenario.model_validate_json(job.scenario)
    reference = Reference.model_validate_json(job.reference) if job.reference else None
    left = end.left()
    limit = min((seconds for seconds in (job.time_limit, left) if seconds is not None), default=None)
    result = solve(scenario, time_limit=limit, stop=end.event, reference=reference)
    # The record holds the requested limit, not what was left of the time for all.
    parameters = {**result.run.parameters, "time_limit": job.time_limit}
    result = result.model_copy(update={"run": result.run.model_copy(update={"parameters": parameters})})
    reason = ""
    if result.status is Status.INFEASIBLE:
        reason = "the rules collide"
        conflict = _conflict(scenario, job.explain_seconds, end)
        if conflict is not None:
            reason = in_one_line(conflict)
            diagnosis = Diagnosis(status=Status.INFEASIBLE, conflicts=(conflict,), complete=False)
            result = result.model_copy(update={"diagnosis": diagnosis})
    elif result.status is Status.UNKNOWN:
        reason = "no block found within the time limit, and none ruled out"
    instance = understand(scenario)
    outcome = outcome_of(result, instance, reference, reason, _since(began))
    if job.base and result.plan is not None:
        judged = judgement(job.base, instance, result.plan)
        outcome = outcome.model_copy(update={"judgement": judged, "seconds": _since(began)})
    return outcome


def _conflict(scenario: Scenario, seconds: float, end: Deadline) -> Conflict | None:
    left = end.left()
    seconds = seconds if left is None else min(seconds, left)
    return first_conflict(scenario, Deadline(seconds, end.event)) if seconds else None


def skipped(stopped: bool = False) -> Outcome:
    """The outcome of a job for which there was no time, or that was stopped."""
    reason = "stopped before it was solved" if stopped else "time was up before it was solved"
    return Outcome(status=RowStatus.SKIPPED, reason=reason, cut=True)


def in_words(versions: tuple[str, str, int]) -> str:
    """Name versions: "mesocycle 0.1.0 with ortools 9.15.6755"."""
    return f"mesocycle {versions[0]} with ortools {versions[1]}"


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 3)


def plain(outcome: Outcome) -> Answer:
    """An outcome as text and bytes."""
    return outcome.model_dump_json(), outcome.packed


def outcome_from(answer: Answer) -> Outcome:
    """Read what `plain` wrote.

    Raises
    ------
    ValueError
        If it is no such answer.
    """
    facts, packed = answer
    return Outcome.model_validate_json(facts).model_copy(update={"packed": packed})
