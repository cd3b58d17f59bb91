"""Shared by all tests: a fixed Hypothesis profile, so that every run tries the same examples."""

from __future__ import annotations

import gc
from collections.abc import Generator

import coverage
import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # Shrinking a block that takes a second to try everything takes minutes; the example is small already.
    phases=[Phase.explicit, Phase.generate],
    report_multiple_bugs=False,
)
settings.load_profile("fixed")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Count lines once: in a worker of pytest-xdist, pytest-cov 7.1 starts coverage twice."""
    first = coverage.Coverage.current() if hasattr(session.config, "workerinput") else None
    if first is not None:
        first.stop()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage in what tests make alone, not in thousands of tests and modules again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test marked `uncounted` run without coverage."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    counting = plugin.cov_controller if plugin and item.get_closest_marker("uncounted") else None
    if counting is not None:  # None with --no-cov, which pytest-cov's own marker `no_cover` trips over
        counting.pause()
    try:
        return (yield)
    finally:
        if counting is not None:
            counting.resume()
