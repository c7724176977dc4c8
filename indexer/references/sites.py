"""A page printed behind its site, as NLM sets it: "Example Health [Internet]. Oslo: Example Press; 2019. Worry"."""

import re

from indexer.references.sentences import sentence_ends

PAGE_OF_SITE = re.compile(
    r"\A(?P<site>[^\[\]]{2,160}?)\s?\[(?:[Ii]nternet|[Oo]nline)\]\.\s"
    r"(?P<imprint>[^:;\[\]]{2,60}:\s[^;\[\]]{2,120};\s?)?(?P<date>[c©]?\d{4}[^.\[\]]{0,20})?\s?"
    r"(?P<notes>\[[^\[\]]{4,120}\])?\s?\.\s"
    r"(?P<title>(?!Available|Report\sNo|Chapter\s\d)[^\W_a-z][^;\[\]]{2,200}?)(?P<tail>\.?\s?[;\[].*|[.?!]{1,2}\s.*|\Z)"
)
WEBSITE = re.compile(
    r"\A(?P<site>(?:[^.\[\]]|\.(?=\w)){2,80}? website)\.\s(?P<title>[^.?!\[\]]{3,200}[.?!])\s(?P<rest>\S.*)", re.I
)


def put_page_first(text: str) -> str:
    """Give `text` with the title of a page before the site it is part of; any other reference as it is."""
    if named := WEBSITE.match(text):  # "Example Health website. Worry. example.org/worry. Updated 2 May 2019"
        return f"{named['title']} In: {named['site']}. {named['rest']}"
    match = PAGE_OF_SITE.match(text)
    if match is None or not (match["imprint"] or match["date"]):
        return text
    ends = [end for end in sentence_ends(match["site"]) if end[1] < len(match["site"])]
    start = ends[-1][1] if ends else 0
    lead, site = match["site"][:start], match["site"][start:]
    where = f"{match['imprint'] or ''}{match['date'] or ''}".strip(" ;")
    stop = match["tail"][:1] if match["tail"][:1] in {"?", "!"} else "."
    return f"{lead}{match['title']}{stop} In: {site}. {where} {match['notes'] or ''}{match['tail'][1:]}"
