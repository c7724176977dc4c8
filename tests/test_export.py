"""Exports: what other programs read of them is what the works say, whatever their titles hold."""

import json

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Reference, Work
from kb.export.fields import one_line
from kb.export.forms import FORMATS, STYLES, format_work, plain_text

NASTY = "{}\\&%$#_~^\"'`-–—,.;:@=()<>|?!/*é ß\u00a0\u0301漢\n\t\r\x0b\x85\u2028\0\ud800aZ0 "
FULL = Work(
    id="okafor-2012-shoulder",
    authors=("Okafor, Ada Beth", "Lindqvist, J.-P., Jr.", "Harbour Clinic Staff"),
    title="Shoulder strain at the till",
    container="Journal of Working Posture",
    publisher="Harbour Press",
    year=2012,
    month=9,
    day=5,
    volume="13",
    issue="2",
    pages="166-174",
    doi="10.5555/jwp_(2012)13:2<166::AID>3.0",
    pmid="90000001",
    pmcid="PMC9000001",
    url="https://example.org/a?b=%20&c=1#d_e",
)
PAGE = Work(id="page", authors=("Harbour Clinic Staff",), title="Sore arms?", container="Harbour", url="example.org/x")

texts = st.one_of(st.text(alphabet=NASTY, max_size=40), st.text(max_size=40))
maybe = st.none() | texts
names = st.tuples(*[st.text(alphabet=NASTY.replace(",", ""), min_size=1, max_size=12)] * 2).map(", ".join)
works = st.builds(
    Work,
    id=st.from_regex(r"[a-z]{1,8}-[0-9]{4}", fullmatch=True),
    authors=st.lists(names | texts, max_size=3).map(tuple),
    et_al=st.booleans(),
    title=maybe,
    container=maybe,
    publisher=maybe,
    year=st.none() | st.integers(1800, 2100),
    month=st.none() | st.integers(0, 13),
    day=st.none() | st.integers(1, 31),
    volume=maybe,
    issue=maybe,
    pages=maybe,
    doi=maybe,
    url=st.none() | st.from_regex(r"https?://[a-z]{1,5}\.org/[a-z%&_#~=?;,()-]{0,20}", fullmatch=True),
    raw=texts,
)


def read_bibtex(text, middleware=()):
    library = bibtexparser.parse_string(text, append_middleware=list(middleware))
    assert not library.failed_blocks
    return [{field.key: field.value for field in entry.fields} | {"id": entry.key} for entry in library.entries]


def read_ris(text):
    return rispy.loads(text, delimiter_tags_mapping={})


@given(st.lists(works, max_size=3, unique_by=lambda work: work.id))
def test_bibtexparser_reads_every_text_back(given_works):
    text = FORMATS["bib"].write(given_works)
    decoded = read_bibtex(text, [LatexDecodingMiddleware()])
    assert [row["id"] for row in decoded] == [work.id for work in given_works]
    for row, verbatim, work in zip(decoded, read_bibtex(text), given_works, strict=True):
        assert row.get("title", "") == one_line(work.title or "")
        assert row.get("publisher", "") == one_line(work.publisher or "")
        assert row.get("pages", "") == one_line(work.pages or "")
        assert verbatim.get("url") == work.url


@given(st.lists(works, max_size=3))
def test_rispy_reads_every_text_back(given_works):
    for row, work in zip(read_ris(FORMATS["ris"].write(given_works)), given_works, strict=True):
        assert row["id"] == work.id
        assert row.get("title", "") == one_line(work.title or "")
        assert row.get("secondary_title", "") == one_line(work.container or "")
        assert row.get("doi", "") == one_line(work.doi or "")
        assert row.get("urls", []) == ([work.url] if work.url else [])


@given(st.lists(works, max_size=3))
def test_csl_json_is_one_item_a_work_and_can_be_sent(given_works):
    items = json.loads(FORMATS["json"].write(given_works).encode())
    assert [item["id"] for item in items] == [work.id for work in given_works]
    assert [item.get("title", "") for item in items] == [one_line(work.title or "") for work in given_works]


@given(works)
def test_formatted_references_are_one_line_and_end_once(work):
    for style in STYLES:
        text = plain_text(format_work(work, style))
        assert "\n" not in text
        assert "None" not in text.replace(one_line(work.raw), "") or any(
            "None" in (getattr(work, name) or "")
            for name in ("title", "container", "publisher", "volume", "issue", "pages", "doi")
        )
        assert one_line(work.title or work.raw) in text
        text.encode()


@given(st.lists(names, min_size=1, max_size=3))
def test_bibtex_keeps_authors_apart(authors):
    authors = [author for author in authors if all(one_line(part).strip() for part in author.split(","))]
    work = Work(id="w", authors=tuple(authors), title="t")
    row = read_bibtex(FORMATS["bib"].write([work]), [SeparateCoAuthors()])
    assert len(row[0].get("author", [])) == len(authors)


