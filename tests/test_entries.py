"""Reference lists and citation marks in every way pages set them: always the same entries, numbers and sentences."""

import itertools
from html import escape

import pytest

from indexer.article.parser import parse_article
from indexer.markup.pages import Format
from indexer.model import Article

ENTRIES = (
    "Roe J, Doe AB. Hiccups in winter. J Foo. 2004;12(3):45-9.",
    "Poe E. Sighs and fear. Journal of Breath, vol. 3, no. 1, 2011, pp. 4–9.",
    "Mind. (2017). Panic attacks. https://www.example.org/panic",
    "Tremor. Example Clinic. https://www.example.org/tremor. Accessed May 5, 2020.",
)
# kind of block and text; {…} are marks, "~" one behind a word, which a blank may part from it
BODY = (
    ("h2", "What does a tight chest feel like?"),
    ("p", "A tight chest feels like a band{~1}. It lasts for minutes.{2} No source here."),
    ("h2", "What causes a tight chest?"),
    ("p", "Stress tightens muscles{~1 2}. Another said “it is the breath”{~3} and left."),
    ("li", "Fast breathing is common{~1 2 3}"),
    ("li", "Cold air"),
    ("h2", "How to get rid of a tight chest?"),
    ("p", "Slow breathing helps.{4} Walking helps too."),
)
CITED = [
    ((1,), "A tight chest feels like a band.", "description"),
    ((2,), "It lasts for minutes.", "description"),
    ((1, 2), "Stress tightens muscles.", "causes"),
    ((3,), "Another said “it is the breath” and left.", "causes"),
    ((1, 2, 3), "Fast breathing is common", "causes"),
    ((4,), "Slow breathing helps.", "remedies"),
]
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(numbers: list[str]) -> str:
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 2 else ",".join(numbers)


PRINTED_MARKS = {
    "[1,2]": lambda blank, numbers: f"{blank}[{short(numbers)}]",
    "[1][2]": lambda blank, numbers: blank + "".join(f"[{number}]" for number in numbers),
    "(1,2)": lambda _, numbers: f" ({short(numbers)})",
    "¹,²": lambda _, numbers: ",".join(numbers).translate(RAISED),
}
HTML_MARKS = {
    "sup": lambda _, numbers: f"<sup>{short(numbers)}</sup>",
    "sup in brackets": lambda _, numbers: f"<sup>[{short(numbers)}]</sup>",
}
LINKED_MARKS = {
    "sup link": lambda _, numbers: "".join(f'<sup><a href="#ref{n}">{n}</a></sup>' for n in numbers),
    "link in brackets": lambda _, numbers: " " + "".join(f'<a href="#ref{n}">[{n}]</a>' for n in numbers),
    "letters": lambda _, numbers: "".join(f'<sup><a href="#ref{n}">{"abcd"[int(n) - 1]}</a></sup>' for n in numbers),
    "signs": lambda _, numbers: "".join(f'<a href="#ref{n}">{"*†‡d"[int(n) - 1]}</a>' for n in numbers),
    "links with commas": lambda _, numbers: f"<sup>{', '.join(map('<a href=#ref{0}>{0}</a>'.format, numbers))}</sup>",
}  # fmt: skip
PRINTED_LABELS = ("{}. ", "[{}] ", "{}) ", "({}) ", "{} ", "- ", "")
UNLINKED_LISTS = {
    "paragraphs": "<p>{n}. {entry}</p>",
    "breaks": "{n}. {entry}<br>\n",
    "bare breaks": "{entry}<br>\n",
    "bare paragraphs": "<p>{entry}</p>",
    "bare items": ("<ul>", "<li>{entry}</li>", "</ul>"),
    "raised": "<p><sup>{n}</sup> {entry}</p>",
}
LINKED_LISTS = {
    "ol": ("<ol>", '<li id="ref{n}">{entry}</li>', "</ol>"),
    "ul": ("<ul>", '<li id="ref{n}">{entry}</li>', "</ul>"),
    "anchors": ("<ol>", '<li><a name="ref{n}"></a>{entry}</li>', "</ol>"),
    "links back": ("<ol>", '<li id="ref{n}"><a href="#c{n}">↩</a> {entry} <a href="#c{n}">^</a></li>', "</ol>"),
    "brackets": '<p id="ref{n}">[{n}] {entry}</p>',
    "table": ("<table>", '<tr><td>{n}.</td><td id="ref{n}">{entry}</td></tr>', "</table>"),
    "dl": ("<dl>", '<dt>[{n}]</dt><dd id="ref{n}">{entry}</dd>', "</dl>"),
    "divs": '<div><span>{n}.</span> <span id="ref{n}">{entry}</span></div>',
}


def mark_text(text, mark):
    """Give a text of BODY with its marks set by `mark`."""
    parts = text.replace("}", "{").split("{")
    return "".join(
        mark(" " if part.startswith("~") else "", part.strip("~").split()) if at % 2 else part
        for at, part in enumerate(parts)
    )


