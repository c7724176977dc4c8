"""Ways in without a question: body areas, and symptoms from A to Z."""

from flask import Blueprint, abort, render_template, request

from indexer.vocabulary import read_vocabulary
from kb.browse import MOST_NAMES, count_symptoms, count_values, find_articles, list_names, symptoms_of
from kb.care import find_red_flags
from kb.model import Question
from kb.pages.bodymap import build_body_map
from kb.search import Wanted, search
from kb.site import current_index

pages = Blueprint("browse", __name__)

AREAS = Wanted(("area",), snippets=False)


@pages.get("/areas")
def areas() -> str:
    """Give the tree of body areas with how many articles each has."""
    page = search(current_index(), Question(per_page=1), wanted=AREAS)
    body_map = build_body_map(page.facets["area"], page.question)
    return render_template("areas.html", counts=count_values(page, "area"), body_map=body_map)


@pages.get("/areas/<slug>")
def area(slug: str) -> str:
    """Give the articles, symptoms and red flags of one body area."""
    vocabulary = read_vocabulary()
    if slug not in vocabulary.areas:
        abort(404)
    page = find_articles(current_index(), "area", slug)
    symptoms = symptoms_of(slug, count_values(page, "symptom"))
    return render_template(
        "area.html", area=vocabulary.areas[slug], page=page, symptoms=symptoms, care=find_red_flags([slug])
    )


@pages.get("/symptoms")
def symptoms() -> str:
    """Give every name of every symptom, lay and clinical, from A to Z; a letter at a time when they are many."""
    letters = list_names(count_symptoms(current_index()))
    shown = letters
    if sum(map(len, letters.values())) > MOST_NAMES:
        letter = request.args.get("letter", next(iter(letters)))
        if letter not in letters:
            abort(404)
        shown = {letter: letters[letter][:MOST_NAMES]}
    return render_template("symptoms.html", letters=letters, shown=shown)


@pages.get("/symptoms/<slug>")
def symptom(slug: str) -> str:
    """Give the articles about one symptom, and what else it is called."""
    vocabulary = read_vocabulary()
    page = find_articles(current_index(), "symptom", slug)
    if slug not in vocabulary.symptoms and not page.total:
        abort(404)
    known = vocabulary.symptoms.get(slug)
    care = find_red_flags(known.areas if known else ())
    return render_template("symptom.html", symptom=known, slug=slug, page=page, care=care)
