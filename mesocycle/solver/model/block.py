"""The CP-SAT model of a whole block: its variables, its objective, and what is needed to read an answer.

The rows themselves are in `rows`; only this, `rows`, `rotation`, `spacing` and `search` speak to the solver.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.model.nearness import Nearness
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.shapes import Shapes
from mesocycle.solver.placement.reduce import undominated
from mesocycle.solver.placement.slots import Ints

# Rows whose coefficients sum past 2^31 have given wrong answers (or-tools #5293); we stay far below.
MOST_COEFFICIENTS = 2**28
# Up to so many options of shapes are built version by version.
MOST_OPTIONS = 20_000


def needed(
    grounded: Grounded,
    open_options: Ints,
    near: Nearness | None = None,
    ceiling: tuple[frozenset[str], int] | None = None,
    check: Callable[[], None] = lambda: None,
) -> Ints:
    """Of the open options those that the block to show may consist of; arguments as in `build_block`."""
    prices = grounded.prices()
    finer = prices if near is None else near.finer(prices)
    if ceiling is not None:
        finer = grounded.charges(ceiling[0]) * (1 + int(finer.max(initial=0))) + finer
    return undominated(grounded.problem, open_options, finer, check)


def build_block(
    grounded: Grounded,
    switches: bool = False,
    reduce: bool = True,
    only: Ints | None = None,
    near: Nearness | None = None,
    ceiling: tuple[frozenset[str], int] | None = None,
    solved: bool = True,
    shapes: Shapes | None = None,
    check: Callable[[], None] = lambda: None,
) -> Block:
    """Build the model.

    Parameters
    ----------
    grounded : Grounded
        Problem and cases.
    switches : bool
        Give every hard case a switch instead of building it in; options are not reduced then.
    reduce : bool
        Remove dominated options first. Never done together with switches.
    only : Ints, optional
        Positions of the options to build, none of them closed without switches; all of them if left out.
    near : Nearness, optional
        Keep the optimum that is nearest to a reference plan, not the one with the earliest starts.
    ceiling : (set of str, int), optional
        Points that these rules may charge options together. Their points count before all others when
        options are compared: of the blocks with the same versions the one with the fewest of them is kept.
    solved : bool
        Make a model for CP-SAT; without it the rows alone, for the relaxation.
    shapes : Shapes, optional
        Which versions are placed as one. Their options are built version by version again, which the
        solver searches better; where there are too many, starts and versions are chosen each by themselves.
    check : callable
        Called between cases; it may raise, if the time is up.
    """
    options = grounded.problem.options
    if only is not None:
        positions = only
    else:
        positions = np.arange(len(options)) if switches else np.flatnonzero(~grounded.closed())
    if reduce and not switches:
        positions = needed(grounded, positions, near, ceiling, check)
    version = None
    apart = None if shapes is None else shapes.apart(options, positions, MOST_OPTIONS)
    if apart is not None:
        positions, version = apart
    block = Block(grounded, positions, switches, solved, near, shapes, version)
    block.place_each_lift()
    block.charge(grounded.charges(), grounded.version_prices())
    for number, (rule, case) in enumerate(grounded.cases):
        if number % 64 == 0:
            check()
        block.add(rule, case)
    if ceiling is not None:
        block.charge_at_most(ceiling[0], grounded.charges(ceiling[0]), ceiling[1])
    block.order_lifts()
    block.keep_apart()
    _check_sizes(block)
    if solved:
        block.model.minimize(block.objective)
    return block


def _check_sizes(block: Block) -> None:
    """Refuse points that the solver cannot sum safely: of a lift's options one is chosen at most."""
    dearest = np.zeros((2, len(block.left_out)), dtype=np.int64)
    total = abs(block.offset)
    count = len(block.chosen)
    lift_of = {v.index: lift for lift, versions in enumerate(block.versions) for v in versions.values()}
    for variable, points in block.terms:
        if variable.index < count:
            lift = int(block.options.lift[variable.index])
            dearest[0, lift] = max(dearest[0, lift], abs(points))
        elif variable.index in lift_of:
            lift = lift_of[variable.index]
            dearest[1, lift] = max(dearest[1, lift], abs(points))
        else:
            total += abs(points)
    total += int(dearest.sum())
    if total >= MOST_COEFFICIENTS:
        raise OverflowError(f"the weights add up to {total}, which the solver cannot sum safely")