def build_text(mark, label, format):
    hashes = "## " if format == "markdown" else ""
    lines = ["# Tight chest" if format == "markdown" else "Tight chest"]
    for kind, text in BODY:
        gap = "" if lines[-1].startswith("- ") and kind == "li" else "\n"
        lines.append(gap + {"h2": hashes, "li": "- ", "p": ""}[kind] + mark_text(text, mark))
    lines.append(f"\n{hashes}References")
    lines += ["\n" + label.format(number) + entry for number, entry in enumerate(ENTRIES, start=1)]
    return "\n".join(lines)


def build_html(mark, form):
    before, row, after = form if isinstance(form, tuple) else ("", form, "")
    body = "".join(f"<{kind}>{mark_text(text, mark)}</{kind}>" for kind, text in BODY)
    rows = "".join(row.format(n=number, entry=escape(entry)) for number, entry in enumerate(ENTRIES, start=1))
    rows = f"<p>{rows}</p>" if "<br>" in rows else rows
    return f"<body><h1>Tight chest</h1>{body}<h2>References</h2>{before}{rows}{after}</body>"


def check(text: str, format: Format) -> None:
    article = parse_article(text, "tight-chest", format=format)
    kinds = {section.anchor: section.kind for section in article.sections}
    assert [(mark.numbers, mark.sentence, kinds[mark.section]) for mark in article.marks] == CITED
    assert [(entry.number, entry.raw.strip(), entry.cited) for entry in article.references] == [
        (number, entry, True) for number, entry in enumerate(ENTRIES, start=1)
    ]
    assert article.warnings == ()


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize(("mark", "label"), [*itertools.product(PRINTED_MARKS, PRINTED_LABELS)])
def test_marks_and_entries_of_plain_pages_are_tied_together(mark, label, format):
    check(build_text(PRINTED_MARKS[mark], label, format), format)


@pytest.mark.parametrize(
    ("mark", "form"), [*itertools.product(PRINTED_MARKS | HTML_MARKS, UNLINKED_LISTS | LINKED_LISTS)]
)
def test_marks_and_entries_of_html_pages_are_tied_together(mark, form):
    check(build_html((PRINTED_MARKS | HTML_MARKS)[mark], (UNLINKED_LISTS | LINKED_LISTS)[form]), "html")


@pytest.mark.parametrize(("mark", "form"), [*itertools.product(LINKED_MARKS, LINKED_LISTS)])
def test_linked_marks_find_their_entries(mark, form):
    check(build_html(LINKED_MARKS[mark], LINKED_LISTS[form]), "html")


def parse(body: str) -> Article:
    return parse_article(f"<body><h1>Tight chest</h1><h2>Description</h2>{body}</body>", "tight-chest", format="html")


@pytest.mark.parametrize("signs", ["*†", "ab"])
def test_entries_with_letters_or_signs_are_parted_and_found_by_their_links(signs):
    first, second = signs
    dot = "." if first.isalpha() else ""
    article = parse(
        f'<p>It is odd.<a href="#n1"><sup>{first}</sup></a> Then<a href="#n2">{second}</a> it stops.</p>'
        f'<h2>References</h2><p id="n1">{first}{dot} {ENTRIES[0]}</p><p id="n2">{second}{dot} {ENTRIES[1]}</p>'
    )
    assert [mark.numbers for mark in article.marks] == [(1,), (2,)]
    assert [entry.raw for entry in article.references] == list(ENTRIES[:2])


def test_a_link_to_nowhere_leaves_the_text_as_printed():
    article = parse(
        '<p>It is odd.<a href="#n9">*</a> Then it stops.</p><h2>References</h2><p>Roe J. A. J Foo. 2004.</p>'
    )
    assert article.sections[0].text == "It is odd.* Then it stops."


def test_where_numbers_are_printed_twice_a_mark_means_the_first():
    article = parse(
        f"<p>It is odd [1].</p><h2>References</h2><p>1. {ENTRIES[0]}</p><p>2. {ENTRIES[1]}</p><p>1. {ENTRIES[2]}</p>"
    )
    assert [(entry.number, entry.cited) for entry in article.references] == [(1, True), (2, False), (1, False)]
    assert [doubt.code for doubt in article.warnings] == ["references-restart", "reference-never-cited"]


def test_numbers_in_round_brackets_cite_an_unnumbered_list_only_when_they_count_it():
    entries = "".join(f"<li>{entry}</li>" for entry in ENTRIES)
    assert parse(f"<p>It took days (3). Then weeks (4).</p><h2>References</h2><ul>{entries}</ul>").marks == ()
    cited = parse(f"<p>It is odd (1). It stops (2).</p><h2>References</h2><ul>{entries}</ul>")
    assert [mark.numbers for mark in cited.marks] == [(1,), (2,)]
