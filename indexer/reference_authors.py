"""The authors at the head of a printed reference, in whichever of the usual styles they are set."""

import re
from dataclasses import dataclass

from indexer.names import (
    FAMILY,
    FAMILY_WORD,
    GIVEN,
    GIVEN_FIRST_FORM,
    INITIALS,
    INITIALS_FIRST_FORM,
    INITIALS_FORM,
    PARTICLES,
    SUFFIX,
    SUFFIX_FORM,
    UPPER,
    VANCOUVER_FORM,
    build_person,
    has_common_word,
    is_body,
    parse_person,
    starts_with_given_name,
)

ET_AL = re.compile(
    r"[\s,;]{0,3}(?:\b(?:and|&)\s)?[\[(]?\b(?:et\.?\s?al\b\.?|and\sothers\b\.?|and\scolleagues\b|u\.\s?a\.|"
    r"et\scoll\.)[\])]?|[\s,;]{0,3}\s(?:…|\.\s?\.\s?\.)\Z",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"[\s,]{0,3}[\[(]?\b(?:eds?\b\.?|editors?\b|hrsg\b\.?|comps?\b\.|compilers?\b|trans\b\.|translators?\b|"
    r"directors?\b|producers?\b|"
    r"co-?chairs?\b|chairs?\b)[\])]?[\s.,:]*\Z",
    re.IGNORECASE,
)  # "(Eds.)" behind editors that stand in the authors' place
ALSO = r"(?:\band\b|&|\bund\b|\bet\b|\by\b|\bwith\b|…|\.\s?\.\s?\.)"
JOINT = rf"(?:\s?[,;/]\s?(?:{ALSO}\s?)?|\s?{ALSO}\s?)"  # ", and ", "; ", " & ", ", … "
AND = re.compile(r"\s*(?:,|;)?\s*(?:\b(?:and|und|et|y|with)\b|&|…|\.\s?\.\s?\.)\s*,?\s*(?![a-z]*l\.)")
INVERTED_INITIALS = re.compile(
    rf"(?P<family>{FAMILY}){SUFFIX},?\s(?P<given>{INITIALS}(?:\s{PARTICLES}(?=[,.\s]))?){SUFFIX}"
)  # "Lundberg, U."
INVERTED_GIVEN = re.compile(
    rf"(?P<family>{FAMILY}){SUFFIX}\s?,\s?(?P<given>{GIVEN}(?:\s{PARTICLES}(?=[,.\s])){{0,2}}){SUFFIX}"
)  # "Tavo, Felise"
JOINT_FORM = re.compile(JOINT)
GIVEN_PIECE = re.compile(rf"(?:{GIVEN}|{INITIALS})(?:\s{PARTICLES}){{0,2}}")
LONE = re.compile(
    rf"(?P<family>{FAMILY}),?\s(?:et\.?\sal\b|and\sothers\b|and\scolleagues\b)\.?:?(?=\s)"
)  # "Cathcart, et al."
LAST_INITIAL = re.compile(rf"(?:\A|[\s.-])[{UPPER}]\.\Z")  # "… Doe, A. B."
CREDENTIAL = re.compile(
    r"(?:Ph\.?\s?D|Psy\.?D|M\.?Sc|B\.?ScN?|Ed\.?D|LCSW|MPH|M\.D|R\.?Psych|FRCP|MBBS|MBChB|PharmD|DrPH)\.?"
)
LONGEST_LIST = 6_000
FAMILY_PIECE = re.compile(rf"{FAMILY}(?:\s{FAMILY_WORD}){{0,2}}")


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors read ("Family, Given" each), whether more were left out, and where in the text they end."""

    names: tuple[str, ...]
    et_al: bool
    end: int


def parse_authors(region: str) -> Authors | None:
    """Give the authors of a text that holds nothing else, or ``None`` when it does not read as names or a body."""
    text, et_al, more = strip_et_al(ROLE.sub("", region[:LONGEST_LIST]).strip(" ,;:"))
    text = ROLE.sub("", text).strip(" ,;:")
    if re.search(r"\w", more) or re.search(r"\w{3}[.?!]\s+\S", text):
        return None
    bare = text.rstrip(". ")
    if not bare:
        return None
    text = text if LAST_INITIAL.search(text) else bare
    if is_body(bare) and not VANCOUVER_FORM.fullmatch(bare):
        return Authors((" ".join(bare.split()),), et_al, len(region))
    names = read_pieces(split_pieces(text))
    return Authors(tuple(names), et_al, len(region)) if names else None


def strip_et_al(text: str) -> tuple[str, bool, str]:
    """Give `text` up to an "et al.", whether there was one, and what follows it."""
    match = ET_AL.search(text)
    return (text[: match.start()], True, text[match.end() :]) if match else (text, False, "")


def split_pieces(text: str) -> list[str]:
    """Give the parts of a list of names between its commas, semicolons and "and"s."""
    text = AND.sub(",", text)
    if text.count(";") and text.count(";") * 2 >= text.count(",") - 1:
        parts = text.split(";")
    else:
        parts = re.split(r"[,;]", text)
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
        person, used = read_piece(pieces, at, first=not names)
        if person is None:
            if names and SUFFIX_FORM.fullmatch(pieces[at]):
                at += 1
                continue
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
    single = " " not in piece or piece[0].islower()
    inverted = parse_person(piece) is None or (first and " " not in following and not starts_with_given_name(piece))
    given = GIVEN_PIECE.fullmatch(following) is not None and (single or not VANCOUVER_FORM.fullmatch(following))
    return given and (single or inverted)


def is_family(piece: str) -> bool:
    """Say whether `piece` may be a family name."""
    return FAMILY_PIECE.fullmatch(piece) is not None and not has_common_word(piece)


def find_authors(text: str) -> Authors | None:
    """Give the authors that `text` starts with when they are set in a form that cannot be mistaken, else ``None``."""
    text = text[:LONGEST_LIST]
    given_first = GIVEN_FIRST_FORM.match(text)
    if given_first and "." in given_first["given"]:  # "Albert R. Meyer", not a family named Albert
        found = read_list(text, GIVEN_FIRST_FORM, COMMA_ENDING)
        if found:
            return found
    for form, ending in (
        (VANCOUVER_FORM, ENDING),
        (INVERTED_INITIALS, INITIALS_ENDING),
        (INITIALS_FIRST_FORM, COMMA_ENDING),
        (INVERTED_GIVEN, GIVEN_ENDING),
        (GIVEN_FIRST_FORM, COMMA_ENDING),
    ):
        found = read_list(text, form, ending)
        if found:
            return found
    lone = LONE.match(text)
    if lone and not has_common_word(lone["family"]):
        return Authors((build_person(lone["family"], None),), True, lone.end())
    return None


ENDING = re.compile(r"(?<=\.)(?=\s|\Z)|\s?(?:\.|:|,?\s?\((?=1[5-9]|20)|,?\s(?=(?:1[5-9]|20)\d\d\b))(?=\s|\Z|\d|\()")
INITIALS_ENDING = re.compile(r"(?:(?<=\.),?|\s?[.:,])(?=\s|\Z)|\s?(?=\()")
GIVEN_ENDING = re.compile(r"(?<=\.)(?=\s|\Z)|\s?[.:](?=\s|\Z)|\s?(?=\()")
COMMA_ENDING = re.compile(r"\s?[.:,](?=\s|\Z)|\s?(?=\((?:1[5-9]|20)\d\d)")
LAST_INVERTED = re.compile(rf"{INVERTED_GIVEN.pattern}(?=,?\set\sal)")  # "Palmer S, Rigby, Christine, et al."
LATER = {
    VANCOUVER_FORM: (VANCOUVER_FORM, LAST_INVERTED),
    INVERTED_INITIALS: (INVERTED_INITIALS, INITIALS_FIRST_FORM, GIVEN_FIRST_FORM),
    INITIALS_FIRST_FORM: (INITIALS_FIRST_FORM, GIVEN_FIRST_FORM),
    INVERTED_GIVEN: (INVERTED_GIVEN, GIVEN_FIRST_FORM, INITIALS_FIRST_FORM),
    GIVEN_FIRST_FORM: (GIVEN_FIRST_FORM, INITIALS_FIRST_FORM),
}


def build_match(match: re.Match[str]) -> str:
    """Give the person of a match; the stop behind "Roe J." ends the list and belongs to nobody."""
    given = match["given"]
    return build_person(match["family"], given[:-1] if match.re is VANCOUVER_FORM and given.count(".") == 1 else given)


def read_list(text: str, form: re.Pattern[str], ending: re.Pattern[str]) -> Authors | None:
    """Give the names `text` starts with, the first in `form`, when they run up to an `ending`."""
    match = form.match(text)
    if match is None or has_common_word(match[0]):
        return None
    if form is GIVEN_FIRST_FORM and not starts_with_given_name(text):
        return None
    names = [build_match(match)]
    at = match.end()
    stops = [at]
    while True:
        joint = JOINT_FORM.match(text, at)
        if joint is None or joint.end() == at:
            break
        following = next((found for later in LATER[form] if (found := later.match(text, joint.end()))), None)
        if following is None or has_common_word(following[0]):
            break
        names.append(build_match(following))
        at = following.end()
        stops.append(at)
    group = GROUP.match(text, at)
    if group and is_body(group["group"]):
        names.append(group["group"].strip())
        stops.append(group.end())
    for count, at in zip(range(len(names), 0, -1), reversed(stops), strict=True):
        end, et_al = read_ending(text, at, ending)
        if end is not None:
            return Authors(tuple(names[:count]), et_al, end)
    return None


def read_ending(text: str, at: int, ending: re.Pattern[str]) -> tuple[int | None, bool]:
    """Give where a list of names that stops at `at` ends with its "et al." and punctuation, and whether it has one."""
    more = ET_AL.match(text, at)
    at = more.end() if more else at
    role = ROLE_AHEAD.match(text, at)
    at = role.end() if role else at
    end = ending.match(text, at) or (LOOSE.match(text, at) if more or role else None)
    return end.end() if end else None, more is not None


GROUP = re.compile(
    rf"(?:[;,]\s(?:(?:and|for|on\sbehalf\sof|with|&)\s)?|\s(?:and|for|on\sbehalf\sof|with|"
    rf"&)\s)(?:the\s)?(?P<group>[{UPPER}][^.;:?!]{{3,140}})(?=[.:])"
)  # "; the SMIRA Study Group."
ROLE_AHEAD = re.compile(r"\s?,?\s?[\[(]?(?:[Ee]ds?\b\.?|[Ee]ditors?\b)[\])]?")
LOOSE = re.compile(r"\s?[.,:]?(?=\s|\Z)")
