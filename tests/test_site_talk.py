"""Lines that speak of the site that prints them are told by the weight of their words."""

import pytest

from indexer.article.parser import parse_article
from indexer.article.site_talk import speaks_of_site

LONG = "Stress makes the mouth dry, and a dry mouth makes some people worry about their health even more than before."
SITE = """
Audio, large print and other languages: ask any member of staff.
Our editorial board checks each article against trusted sources.
You can opt-out of these emails whenever you like.
Garden Clinic does not endorse companies or products, and advertising keeps this website free.
Could you help us keep our charity going? A small donation pays for one call.
By joining you accept the terms of service and our privacy policy.
Members get every article without adverts, plus two webinars a month.
Your browser cannot show the video.
Tell us what you think of our new website in a short survey.
Every page of this wiki may be copied under a Creative Commons licence.
Call 555-010-4477 to request an appointment with our team
"""
TEXT = """
Call your clinic to ask about an earlier appointment.
Some people find online forums and support groups useful.
The donor's blood type must match, and a member of the family may give a kidney.
A registered dietitian can review what you eat and drink.
Your account of the symptoms helps, so bring copies of your notes in order.
Scrolling through Facebook in bed makes it harder to fall asleep.
As this page shows,[2] readers of small print get headaches.
Tell your doctor about all the medicines you take, and ask for a print of the list.
Share how you feel with a friend and ask for help with shopping.
Reading the label shows how much caffeine a drink contains.
Donated blood is tested for the virus before it is used.
Download an app that counts your breaths if it helps you to relax.
Lakeside support group, 555-010-4477, free
One in five people (20%) have it at some time in their lives.
An appointment with a private specialist costs more than 200 pounds.
In an emergency call 999 or use our online emergency contact page.
The advertising of sweets to children has been linked with tooth decay.
Listening to a podcast can distract you.
Put your phone away an hour before bed and log in to nothing.
Set your browser to block news sites after eight.
Advertisements for miracle cures are common; do not trust them.
"""


@pytest.mark.parametrize("line", SITE.strip().split("\n"))
def test_a_line_about_the_site_is_told(line):
    assert speaks_of_site(line)


@pytest.mark.parametrize("line", TEXT.strip().split("\n"))
def test_a_line_about_the_body_is_not(line):
    assert not speaks_of_site(line)


def test_beside_furniture_less_is_enough():
    line = "A story told by one of our nurses."
    assert speaks_of_site(line, beside=True) and not speaks_of_site(line)


def test_such_a_paragraph_is_left_out_and_an_entry_of_the_references_stays():
    entry = "Garden Clinic. Our website for readers: advertising and health. Published 2019. Accessed 2 May 2020."
    page = f"<h1>Dry mouth</h1><h2>Causes</h2><p>{LONG}</p><p>{SITE.strip().splitlines()[0]}</p>"
    article = parse_article(f"{page}<h2>References</h2><ol><li>{entry}</li></ol>", "page.html", format="html")
    assert [section.text for section in article.sections] == [LONG]
    assert [entry.reason for entry in article.dropped] == ["about the site"]
    assert [reference.raw for reference in article.references] == [entry]
