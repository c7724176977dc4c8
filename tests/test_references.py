import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.references import accuracy, build_sheets, measure, read_rows
from indexer.references.reference import check_numbering, parse_reference, parse_references, split_references

BIBLIOGRAPHY = Path(__file__).parents[1] / "../shared/bibliography/references.jsonl"
FLOORS = {
    "first_author": 0.99,
    "title": 0.99,
    "year": 0.995,
    "doi": 0.99,
    "pmid": 0.99,
    "pmcid": 0.99,
    "accessed": 0.99,
}
PIECES = ["Roe J, ", "Doe, A. B., ", "et al. ", "(1999). ", "“On hiccups.” ", "J Foo. ", "2004;3(2):4-5. ",
          "vol. 3, ", "pp. 4–5, ", "doi:10.1234/x. ",
          "PMID: 12. ", "www.example.org/a. ", "Accessed 3 Mar. 2019. ", "In: ", "New York: Press; ", "[Internet]. ",
          "\x00", ". ", "(", "”", "n.d. ", "’"]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "fields"),
    [
        (
            "Roe J, Doe AB, et al. Hiccups in winter. A cohort study. J Psychosom Res. 1999 Jul;4(3):245-255. "
            "doi:10.1234/abc. PMID: 12345.",
            {
                "authors": ("Roe, J", "Doe, AB"),
                "et_al": True,
                "title": "Hiccups in winter. A cohort study",
                "container": "J Psychosom Res",
                "year": 1999,
                "month": 7,
                "volume": "4",
                "issue": "3",
                "pages": "245-255",
                "doi": "10.1234/abc",
                "pmid": "12345",
            },
        ),
        (
            "Roe, Jane , and John B Doe. “Are Hiccups Contagious?” NCBI PubMed, U.S. National Library of Medicine, "
            "Feb. 2017, www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/.",
            {
                "authors": ("Roe, Jane", "Doe, John B"),
                "title": "Are Hiccups Contagious?",
                "container": "NCBI PubMed",
                "publisher": "U.S. National Library of Medicine",
                "year": 2017,
                "month": 2,
                "pmcid": "PMC123456",
                "doi": None,
            },
        ),
        (
            "Roe, J., & Doe, A. B. (2016). Hiccups: A review of 3–12 months. Journal of Breath, Sound, and Rhythm, "
            "4(3), 245–255. https://doi.org/10.1234/abc",
            {
                "authors": ("Roe, J.", "Doe, A. B."),
                "title": "Hiccups: A review of 3–12 months",
                "container": "Journal of Breath, Sound, and Rhythm",
                "year": 2016,
                "volume": "4",
                "issue": "3",
                "pages": "245-255",
                "doi": "10.1234/abc",
            },
        ),
        (
            'Jane Roe and John Doe, "A Year of Hiccups," Journal of Breath 4, no. 3 (July 1999): 245–55, https://doi.org/10.1234/abc.',
            {
                "authors": ("Roe, Jane", "Doe, John"),
                "title": "A Year of Hiccups",
                "container": "Journal of Breath",
                "year": 1999,
                "month": 7,
                "volume": "4",
                "issue": "3",
                "pages": "245-55",
            },
        ),
        (
            "Roe, J. and Doe, A. (2014) ‘Hiccups in 1998–2004 (SNORE)’, Journal of Breath, 2014, pp. 1–9. Available "
            "at: https://example.org/x (Accessed: 3 March 2019).",
            {
                "title": "Hiccups in 1998–2004 (SNORE)",
                "year": 2014,
                "volume": "2014",
                "pages": "1-9",
                "accessed": "2019-03-03",
                "url": "https://example.org/x",
            },
        ),
        (
            "Hiccup disorders. Example Clinic. Updated July 4, 2018. https://www.example.org/hiccups?utm_source=x. "
            "Accessed March 3, 2019.",
            {
                "authors": (),
                "title": "Hiccup disorders",
                "container": "Example Clinic",
                "year": 2018,
                "accessed": "2019-03-03",
                "url": "https://www.example.org/hiccups",
            },
        ),
        (
            "World Health Organization. (n.d.). Hiccups. Retrieved March 3, 2019, from https://www.example.org/hiccups",
            {"authors": ("World Health Organization",), "title": "Hiccups", "year": None, "accessed": "2019-03-03"},
        ),
        (
            "Roe J. Hiccups and sleep. In: Doe A, Poe B, editors. Handbook of Breath. 2nd ed. New York: Example "
            "Press; 2004. p. 12-34.",
            {
                "authors": ("Roe, J",),
                "title": "Hiccups and sleep",
                "year": 2004,
                "pages": "12-34",
                "publisher": "Example Press",
            },
        ),
        ("Hiccups in 2004.", {"authors": (), "container": None, "doi": None, "volume": None}),
    ],
)
def test_references_of_every_style_are_read(printed, fields):
    reference = parse_reference(printed, 7)
    assert {name: getattr(reference, name) for name in fields} == fields
    assert (reference.raw, reference.number) == (printed, 7)


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("Roe ND, Press J, Pain K, Poe ED, Church MD.", ("Roe, ND", "Press, J", "Pain, K", "Poe, ED", "Church, MD")),
        ("Abu-Doe, N. D., Bank, U. A., & Court, U. S. (1999).", ("Abu-Doe, N. D.", "Bank, U. A.", "Court, U. S.")),
        ("Di Roe, Anne Marie, and Jane S Doe.", ("Di Roe, Anne Marie", "Doe, Jane S")),
        ("Ó Roe, Mary, et al.", ("Ó Roe, Mary",)),
        ("Roe J, Doe AB; Hiccup Study Group.", ("Roe, J", "Doe, AB", "Hiccup Study Group")),
    ],
)
def test_names_that_look_like_something_else_are_still_names(printed, authors):
    reference = parse_reference(f"{printed} “On the Length of Hiccups.” Journal of Breath 3, no. 4 (1999): 5–6.")
    assert reference.authors == authors
    assert (reference.title, reference.year) == ("On the Length of Hiccups", 1999)


