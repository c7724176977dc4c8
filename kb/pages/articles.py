"""The page of one article."""

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template

from kb.browse import other_names
from kb.care import find_red_flags
from kb.claims import find_claims
from kb.pages.structured_data import build_web_page
from kb.reading import build_reading
from kb.search import read_article, similar
from kb.site import current_index

MOST_DROPPED = 40  # pieces of left-out text listed on the page

pages = Blueprint("articles", __name__)


@pages.get("/articles/<slug>")
def article(slug: str) -> str:
    """Give the article with this slug."""
    document = read_article(current_index(), slug)
    if document is None:
        abort(404)
    today = datetime.now(UTC).date()
    reading = build_reading(document.article, document.works, today)
    return render_template(
        "article.html",
        article=document.article,
        reading=reading,
        similar=similar(current_index(), slug),
        names=other_names(document.article),
        care=find_red_flags(document.article.body_areas),
        most_dropped=MOST_DROPPED,
        claims=find_claims(reading.parts),
        data=build_web_page(document.article),
    )
