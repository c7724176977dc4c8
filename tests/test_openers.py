from indexer.article.parser import parse_article

ENTRIES = (
    "Roe J, Doe AB. Hiccups in winter. J Foo. 2004;12(3):45-9.",
    "D’Arcy E. Sighs and fear. Journal of Breath, vol. 3, no. 1, 2011, pp. 4–9.",
    "de Poe F. Tremor and cold. J Foo. 2005;13(1):5-9.",
)
PROSE = "It comes and goes for most people, and nobody needs to be afraid of it at night."


def parse(body, title="Hiccups"):
    return parse_article(f"<title>{title}</title><body>{body}", "page.html", format="html")


def parts(article):
    return [(section.kind, section.heading) for section in article.sections]


def test_headings_that_count_the_sections_are_known_without_a_stop_behind_the_number():
    article = parse(
        f"<h1>Hiccups</h1><h2>1 Symptoms</h2><p>{PROSE}</p><h2>2 Causes</h2><p>a.</p><h2>3 Outlook</h2><p>b."
    )
    assert parts(article) == [("description", "1 Symptoms"), ("causes", "2 Causes"), ("other", "3 Outlook")]


def test_a_number_that_counts_no_sections_stays_as_printed():
    article = parse(f"<h1>Hiccups</h1><h2>5 causes of hiccups</h2><p>{PROSE}</p><h2>3 drinks that help</h2><p>a.</p>")
    assert [section.heading for section in article.sections] == ["5 causes of hiccups", "3 drinks that help"]


def test_a_link_that_opens_the_references_is_their_heading_and_one_of_the_contents_is_not():
    entries = "".join(f"<li>{entry}</li>" for entry in ENTRIES)
    article = parse(
        f"<h1>Hiccups</h1><p><a href='#refs'>References</a></p><h2>Causes</h2><p>{PROSE}</p>"
        f"<div><a href='#'>Show references</a><ol>{entries}</ol></div>"
    )
    assert [entry.raw for entry in article.references] == list(ENTRIES)
    assert parts(article) == [("causes", "Causes")]


def test_entries_counted_without_a_stop_may_begin_with_any_name():
    entries = "".join(f"<div><span>{at}</span> <span>{entry}</span></div>" for at, entry in enumerate(ENTRIES, 1))
    article = parse(f"<h1>Hiccups</h1><h2>Causes</h2><p>{PROSE}</p><div><b>References</b></div>{entries}")
    assert [(entry.number, entry.raw) for entry in article.references] == [*enumerate(ENTRIES, 1)]


def test_what_only_announces_the_contents_is_left_out():
    links = "".join(f"<li><a href='#{name}'>{name}</a></li>" for name in ("Causes", "Outlook"))
    article = parse(f"<h1>Hiccups</h1><div>In this article</div><ul>{links}</ul><p>{PROSE}</p><h2>Causes</h2><p>a.</p>")
    assert [section.text for section in article.sections] == [PROSE, "a."]


def test_a_heading_below_which_nothing_was_kept_is_left_out():
    article = parse(f"<h1>Hiccups</h1><h2>Causes</h2><p>{PROSE}</p><h3>It works best!</h3><p>Share this article</p>")
    assert [section.text for section in article.sections] == [PROSE]
    assert "It works best!" in [entry.text for entry in article.dropped]


def test_a_linked_title_is_no_site_where_the_heading_below_it_is_a_section():
    article = parse(
        f"<h1><a href='/h'>Hiccups explained</a></h1><h2>Symptoms</h2><p>{PROSE}</p><h2>Causes</h2><p>a.</p>",
        "Hiccups explained - Symptoms and causes - Lake Clinic",
    )
    assert article.title == "Hiccups explained"
    assert parts(article) == [("description", "Symptoms"), ("causes", "Causes")]


def test_a_date_alone_below_the_text_and_its_byline_is_the_date():
    article = parse(f"<h1>Hiccups</h1><h2>Causes</h2><p>{PROSE}</p><p>By Jane Roe</p><div>Nov. 15, 2012</div>")
    assert (article.authors, article.updated, article.updated_from) == (("Jane Roe",), "2012-11-15", "published")


def test_a_periodical_is_no_title_where_the_article_has_its_own_above_the_byline():
    rule = "=" * 30
    article = parse_article(
        f"{rule}\nTHE BREATH LETTER ~ issue 214\n{rule}\n\nHICCUPS\nby Jane Roe (3 May 2019)\n\n{PROSE}\n\n"
        f"{rule}\nCAUSES\n{rule}\n\nNobody knows.\n",
        "letter.txt",
        format="text",
    )
    assert (article.title, article.authors, article.updated) == ("HICCUPS", ("Jane Roe",), "2019-05-03")
    assert [section.kind for section in article.sections] == ["description", "causes"]


def test_the_head_of_a_message_gives_title_author_and_date():
    article = parse_article(
        "From: Jane Roe <jane@breath.test>\nTo: list@breath.test\nDate: Fri, 18 Feb 2022 09:14:55 +0200\n"
        f"Subject: [list] Re: Hiccups\n\n{PROSE}\n\n*Causes*\n\nNobody knows.[1]\n\n_Cold drinks_\n\nThey do it.\n\n"
        f"References\n\n[1]: {ENTRIES[0]}\n[2]: {ENTRIES[1]}\n",
        "digest.txt",
        format="text",
    )
    assert (article.title, article.authors, article.updated) == ("Hiccups", ("Jane Roe",), "2022-02-18")
    assert parts(article) == [("description", ""), ("causes", "Causes")]
    assert [(entry.number, entry.raw) for entry in article.references] == [(1, ENTRIES[0]), (2, ENTRIES[1])]
    assert [mark.numbers for mark in article.marks] == [(1,)]


def test_marks_at_the_beginning_of_a_wrapped_line_belong_to_the_sentence_before_it():
    article = parse_article(
        "Hiccups\n\nCauses\n------\n\nIt comes from cold drinks, as every reader of this page knows.\n"
        "[2] [3] Then it stops.\n\n"
        f"References\n----------\n\n[1] {ENTRIES[0]}\n[2] {ENTRIES[1]}\n[3] {ENTRIES[2]}\n",
        "page.txt",
        format="text",
    )
    assert [(mark.numbers, mark.sentence[-11:]) for mark in article.marks] == [((2, 3), "page knows.")]
    assert len(article.references) == 3