@pytest.mark.parametrize(
    "remark",
    [
        " View abstract.",
        " [PubMed] [Google Scholar]",
        " PubMed: https://pubmed.ncbi.nlm.nih.gov/15939839/. Accessed 2018 Jun 1.",
        " German.",
        " IF: 5,895",
        " (Both authors wrote this together.)",
        " Quoted in Poe, A Book of Sighs.",
        " NIHMSID NIHMS252390 PubMed [journal]",
    ],
)
@pytest.mark.parametrize(
    "where", ["2005;62(6):617-27.", "2005 Jun 3;62(6):617–27.", "62(6):617-627, 2005.", "62(6), 617-627."]
)
def test_words_behind_where_it_appeared_are_no_part_of_it(where, remark):
    reference = parse_reference(f"Roe J, Doe AB. Hiccups in winter. Arch Breath. {where}{remark}")
    assert (reference.title, reference.container) == ("Hiccups in winter", "Arch Breath")
    assert (reference.volume, reference.issue, reference.pages[:3]) == ("62", "6", "617")


@pytest.mark.parametrize("lead", ["↑ ", "^ ", "^ a b ", "1. ", "• ", "* ", "[12] ", "- "])
def test_signs_before_a_reference_are_no_part_of_it(lead):
    reference = parse_reference(f"{lead}Olsen B, Berg T. *Ringing ears &ndash; a diary.* Int J Foo. 2001;40(2):77-81.")
    assert reference.authors == ("Olsen, B", "Berg, T")
    assert (reference.title, reference.container) == ("Ringing ears – a diary", "Int J Foo")


@pytest.mark.parametrize(
    ("printed", "authors", "title"),
    [
        ("James Roe, Chaos: Making a Habit, New York: Penguin, 1988.", ("Roe, James",), "Chaos: Making a Habit"),
        (
            "Roe, J. D., Doe, A. V., Body Maps: A Guide, Springer, 1990.",
            ("Roe, J. D.", "Doe, A. V."),
            "Body Maps: A Guide",
        ),
        (
            "Weber, William, The Rise of Worry (Oxford: Clarendon Press, 1992).",
            ("Weber, William",),
            "The Rise of Worry",
        ),
        ("Roe FF. Roe's Clinical Advisor 2021. Elsevier; 2021.", ("Roe, FF",), "Roe's Clinical Advisor 2021"),
        (
            "Roe, A., Doe, B., . . . Poe, Z. (2015). Sweats. J Foo, 1(2), 3-4.",
            ("Roe, A.", "Doe, B.", "Poe, Z."),
            "Sweats",
        ),
        ("Roe, A. M., & Doe, L. K., III. (2021). Fear. J Foo, 1(2), 3-4.", ("Roe, A. M.", "Doe, L. K."), "Fear"),
        (
            "Ann Roe and José M. García Ruiz, “Tics,” J Foo 1, no. 2 (2001): 3.",
            ("Roe, Ann", "García Ruiz, José M."),
            "Tics",
        ),
        ("ADAA. (2018). Facts about worry. https://example.org/facts", ("ADAA",), "Facts about worry"),
        ("Front Foo. 2019 Aug 2;10:514.", (), None),
    ],
)
def test_names_end_where_the_title_begins(printed, authors, title):
    reference = parse_reference(printed)
    assert (reference.authors, reference.title) == (authors, title)


