import pytest

from indexer.article.boilerplate import find_reason, is_keyword_list
from indexer.article.parser import parse_article

FURNITURE = {
    "advertisement": "---------- Advertisement - Article Continues Below ----------|ADVERTISEMENT|"
    "Sponsored|Promoted by Acme|We include products we think are useful for our readers.|"
    "If you buy through links on this page, we may earn a small commission. Here's our process.",
    "cookie notice": "We use cookies to improve your experience.|Accept all cookies|Accept all",
    "share links": "Share this article|Facebook Twitter Pinterest Email|Share on Facebook|Follow us on Instagram",
    "newsletter": "Sign up for our free newsletter to get tips every week.|Subscribe|Enter your email address",
    "related links": "Read more: how to sleep|Learn More|Return to our anxiety symptoms page.|You may also like",
    "call to action": "Book an appointment with one of our coaches today|Talk to one of our nurses on 0800 000 000.",
    "page tools": "Was this page helpful? Yes No|Print this page|Back to top|5 min read|"
    "Print this page Text size A- A+|"
    "Download the fact sheet (PDF, 214 KB)|Information for patients, relatives and carers|"
    "Leaflet no. FH/0417/3|Leaflet code: NM/PI/0417|"
    "Watch this video about joints|Photo: State Library",
    "site tools": "14 languages",
    "editorial note": "Learn more about the Health Library and our editorial process.|Here’s our process.",
    "navigation": "Home > Health > Topics|You are here: Home / Symptoms",
    "footer": "© 2021 Calm Body Media|"
    "Copyright 2008 calm.example. All rights reserved.|calm.example: Help and support.|"
    "Calm Centre: Information, support, and therapy.|Quiet Mind: support, coaching/counseling and help for worry.|"
    "If you need this leaflet in large print, Braille or another language, please ask a member of staff.|"
    "Patient Advice and Liaison Service (PALS): 01234 555 016|"
    "The Worry Line - free and confidential www.worry.example · help@worry.example Registered charity no. 1012345",
    "disclaimer": "Disclaimer: this page does not replace a doctor.|This article is for informational purposes only.",
    "keywords": "Tags: worry, sleep, jaw",
    "comments": "3 comments|Leave a reply",
}
PROSE = (
    "Anxiety help: advice, therapy, and support from others can bring relief.",
    "What works best: therapy, support and help for worry are all worth a try.",
    "Struggling with worry? Call our helpline on 0300 555 0181.",
    "Call our crisis line, day or night: 0300 555 0181.",
    "Worried about someone? Call Samaritans on 116 123.",
    "Struggling with dark thoughts? Call 988 now.",
    "If you are losing your sight, books in large print or Braille can help.",
    "The Patient Advice and Liaison Service can help when you are unhappy with your care.",
    "Download the diary (PDF, 20 KB) and note each episode in it.",
    "Information for your brain comes from the inner ear.",
    "Some people speak 14 languages.",
    "Save a little strength.",
    "Make an appointment with your doctor if it lasts.",
    "Join a support group in your area.",
    "Share the load with your partner.",
    "Call your local emergency number if the pain spreads.",
    "hyperventilation",
    "a z",
    "Get started with five minutes a day.",
    "Save your strength for the evening.",
    "Cookies and sweets can make it worse.",
    "Print out a diary and note each episode in it for two weeks.",
)


@pytest.mark.parametrize(
    ("reason", "line"), [(reason, line) for reason, row in FURNITURE.items() for line in row.split("|")]
)
def test_furniture_is_left_out_for_its_reason(reason, line):
    found = find_reason(line)
    assert found is not None and found[0] == reason


def test_a_helpline_below_a_call_to_action_is_kept():
    box = "<h2>Ready to feel better?</h2><p>Book a session with one of our coaches.</p><p>Or call 988.</p>"
    article = parse_article(f"<h1>Low mood</h1><h2>Causes</h2><p>Stress.</p>{box}", "page.html", format="html")
    assert [section.text for section in article.sections] == ["Stress.\nOr call 988."]


@pytest.mark.parametrize("line", PROSE)
def test_sentences_of_an_article_are_kept(line):
    assert find_reason(line) is None


def test_a_heap_of_search_words_is_no_prose():
    words = (
        "tight jaw anxiety, tight jaw stress, tight jaw left side, "
        "tight jaw right side, tight jaw at night, sore tight jaw"
    )
    assert is_keyword_list(words)
    assert not is_keyword_list(
        "The jaw aches at night, and in the morning the jaw is stiff; by noon the jaw feels loose again."
    )


def test_what_is_told_to_the_people_around_somebody_is_no_footer():
    text = "# Panic\n\n## Symptoms\n\nThe heart pounds.\n\n## Information for carers\n\nStay near and speak slowly.\n"
    article = parse_article(text, "panic.md", format="markdown")
    assert [(section.kind, section.text) for section in article.sections][-1] == (
        "other",
        "Stay near and speak slowly.",
    )


@pytest.mark.parametrize("line", ["Show all", "Hide details", "Close this section", "Collapse the panel", "Read less"])
def test_what_buttons_say_that_open_and_close_parts_is_said_in_one_place(line):
    reason = find_reason(line)
    assert reason and reason[0] == "page tools"
    page = f"<h1>Flu</h1><h2>Causes</h2><button aria-expanded='false'>{line}</button><p>A virus.</p>"
    (section,) = parse_article(page, "flu.html", format="html").sections
    assert (section.heading, section.text) == ("Causes", "A virus.")


@pytest.mark.parametrize("line", ["Read", "Show", "Read the details of the leaflet"])
def test_a_verb_of_a_button_alone_may_be_text(line):
    assert find_reason(line) is None
