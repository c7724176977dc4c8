"""Home and results: one address, one form, whose query string is the whole state."""

from flask import Blueprint, render_template, request

from indexer.article.body_areas import find_body_areas
from indexer.vocabulary import read_vocabulary
from kb.browse import find
from kb.care import find_red_flags
from kb.evidence import Coverage
from kb.model import Question, ResultPage
from kb.pages.bodymap import build_body_map
from kb.pages.charts import build_year_chart
from kb.pages.facet_panel import build_chips, build_groups, build_sorts, build_steps, build_ways_out
from kb.prose import describe_results
from kb.questions import (
    hidden_fields,
    is_empty,
    page_address,
    parse_question,
    query_string,
    without_filters,
)
from kb.search import Wanted, search
from kb.site import current_index

pages = Blueprint("search", __name__)

TOTAL = Wanted(facets=(), snippets=False)
HEAVIEST = 60_000  # bytes of a page; a heavier one goes without the map or chart, whose links all repeat the question
NEWEST = 6  # works on the home page
EXAMPLES = ("back pain", "“pins and needles”", "heart racing at night")


@pages.get("/")
def home() -> str:
    """Give the results for a question, or the front page when nothing is asked."""
    question = parse_question(request.args)
    if is_empty(question) and question.kind == "article" and not request.args.get("kind"):
        return _front_page()
    return _results(question)


def _front_page() -> str:
    everything = search(current_index(), Question(per_page=1), wanted=Wanted(("area",), snippets=False))
    newest = search(current_index(), Question(kind="work", sort="year", per_page=NEWEST), wanted=TOTAL)
    body_map = build_body_map(everything.facets["area"], everything.question)
    return render_template(
        "home.html",
        page=everything,
        newest=newest,
        coverage=Coverage(*current_index().sum_sentences({})),
        body_map=body_map,
        groups=build_groups(everything),
        examples=EXAMPLES,
    )


def _results(question: Question) -> str:
    page = find(current_index(), question)
    is_works = question.kind == "work"
    shown = {
        "page": page,
        "status": describe_results(page),
        "groups": build_groups(page),
        "chips": build_chips(page),
        "steps": build_steps(page),
        "sorts": build_sorts(question),
        "ways": _find_ways(page) if not page.total else [],
        "other": search(current_index(), Question(question.text, "article" if is_works else "work"), wanted=TOTAL),
        "joined": hidden_fields(question, page.facets),
        "clear_address": page_address(without_filters(question)),
        "warnings": find_red_flags(_areas_asked(page)),
        "query": query_string(question),
    }
    body_map = None if is_works else build_body_map(page.facets["area"], question)
    chart = build_year_chart(page.facets["year"], question) if is_works else None
    text = render_template("results.html", body_map=body_map, chart=chart, **shown)
    return text if len(text.encode()) < HEAVIEST else render_template("results.html", **shown)


def _areas_asked(page: ResultPage) -> list[str]:
    """Give the areas a question is about: those chosen, else those its words name, else those of the best article."""
    vocabulary = read_vocabulary()
    chosen = page.question.filters.get("area", ())
    if chosen:
        return [slug for slug in map(vocabulary.find_area, chosen) if slug]
    if page.question.kind == "article" and (named := find_body_areas(page.question.text, (), "")):
        return list(named)
    best = next((hit for hit in page.hits if hit.kind == "article" and page.question.text), None)
    return [str(area) for area in best.facts.get("areas", ())] if best else []


def _find_ways(page: ResultPage) -> list[tuple[str, ResultPage, str]]:
    """Give what to drop from a question that found nothing, what that finds, and its address."""
    ways = [(label, search(current_index(), way, wanted=TOTAL)) for label, way in build_ways_out(page)]
    return [(label, found, page_address(found.question)) for label, found in ways if found.total]
