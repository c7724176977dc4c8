"""The administration in a browser: from upload to search and away again, with and without JavaScript; axe."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from indexer.sync import sync
from tests.administration import TOKEN, build_site
from tests.browser.conftest import open_page
from tests.browser.test_accessibility import ALL, DESKTOP, FIND_SMALL, PHONE, find_violations

TOE = "# Sore toe\n\n## Description\n\nThe toe hurts in tight shoes. It comes and goes.\n\n[Home](/)\n"
PRESSED = (
    "button, summary, input:not([type=hidden]):not([type=checkbox]), select,"
    " .admin-bar a, .admin-list a, .file-delete, .files .meta a"
)
PATIENCE = 60_000  # milliseconds for the index to be written


@pytest.fixture
def folder(tmp_path: Path, articles: Path) -> Path:
    (articles / "broken.html").write_bytes(b"%PDF-1.7")
    sync(tmp_path / "index", [articles])
    (articles / "stiff-jaw.md").write_text(TOE.replace("toe", "jaw"), encoding="utf-8")
    (tmp_path / "Sore Toe.md").write_text(TOE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def admin_site(folder: Path, articles: Path) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, build_site(folder, articles), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def sign_in(page: Page) -> None:
    page.goto("/admin")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Administration")).to_be_visible()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def upload(page: Page, folder: Path) -> None:
    page.get_by_label("Article file", exact=True).set_input_files(folder / "Sore Toe.md")
    page.get_by_role("button", name="Look at it").click()
    page.wait_for_url("**/admin/uploads/*", timeout=PATIENCE)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_article_comes_and_goes(browser: Browser, admin_site: str, folder: Path, scripts: bool) -> None:
    for page in open_page(browser, admin_site, java_script_enabled=scripts):
        sign_in(page)
        upload(page, folder)
        expect(page.get_by_role("heading", name="Sore toe", exact=True)).to_be_visible()
        page.get_by_role("button", name="Save and update the index").click()
        expect(page.get_by_role("heading", name="The index is up to date")).to_be_visible(timeout=PATIENCE)
        page.goto("/?q=tight+shoes")
        expect(page.get_by_role("link", name="Sore toe").first).to_be_visible()
        page.goto("/admin")
        page.get_by_role("link", name="Delete sore-toe.md").click()
        page.get_by_role("button", name="Delete and update the index").click()
        expect(page.get_by_role("heading", name="The index is up to date")).to_be_visible(timeout=PATIENCE)
        assert page.goto("/articles/sore-toe").status == 404  # type: ignore[union-attr]
        page.goto("/admin")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_label("Token")).to_be_visible()


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_axe_finds_nothing_and_everything_fits(
    browser: Browser, admin_site: str, folder: Path, viewport: dict[str, int], scheme: str
) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
        found.extend(find_violations(page, ALL))
        found.extend(page.evaluate(FIND_SMALL, PRESSED))
        if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
            found.append(f"{page.url} is wider than the screen")

    for page in open_page(browser, admin_site, viewport=viewport, color_scheme=scheme, reduced_motion="reduce"):
        page.goto("/admin")
        look(page)
        page.get_by_label("Token").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()
        look(page)
        sign_in(page)
        look(page)
        upload(page, folder)
        look(page)
        shutil.copy(folder / "Sore Toe.md", folder / "articles" / "sore-toe.md")
        page.reload()
        look(page)
        page.goto("/admin/delete?file=tight-headache.html")
        look(page)
        page.goto("/admin/delete?file=none.md")
        look(page)
        page.goto("/admin")
        page.get_by_role("button", name="Update the index").click()
        look(page)
        expect(page.get_by_role("heading", name="The index is up to date")).to_be_visible(timeout=PATIENCE)
        look(page)
    assert found == []
