"""Web pages, books, chapters and reports printed as references, with the fields that are printed."""

from collections.abc import Iterator
from random import Random
from typing import Any

from bench.reference_works import (
    FULL_MONTHS,
    MLA_MONTHS,
    SHORT_MONTHS,
    Work,
    apa_names,
    mla_names,
    quoted,
    title_case,
    vancouver_names,
)

SITES = (
    ("Mayo Clinic", "mayoclinic.org"), ("National Institute of Mental Health", "www.nimh.nih.gov"), ("Healthline",
    "www.healthline.com"),
    ("WebMD", "www.webmd.com"), ("Cleveland Clinic", "my.clevelandclinic.org"), ("MedlinePlus", "medlineplus.gov"),
    ("NHS", "www.nhs.uk"),
    ("Harvard Health Publishing", "www.health.harvard.edu"), ("Medical News Today", "www.medicalnewstoday.com"),
    ("American Heart Association", "www.heart.org"), ("Anxiety and Depression Association of America", "adaa.org"),
    ("Centers for Disease Control and Prevention", "www.cdc.gov"), ("Verywell Mind", "www.verywellmind.com"),
    ("Patient.info", "patient.info"),
)  # fmt: skip
PAGE_TITLES = (
    "Anxiety disorders", "Panic attacks and panic disorder", "Heart palpitations",
    "What is generalized anxiety disorder?", "Chest pain",
    "Dizziness: causes, symptoms and care", "Why do my hands shake?", "Stress and your heart",
    "5 things to know about anxiety",
    "Coping with stress", "Tension headache", "Numbness and tingling", "Insomnia: diagnosis and treatment",
    "Any anxiety disorder",
    "Understanding the stress response", "Shortness of breath", "I'm so stressed out! Fact sheet",
    "Anxiety (2019 update)",
    "Hyperventilation", "Can stress cause hair loss?",
)  # fmt: skip
PUBLISHERS = (
    ("New York", "Guilford Press"), ("Cambridge, MA", "MIT Press"), ("London", "Routledge"), ("Washington, DC",
    "American Psychiatric Association"),
    ("Geneva", "World Health Organization"), ("Oxford", "Oxford University Press"), ("Philadelphia", "Elsevier"),
    ("New York", "W. W. Norton"),
)  # fmt: skip
BOOKS = (
    "Handbook of Anxiety and Fear",
    "The Body Under Stress",
    "Principles of Behavioral Medicine",
    "Oxford Textbook of Psychosomatics",
)

Printed = tuple[str, str, dict[str, Any]]