def test_a_full_work_comes_back_field_by_field():
    (row,) = read_bibtex(FORMATS["bib"].write([FULL]), [SeparateCoAuthors(), SplitNameParts()])
    people = [(part.first, part.last, part.jr) for part in row.pop("author")]
    assert people == [
        (["Ada", "Beth"], ["Okafor"], []),
        (["J.-P."], ["Lindqvist"], ["Jr."]),
        ([], ["{Harbour Clinic Staff}"], []),
    ]
    assert row == {
        "id": "okafor-2012-shoulder",
        "title": "Shoulder strain at the till",
        "journal": "Journal of Working Posture",
        "publisher": "Harbour Press",
        "volume": "13",
        "number": "2",
        "pages": "166-174",
        "year": "2012",
        "month": "sep",
        "day": "5",
        "doi": FULL.doi,
        "pmid": "90000001",
        "pmcid": "PMC9000001",
        "url": FULL.url,
    }
    (record,) = read_ris(FORMATS["ris"].write([FULL]))
    assert record["authors"] == list(FULL.authors)
    assert (record["start_page"], record["end_page"], record["date"]) == ("166", "174", "2012/09/05/")
    assert (record["doi"], record["accession_number"], record["custom2"]) == (FULL.doi, FULL.pmid, FULL.pmcid)


def test_nothing_is_invented_where_nothing_is_known():
    bare = Work(id="bare", title="Only a title")
    assert read_bibtex(FORMATS["bib"].write([bare])) == [{"id": "bare", "title": "Only a title"}]
    assert read_ris(FORMATS["ris"].write([bare])) == [
        {"type_of_reference": "GEN", "id": "bare", "title": "Only a title"}
    ]
    assert json.loads(FORMATS["json"].write([bare])) == [{"id": "bare", "type": "document", "title": "Only a title"}]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_list_cut_short_says_so(suffix):
    cut = Work(id="cut", authors=("Okafor, Ada",), et_al=True, title="Arms")
    text = FORMATS[suffix].write([cut])
    assert ("and others" if suffix == "bib" else "et al.") in text
    assert all("et al." in plain_text(format_work(cut, style)) for style in STYLES)


def test_an_unread_reference_is_handed_out_as_printed():
    unread = Work(id="unread", raw="Somebody, somewhere, once")
    for form in FORMATS.values():
        assert "Somebody, somewhere, once" in form.write([unread])
    assert {plain_text(format_work(unread, style)) for style in STYLES} == {"Somebody, somewhere, once"}


def test_month_and_day_without_year_are_left_out():
    dateless = Work(id="w", title="t", month=3, day=4)
    assert "issued" not in json.loads(FORMATS["json"].write([dateless]))[0]
    assert set(read_bibtex(FORMATS["bib"].write([dateless]))[0]) == {"id", "title"}


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "nlm",
            "Okafor AB, Lindqvist JP Jr, Harbour Clinic Staff. Shoulder strain at the till. "
            "Journal of Working Posture. 2012 Sep 5;13(2):166-174. doi: 10.5555/x. "
            "PubMed PMID: 90000001; PMCID: PMC9000001.",
        ),
        (
            "apa",
            "Okafor, A. B., Lindqvist, J.-P., Jr., & Harbour Clinic Staff. (2012). Shoulder strain at the till. "
            "Journal of Working Posture, 13(2), 166–174. https://doi.org/10.5555/x",
        ),
        (
            "mla",
            "Okafor, Ada Beth, et al. “Shoulder strain at the till.” Journal of Working Posture, Harbour Press, "
            "vol. 13, no. 2, 5 Sept. 2012, pp. 166-174, https://doi.org/10.5555/x.",
        ),
    ],
)
def test_styles_print_a_journal_article(style, expected):
    values = {name: getattr(FULL, name) for name in Work.__dataclass_fields__} | {"doi": "10.5555/x"}
    assert plain_text(format_work(Work(**values), style)) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("nlm", "Harbour Clinic Staff. Sore arms? [Internet]. Harbour. Available from: example.org/x"),
        ("apa", "Harbour Clinic Staff. (n.d.). Sore arms? Harbour. example.org/x"),
        ("mla", "Harbour Clinic Staff. “Sore arms?” Harbour, example.org/x."),
    ],
)
def test_styles_print_a_web_page(style, expected):
    assert plain_text(format_work(PAGE, style)) == expected


def test_names_of_journals_stand_in_italics():
    emphasised = [piece.text for piece in format_work(FULL, "apa") if piece.emphasis]
    assert emphasised == ["Journal of Working Posture", "13"]


def test_a_reference_of_an_article_can_be_formatted_too():
    reference = Reference(
        number=1, raw="as printed", authors=("Okafor, Ada",), title="Arms", year=2010, publisher="Harbour"
    )
    assert plain_text(format_work(reference, "apa")) == "Okafor, A. (2010). Arms. Harbour."


@pytest.mark.parametrize("count", [6, 7, 20, 21, 22])
def test_long_author_lists_follow_each_style(count):
    work = Work(id="w", title="Arms", authors=tuple(f"Name{n}, Ann" for n in range(count)))
    nlm, apa, mla = (plain_text(format_work(work, style)) for style in ("nlm", "apa", "mla"))
    assert ("et al." in nlm) == (count > 6)
    assert ("…" in apa) == (count > 20)
    assert f"Name{count - 1}, A." in apa
    assert mla.startswith("Name0, Ann, et al.")
