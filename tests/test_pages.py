"""What stands on the pages: articles, works, areas, symptoms, evidence."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.build import build_index
from indexer.model import Article, Block, Mark, Reference, Section
from indexer.sync import sync
from indexer.vocabulary import read_vocabulary
from kb.app import create_app
from kb.care import find_red_flags
from kb.claims import find_reason
from kb.index import open_index
from kb.reading import build_reading, years_old
from kb.resources import find_folder
from kb.search import read_article

TODAY = date(2026, 11, 22)
TEXT = "Knees may creak. A stiff knee, said one survey, is common. Rest helps."


@pytest.fixture(scope="module")
def client(index: Path) -> FlaskClient:
    return create_app(index, {"TESTING": True}).test_client()


@pytest.fixture
def small(articles: Path, tmp_path: Path) -> FlaskClient:
    assert not sync(tmp_path / "index", [articles]).failed
    return create_app(tmp_path / "index", {"TESTING": True}).test_client()


def build_article(*marks: Mark) -> Article:
    section = Section(
        "causes", "Causes", "causes", (Block("heading", "Why?"), Block("paragraph", TEXT), Block("item", "Ice."))
    )
    return Article(
        "knees", "Knees", "knees.md", "test", sections=(section,), references=(Reference(1, "One"),), marks=marks
    )


def test_a_mark_stands_behind_its_words_and_its_sentence_counts_as_cited() -> None:
    middle = TEXT.index(",", TEXT.index("survey"))
    reading = build_reading(build_article(Mark((1,), "causes", "", 1, middle)), ["w1"], TODAY)
    part = reading.parts[0]
    assert part.sentences == (False, True, False, False)
    sentence = part.passages[1].items[0][1]
    assert [piece.text for piece in sentence.pieces] == ["A stiff knee, said one survey", ", is common."]
    assert [mark.id for mark in sentence.pieces[0].marks] == ["cite-1-1"]
    assert reading.entries[0].places == (("cite-1-1", "Causes"),)
    assert reading.entries[0].work == "w1"


def test_a_mark_at_the_end_of_a_paragraph_belongs_to_its_last_sentence() -> None:
    part = build_reading(build_article(Mark((1,), "causes", "", 1, len(TEXT))), [], TODAY).parts[0]
    assert part.sentences == (False, False, True, False)


def test_a_mark_without_its_reference_is_shown_and_leads_nowhere() -> None:
    reading = build_reading(build_article(Mark((7,), "causes", "", 1, 16)), [], TODAY)
    assert reading.parts[0].passages[1].items[0][0].pieces[0].marks[0].anchor is None


def test_headings_are_no_sentences_and_lists_stay_lists() -> None:
    part = build_reading(build_article(), [], TODAY).parts[0]
    assert [passage.kind for passage in part.passages] == ["heading", "paragraph", "list"]
    assert len(part.sentences) == 4


@pytest.mark.parametrize(
    ("updated", "years"),
    [(None, None), ("2026-01-01", None), ("2023-11-23", None), ("2023-11-20", 3), ("2018-10-09", 8), ("x", None)],
)
def test_articles_older_than_three_years_have_a_badge(updated: str | None, years: int | None) -> None:
    assert years_old(updated, TODAY) == years


def test_the_pages_count_the_same_sentences_as_the_index(index: Path) -> None:
    opened = open_index(index)
    for slug in ("back-pain", "insomnia", "palpitations", "tremor"):
        document = read_article(opened, slug)
        assert document is not None
        reading = build_reading(document.article, document.works, TODAY)
        counted = [(part.section.anchor, len(part.sentences), part.cited) for part in reading.parts]
        assert counted == [(part.anchor, part.sentences, part.cited) for part in document.evidence]


def test_an_article_page_shows_its_evidence_and_where_it_comes_from(small: FlaskClient) -> None:
    text = small.get("/articles/tight-headache").text
    assert "1 of 2 sentences cite a source" in text
    assert "Nora Feld" in text
    assert '<time datetime="2021-03-04">March 4, 2021</time>' in text
    assert "More than 5 years old" in text
    assert 'href="https://doi.org/10.5555/quiet.2011.10"' in text
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/90000001/"' in text
    assert "no diagnosis" in text
    assert "When to get help" in text


def test_a_list_of_authors_cut_short_ends_with_one_full_stop(client: FlaskClient) -> None:
    text = client.get("/articles/back-pain").text
    assert "et al. " in text
    assert "et al.." not in text


def test_an_article_tells_programs_what_it_cites(small: FlaskClient) -> None:
    text = small.get("/articles/tight-headache").text
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "MedicalWebPage"
    assert data["dateModified"] == "2021-03-04"
    assert [row["datePublished"] for row in data["citation"]] == ["2011", "2015"]


def test_a_work_page_shows_every_sentence_that_cites_it(small: FlaskClient) -> None:
    answer = small.get("/works/doi/10.5555/QUIET.2011.10")
    assert answer.status_code == 302
    text = small.get(answer.location).text
    assert "Cited by 2 articles" in text
    assert "Muscles of the neck stay tense for hours" in text
    assert "Strained muscles tire early" in text
    assert f"{answer.location}.bib" in text
    assert small.get("/works/pmid/90000001").status_code == 302
    assert small.get("/works/pmid/1").status_code == 404
    assert small.get("/works/isbn/1").status_code == 404


def test_an_area_lists_its_articles_symptoms_and_parts(client: FlaskClient) -> None:
    text = client.get("/areas/torso").text
    assert 'href="/areas/chest"' in text
    assert 'href="/articles/back-pain"' in text
    assert 'href="/symptoms/back-pain"' in text
    assert "When to get help" in text
    assert client.get("/areas/moon").status_code == 404


def test_symptoms_are_found_by_the_words_people_use(client: FlaskClient) -> None:
    text = client.get("/symptoms").text
    assert '<a href="/symptoms/muscle-cramps">Charley horse</a></i> → Muscle cramps' in text
    assert "charley horse" in client.get("/symptoms/muscle-cramps").text
    assert client.get("/symptoms/no-such-thing").status_code == 404


def test_symptoms_beyond_one_page_come_a_letter_at_a_time(tmp_path: Path) -> None:
    names = [f"{letter}ache{number:03}" for letter in ("A", "B") for number in range(400)]
    build_index(
        tmp_path / "index",
        [Article(name.lower(), name, f"{name}.md", "test", symptoms=(name.lower(),)) for name in names],
    )
    client = create_app(tmp_path / "index", {"TESTING": True}).test_client()
    for letter in ("A", "B"):
        answer = client.get(f"/symptoms?letter={letter}")
        assert answer.text.count(f">{letter}ache") == 400
        assert len(answer.data) < 60_000
    assert client.get("/symptoms").text == client.get("/symptoms?letter=A").text
    assert client.get("/symptoms?letter=Z").status_code == 404
    assert len([row for row in client.get("/api/symptoms").json if row["articles"]]) == 800


def test_the_evidence_page_joins_both_sides(small: FlaskClient) -> None:
    def found(query: str) -> set[str]:
        return set(re.findall(r'<th scope="row"><a href="/articles/([^"]*)"', small.get(f"/evidence?{query}").text))

    assert found("") == {"tight-headache", "heavy-arms", "humming-in-the-ears", "cold-feet", "dry-lips"}
    assert found("since=2011") == {"tight-headache", "heavy-arms"}
    assert found("since=2012") == {"tight-headache"}
    assert found("since=1900") == found("since=2011"), "all years count, however many they are"
    assert found(f"since={date.today().year + 1}") == set(), "a year without works is asked like any other"
    assert found("unsourced=remedies") == {"humming-in-the-ears"}
    assert found("since=2012&unsourced=description") == {"tight-headache"}
    assert found("since=2012&unsourced=remedies") == set()


def test_results_say_what_was_understood_and_what_is_missing(client: FlaskClient) -> None:
    text = client.get("/?q=pain+xyzzyq").text
    assert "Found nowhere:" in text
    assert "<s>xyzzyq</s>" in text
    assert "Did you mean" in client.get("/?q=palpitatoins").text


def test_nothing_found_names_what_to_drop_and_what_that_finds(client: FlaskClient) -> None:
    text = client.get("/?q=pain&area=hair&area=eyes&symptom=tinnitus").text
    assert re.search(r"Without Body area: Hair or Eyes</a> <span class=.count.>1 article<", text)
    assert "Without Symptom: Ringing in the ears</a>" in text


def test_a_page_stays_light_however_much_is_chosen(client: FlaskClient) -> None:
    for kind, text in (("article", "pain in the night"), ("work", "")):
        facets = client.get(f"/api/search?kind={kind}&q=pain").json["facets"]
        values = [(name, str(row["value"])) for name, rows in facets.items() for row in rows[:6]]
        for count in (6, 11, 13, 30):
            question = [("kind", kind), ("q", text), *values[:count]]
            answer = client.get("/", query_string=question)
            assert answer.status_code == 200
            assert len(answer.data) < 60_000, question
    for text in ("pain " * 80, "pain " + "😀" * 82, "pain " + "&" * 331, "pain " + "痛" * 110):
        assert len(client.get("/", query_string=[("q", text), ("area", "chest"), ("kind", "work")]).data) < 60_000, text
    assert client.get("/", query_string=[("q", "😀" * 90)]).status_code == 400
    assert client.get("/", query_string=[("author", letter * 190) for letter in "abcdefgh"]).status_code == 400


def test_many_choices_have_a_chip_for_each_facet(client: FlaskClient) -> None:
    text = client.get("/?kind=work&" + "&".join(f"year={year}" for year in range(2000, 2020)) + "&id_type=doi").text
    chips = re.findall(r'class="chip-facet">([^<]*)</span> ([^<]*)<', text)
    assert chips == [("Year published:", "20 chosen"), ("Identifier:", "1 chosen")]


def test_a_year_in_which_nothing_was_published_is_no_error(client: FlaskClient) -> None:
    answer = client.get("/?kind=work&q=zzzzqqqq&year=2012&year=2013")
    assert answer.status_code == 200
    assert "Without Year published: 2012 or 2013" not in answer.text


def test_without_words_sources_come_most_cited_first_and_say_so(client: FlaskClient) -> None:
    text = client.get("/?kind=work").text
    counts = [int(count) for count in re.findall(r"Cited by (\d+) article", text)]
    assert counts == sorted(counts, reverse=True)
    assert '<option value="relevance" selected>Most cited</option>' in text
    assert text.count(">Most cited<") == 1
    assert '<option value="relevance" selected>Best match</option>' in client.get("/?kind=work&q=panic").text


def test_without_words_articles_come_by_title_and_their_pages_keep_the_order(client: FlaskClient) -> None:
    titles = [hit["title"] for page in (1, 2) for hit in client.get(f"/api/search?page={page}").json["hits"]]
    assert titles == sorted(titles, key=str.casefold)
    assert "sort=title" not in client.get("/?area=torso").text


def test_help_comes_first_even_without_results(client: FlaskClient) -> None:
    for query in ("q=i+want+to+die", "q=i+want+to+die&area=hair&symptom=tinnitus"):
        text = client.get(f"/?{query}").text
        assert text.index("Get help now") < text.index('class="tabs"')


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Studies have shown that rest helps.", "studies"),
        ("About 40% of people feel it.", "figures"),
        ("One in three people feel it.", "figures"),
        ("This remedy is proven.", "certainty"),
        ("Knees may creak on stairs.", None),
    ],
)
def test_strong_claims_are_known_by_their_words(sentence: str, reason: str | None) -> None:
    assert find_reason(sentence) == reason


def test_results_of_an_area_or_about_one_show_what_to_take_seriously(client):
    for address in ("/?area=chest", "/?q=chest+pain", "/?area=chest&kind=article&q=zzzzqqq"):
        page = client.get(address).get_data(as_text=True)
        assert "When to get help" in page, address
        assert "Signs of a heart attack" in page, address


def test_an_article_tells_no_name_again_that_its_title_has(client):
    page = client.get("/articles/headache").get_data(as_text=True)
    assert "Also called cephalalgia" in " ".join(page.split())


def test_the_words_of_a_search_tell_its_area_before_the_best_article_does(client):
    page = client.get("/?q=heart+racing+at+night").get_data(as_text=True)
    assert "Signs of a heart attack" in page
    assert "Thoughts of suicide" not in page


def test_no_page_of_an_area_with_red_flags_renders_without_them(client):
    vocabulary = read_vocabulary()
    addresses = [f"/areas/{area}" for area in vocabulary.areas if find_red_flags([area])]
    addresses += [f"/symptoms/{symptom.slug}" for symptom in vocabulary.symptoms.values()]
    addresses += [f"/articles/{path.stem}" for path in find_folder("corpus").glob("*.html")]
    without = [address for address in addresses if "When to get help" not in client.get(address).get_data(as_text=True)]
    assert len(addresses) > 100
    assert without == []
