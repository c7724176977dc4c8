"""The rows of date, author, category and counts that the usual programs of sites print below a title."""

import pytest

from indexer.article.loose_bylines import read_loose
from indexer.article.parser import parse_article
from indexer.bylines.byline import parse_byline
from indexer.bylines.rows import read_row

PUBLISHED, UPDATED = "2015-11-23", "2016-12-27"
FIRST = '<time class="entry-date published" datetime="2015-11-23T08:00:00+00:00">November 23, 2015</time>'
LATER = '<time class="updated" datetime="2016-12-27T08:00:00+00:00">December 27, 2016</time>'
MARK = '<a href="/x" rel="bookmark">{}</a>'
AUTHOR = '<span class="author vcard"><a class="url fn n" href="/a" rel="author">Grace Liu</a></span>'
TOPIC = '<span class="cat-links"><a href="/c" rel="category tag">Allergy</a></span>'
LEAVE = '<span class="comments-link"><a href="#respond">Leave a Comment</a></span>'
COUNT = '<span class="comments-link"><a href="#comments">2 Comments</a></span>'
STAMPS = '<span class="published">November 23, 2015</span><span class="updated">December 27, 2016</span>'
TEXT = "Hay fever is a common problem that makes people sneeze in spring and summer."
PAGE = (
    '<article><header><h1>Hay fever</h1>{}</header><div class="entry-content"><p>' + TEXT + "</p><h2>Symptoms</h2>"
    "<p>You may sneeze a lot and your eyes may itch for weeks on end.</p></div></article>"
)

ROWS = [
    (f'<div><span class="entry-date">{MARK.format(FIRST + LATER)}</span> {AUTHOR} {COUNT}</div>', UPDATED),
    (f'<div><span>{MARK.format(FIRST + LATER)}</span> <span class="byline">{AUTHOR}</span></div>', UPDATED),
    (f'<div><span>Posted on {MARK.format(FIRST + LATER)}</span><span> by {AUTHOR}</span></div>', UPDATED),
    (f'<div><span>Posted on {MARK.format(FIRST + LATER)}</span><span> by {AUTHOR}</span> {LEAVE}</div>', UPDATED),
    (f'<div><span class="posted-on">{LATER}{FIRST}</span> <span class="byline">by {AUTHOR}</span></div>', UPDATED),
    (f'<div>By {AUTHOR} <span class="posted-on">{FIRST}{LATER}</span></div>', UPDATED),
    (f'<div><span class="posted-by">By {AUTHOR}</span><span class="posted-on">{FIRST}{LATER}</span></div>', UPDATED),
    (f"<div>{LEAVE} / {TOPIC} / By {AUTHOR}</div>", None),
    (f"<div>{LEAVE} / {TOPIC} / By {AUTHOR} / November 23, 2015</div>", PUBLISHED),
    (f'<div>By {AUTHOR} / <span class="posted-on">{STAMPS}</span></div>', UPDATED),
    (f'<div>{LEAVE} / {TOPIC} / By {AUTHOR} / <span class="posted-on">{STAMPS}</span></div>', UPDATED),
    (
        f'<div>By {AUTHOR}<i>|</i><span class="updated rich-snippet-hidden">2016-12-27T10:00:00+00:00</span>'
        f"<span>November 23, 2015</span><i>|</i>{TOPIC}<i>|</i></div>",
        UPDATED,
    ),
    ('<p>November 23, 2015 by Grace Liu <a href="#respond">Leave a Comment</a></p>', PUBLISHED),
    ("<p>Posted by <b>Grace Liu</b> on November 23, 2015 in Allergy | 3 Comments</p>", PUBLISHED),
    ("<p>Posted on November 23, 2015 by Grace Liu in Allergy, Ear and Nose with 3 Comments</p>", PUBLISHED),
    ("<p>Posted November 23, 2015 by Grace Liu &amp; filed under Allergy.</p>", PUBLISHED),
    ("<p>November 23, 2015 by Grace Liu Filed Under: Allergy, Spring</p>", PUBLISHED),
    ("<p>Grace Liu · Follow · 6 min read · Nov 23, 2015</p>", PUBLISHED),
    ("<div>GRACE LIU<br>NOV 23, 2015</div>", PUBLISHED),
    ('<h4><a href="/a">Grace Liu</a></h4><div>Nov 23, 2015 <span>— 4 min read</span></div>', PUBLISHED),
    ('<div>Posted by Grace Liu at <a href="/x">10:32 AM</a> <a href="#c">2 comments:</a></div>', None),
    ("<div>Submitted by Grace Liu on Mon, 11/23/2015 - 10:32</div>", PUBLISHED),
    ("<div>Submitted by Grace Liu on 23 November 2015</div>", PUBLISHED),
    ("<div>Written by: Grace Liu / Published: 23 November 2015 / Hits: 123</div>", PUBLISHED),
    ("<div>Written by Grace Liu | Category: Allergy | Published: 23 November 2015 | Hits: 123</div>", PUBLISHED),
    ("<div>Nov 23, 2015 | Written By Grace Liu | Reading Time: 4 minutes</div>", PUBLISHED),
    ("<div>Grace Liu / Nov 23, 2015 / 3 min read / Updated: Dec 27, 2016</div>", UPDATED),
    ("<div>Allergy • Grace Liu • November 23, 2015</div>", PUBLISHED),
    ("<div>Allergy | November 23, 2015 | by Grace Liu | No Comments</div>", PUBLISHED),
    ("<div>Last Updated on December 27, 2016 by Grace Liu 2 Comments</div>", UPDATED),
    ("<div>By Grace Liu | Published November 23, 2015 | Updated on December 27, 2016 | Allergy</div>", UPDATED),
    ("<div>Grace Liu November 23, 2015 1,234 Views Share</div>", PUBLISHED),
]  # fmt: skip