def build_pages(work: Work, rng: Random) -> Iterator[Printed]:
    """Give style, text and fields of a web page without an author in the forms such pages are cited in."""
    site, host = rng.choice(SITES)
    title = rng.choice(PAGE_TITLES)
    stopped = title + ("" if title[-1] in "?!" else ".")
    url = (
        rng.choice(["https://", "", "http://"])
        + host
        + "/health/"
        + "-".join(title.lower().split()[:3]).strip("?:'")
        + rng.choice(["", "/", ".html", "?utm_source=x"])
    )
    year, month, day = rng.randrange(2008, 2024), rng.randrange(12), rng.randrange(1, 29)
    full, mla, nlm = (
        f"{FULL_MONTHS[month]} {day}, {year}",
        f"{day} {MLA_MONTHS[month]} {year}",
        f"{year} {SHORT_MONTHS[month]} {day}",
    )
    dated = {"title": title, "container": site, "year": year, "month": month + 1, "accessed": None}
    accessed = {"accessed": "2019-03-03"}
    undated = {"title": title, "container": site, "year": None, "month": None}
    own = {"title": title, "first_author": site, "year": year, "month": month + 1}
    yield "web", f"{stopped} {site}. {url}. Accessed March 3, 2019.", undated | accessed
    yield "web", f"{stopped} {site}. {url}", undated
    yield "web", f"{stopped} {site}. Published {full}. {url}. Accessed March 3, 2019.", dated | accessed
    yield "web", f"{stopped} {site}. Updated {full}. Accessed 3 March 2019. {url}", dated | accessed
    yield "web", f"{stopped} {site}, {mla}, {url}.", dated
    yield "web", f"{stopped} {site} website. {url}. Accessed March 3, 2019.", {"title": title, "year": None} | accessed
    yield "web mla", f"{quoted(title_case(title), rng)} {site}, {mla}, {url}. Accessed 3 Mar. 2019.", dated | accessed
    yield "web mla", f"{quoted(title_case(title), rng)} {site}, Example Media Group, {mla}, {url}.", dated
    yield "web mla", f"{quoted(title_case(title), rng)} {site}, {url}.", undated
    yield (
        "web chicago",
        f"{site}. {quoted(title_case(title), rng)} Accessed March 3, 2019. {url}.",
        {"title": title, "first_author": site, "year": None} | accessed,
    )
    yield "web chicago", f"{quoted(title_case(title), rng, ',')} {site}, last modified {full}, {url}.", dated
    yield "web apa", f"{site}. ({year}, {FULL_MONTHS[month]} {day}). {stopped} {url}", own
    yield (
        "web apa",
        f"{site}. (n.d.). {stopped} Retrieved March 3, 2019, from {url}",
        {"title": title, "first_author": site, "year": None} | accessed,
    )
    yield "web apa", f"{stopped} ({year}, {FULL_MONTHS[month]} {day}). {site}. {url}", dated | {"first_author": None}
    yield "web apa", f"{stopped} (n.d.). {site}. Retrieved from {url}", undated | {"first_author": None}
    yield (
        "web nlm",
        f"{site}. {title} [Internet]. {site}; {year} [updated {nlm}; cited 2019 Mar 3]. Available from: {url}",
        {"title": title, "first_author": site, "year": year} | accessed,
    )
    yield (
        "web harvard",
        f"{site} ({year}) {title}. Available at: {url} (Accessed: 3 March 2019).",
        {"title": title, "first_author": site, "year": year} | accessed,
    )
    yield (
        "web harvard",
        f"{site}, {year}. {stopped} [online] Available at: <{url}> [Accessed 3 March 2019].",
        {"title": title, "first_author": site, "year": year} | accessed,
    )
    family, given = work.people[0]
    if len(given) > 3 and "." not in given:
        person = {"first_author": family}
        yield "web signed", f"{family}, {given}. {quoted(title_case(title), rng)} {site}, {mla}, {url}.", dated | person
        yield (
            "web signed",
            f"{vancouver_names(work)}. {stopped} {site}. Published {full}. Accessed March 3, 2019. {url}",
            dated | person | accessed,
        )
        yield (
            "web signed",
            f"{apa_names(work)} ({year}, {FULL_MONTHS[month]} {day}). {stopped} {site}. {url}",
            dated | person,
        )
        yield (
            "web signed",
            f"{given} {family}, {quoted(title_case(title), rng, ',')} {site}, {full}, {url}.",
            dated | person,
        )


def build_books(work: Work, rng: Random) -> Iterator[Printed]:
    """Give style, text and fields of a book, a chapter, a thesis and a report with the people and title of `work`."""
    place, publisher = rng.choice(PUBLISHERS)
    book = rng.choice(BOOKS)
    year = work.get("year")
    family = work.people[0][0]
    fields = {"title": work.title, "first_author": family, "year": int(year), "publisher": publisher}
    chapter = {"title": work.title, "first_author": family, "year": int(year), "container": book}
    yield "book", f"{vancouver_names(work)}. {work.stopped} 2nd ed. {place}: {publisher}; {year}.", fields
    yield "book", f"{apa_names(work)} ({year}). {work.title} (2nd ed.). {publisher}.", fields
    yield "book", f"{apa_names(work)} ({year}). {work.stopped} {place}: {publisher}.", fields
    yield "book", f"{mla_names(work)}. {title_case(work.stopped)} {publisher}, {year}.", fields
    yield "book", f"{mla_names(work)}. {title_case(work.stopped)} {place}: {publisher}, {year}. Print.", fields
    yield (
        "chapter",
        f"{vancouver_names(work)}. {work.stopped} In: Roe J, Doe A, editors. {book}. {place}: {publisher}; {year}. "
        f"p. 12-34.",
        chapter,
    )
    yield (
        "chapter",
        f"{apa_names(work)} ({year}). {work.stopped} In J. Roe & A. B. Doe (Eds.), {book} (pp. 12–34). {publisher}.",
        chapter,
    )
    yield (
        "chapter",
        f"{mla_names(work)}. {quoted(title_case(work.title), rng)} {book}, edited by Jane Roe, {publisher}, {year}, "
        f"pp. 12–34.",
        chapter,
    )
    yield "report", f"{apa_names(work)} ({year}). {work.title} (Report No. 12-3). {publisher}.", fields
    yield (
        "thesis",
        f"{apa_names(work)} ({year}). {work.title} [Doctoral dissertation, University of Somewhere]. ProQuest.",
        {"title": work.title, "first_author": family, "year": int(year)},
    )
    body = rng.choice(
        ["World Health Organization", "National Institute of Mental Health (US)", "American Psychological Association"]
    )
    yield "report", f"{body}. {work.stopped} {place}: {publisher}; {year}.", fields | {"first_author": body}
    yield "report", f"{body}. ({year}). {work.stopped} {publisher}.", fields | {"first_author": body}
