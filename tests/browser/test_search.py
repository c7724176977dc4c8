"""Searching in a browser: live results, filters, the map, suggestions, the back button."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_page

# what has the focus: its name, whether an outline or a thick line marks it, whether it is on the screen
STOP = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const box = node.getBoundingClientRect(), style = getComputedStyle(node), path = node.querySelector("path");
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const drawn = node.closest("svg") && path && parseFloat(getComputedStyle(path).strokeWidth) >= 3;
    const shown = box.bottom > 0 && box.top < innerHeight;
    return { name: node.outerHTML.slice(0, 120), marked: outlined || Boolean(drawn), shown };
}"""


def test_a_search_by_keyboard_shows_results(page: Page) -> None:
    page.goto("/symptoms")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("back pain")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=back\+pain"))
    expect(page.locator("#status")).to_contain_text("results for “back pain”")
    expect(page.locator(".hits h3").first).to_contain_text("Back pain")


def test_a_filter_acts_at_once_keeps_focus_and_goes_back(page: Page) -> None:
    page.goto("/?q=pain")
    before = page.locator("#status").inner_text()
    status = page.locator("#status").element_handle()
    box = page.locator("input[name=area][value=head-and-neck]")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("#status")).not_to_have_text(before)
    expect(page).to_have_url(re.compile("area=head-and-neck"))
    expect(page.locator("input[name=area][value=head-and-neck]")).to_be_focused()
    expect(page.locator(".chip")).to_contain_text("Head and neck")
    assert status is not None
    assert status.evaluate("node => node.isConnected"), "the live region is the same node, or nothing is read out"
    page.go_back()
    expect(page.locator("#status")).to_have_text(before)
    expect(page.locator("input[name=area][value=head-and-neck]")).not_to_be_checked()
    page.go_forward()
    expect(page.locator(".chip")).to_contain_text("Head and neck")


def test_a_chip_takes_its_filter_away(page: Page) -> None:
    page.goto("/?q=pain&area=head&area=back")
    page.get_by_role("link", name="Remove filter Body area: Head").click()
    expect(page).to_have_url(re.compile(r"q=pain&area=back$"))
    expect(page.locator(".chip")).to_have_count(1)
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".chip")).to_have_count(0)


def test_someone_on_a_phone_at_night_is_at_their_symptom_with_one_question_or_one_press(
    browser: Browser, site: str
) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "color_scheme": "dark"}
    for page in open_page(browser, site, **phone):
        page.goto("/")
        page.locator("#q").fill("heart racing at night")
        page.keyboard.press("Enter")
        first = page.locator(".hit-title a").first
        expect(first).to_contain_text(re.compile("heart", re.I))
        expect(first).to_be_in_viewport()
        page.goto("/")
        page.get_by_role("link", name=re.compile("^Chest, ")).locator("path").tap(position={"x": 12, "y": 14})
        expect(page).to_have_url(re.compile(r"area=chest$"))
        expect(page.locator(".hit-title a").first).to_contain_text("Chest pain")


def test_every_stop_of_the_keyboard_is_seen(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for address in ("/", "/?q=back+pain", "/articles/back-pain"):
        page.goto(address)
        stops: list[str] = []
        while len(stops) < 300:
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            if stop is None or stop["name"] in stops[:1]:
                break
            stops.append(stop["name"])
            assert stop["marked"], stop
            assert stop["shown"], stop
        assert len(stops) > 30


def test_the_body_map_is_walked_by_keyboard(page: Page) -> None:
    page.goto("/")
    chest = page.get_by_role("link", name=re.compile(r"^Chest, \d+ articles?$"))
    chest.focus()
    expect(chest.locator("text")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?area=chest$"))
    page.locator("#map-panel summary").click()
    chosen = page.get_by_role("link", name=re.compile(r"^Chest, \d+ articles?, chosen$"))
    chosen.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/$"))


def test_several_areas_are_ticked_at_home_and_shown_together(page: Page) -> None:
    page.goto("/")
    page.get_by_label(re.compile("^Torso")).check()
    page.get_by_label(re.compile("^Mind and sleep")).check()
    page.get_by_role("button", name="Show articles").click()
    expect(page).to_have_url(re.compile("area=torso&area=mind-and-sleep"))
    expect(page.locator(".chip")).to_have_count(2)


def test_suggestions_are_a_combobox(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name=re.compile("^Search"))
    box.press_sequentially("charley", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "?")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("charley")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    options.first.click()
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.locator(".hits h3").first).to_contain_text("ramps")


def test_leaving_the_suggestions_gives_back_everything_typed_also_what_came_after_them(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name=re.compile("^Search"))
    box.press_sequentially("char")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press_sequentially("ley")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_have_value("charley")


def test_long_facets_are_searched_within(page: Page) -> None:
    page.goto("/?q=pain")
    page.get_by_label("Find in Symptom").fill("MIGR")
    expect(page.get_by_label(re.compile("^Migraine"))).to_be_visible()
    expect(page.locator("#facet-symptom .choices > li:visible")).to_have_count(1)


def test_a_bar_of_the_years_filters_the_works(page: Page) -> None:
    page.goto("/?kind=work")
    bar = page.locator(".bar").last
    name = bar.get_attribute("aria-label") or ""
    bar.click()
    expect(page).to_have_url(re.compile("year="))
    expect(page.locator("#status")).to_contain_text(re.search(r"(\d+) source", name)[1])  # type: ignore[index]


def test_nothing_found_says_what_to_drop(page: Page) -> None:
    page.goto("/?q=pain&area=hair&symptom=tinnitus")
    expect(page.locator("#status")).to_contain_text("No results")
    expect(page.get_by_role("link", name="Without Symptom: Ringing in the ears")).to_be_visible()
    page.get_by_role("link", name="Without any filter").click()
    expect(page.locator("#status")).to_contain_text("Showing 1–10")