@pytest.mark.parametrize(("row", "date"), ROWS)
def test_the_row_below_a_title_gives_author_and_date_and_leaves_nothing_in_the_text(row, date):
    article = parse_article(PAGE.format(row), "page.html", format="html")
    assert (article.authors, article.updated) == (("Grace Liu",), date)
    assert article.sections[0].text == TEXT


def test_a_row_of_dates_alone_gives_the_later_one_as_that_of_the_update():
    article = parse_article(PAGE.format(f"<p>{STAMPS}</p>"), "page.html", format="html")
    assert (article.updated, article.updated_from) == (UPDATED, "updated")
    assert article.sections[0].text == TEXT


def test_first_posted_is_told_from_updated():
    byline = parse_byline("Updated 27 December 2016 / First posted 23 November 2015")
    assert byline is not None
    assert (byline.updated, byline.published) == (UPDATED, PUBLISHED)


@pytest.mark.parametrize(
    "prose",
    [
        "In 2015 Grace Liu, a nurse, noticed that the cough went away.",
        "On November 23, 2015 Grace Liu, a nurse, noticed that the cough went away.",
        "By Monday the pain was gone.",
        "By November 23, 2015 the pain was gone.",
        "November 23, 2015 was the day the pain began.",
        "Grace Liu took 3 tablets on November 23, 2015 and 2 on November 24, 2015",
        "Posted on November 23, 2015 the letter came by Monday",
        "Updated vaccines / November 23, 2015",
        "Allergy – November 23, 2015",
        "Wheezing in Children by Age",
        "Comments by Grace Liu",
        "Leave a comment by Friday",
        "5 minutes in the sun",
    ],
)
def test_text_that_begins_with_a_name_or_a_date_is_no_row(prose):
    assert read_row(prose) is None
    assert parse_byline(prose) is None
    page = PAGE.replace(TEXT, prose).format("")
    assert parse_article(page, "page.html", format="html").sections[0].text == prose


def test_a_name_and_a_date_with_a_category_need_a_sign_between_them_to_be_a_row():
    assert read_loose("Allergy | November 23, 2015") is not None
    assert read_row("Allergy November 23, 2015") is None


def test_a_date_with_a_reading_time_above_the_title_goes_with_the_name_beside_it():
    row = "<div><span>Grace Liu</span><span>Nov 23, 2015</span>\n<span>4 min read</span></div>"
    page = row + PAGE.format("<p>Updated: Dec 27, 2016</p>")
    article = parse_article(page, "page.html", format="html")
    assert (article.authors, article.updated) == (("Grace Liu",), UPDATED)


def test_who_reviewed_a_page_is_no_author_of_it_in_a_row_either():
    byline = parse_byline("Reviewed by Grace Liu, BPhty · Last updated: December 27, 2016 · Reading time: 6 minutes")
    assert byline is not None
    assert (byline.authors, byline.reviewers, byline.updated) == ((), ("Grace Liu",), UPDATED)
