"""A real browser on a real server: Chromium of the system, the site on a free port of this machine."""

import shutil
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from kb.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the rest of the suite runs without it

    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(index: Path) -> Iterator[str]:
    yield from serve_index(index)


def serve_index(index: Path) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(index), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(browser: "Browser", site: str) -> "Iterator[Page]":
    """Give a page on a desktop; an error in it fails the test."""
    yield from open_page(browser, site)


def open_page(browser: "Browser", site: str, **options: object) -> "Iterator[Page]":
    context = browser.new_context(base_url=site, **({"viewport": {"width": 1280, "height": 900}} | options))
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if "Security Policy" in line.text else None)
    page.on("request", lambda request: errors.append(request.url) if not request.url.startswith(site) else None)
    yield page
    context.close()
    assert errors == []
