"""The authors of a text that holds nothing else: what stands before a quoted title or a date."""

import re

from indexer.references.authors import ELLIPSIS, ET_AL, GROUP_WORD, LONGEST_LIST, Authors
from indexer.text.names import (
    FAMILY,
    FAMILY_WORD,
    GIVEN,
    GIVEN_FIRST_FORM,
    INITIALS,
    INITIALS_FORM,
    LEADING_PARTICLE,
    LETTER,
    NOT_FAMILIES,
    PARTICLES,
    SUFFIX_FORM,
    UPPER,
    VANCOUVER_FORM,
    build_person,
    has_common_word,
    is_body,
    parse_person,
    starts_with_given_name,
)

ROLE = re.compile(
    r"[\s,]{0,3}[\[(]?\b(?:(?-i:[Ee]ds?)\b\.?|editors?\b|hrsg\b\.?|comps?\b\.|compilers?\b|trans\b\.|translators?\b|"
    r"directors?\b|producers?\b|"
    r"co-?chairs?\b|chairs?\b)[\])]?[\s.,:]*\Z",
    re.IGNORECASE,
)  # "(Eds.)" behind editors that stand in the authors' place
AND = re.compile(r"\s*(?:,|;)?\s*(?:\b(?:and|und|et|y|with)\b|&|…|\.\s?\.\s?\.)\s*,?\s*(?![a-z]*l\.)")
GIVEN_PIECE = re.compile(rf"(?:{GIVEN}|{INITIALS})(?:\s{PARTICLES}){{0,2}}")
ACRONYM = re.compile(rf"[{UPPER}]{{3,8}}")  # "ADAA"
JOINED_INITIALS = re.compile(rf"{LETTER}\s[{UPPER}]{{2,3}}\.\s+[{UPPER}]{LETTER}")  # "Roe AB. Anxiety"
BARE_INITIAL = re.compile(rf"{LETTER}\s[{UPPER}]{{1,3}}[,;]\s")  # "Roe A, Doe B"
ENDED_BY_INITIAL = re.compile(rf"{LETTER}\s[{UPPER}]\.\s+[{UPPER}]{LETTER}")  # "Doe B. Anxiety"
LAST_INITIAL = re.compile(rf"(?:\A|[\s.-])[{UPPER}]\.\Z")  # "… Doe, A. B."
ENDS_IN_INITIAL = re.compile(rf"(?<=[^\W\d_])\s[{UPPER}]\.?\Z")  # "Deborah A."
CREDENTIAL = re.compile(
    r"(?:Ph\.?\s?D|Psy\.?D|M\.?Sc|B\.?ScN?|Ed\.?D|LCSW|MPH|M\.D|R\.?Psych|FRCP|MBBS|MBChB|PharmD|DrPH)\.?"
)
FAMILY_PIECE = re.compile(rf"{FAMILY}(?:\s{FAMILY_WORD}){{0,2}}")


def parse_authors(region: str) -> Authors | None:
    """Give the authors of a text that holds nothing else, or ``None`` when it does not read as names or a body."""
    text, et_al, more = strip_et_al(ROLE.sub("", region[:LONGEST_LIST]).strip(" ,;:"))
    text = ROLE.sub("", text).strip(" ,;:")
    if re.search(r"\w", more) or re.search(r"\w{3}[.?!]\s+\S", text) or goes_past_list(text):
        return None
    bare = text.rstrip(". ")
    if not bare:
        return None
    text = text if LAST_INITIAL.search(text) else bare
    names = read_pieces(split_pieces(text))
    if ACRONYM.fullmatch(bare):
        return Authors((bare,), et_al, len(region))
    if is_body(bare) and not (names and any(map(is_surely_person, names))):
        names = [" ".join(bare.split())]
    et_al = et_al or ELLIPSIS.search(text) is not None
    return Authors(tuple(names), et_al, len(region)) if names else None


def goes_past_list(text: str) -> bool:
    """Say whether a list of names in the form "Roe A, Doe BC." ends within `text`: other words follow its stop."""
    if JOINED_INITIALS.search(text):
        return True
    return BARE_INITIAL.search(text) is not None and ENDED_BY_INITIAL.search(text) is not None


