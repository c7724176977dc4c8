"""axe finds nothing on any page in any state: filtered, empty, wrong, open, dark, on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_page, serve_index

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
ALL = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}  # all that a colour scheme changes
PAGES = [
    "/",
    "/?q=back+pain",
    "/?q=pain&area=back&area=heart&section=causes",
    "/?q=pain&area=hair&symptom=tinnitus",
    "/?q=chest+pain+left+arm",
    "/?kind=work&year=2020",
    "/articles/back-pain",
    "/articles/back-pain#ref-2",
    "/areas",
    "/areas/back",
    "/areas/hair",
    "/symptoms",
    "/symptoms/muscle-cramps",
    "/evidence",
    "/evidence?area=torso&since=2015&unsourced=remedies",
    "/evidence?area=back&since=2027",
    "/api",
    "/nowhere",
    "/?page=0",
]
SOME = [
    "/",
    "/?q=pain&area=back&area=heart&section=causes",
    "/?kind=work&year=2020",
    "/articles/back-pain#ref-2",
    "/areas/back",
]
PRESSED = (
    "button, select, summary, input:not([type=hidden]):not([type=checkbox]), label.choice, .pill, .chip, .bar,"
    " a.region, .mark, .back, .out, .top-nav a, .tabs a, .pager a, .names a, .contents a, .clear, .exports a"
)
FIND_SMALL = """selector => [...document.querySelectorAll(selector)]
    .filter(node => node.checkVisibility())
    .map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 23.5 || box.height < 23.5))
    .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SCREENS = [
    pytest.param(DESKTOP, "light", ALL, PAGES, id="desktop-light"),
    pytest.param(DESKTOP, "dark", COLOURS, [*SOME, "/evidence", "/nowhere"], id="desktop-dark"),
    pytest.param(PHONE, "light", ALL, SOME, id="phone-light"),
]


def find_violations(page: Page, rules: dict[str, object]) -> list[str]:
    found = axe.Axe().run(page, options=rules | {"resultTypes": ["violations"]}).response["violations"]
    return [f"{page.url}: {rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("viewport", "scheme", "rules", "addresses"), SCREENS)
def test_axe_finds_nothing(
    browser: Browser, site: str, viewport: dict[str, int], scheme: str, rules: dict[str, object], addresses: list[str]
) -> None:
    found: list[str] = []
    for page in open_page(browser, site, viewport=viewport, color_scheme=scheme, reduced_motion="reduce"):
        page.goto("/?kind=work")
        work = page.locator(".hit-title a").first.get_attribute("href")
        for address in [*addresses, str(work)]:
            page.goto(address)
            found += find_violations(page, rules)
    assert found == []


def test_axe_finds_nothing_where_nothing_is_indexed_yet(browser: Browser, tmp_path: Path) -> None:
    for site in serve_index(tmp_path / "nowhere"):
        for page in open_page(browser, site):
            page.goto("/")
            expect(page.locator("h1")).to_have_text("There is nothing to search yet")
            assert find_violations(page, ALL) == []


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_with_everything_open(
    browser: Browser, site: str, viewport: dict[str, int], scheme: str
) -> None:
    found: list[str] = []
    for page in open_page(browser, site, viewport=viewport, color_scheme=scheme, reduced_motion="reduce"):
        for address in ("/?q=back+pain", "/articles/back-pain"):
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
            found += find_violations(page, ALL)
        page.goto("/")
        page.locator("#q").press_sequentially("back", delay=20)
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        found += find_violations(page, ALL)
    assert found == []


def test_everything_that_is_pressed_is_large_enough(browser: Browser, site: str) -> None:
    """24 by 24 pixels, links within sentences aside (WCAG 2.5.8)."""
    for page in open_page(browser, site):
        for address in ("/", "/?q=back+pain&area=back", "/?kind=work", "/articles/back-pain", "/symptoms", "/evidence"):
            page.goto(address)
            assert page.evaluate(FIND_SMALL, PRESSED) == [], address
