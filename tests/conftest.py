"""Shared by all tests: a fixed Hypothesis profile, so that every run tries the same examples."""

from __future__ import annotations

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
