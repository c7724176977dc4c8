"""Says why the browser tests are not there, when they are not."""

import pytest


def test_the_browser_tests_are_collected() -> None:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed: tests/browser is left out")
