"""The periodical, book or site a work appeared in, and its publisher."""

import re

from indexer.references.sentences import (
    EDITION,
    IMPRINT,
    SMALL,
    find_city,
    is_publisher,
    is_source,
    sentence_ends,
)
from indexer.references.words import PLACES, PUBLISHERS
from indexer.text.names import UPPER, is_body

BOOK_EDITION = re.compile(
    rf"(?<=.{{3}}){EDITION.pattern}[\s.,;]{{0,3}}\s(?=[{UPPER}])"
)  # "Textbook of Pain. 5th ed. Wiley"


PREPRINTS = re.compile(r"(?P<name>(?:med|bio)Rxiv|(?:Psy)?[Aa]rXiv)\b")  # "medRxiv 2021.03.04.21252532"


def split_source(text: str, *, serial: bool) -> tuple[str | None, str | None]:
    """Give the container and the publisher named by `text`."""
    text = text.strip(" .,;:\x00")
    edition = BOOK_EDITION.search(text)
    if edition and not serial:
        book, publisher = text[: edition.start()], text[edition.end() :]
        return clean_source(book), clean_publisher(publisher)
    head, semicolon, tail = text.rpartition("; ")
    if semicolon and not serial and is_publisher(tail.partition(":")[0]):
        return clean_source(head), clean_publisher(tail)
    imprint = None if serial else split_imprint(text)
    if imprint:
        return imprint
    pieces = re.split(r",\s+(?!and\s|&\s|Inc|Ltd|LLC|MD\b)", text)
    for at in range(1, len(pieces)):
        head, tail = ", ".join(pieces[:at]), ", ".join(pieces[at:])
        if PUBLISHERS.search(pieces[at]) and not re.search(r"(?:\A|, )(?:and|&) ", tail):
            return clean_source(head), clean_publisher(tail)
    return clean_source(text), None


def split_imprint(text: str) -> tuple[str | None, str | None] | None:
    """Give book and publisher of "Book. Example Press", "Book, Boston: Example Press", or ``None`` for another form."""
    ends = sentence_ends(text)
    if ends and is_publisher(text[ends[-1][1] :].partition(",")[0]):
        return clean_source(text[: ends[-1][0]]), clean_publisher(text[ends[-1][1] :])
    name, colon, place = text.partition(": ")
    if colon and is_publisher(name) and PLACES.match(place) and not is_publisher(place):
        return None, clean_source(name)
    city = find_city(text)
    if city:
        return clean_source(text[: city.start()]), clean_source(text[city.end() :].partition(":")[2])
    imprint = IMPRINT.search(text)
    if imprint and (
        PLACES.search(imprint["place"]) or PUBLISHERS.search(imprint["publisher"]) or "," in imprint["place"]
    ):
        return clean_source(text[: imprint.start()]), clean_source(imprint["publisher"])
    return None


def split_online(title: str, *, online: bool) -> tuple[str, str | None]:
    """Give title and site of a page's own title ("Night sweats | Example Health"); `online`: it has an address.

    Then a comma will do as well: "Night sweats, Example Health" is a sentence in small letters and a name in capitals.
    """
    for mark in (" | ", " - ", " – "):
        head, found, site = title.rpartition(mark)
        if found and (is_body(site) or (online and mark == " | " and is_source(site))):
            return head, clean_source(site)
    if not online:
        return title, None
    head, comma, site = title.rpartition(", ")
    sentence = any(word.islower() and word not in SMALL for word in head.split()) or is_body(site)
    if not comma or not sentence or not site[:1].isupper() or PLACES.fullmatch(site) or not is_source(site):
        return title, None
    return head, site


def split_site(text: str, *, online: bool) -> tuple[str, str | None]:
    """Give site and publisher of "Some Site. Some Company", behind an address also of "Some Site, Some Company"."""
    ends = sentence_ends(text)
    if len(ends) == 1 and is_source(text[ends[0][1] :]):
        return text[: ends[0][0]].rstrip("."), clean_source(text[ends[0][1] :])
    site, comma, company = text.partition(", ")  # a name with an "and" behind its comma is one name
    if not online or not comma or "," in company or re.search(r"\b(?:and|&)\s", company) or not is_source(company):
        return text, None
    return site, company


def clean_publisher(text: str) -> str | None:
    """Give the name of a publisher without "Boston: " before it and ", Boston" behind it."""
    text = text.strip(" .,;")
    name, comma, place = text.partition(", ")
    if comma and PLACES.fullmatch(re.sub(r",\s[A-Z]{2}\Z", "", place)):
        text = name
    name, colon, place = text.partition(": ")
    if colon and is_publisher(name) and not is_publisher(place):
        return clean_source(name)  # "Example Press: Boston, MA"
    return clean_source(text.rpartition(": ")[2])


def clean_source(text: str) -> str | None:
    """Give a name without surrounding punctuation, edition and medium, or ``None`` when nothing is left."""
    preprints = PREPRINTS.match(text)
    text = preprints["name"] if preprints else EDITION.sub("", text)
    text = re.sub(r"^(?:[Ii]n:?\s)(?=[^a-z])", "", text.strip(" .,;:-–\x00"))
    text = " ".join(text.replace("\x00", " ").split()).strip(" .,;:-–([")
    text = re.sub(r"(?i)\s(?:web\s?site|\(?online\)?)\Z", "", text)
    if text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1].strip()
    return text.strip('“”"«»') or None