def names_people(text: str) -> bool:
    """Say whether `text` is a list of names of which one can be no body's and no title's."""
    authors = parse_authors(text)
    return authors is not None and any(map(is_surely_person, authors.names))


def is_surely_person(name: str) -> bool:
    """Say whether a name "Family, Given" can be no body's: initials or a frequent given name stand behind the comma."""
    given = name.partition(", ")[2]
    return bool(given) and (INITIALS_FORM.fullmatch(given) is not None or starts_with_given_name(given))


def strip_et_al(text: str) -> tuple[str, bool, str]:
    """Give `text` up to an "et al.", whether there was one, and what follows it."""
    match = ET_AL.search(text)
    return (text[: match.start()], True, text[match.end() :]) if match else (text, False, "")


def split_pieces(text: str) -> list[str]:
    """Give the parts of a list of names between its commas, semicolons and "and"s."""
    text = AND.sub(",", text)
    parts = re.split(r"[,;]", text)
    if text.count(";") * 2 >= max(text.count(",") - 1, 1) and not any(
        map(VANCOUVER_FORM.fullmatch, map(str.strip, parts))
    ):
        parts = text.split(";")  # "Roe, J. B.; Doe, A."
    pieces: list[str] = []
    for part in parts:
        piece = " ".join(part.split()).strip(" ,")
        full = bool(pieces) and GIVEN_FIRST_FORM.fullmatch(pieces[-1]) is not None
        if re.search(r"\w", piece) and not (CREDENTIAL.fullmatch(piece) or (full and piece in {"MD", "RN", "DO"})):
            pieces.append(piece)
    return pieces


def read_pieces(pieces: list[str]) -> list[str] | None:
    """Give the people named by `pieces`, or ``None`` when one of them is no part of a name."""
    names: list[str] = []
    at = 0
    while at < len(pieces):
        if names and SUFFIX_FORM.fullmatch(pieces[at]):
            at += 1
            continue
        person, used = read_piece(pieces, at, first=not names)
        if person is None:
            return None
        names.append(person)
        at += used
    return names


def read_piece(pieces: list[str], at: int, *, first: bool) -> tuple[str | None, int]:
    """Give the person that starts at piece `at` and how many pieces the name takes."""
    piece = pieces[at]
    if "," in piece:  # the pieces were divided by semicolons
        family, given = (part.strip() for part in piece.split(",", 1))
        return (build_person(family, given), 1) if FAMILY_PIECE.fullmatch(family) else (None, 1)
    following = pieces[at + 1] if at + 1 < len(pieces) else ""
    skip = 1
    if SUFFIX_FORM.fullmatch(following) and at + 2 < len(pieces):
        following, skip = pieces[at + 2], 2
    if GROUP_WORD.search(piece) and is_body(piece):
        return piece, 1
    if takes_following(piece, following, first=first):
        return build_person(piece, following), 1 + skip
    lone_stop = piece.count(".") == 1 and piece.endswith(".") and len(piece) > 4
    person = parse_person(piece.rstrip(".") if lone_stop else piece) or parse_person(piece)
    if person is None and is_family(piece):
        person = build_person(piece, None)
    return person or (piece if is_body(piece) else None), 1


def takes_following(piece: str, following: str, *, first: bool) -> bool:
    """Say whether `piece` is a family name whose initials or given names are the piece that follows it."""
    if not is_family(piece):
        return False
    if INITIALS_FORM.fullmatch(following) or INITIALS_FORM.fullmatch(f"{following}."):
        return not (VANCOUVER_FORM.fullmatch(piece) and starts_with_given_name(piece))
    if VANCOUVER_FORM.fullmatch(piece) or not GIVEN_PIECE.fullmatch(following):
        return False
    if " " not in piece or LEADING_PARTICLE.match(piece):
        return True
    given = ENDS_IN_INITIAL.search(following) is not None  # "García Márquez, Deborah A."
    given = given or parse_person(piece) is None or (first and " " not in following)
    return given and not starts_with_given_name(piece)


def is_family(piece: str) -> bool:
    """Say whether `piece` may be a family name."""
    return FAMILY_PIECE.fullmatch(piece) is not None and not has_common_word(piece, NOT_FAMILIES)
