"""The page of one work, and the addresses that lead there by identifier."""

from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from indexer.model import Citation, Work
from kb.export.forms import STYLES, format_work
from kb.linkouts import find_link_outs
from kb.search import find_work, read_work, similar_works
from kb.site import current_index

MOST_PRINTED = 20  # wordings of one reference shown

pages = Blueprint("works", __name__)


@pages.get("/works/<work_id>")
def work(work_id: str) -> str:
    """Give the work with this id, and every sentence that cites it."""
    document = read_work(current_index(), work_id)
    if document is None:
        abort(404)
    found = document.work
    return render_template(
        "work.html",
        work=found,
        articles=group_citations(found),
        outs=find_link_outs(found),
        formatted=[(style.upper(), format_work(found, style)) for style in STYLES],
        similar=similar_works(current_index(), found.id),
        printed=list(dict.fromkeys(member.reference.raw for member in document.members))[:MOST_PRINTED],
    )


@pages.get("/works/<any(doi, pmid, pmcid):scheme>/<path:identifier>")
def redirect_identifier(scheme: str, identifier: str) -> Response:
    """Lead from an identifier to the page of the work that has it."""
    work_id = find_work(current_index(), scheme, identifier.lower())
    if work_id is None:
        abort(404)
    return redirect(url_for("works.work", work_id=work_id))


def group_citations(work: Work) -> list[tuple[Citation, list[tuple[Citation, list[Citation]]]]]:
    """Give the citations by article, then by section; each group leads with its first citation."""
    articles = []
    for _, group in groupby(work.citations, key=lambda citation: citation.article):
        citations = list(group)
        sections = [list(part) for _, part in groupby(citations, key=lambda citation: citation.anchor)]
        articles.append((citations[0], [(part[0], part) for part in sections]))
    return articles