@pytest.mark.parametrize(
    ("printed", "book", "publisher", "pages"),
    [
        (
            "Roe J. Fear. In: Doe A, ed. Textbook of Pain. 5th ed. Churchill; 2006:511-530.",
            "Textbook of Pain",
            "Churchill",
            "511-530",
        ),
        (
            'Roe, Jane. "Fear." Theories of Fear. Ed. A. C. Doe and B. Poe. Hillsdale, NJ: Erlbaum, 1993. 29-101.',
            "Theories of Fear",
            "Erlbaum",
            "29-101",
        ),
        (
            "Roe, Jane. “Fear.” In Skin and Mind, ed. Ann Poe and Jane Doe (Leuven: Leuven Press, 2001), 5–9.",
            "Skin and Mind",
            "Leuven Press",
            "5-9",
        ),
        (
            "Roe, Jane. 2015. “Fear.” In Skin and Mind, edited by Paul Doe, 77–95. Chicago: Lakeside Press.",
            "Skin and Mind",
            "Lakeside Press",
            "77-95",
        ),
        (
            "Roe, J. (1998). Fear. In L. Doe & M. Poe (Eds.), Handbook of Fear (2nd ed., pp. 233–251). MIT Press.",
            "Handbook of Fear",
            "MIT Press",
            "233-251",
        ),
    ],
)
def test_chapters_are_told_from_their_books_and_editors(printed, book, publisher, pages):
    reference = parse_reference(printed)
    assert reference.title == "Fear"
    assert (reference.container, reference.publisher, reference.pages) == (book, publisher, pages)


@pytest.mark.parametrize(
    ("printed", "year", "month", "volume"),
    [
        ("Roe J, Doe A. Hiccups. Journal of Breath. 1999Jul;4(3):245–55.", 1999, 7, "4"),
        ("Roe, Jane. 2022. “Hiccups”. Journal of Breath 74 (2022): 22–31.", 2022, None, "74"),
        ("Roe, J., 2025. Hiccups. International Journal of Breath 16. https://doi.org/10.1234/x", 2025, None, "16"),
        ("Roe J. Hiccups. Lancet. 2016 Dec 17;388(10063):3048-3059.", 2016, 12, "388"),
        ("Roe J. Hiccups. Nutrients 2018, 10, 1234.", 2018, None, "10"),
        ('Roe, Jane. "Hiccups." Int J Foo, vol. 19, no. 3, pp. 1813, 2022.', 2022, None, "19"),
    ],
)
def test_dates_and_volumes_are_told_apart(printed, year, month, volume):
    reference = parse_reference(printed)
    assert (reference.title, reference.year, reference.month, reference.volume) == ("Hiccups", year, month, volume)


@pytest.mark.parametrize(
    ("printed", "title", "container", "publisher"),
    [
        ("Roe J (2006) Worry. Springer, Cham", "Worry", None, "Springer"),
        ("Roe J. Worry. In: Doe A, eds. Fear and Body. Springer; 2006:1-2.", "Worry", "Fear and Body", "Springer"),
        ("Roe, J. (1991) Night sweats, MedlinePlus. Available: https://a.org/0", "Night sweats", "MedlinePlus", None),
        ("Roe, J. (1991) Pain, Anxiety and Fear. Available at: https://a.org/0", "Pain, Anxiety and Fear", None, None),
        ("J. Roe, “Worry,” in Fear and Body, A. B. Doe and C. Poe, Eds., Cham: Springer, 2006, pp. 1–2.",
         "Worry", "Fear and Body", "Springer"),
        ("Elliott J, ed. Coping With Worry. Vol 2. 4th ed. Springer; 2019.", "Coping With Worry", None, "Springer"),
        ('"Tinnitus." WebMD. WebMD, LLC, n.d. Web. 3 Jan. 2012.', "Tinnitus", "WebMD", "WebMD, LLC"),
    ],
)  # fmt: skip
def test_sites_books_and_publishers_are_told_apart(printed, title, container, publisher):
    reference = parse_reference(printed)
    assert (reference.title, reference.container, reference.publisher) == (title, container, publisher)


