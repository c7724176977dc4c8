"""The authors at the head of a printed reference, in whichever of the usual styles they are set."""

import re
from dataclasses import dataclass

from indexer.text.names import (
    FAMILY,
    GIVEN,
    GIVEN_FIRST_FORM,
    INITIALS,
    INITIALS_FIRST_FORM,
    NOT_FAMILIES,
    NOT_NAMES,
    PARTICLES,
    SUFFIX,
    UPPER,
    VANCOUVER_FORM,
    build_person,
    has_common_word,
    is_body,
    split_printed,
    starts_with_given_name,
)

ET_AL = re.compile(
    r"[\s,;]{0,3}(?:\b(?:and|&)\s)?[\[(]?\b(?:et\.?\s?al\b\.?|and\sothers\b\.?|and\scolleagues\b|(?-i:u\.\s?a\.)|"
    r"et\scoll\.)[\])]?|[\s,;]{0,3}\s(?:…|\.\s?\.\s?\.)\Z",
    re.IGNORECASE,
)
ALSO = r"(?:\band\b|&|\bund\b|\bet\b|\by\b|\bwith\b|…|\.\s?\.\s?\.)"
JOINT = rf"(?:\s?[,;/]\s?(?:{ALSO}\s?)?|\s?{ALSO}\s?)"  # ", and ", "; ", " & ", ", … "
INVERTED_INITIALS = re.compile(
    rf"(?P<family>{FAMILY}){SUFFIX}(?:,\s?|\s)(?P<given>{INITIALS}(?:\s{PARTICLES}(?=[,.\s]))?){SUFFIX}"
)  # "Lundberg, U."
INVERTED_GIVEN = re.compile(
    rf"(?P<family>{FAMILY}){SUFFIX}\s?,\s?(?P<given>{GIVEN}(?:\s{PARTICLES}(?=[,.\s])){{0,2}}){SUFFIX}"
)  # "Tavo, Felise"
JOINT_FORM = re.compile(JOINT)
LONE = re.compile(
    rf"(?P<family>{FAMILY}),?\s(?:et\.?\sal\b|and\sothers\b|and\scolleagues\b)\.?[:;]?(?=\s)"
)  # "Cathcart, et al."
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")  # "Braun, S., . . . Zimmermann, U."
UPPER_WORD = rf"[{UPPER}][\w'’-]+"
FAMILY_FIRST = rf"{UPPER_WORD}(?:\s{UPPER_WORD}){{1,2}}(?:\s[{UPPER}]\b\.?)?"
FAMILY_FIRST_LIST = re.compile(
    rf"(?P<names>{FAMILY_FIRST}(?:,\s{FAMILY_FIRST}){{1,40}}?)(?P<more>,?\set\sal\b\.?)?(?:(?<=\.)|\.)(?=\s)"
)  # "Rowley Jane, Dorn Alan B."
PAIR = re.compile(
    r"[^\Wa-z][\w'’]+\s[^\Wa-z][\w'’]+(?:\s[^\Wa-z][\w'’]+)?,\s\w+\s\w+"
)  # both sides of the comma are two words
LONGEST_LIST = 6_000


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors read ("Family, Given" each), whether more were left out, and where in the text they end."""

    names: tuple[str, ...]
    et_al: bool
    end: int


def find_authors(text: str) -> Authors | None:
    """Give the authors that `text` starts with when they are set in a form that cannot be mistaken, else ``None``."""
    text = text[:LONGEST_LIST]
    turned = read_family_first(text)
    if turned:
        return turned
    given_first = GIVEN_FIRST_FORM.match(text)
    if given_first and "." in given_first["given"]:  # "Albert R. Meyer", not a family named Albert
        found = read_list(text, GIVEN_FIRST_FORM, COMMA_ENDING)
        if found:
            return found
    listed = read_list(text, VANCOUVER_FORM, SEMICOLON_ENDING)
    if (
        listed
        and ";" not in text[: listed.end - 1]
        and not is_body(re.split(r"[.?!]", text[listed.end :], maxsplit=1)[0])
    ):
        return listed
    for form, ending in (
        (VANCOUVER_FORM, ENDING),
        (INVERTED_INITIALS, INITIALS_ENDING),
        (INITIALS_FIRST_FORM, COMMA_ENDING),
        (INVERTED_GIVEN, GIVEN_ENDING),
        (INVERTED_GIVEN, COMMA_ENDING),
        (GIVEN_FIRST_FORM, COMMA_ENDING),
    ):
        found = read_list(text, form, ending)
        if found:
            return found
    lone = LONE.match(text)
    if lone and not has_common_word(lone["family"], NOT_NAMES):
        return Authors((build_person(lone["family"], None),), True, lone.end())
    return None


def read_family_first(text: str) -> Authors | None:
    """Give the authors of "Rowley Jane, Dorn Alan B.": half of the second words are given names, no first one is."""
    listed = FAMILY_FIRST_LIST.match(text)
    if listed is None or has_common_word(listed["names"], NOT_NAMES):
        return None
    people = [person.split(" ", 1) for person in listed["names"].split(", ")]
    known = sum(starts_with_given_name(given) for _, given in people)
    if known * 2 < len(people) or any(starts_with_given_name(family) for family, _ in people):
        return None
    names = tuple(build_person(family, given) for family, given in people)
    return Authors(names, listed["more"] is not None, listed.end())


ENDING = re.compile(r"(?<=\.)(?=\s|\Z)|\s?(?:\.|:|,?\s?\((?=1[5-9]|20)|,?\s(?=(?:1[5-9]|20)\d\d\b))(?=\s|\Z|\d|\()")
SEMICOLON_ENDING = re.compile(r"\s?;(?=\s[^\Wa-z][^.?!;]{2,400}[.?!](?:\s|\Z))")  # "Roe J, Doe A; Dry mouth. J Rest"
INITIALS_ENDING = re.compile(r"(?:(?<=\.),?|\s?[.:,])(?=\s|\Z)|\s?(?=\()")
GIVEN_ENDING = re.compile(r"(?<=\.)(?=\s|\Z)|\s?[.:](?=\s|\Z)|\s?(?=\()")
COMMA_ENDING = re.compile(r"\s?[.:,](?=\s|\Z)|\s?(?=\((?:1[5-9]|20)\d\d)")
LAST_INVERTED = re.compile(rf"{INVERTED_GIVEN.pattern}(?=,?\set\sal)")  # "Palmer S, Rigby, Christine, et al."
WITH_INITIALS = frozenset((VANCOUVER_FORM, INVERTED_INITIALS, INITIALS_FIRST_FORM))
LATER = {
    VANCOUVER_FORM: (VANCOUVER_FORM, LAST_INVERTED),
    INVERTED_INITIALS: (INVERTED_INITIALS, INITIALS_FIRST_FORM, GIVEN_FIRST_FORM),
    INITIALS_FIRST_FORM: (INITIALS_FIRST_FORM, GIVEN_FIRST_FORM),
    INVERTED_GIVEN: (INVERTED_GIVEN, GIVEN_FIRST_FORM, INITIALS_FIRST_FORM),
    GIVEN_FIRST_FORM: (GIVEN_FIRST_FORM, INITIALS_FIRST_FORM),
}


def build_match(match: re.Match[str]) -> str:
    """Give the person of a match; the stop behind "Roe J." ends the list and belongs to nobody."""
    family, given = split_printed(match)
    return build_person(family, given[:-1] if match.re is VANCOUVER_FORM and given.count(".") == 1 else given)


def read_list(text: str, form: re.Pattern[str], ending: re.Pattern[str]) -> Authors | None:
    """Give the names `text` starts with, the first in `form`, when they run up to an `ending`."""
    match = form.match(text)
    if match is None or has_common_word(match[0], NOT_FAMILIES if form in WITH_INITIALS else NOT_NAMES):
        return None
    if form is INVERTED_GIVEN and not is_inverted(match, ending):
        return None
    names = [build_match(match)]
    at = match.end()
    stops = [at]
    frequent = [starts_with_given_name(match["given"])]
    while True:
        joint = JOINT_FORM.match(text, at)
        if joint is None or joint.end() == at:
            break
        following = find_following(text, joint.end(), form)
        if following is None or has_common_word(
            following[0], NOT_FAMILIES if following.re in WITH_INITIALS else NOT_NAMES
        ):
            break
        names.append(build_match(following))
        frequent.append(following.re is not GIVEN_FIRST_FORM or starts_with_given_name(following["given"]))
        at = following.end()
        stops.append(at)
    if is_unsure(form, names, frequent):
        return None
    group = GROUP.match(text, at)
    if group and GROUP_WORD.search(group["group"]) and is_body(group["group"]):
        names.append(group["group"].strip())
        stops.append(group.end())
    for count, at in zip(range(len(names), 0, -1), reversed(stops), strict=True):
        end, et_al = read_ending(text, at, ending)
        if end is not None and not (
            text[end - 1] == ":" and count > 1 and count <= len(frequent) and not frequent[count - 1]
        ):
            return Authors(tuple(names[:count]), et_al or ELLIPSIS.search(text, 0, at) is not None, end)
    return None


def is_unsure(form: re.Pattern[str], names: list[str], frequent: list[bool]) -> bool:
    """Say whether `names` read in `form` may stand in another order; `frequent` tells whose given name is known."""
    if form is GIVEN_FIRST_FORM:
        return not frequent[0] and (len(names) < 3 or sum(frequent) * 2 < len(names))
    # "Cheng Wang, Shiliang Hu, and …" are four people in an unknown order
    return form is INVERTED_GIVEN and len(names) > 1 and all(map(PAIR.match, names))


def is_given(printed: str) -> bool:
    """Say whether given names in front of a family name are surely some: a frequent one, or one with an initial."""
    return "." in printed or starts_with_given_name(printed)


def is_inverted(match: re.Match[str], ending: re.Pattern[str]) -> bool:
    """Say whether a match is "Family, Given" and not "Jane Roe, Hiccups"; before a comma only known names are given."""
    if " " in match["family"] and starts_with_given_name(match["family"]):
        return False
    return ending is not COMMA_ENDING or starts_with_given_name(match["given"])


def find_following(text: str, at: int, form: re.Pattern[str]) -> re.Match[str] | None:
    """Give the next person of a list whose first stands in `form`; behind initials, the longest that reads as one."""
    found = [match for later in LATER[form] if (match := later.match(text, at))]
    if form in WITH_INITIALS:  # "S. E. Han, G. Chen, Nano Lett."
        found = [match for match in found if match.re is not GIVEN_FIRST_FORM or is_given(match["given"])]
    if form is INVERTED_INITIALS:
        return max(found, key=lambda match: match.end(), default=None)
    return found[0] if found else None


def read_ending(text: str, at: int, ending: re.Pattern[str]) -> tuple[int | None, bool]:
    """Give where a list of names that stops at `at` ends with its "et al." and punctuation, and whether it has one."""
    more = ET_AL.match(text, at)
    at = more.end() if more else at
    role = ROLE_AHEAD.match(text, at)
    at = role.end() if role else at
    end = ending.match(text, at) or (LOOSE.match(text, at) if more or role else None)
    return end.end() if end else None, more is not None


GROUP_WORD = re.compile(
    r"\b(?:Group|Groups|Investigators|Collaborat\w+|Consortium|Committee|Network|Team|Initiative|Trial|Force|Registry|Panel)\b"
)
GROUP = re.compile(
    rf"(?:[;,]\s(?:(?:and|for|on\sbehalf\sof|with|&)\s)?|\s(?:and|for|on\sbehalf\sof|with|"
    rf"&)\s)(?:the\s)?(?P<group>[{UPPER}][^.;:?!]{{3,140}})(?=[.:])"
)  # "; the SMIRA Study Group."
ROLE_AHEAD = re.compile(r"\s?,?\s?[\[(]?(?:[Ee]ds?\b\.?|[Ee]ditors?\b)[\])]?")
LOOSE = re.compile(r"\s?[.,:;]?(?=\s|\Z)")
