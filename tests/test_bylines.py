import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.bylines.byline import Byline, parse_byline, parse_meta
from indexer.bylines.people import parse_people


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            "Authors: Jane Roe, Ann Doe, BScN. Last updated October 9, 2018.",
            Byline(authors=("Jane Roe", "Ann Doe"), updated="2018-10-09"),
        ),
        (
            "Article by Elizabeth R. Stone. Last revised Jul 17, 2023.",
            Byline(authors=("Elizabeth R. Stone",), updated="2023-07-17"),
        ),
        (
            "Fact sheet by Jane Roe and John Doe. Revised May 2, 2013",
            Byline(authors=("Jane Roe", "John Doe"), updated="2013-05-02"),
        ),
        (
            "Written by: Jane Roe, MSc, PhD, R.Psych. Medically reviewed by: John Doe, MD. Updated: March 3, 2019",
            Byline(authors=("Jane Roe",), reviewers=("John Doe",), updated="2019-03-03"),
        ),
        (
            "Written by Jane Roe, MSc Medically reviewed by John Doe, MD, PhD Updated March 3, 2019",
            Byline(authors=("Jane Roe",), reviewers=("John Doe",), updated="2019-03-03"),
        ),
        (
            "Written by the Hiccup editors. Updated November 22, 2026.",
            Byline(authors=("Hiccup editors",), updated="2026-11-22"),
        ),
        (
            "Last reviewed by a Lake Clinic medical professional on 09/28/2021.",
            Byline(reviewed="2021-09-28"),
        ),
        ("Text: Jane Roe As of March 3, 2019", Byline(authors=("Jane Roe",), updated="2019-03-03")),
        ("Current as of: March 3, 2019", Byline(updated="2019-03-03")),
        ("This information is correct as at 3 March 2019.", Byline(updated="2019-03-03")),
        (
            "Posted on 3rd March 2019 by Jane Roe / Physical symptoms / 3 Comments",
            Byline(authors=("Jane Roe",), published="2019-03-03", rest="Physical symptoms / 3 Comments"),
        ),
        (
            "This leaflet was written by Jane Roe and was last updated in full on 3rd March 2019.",
            Byline(authors=("Jane Roe",), updated="2019-03-03"),
        ),
        ("This information was last reviewed in full on 3 March 2019.", Byline(reviewed="2019-03-03")),
        ("Last full review: 3 March 2019", Byline(reviewed="2019-03-03")),
        ("We last updated this information in full on 3 March 2019.", Byline(updated="2019-03-03")),
        ("The information on this page was last checked on 3 March 2019.", Byline(reviewed="2019-03-03")),
        ("Answered by Jane Roe and John Doe", Byline(authors=("Jane Roe", "John Doe"))),
        (
            "Maintained by: Jane Roe and John Doe Last-modified: 2014-06-23",
            Byline(authors=("Jane Roe", "John Doe"), updated="2014-06-23"),
        ),
        ("Reply by Dr. Jane Roe", Byline(authors=("Jane Roe",))),
        ("Expert answer by Jane Roe, MD", Byline(authors=("Jane Roe",))),
        ("Response from Dr. Jane Roe", Byline(authors=("Jane Roe",))),
        ("By Jane Roe and John Doe", Byline(authors=("Jane Roe", "John Doe"))),
        ("By Jane Roe | March 3, 2019", Byline(authors=("Jane Roe",), published="2019-03-03")),
        ("Published 3 March 2019 · Updated 4 April 2020", Byline(published="2019-03-03", updated="2020-04-04")),
        (
            "Medically reviewed by Jane Roe, M.D. on March 3, 2019",
            Byline(reviewers=("Jane Roe",), reviewed="2019-03-03"),
        ),
        ("Posted on March 3, 2019 by Jane Roe", Byline(authors=("Jane Roe",), published="2019-03-03")),
        ("Reviewed: May 2021 by Dr. John Doe", Byline(reviewers=("John Doe",), reviewed="2021-05")),
        ("Last modified: 2019-03-03T10:00:00Z", Byline(updated="2019-03-03")),
        ("Fact checked by Ann Lee", Byline(checkers=("Ann Lee",))),
        ("Edited by Bob Stone, RN and Ann Lee", Byline(editors=("Bob Stone", "Ann Lee"))),
        ("This article was medically reviewed by Dr. Jane Roe.", Byline(reviewers=("Jane Roe",))),
        ("Reviewed on 03/04/2019", Byline(ambiguous=("03/04/2019",))),
        ("Written and medically reviewed by Jane Roe, MD", Byline(authors=("Jane Roe",), reviewers=("Jane Roe",))),
        (
            "Page last reviewed: 14 May 2020\nNext review due: 14 May 2023",
            Byline(reviewed="2020-05-14", rest="Next review due: 14 May 2023"),
        ),
    ],
)
def test_bylines_give_people_by_role_and_dates_by_role(printed, expected):
    assert parse_byline(printed) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "By noon the pain is worse.",
        "Article by Jane Roe says that stress is bad for the heart.",
        "Page by page the pain gets worse.",
        "As of May 2020, over five million people had it.",
        "The numbers are accurate as of May 2020, but they change often.",
        "By Jane Roe / Ann Doe: a talk about thirst.",
        "The pain was reviewed by a specialist on the ward.",
        "Updated guidelines say you should rest.",
        "By Friday night most people feel better.",
        "Reviewed by the committee in 2018, the guidance was changed.",
        "Updated October 2018 guidelines recommend rest.",
        "By taking slow breaths you can calm down.",
        "Created by stress, the tension stays.",
        "Authors say more research is needed.",
        "By contrast, Jane Roe found none.",
        "Anxiety can be reviewed by a doctor.",
        "Published in a journal in 2019.",
        "Response from Jane Roe's body came within minutes.",
        "Answers by Jane Roe helped many people who had it.",
        "Reply from your doctor can take a day.",
        "Answered by stress, the question stays open.",
        "The heart was checked in full on the ward in 2019.",
        "",
    ],
)
def test_ordinary_prose_is_no_byline(prose):
    assert parse_byline(prose) is None


