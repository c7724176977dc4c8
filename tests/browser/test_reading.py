"""Reading in a browser: marks and references, citations, exports; without JavaScript, on small screens, in print."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_page

PAGES = ["/", "/?q=back+pain", "/?kind=work", "/articles/back-pain", "/areas", "/areas/back", "/symptoms", "/evidence"]


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    yield from open_page(browser, site, java_script_enabled=False)


@pytest.fixture
def small(browser: Browser, site: str) -> Iterator[Page]:
    yield from open_page(browser, site, viewport={"width": 320, "height": 640}, has_touch=True)


def check_reference_in_place(page: Page) -> None:
    page.goto("/articles/back-pain")
    mark = page.get_by_role("link", name="Reference 2", exact=True)
    mark.click()
    reference = page.locator("#ref-2")
    expect(reference).to_be_in_viewport()
    expect(mark).to_be_in_viewport()
    reference.get_by_role("link", name=re.compile("^Back to where reference 2")).click()
    expect(page.locator("#cite-2-1")).to_be_in_viewport()


def test_a_mark_opens_its_reference_in_place_and_leads_back(page: Page) -> None:
    check_reference_in_place(page)


def test_a_mark_opens_its_reference_in_place_without_javascript(plain: Page) -> None:
    check_reference_in_place(plain)


def test_escape_closes_a_reference_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/articles/back-pain")
    page.get_by_role("link", name="Reference 2", exact=True).press("Enter")
    expect(page.locator("#ref-2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#cite-2-1")).to_be_focused()


def test_from_a_claim_to_its_study_in_two_clicks(page: Page) -> None:
    page.goto("/articles/back-pain")
    page.get_by_role("link", name="Reference 2", exact=True).click()
    page.locator("#ref-2 .reference-title").click()
    expect(page.locator("h1")).to_contain_text("catastrophizing")
    expect(page.locator(".citing-sentence").first).to_contain_text("Fear of movement")
    expect(page.get_by_role("link", name=re.compile("^DOI"))).to_have_attribute(
        "href", re.compile("^https://doi.org/10")
    )


def test_a_work_is_exported(page: Page) -> None:
    page.goto("/?kind=work&q=kinesiophobia")
    page.locator(".hit-title a").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("TY  - ")


def test_a_reference_is_copied_with_its_address(browser: Browser, site: str) -> None:
    for page in open_page(browser, site, permissions=["clipboard-read", "clipboard-write"]):
        page.goto("/articles/back-pain")
        page.get_by_role("button", name="Copy reference 2").click()
        expect(page.get_by_role("button", name="Copy reference 2")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.match(
            r"Picavet H, .*kinesiophobia.*\. American Journal of Epidemiology, 2002 https://doi\.org/", copied
        )


def test_the_references_of_an_article_are_exported(page: Page) -> None:
    page.goto("/articles/back-pain")
    with page.expect_download() as download:
        page.locator("#references").get_by_role("link", name="BibTeX").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.count("@article{") == page.locator(".reference").count()


def test_everything_works_without_javascript(plain: Page) -> None:
    plain.goto("/")
    plain.locator("#q").fill("back pain")
    plain.get_by_role("button", name="Search").click()
    expect(plain.locator("#status")).to_contain_text("results for “back pain”")
    plain.get_by_label(re.compile("^Torso")).check()
    plain.get_by_label(re.compile("^Causes")).check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain).to_have_url(re.compile("area=torso.*section=causes"))
    expect(plain.locator(".chip")).to_have_count(2)
    plain.get_by_label("Sort by").select_option("title")
    plain.get_by_role("button", name="Sort").click()
    expect(plain).to_have_url(re.compile("sort=title"))
    plain.get_by_role("link", name=re.compile("^Remove filter Body area")).click()
    expect(plain.locator(".chip")).to_have_count(1)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_a_small_screen(small: Page, address: str) -> None:
    small.goto(address)
    assert small.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_phone_shows_results_first_and_filters_folded(small: Page) -> None:
    small.goto("/?q=pain")
    expect(small.get_by_label(re.compile("^Torso"))).not_to_be_visible()
    box = small.locator(".hit-title").first.bounding_box()
    assert box is not None
    assert box["y"] < 740, "the first result stands on the first screen of a phone"
    small.locator("#filters > summary").click()
    small.get_by_label(re.compile("^Torso")).check()
    expect(small).to_have_url(re.compile("area=torso"))
    expect(small.get_by_label(re.compile("^Torso"))).to_be_visible()


def test_the_reading_order_without_styles_is_title_then_results_then_footer(plain: Page) -> None:
    plain.route("**/*.css*", lambda route: route.abort())
    plain.goto("/?q=pain&area=back")
    text = plain.locator("body").inner_text()
    places = [text.index(words) for words in ("Symptoms", "Showing 1", "Clear all", "Sort by", "no diagnosis")]
    assert places == sorted(places)


def test_print_leaves_out_what_paper_cannot_do(page: Page) -> None:
    page.goto("/articles/back-pain")
    page.emulate_media(media="print")
    expect(page.locator("#q")).not_to_be_visible()
    expect(page.locator(".contents")).not_to_be_visible()
    expect(page.locator("#references")).to_be_visible()
    expect(page.locator(".care-signs").first).to_be_visible()  # paper cannot be unfolded