@pytest.mark.parametrize(
    ("printed", "fields"),
    [
        ("1 Example Clinic. Worry and sleep. Example Press, 2010.", {"authors": ("Example Clinic",)}),
        ("1 van Roe MH, Doe A. Worry and sleep. J Foo 2013; 30: 67–8.", {"authors": ("van Roe, MH", "Doe, A")}),
        ("1Roe MH, Doe A. Worry and sleep. J Foo 2013; 30: 67–8.", {"authors": ("Roe, MH", "Doe, A")}),
        ("Worry and sleep (2017). Example Health. https://a.org/0", {"year": 2017, "container": "Example Health"}),
        ("(2017) Worry and sleep. In: Example Health. https://a.org/0", {"year": 2017, "container": "Example Health"}),
        ("2017. Worry and sleep. Example Health. https://a.org/0", {"year": 2017, "container": "Example Health"}),
        ("[1] Worry and sleep, WebMD (2018). https://a.org/0.", {"container": "WebMD", "year": 2018}),
        ("Mayo Clinic, Worry and sleep. WebMD (2018). https://a.org/0.", {"authors": ("Mayo Clinic",)}),
        ("Mayo Clinic: Worry and sleep. Guilford Press, 2010", {"authors": ("Mayo Clinic",)}),
        ("Roe J. 2003. Worry and sleep. Breath 18:31–36. DOI: https://doi.org/10.1/x, PMID: 12", {"volume": "18"}),
        ("Roe, J., 2024. Worry and sleep. ABCD 53. https://doi.org/10.1234/x", {"volume": "53", "container": "ABCD"}),
        ("Roe J. Worry and sleep [PhD thesis]. University of Leeds; 2013.", {"year": 2013}),
        ("Roe, J. Worry and sleep. 2007. University of Leeds, PhD thesis.", {"year": 2007}),
        ("Roe J. Worry and sleep. MIT Press; 2015 Sept. Report No.: 12-3.", {"year": 2015, "publisher": "MIT Press"}),
        ("Roe, J. 2011. Worry and sleep. MIT Press. Technical Report.", {"publisher": "MIT Press"}),
        ("Roe, J. (2007). Worry and sleep (Guilford Press).", {"publisher": "Guilford Press"}),
        ("J. Roe, A. Doe, Worry and sleep (Routledge, London, ed. 2, 2007).", {"publisher": "Routledge"}),
        ("Roe, J.; Doe, A. Worry and sleep; MIT Press: Cambridge, MA, 2009.", {"publisher": "MIT Press"}),
        ("Roe, J. Worry and sleep, 2nd ed.; Karger Press: Oxford, 2009.", {"publisher": "Karger Press"}),
        ("[No authors listed]. Worry and sleep. J Foo. 2001;40(2):77-81.", {"authors": (), "container": "J Foo"}),
        ("Worry and sleep. WebMD. Available at https://a.org/0. 2019, Accessed March 3, 2019.", {"container": "WebMD"}),
        ("WebMD. Worry and sleep. WebMD. 2018; published online Jan 20. https://a.org/0", {"authors": ("WebMD",)}),
        ("WebMD. 2018. “Worry and sleep”. WebMD, June 3. https://a.org/0", {"publisher": None, "month": 6}),
        ("Association Between Worry, Anxiety and sleep: a review. J Foo. 2001;4:7.", {"authors": (), "year": 2001,
         "title": "Association Between Worry, Anxiety and sleep: a review"}),
    ],
)  # fmt: skip
def test_forms_of_publishers_and_sites_are_read(printed, fields):
    reference = parse_reference(printed)
    assert reference.title == fields.get("title", "Worry and sleep")
    assert {name: getattr(reference, name) for name in fields} == fields


