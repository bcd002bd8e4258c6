"""The deep tier of the properties is deep, whatever else is collected beside them."""

from __future__ import annotations

import runpy
from pathlib import Path

from hypothesis import settings

TESTS = Path(__file__).parent.parent


def test_who_imports_the_conftest_does_not_make_the_deep_tier_a_fast_one() -> None:
    wanted = settings.get_current_profile_name()
    try:
        settings.load_profile("deep")
        runpy.run_path(str(TESTS / "conftest.py"))
        assert (settings.get_current_profile_name(), settings().max_examples) == ("deep", 2000)
    finally:
        settings.load_profile(wanted)
    assert settings().max_examples < 2000 or wanted == "deep"
