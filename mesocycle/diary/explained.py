"""Why the sessions of a living block are where they are, with what is settled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mesocycle.diary import changed, settled
from mesocycle.diary.now import Now
from mesocycle.diary.settle import asked_about
from mesocycle.models.errors import BlockError
from mesocycle.solver.model.search import Deadline

if TYPE_CHECKING:
    from mesocycle.models.explanation import Explanation


def explained(now: Now, session: str | None, why_not: str | date | None, exact: bool) -> Explanation:
    """Why a session is where the plan has it; see `Block.why`.

    Raises
    ------
    BlockError
        If there is no such session, or what was recorded since breaks rules in the plan.
    ValueError
        If `why_not` is none of its days.
    """
    from mesocycle.solver.explain.explain import BrokenPlanError, explain  # recording does not need it

    # By the scenario that the plan was made for: a later one asks for another plan.
    now = now.of_plan()
    standing = now.result.model_copy(update={"plan": settled.before(now)})
    try:
        return explain(
            changed.scenario_now(now),
            standing,
            Deadline(None),
            session=asked_about(session, now),
            why_not=why_not,
            exact=exact,
            lived=settled.lived(now),
        )
    except BrokenPlanError:
        wrong = "what was recorded since it was planned breaks rules in the plan"
        raise BlockError(wrong, "`mesocycle replan` mends it") from None