def test_what_follows_a_byline_is_kept_apart():
    byline = parse_byline("Authors: Jane Roe. Last updated October 9, 2018. Calm help for hiccups since 1987.")
    assert byline.rest == "Calm help for hiccups since 1987"


def test_the_date_is_the_update_else_the_review_else_the_publication():
    assert Byline(published="2019", reviewed="2020", updated="2021").date == ("2021", "updated")
    assert Byline(published="2019", reviewed="2020").date == ("2020", "reviewed")
    assert Byline(published="2019").date == ("2019", "published")
    assert Byline().date is None


def test_metadata_gives_people_and_dates():
    page = {
        "@graph": [
            {"@type": "MedicalWebPage", "reviewedBy": {"name": "John Doe, MD"}, "lastReviewed": "2020-01-02"},
            {"@type": "Person", "name": "No One"},
        ]
    }
    byline = parse_meta(
        {"author": "Jane Roe, PhD", "article:modified_time": "2019-03-03T00:00:00Z"},
        [page],
        {"published": "2018-01-01"},
    )
    assert byline == Byline(
        authors=("Jane Roe",),
        reviewers=("John Doe",),
        updated="2019-03-03",
        reviewed="2020-01-02",
        published="2018-01-01",
    )


@pytest.mark.parametrize(
    "name",
    ["last_modified_at", "lastmod", "Last-Modified", "updated_at", "date_modified", "dateModified", "updated on"],
)
def test_the_date_of_an_update_has_many_names(name):
    assert parse_meta({"date": "2019-03-03", name: "2020-04-04"}).updated == "2020-04-04"


def test_metadata_may_be_text_or_broken():
    assert parse_meta(json_ld='{"@type": "Article", "author": [{"name": "Jane Roe"}, "John Doe"]}').authors == (
        "Jane Roe",
        "John Doe",
    )
    assert parse_meta(json_ld="{broken") == Byline()
    assert parse_meta({"author": "https://example.org/jane", "date": "03/04/2019"}) == Byline()


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text):
    parse_byline(text)
    parse_byline(f"Written by {text}. Updated {text}")


@given(
    st.recursive(
        st.none() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["@type", "author", "name", "dateModified", "@graph"]), inner, max_size=4)
        ),
    )
)
def test_no_metadata_makes_it_fail(data):
    parse_meta({}, data)


@pytest.mark.parametrize(
    "text",
    ["Tomasz Kowalski, Medical Registrar, Hamilton, New Zealand", "Tomasz Kowalski, RN, Student Health Service"],
)
def test_places_behind_a_profession_are_no_people(text):
    found = parse_people(text)
    assert found is not None
    assert found.names == ("Tomasz Kowalski",)
