"""Works as files for other programs: one work, a result list, or all of them."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import MultiDict

from indexer.model import Work
from kb.api.problems import register_problems
from kb.browse import find
from kb.export.forms import FORMATS
from kb.index import Index
from kb.model import Question
from kb.questions import BadQuestion, parse_question
from kb.search import PER_PAGE_LIMIT, Wanted, read_work, read_works
from kb.serving.unchanged import register_unchanged
from kb.site import current_index

exports = Blueprint("exports", __name__)
register_problems(exports)
register_unchanged(exports)

MOST_WORKS = 10_000  # in one file; more are refused and never cut off silently
BARE = Wanted(facets=(), snippets=False)


@exports.get("/works.<any(bib, ris, json):suffix>")
def many(suffix: str) -> Response:
    """Give all works that the filters find as one file, in the order of the list."""
    arguments = MultiDict(request.args)
    arguments["kind"] = "work"
    works = find_works(current_index(), parse_question(arguments))
    return _file(works, suffix, "works")


@exports.get("/works/<work_id>.<any(bib, ris, json):suffix>")
def one(work_id: str, suffix: str) -> Response:
    """Give one work as a file."""
    document = read_work(current_index(), work_id)
    if document is None:
        abort(404, "There is no work with this id.")
    return _file([document.work], suffix, document.work.id)


def find_works(index: Index, question: Question) -> Iterator[Work]:
    """Give every work that a question finds, over all its pages; raises BadQuestion when they are too many."""
    page, pages = 1, 1
    while page <= pages:
        asked = Question(question.text, "work", question.filters, question.sort, page, PER_PAGE_LIMIT)
        found = find(index, asked, BARE)
        if found.total > MOST_WORKS:
            raise BadQuestion(
                f"These are {found.total} works, more than {MOST_WORKS} in one file: choose more filters."
            )
        for document in read_works(index, [hit.id for hit in found.hits]):  # but those gone with a newer generation
            yield document.work
        page, pages = page + 1, found.pages


def _file(works: Iterable[Work], suffix: str, name: str) -> Response:
    form = FORMATS[suffix]
    response = Response(form.write(works), content_type=form.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{suffix}")
    return response