@pytest.mark.parametrize(
    "printed",
    [
        "Poe, E. Fear. in Skin and Mind (eds Roe, J. & Doe, A. B.) 12–34 (MIT Press, Cambridge, MA, 2007).",
        "Poe, E. Fear. In Skin and Mind; Roe, J., Doe, A.B., Eds.; MIT Press: Cambridge, MA, 2007; pp. 12–34.",
        "Poe, E. (2007). Fear. In Skin and Mind, J. Roe and A. B. Doe, eds. (MIT Press), pp. 12–34.",
        "Poe E (2007) Fear. In: Roe J, Doe AB (eds) Skin and Mind, 2nd ed. MIT Press, Cambridge, MA, pp 12–34",
        "E. Poe, “Fear” in Skin and Mind, J. Roe, A. B. Doe, Eds. (MIT Press, Cambridge, MA, ed. 2, 2007), pp. 12–34.",
        "Poe E. Fear. In: Skin and Mind, edited by Roe J, Doe AB. Cambridge, MA: MIT Press, 2007, p. 12–34.",
        "Poe E: Fear. Roe J, and Doe AB, editors. Skin and Mind. Cambridge, MA: MIT Press; 2007. p. 12–34.",
        "Poe E. Fear. In: Skin and Mind. (Roe J, Doe AB. eds) MIT Press: Cambridge, MA; 2007; pp. 12–34.",
        "Poe E. 2007. Fear, p. 12–34. In Roe, J, Doe, AB (eds.), Skin and Mind. MIT Press, Cambridge, MA.",
    ],
)
def test_editors_of_a_chapter_are_no_part_of_its_book_wherever_they_stand(printed):
    reference = parse_reference(printed)
    assert (reference.authors[0][:3], reference.title, reference.container) == ("Poe", "Fear", "Skin and Mind")
    assert (reference.year, reference.pages, reference.publisher) == (2007, "12-34", "MIT Press")


@pytest.mark.parametrize(
    ("where", "publisher"),
    [
        ("Oslo (NO): Example Press; 2020 [updated 2019 Jan 5; cited 2020 Jul 1]. ", "Example Press"),
        ("2018 [cited 2020 Jul 1]. ", None),
    ],
)
def test_a_page_behind_its_site_gives_the_title(where, publisher):
    reference = parse_reference(f"Example Health [Internet]. {where}Night sweats. Available from: https://a.org/0")
    assert (reference.title, reference.container, reference.publisher) == ("Night sweats", "Example Health", publisher)
    assert reference.accessed == "2020-07-01"
    assert reference.authors == ()


