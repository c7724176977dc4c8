"""The API: what the pages show, as JSON under ``/api``, with the same filters and the same names."""

from dataclasses import asdict

from flask import Blueprint, Response, abort, render_template, request

from kb.answer_json import build_areas, build_article, build_results, build_symptoms, build_work, dump_json
from kb.api.exports import MOST_WORKS
from kb.api.openapi import build_document
from kb.api.problems import register_problems
from kb.browse import count_symptoms, count_values
from kb.browse import find as find_page
from kb.evidence import build_overview, parse_evidence_form
from kb.model import Question
from kb.questions import parse_question
from kb.search import Wanted, read_article, read_work, search
from kb.serving.unchanged import register_unchanged
from kb.site import current_index
from kb.suggest import suggest

api = Blueprint("api", __name__)
register_problems(api)
register_unchanged(api)

EXAMPLES = (  # on the page that explains the API
    ("/api/search?q=back+pain&area=torso", "articles about back pain, in any part of the torso"),
    ("/api/search?kind=work&year=2012&sort=cited", "works of 2012, the most cited first"),
    ("/api/evidence?unsourced=remedies", "articles whose remedies cite no source"),
    ("/works.bib?container=BMC+Psychiatry", "the works of one journal as BibTeX"),
)


@api.get("/api")
def page() -> str:
    """Give the page that explains the API to people."""
    return render_template("api.html", document=build_document(), examples=EXAMPLES, most_works=MOST_WORKS)


@api.get("/api/openapi.json")
def openapi() -> Response:
    """Give the description of the API for programs."""
    return _answer(build_document())


@api.get("/api/search")
def find() -> Response:
    """Give the results for a question, as the search page shows them."""
    return _answer(build_results(find_page(current_index(), parse_question(request.args))))


@api.get("/api/suggest")
def suggestions() -> Response:
    """Give what the typed text may become."""
    return _answer(suggest(current_index(), request.args.get("q", "")))


@api.get("/api/articles/<slug>")
def article(slug: str) -> Response:
    """Give one article with its evidence and the works it cites."""
    document = read_article(current_index(), slug)
    if document is None:
        abort(404, "There is no article with this slug.")
    return _answer(build_article(document))


@api.get("/api/works/<work_id>")
def work(work_id: str) -> Response:
    """Give one work with every sentence that cites it."""
    document = read_work(current_index(), work_id)
    if document is None:
        abort(404, "There is no work with this id.")
    return _answer(build_work(document.work))


@api.get("/api/areas")
def areas() -> Response:
    """Give the tree of body areas with how many articles each has."""
    return _answer(build_areas(_count_areas()))


@api.get("/api/symptoms")
def symptoms() -> Response:
    """Give all symptoms with their names and how many articles each has."""
    return _answer(build_symptoms(count_symptoms(current_index())))


@api.get("/api/evidence")
def evidence() -> Response:
    """Give what cites a source and what does not, by article and section."""
    return _answer(asdict(build_overview(current_index(), parse_evidence_form(request.args))))


def _count_areas() -> dict[str, int]:
    wanted = Wanted(facets=("area",), snippets=False)
    return count_values(search(current_index(), Question(per_page=1), wanted=wanted), "area")


def _answer(value: object) -> Response:
    return Response(dump_json(value) + "\n", mimetype="application/json")