@pytest.mark.parametrize(
    ("printed", "fields"),
    [
        ("Roe J. Fear. Cochrane Database Syst Rev. 2007 Jan 24;(1):CD001848. PMID: 17253466.",
         {"title": "Fear", "container": "Cochrane Database Syst Rev", "issue": "1", "day": 24, "pages": "CD001848"}),
        ("Roe, Jane (2 March 2019). “Fear”. The Guardian. Retrieved 5 May 2020.",
         {"title": "Fear", "year": 2019, "month": 3, "day": 2, "accessed": "2020-05-05"}),
        ("Roe JA (22 May 2006). “Fear”. J Foo. 166 (10): 1092–7.", {"year": 2006, "month": 5, "volume": "166"}),
        ("Roe T. [Fear]. Nihon Foo. 2015;9:11. [Article in Japanese]", {"title": "Fear", "container": "Nihon Foo"}),
        ("Roe T. Fear. Foo. 2015;9:11. Retraction in: Foo. 2019;4:5.", {"title": "Fear", "year": 2015, "pages": "11"}),
        ("Roe T. Fear in Swedes (1998–2004). MIT Press; 2006.", {"title": "Fear in Swedes (1998–2004)", "year": 2006}),
        ("Roe T. Fear. WebMD. 2022.https://a.org/0 (accessed 3 Mar 2019).", {"year": 2022, "url": "https://a.org/0"}),
        ("Jane Roe and Carlos Cunha. Server noise and its fear of the web. IEEE Bulletin, September 1996.",
         {"authors": ("Roe, Jane", "Cunha, Carlos")}),
        ("Grace Notes and Body Pain. A short story of the fear. WebMD. 2019. https://a.org/0", {"authors": ()}),
        ("Ibid., p. 7.", {"authors": (), "title": None, "container": None}),
    ],
)  # fmt: skip
def test_forms_of_the_libraries_and_encyclopedias_are_read(printed, fields):
    reference = parse_reference(printed)
    assert {name: getattr(reference, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("printed", "fields"),
    [
        ("Roe J, Doe A; Fear. J Foo. 2008 Jan;7(1):70-83.", {"authors": ("Roe, J", "Doe, A"), "title": "Fear"}),
        ("Roe J; Fear of the web. J Foo. 2008;7:70-83.", {"authors": ("Roe, J",), "title": "Fear of the web"}),
        ("Roe J, Doe A, et al; Fear. J Foo. 2008;7:1.", {"authors": ("Roe, J", "Doe, A"), "et_al": True}),
        ("Roe J; Doe A; Ray C. Fear. J Foo. 2008;7:1.", {"authors": ("Roe, J", "Doe, A", "Ray, C"), "title": "Fear"}),
        ("Roe J, Doe A; for the ABC Study Group. Fear. J Foo. 2008;7:1.", {"title": "Fear"}),
        ("Fear; MedlinePlus, December 2014", {"title": "Fear", "container": "MedlinePlus", "year": 2014, "month": 12}),
        ("Fear of the web; a memoir. J Foo. 2008;7:1.", {"title": "Fear of the web; a memoir", "authors": ()}),
        ("Example Clinic. Fear (https://a.org/0). Last updated 4/2014. Accessed 2/23/2023.",
         {"title": "Fear", "year": 2014, "month": 4, "accessed": "2023-02-23", "container": None}),
    ],
)  # fmt: skip
def test_forms_of_patient_leaflets_are_read(printed, fields):
    reference = parse_reference(printed)
    assert {name: getattr(reference, name) for name in fields} == fields


def test_links_of_an_entry_serve_only_where_nothing_is_printed():
    linked = parse_reference("Roe J. Hiccups. J Foo. 2004;1:2.", 1, ["https://doi.org/10.1234/abc"])
    printed = parse_reference("Roe J. Hiccups. J Foo. 2004;1:2. doi:10.1234/xyz", 1, ["https://doi.org/10.1234/abc"])
    assert (linked.doi, printed.doi) == ("10.1234/abc", "10.1234/xyz")


@pytest.mark.parametrize("label", ["{}. ", "[{}] ", "{}) ", "({}) ", "{} ", "• ", ""])
def test_entries_are_split_whatever_their_labels_are(label):
    entries = split_references(
        [label.format(n) + f"Roe {letter}. Hiccups. J Foo. 200{n};1:2." for n, letter in enumerate("ABC", start=1)]
    )
    assert [entry.raw for entry in entries] == [
        f"Roe {letter}. Hiccups. J Foo. 200{n};1:2." for n, letter in enumerate("ABC", start=1)
    ]
    assert [entry.number for entry in entries] == ([1, 2, 3] if "{}" in label else [None] * 3)


def test_wrapped_lines_are_joined_even_when_they_begin_with_a_number():
    lines = [
        "1. Roe J. A long title of hiccups that goes on. J Foo.",
        "2012. doi:10.1234/",
        "   abc.7",
        "2. Doe A. Snoring. J Foo. 2013;1:2.",
    ]
    assert [entry.raw for entry in split_references(lines)] == [
        "Roe J. A long title of hiccups that goes on. J Foo. 2012. doi:10.1234/abc.7",
        "Doe A. Snoring. J Foo. 2013;1:2.",
    ]


def test_entries_run_together_on_one_line_are_parted_by_their_numbers():
    line = "1. Roe J. Hiccups. J Foo. 2012;3:4. 2. Doe A. Snoring. J Foo. 2013;1:2. 3. Poe E. Sighs. 2001."
    assert [reference.year for reference in parse_references([line])] == [2012, 2013, 2001]


def test_numbering_that_starts_again_doubles_or_has_gaps_is_told():
    again = split_references(["1. Roe J. A. 2001.", "2. Doe A. B. 2002.", "1. Poe E. C. 2003."])
    assert [entry.part for entry in again] == [0, 0, 1]
    assert [doubt.code for doubt in check_numbering(again)] == ["references-restart"]
    gap = split_references(["[1] Roe J. A. 2001.", "[3] Doe A. B. 2002.", "[3] Poe E. C. 2003."])
    assert [doubt.code for doubt in check_numbering(gap)] == ["references-duplicate", "references-gap"]
    assert check_numbering(split_references(["1. Roe J. A. 2001.", "2. Doe A. B. 2002."])) == ()


def test_five_thousand_entries_are_split():
    assert len(split_references([f"{n}. Roe J. Title {n}. J Foo. 2004;{n}:1." for n in range(1, 5001)])) == 5000


def test_numbering_that_restarts_on_every_line_is_read_to_the_end():
    entries = split_references(["1. Roe"] * 30_000)
    assert [entry.part for entry in entries] == list(range(30_000))
    assert [doubt.code for doubt in check_numbering(entries)] == ["references-restart"]


@pytest.mark.parametrize(
    "bait", [".", "(", "[", '"', "“", ",", "1", "A. ", "Aa, ", "10.1234/", "2nd ed. ", "Roe J, ", "(1999)", "'", "1-"]
)
def test_a_megabyte_of_bait_is_survived_with_its_text_kept(bait):
    raw = bait * (1_000_000 // len(bait))
    assert parse_reference(raw).raw == raw


@settings(max_examples=300)
@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_read_is_printed_there(raw):
    reference = parse_reference(raw)
    assert reference.raw == raw
    if reference.year is not None:
        assert 1500 <= reference.year <= 2100
        assert str(reference.year) in raw
    for value in (reference.pmid, reference.volume, reference.issue):
        assert value is None or value in raw
    assert reference.pmcid is None or reference.pmcid.removeprefix("PMC") in raw
    assert reference.month is None or 1 <= reference.month <= 12
    assert reference.title != ""
    assert all(reference.authors)
    assert reference.accessed is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", reference.accessed)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_no_list_makes_it_fail(lines):
    check_numbering(split_references(lines))


@pytest.mark.skipif(not BIBLIOGRAPHY.exists(), reason="the shared bibliography is not beside this checkout")
def test_rendered_works_stay_above_the_floors_and_our_own_form_is_read_in_full():
    outcomes = measure(build_sheets(read_rows(BIBLIOGRAPHY)[::4]))
    assert {
        name: right / known
        for name, (right, known) in accuracy(outcomes).items()
        if name in FLOORS and right / known < FLOORS[name]
    } == {}
    assert [outcome.wrong for outcome in outcomes if outcome.sheet.style == "corpus" and outcome.wrong] == []


def test_a_site_that_calls_itself_a_website_stands_before_its_page():
    reference = parse_reference("Example Health website. Coping with stress. example.org/stress. Updated May 11, 2014.")
    assert (reference.title, reference.container, reference.year) == ("Coping with stress", "Example Health", 2014)
    assert reference.url == "https://example.org/stress"


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        (
            "Roe, J. (2010): Worry and sleep. – In: Doe, A. (ed.): Book of Rest. Oslo: Example Press.",
            {"title": "Worry and sleep", "container": "Book of Rest"},
        ),
        (
            "Roe J, Doe A:. Worry and sleep. J Foo. 2010;1:2-3.",
            {"title": "Worry and sleep", "authors": ("Roe, J", "Doe, A")},
        ),
        (
            "Roe J.Worry and sleep. J Foo. 2010;1:2-3.",
            {"title": "Worry and sleep", "authors": ("Roe, J",)},
        ),
        (
            "Worry at night. NHS. 2014. https://a.org/0 (3 March 2019)",
            {"year": 2014, "accessed": "2019-03-03"},
        ),
        (
            "Example Clinic. 2014. Worry at night. (3 March 2019; https://a.org/0).",
            {"year": 2014, "accessed": "2019-03-03", "title": "Worry at night"},
        ),
        (
            "Worry at night. NHS. https://a.org/0 (3 March 2019)",
            {"year": 2019, "accessed": None},
        ),
        (
            "Example Clinic. Worry at night. Accessed 5/22/23.",
            {"accessed": "2023-05-22", "year": None},
        ),
        (
            "Example Clinic. Worry at night. Accessed 5/2/23.",
            {"accessed": None, "year": None},
        ),
        (
            "Example Clinic. 2013, May 11. Worry at night. Example Clinic.",
            {"year": 2013, "month": 5, "day": 11, "title": "Worry at night", "authors": ("Example Clinic",)},
        ),
        (
            "Example Clinic (2008) Worry. 20 July 2008. Example Health. https://a.org/0",
            {"year": 2008, "title": "Worry", "container": "Example Health"},
        ),
        (
            "Worry at night, 2017. NHS inform. Online. 25 July 2017. Available from: https://a.org/0 "
            "[Accessed 3 March 2019].",
            {"year": 2017, "title": "Worry at night", "accessed": "2019-03-03"},
        ),
        (
            "World Health Organization: Worry and Sleep: A Roadmap. Example Press, 2018.",
            {"authors": ("World Health Organization",), "title": "Worry and Sleep: A Roadmap"},
        ),
        (
            "Example Clinic - What is worry? Example Clinic, 2010.",
            {"authors": ("Example Clinic",), "title": "What is worry?"},
        ),
        (
            "Worry at night - Symptoms and causes - Example Clinic. https://a.org/0",
            {"authors": (), "title": "Worry at night - Symptoms and causes", "container": "Example Clinic"},
        ),
        (
            "Worry Disorders. (2018, July). In National Institute of Mental Health. Retrieved from https://a.org/0",
            {
                "authors": (),
                "title": "Worry Disorders",
                "year": 2018,
                "container": "National Institute of Mental Health",
            },
        ),
        (
            "Roe J, Doe A. 2010. Worry and sleep. Pages 12–34 in K. Poe and L. Moe, eds. Book of Rest. "
            "Example Press, Oslo.",
            {"title": "Worry and sleep", "container": "Book of Rest", "pages": "12-34"},
        ),
        (
            "Roe J. Worry and sleep, Book of Rest. Edited by Poe K, Moe L. Oslo, Example Press, 2012, pp 12–34",
            {"title": "Worry and sleep", "pages": "12-34", "year": 2012},
        ),
        (
            "1 H. Roe and B. D. Doe, in Book of Rest, eds K. Poe and L. Moe, Example Press, Oslo, 2012, pp. 12–34.",
            {"title": None, "year": 2012},
        ),
        (
            "1 H. Roe and B. D. Doe, PhD thesis, University of Leeds, 2003.",
            {"title": None, "year": 2003},
        ),
        (
            "Roe J. Does worry harm sleep? A systematic review and meta-analysis. 2020.",
            {"title": "Does worry harm sleep? A systematic review and meta-analysis", "year": 2020},
        ),
        (
            "Roe J. 2019. Worry and sleep. Geneva. World Health Organization.",
            {"title": "Worry and sleep", "publisher": "World Health Organization"},
        ),
        (
            "Roe J. 2019. Worry and sleep. 2. ed. Example Press, Oslo.",
            {"title": "Worry and sleep"},
        ),
        (
            "Roe J. 2019. Worry and sleep. Example Press. Report no. 12–3.",
            {"title": "Worry and sleep", "issue": None},
        ),
        (
            "Rowley Jane, Dorn Alan B. Worry and sleep. BMC Foo 2015;15:14.",
            {"authors": ("Rowley, Jane", "Dorn, Alan B."), "title": "Worry and sleep"},
        ),
        (
            "Roe, J. (Host), & Doe, A. (Guest). (2019). Worry and sleep [Podcast]. Example Media.",
            {"authors": ("Roe, J.", "Doe, A."), "title": "Worry and sleep", "year": 2019},
        ),
        (
            "Journal of Rest: “Worry and sleep in a town by the sea,” 2014.",
            {"authors": (), "container": "Journal of Rest", "year": 2014},
        ),
        (
            "World Health Organization. Worry and sleep. Geneva: World Health Organization; 2017. "
            "Licence: CC BY-NC-SA 3.0 IGO.",
            {"title": "Worry and sleep", "publisher": "World Health Organization", "year": 2017},
        ),
        (
            "NICE. Worry in adults: management. Clinical guideline [CG113]. London: NICE; 2011.",
            {"title": "Worry in adults: management", "publisher": "NICE", "year": 2011},
        ),
        (
            "Roe, J. (2006). Worry at night [PhD thesis, University of Leeds].",
            {"title": "Worry at night", "year": 2006},
        ),
        (
            "Worry at night. 2008, July 20. Example Clinic. https://a.org/0",
            {"title": "Worry at night", "year": 2008, "month": 7, "day": 20, "container": "Example Clinic"},
        ),
        (
            "Roe J, Doe A: Worry at night: a state of the art. 2000.",
            {"title": "Worry at night: a state of the art", "year": 2000, "pages": None},
        ),
        (
            "1 Worry at night. Example Clinic. 2019.",
            {"title": "Worry at night", "year": 2019},
        ),
        (
            "5 things to know about worry. Example Clinic. 2019.",
            {"title": "5 things to know about worry", "year": 2019},
        ),
        (
            "Trends in worry in London, 1998–2004. Example Press; 2006.",
            {"title": "Trends in worry in London, 1998–2004", "year": 2006, "pages": None},
        ),
    ],
)
def test_forms_of_the_house_styles_of_journals_and_health_sites_are_read(raw, fields):
    reference = parse_reference(raw)
    assert {name: getattr(reference, name) for name in fields} == fields


def test_works_of_one_number_are_parted_by_their_letters_without_a_doubt():
    lines = [
        "1. a) Roe J. Worry. J Foo. 2010;1:2-3. b) Doe A. Fear. J Bar. 2011;2:5-6.",
        "2. Poe K. Types a) and b) of fear. J Foo. 2012;1:2.",
    ]
    entries = split_references(lines)
    assert [entry.number for entry in entries] == [1, 1, 2]
    assert entries[1].raw == "Doe A. Fear. J Bar. 2011;2:5-6."
    assert check_numbering(entries) == ()
