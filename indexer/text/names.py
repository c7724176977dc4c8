"""Names of people and bodies as printed: what is a family name, given names, initials, a suffix, a credential."""

import re

from indexer.ruleset import read_rules

UPPER = "".join(map(chr, filter(lambda code: chr(code).isupper(), range(0x530))))  # Latin, Greek and Cyrillic capitals
LOWER = "".join(map(chr, filter(lambda code: chr(code).islower(), range(0x530))))
LETTER = r"[^\W\d_]"
PARTICLES = (
    r"(?:[Vv]an|[Vv]on|[Dd]e|[Dd]en|[Dd]er|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Dd]as|[Dd]o|[Dd]u|[Ll]a|[Ll]e|[Tt]er|"
    r"[Tt]en|"
    r"Ó|Ní|Mc|Mac|Abu|Bin|Ben|zu|zur|zum|af|av|bin|ibn|al|el|y|e|in|'t|’t|[Ss]t\.|[Ll]os|[Vv]ande[nr])"
)
FAMILY_WORD = (
    rf"(?:[dDlLO]['’])?(?:al-|el-|Al-)?[{UPPER}](?:{LETTER}|['’‐‑-](?={LETTER})){{1,30}}"  # "Kiecolt-Glaser", "O'Hara"
)
FAMILY = rf"(?:{PARTICLES}\s){{0,3}}{FAMILY_WORD}(?:\s(?:(?:y|e|de|da|dos|van|von|la)\s){{0,2}}{FAMILY_WORD}){{0,2}}"
PLAIN_INITIALS = rf"(?!Ó\s)[{UPPER}](?:[‐‑-]?[{UPPER}]){{0,3}}(?![\w'’-])"  # "DE", "J-P"
INITIAL = rf"(?:[{UPPER}]|Ch|Chr|Th|Ph|Sh|Zh|Kh|Ju|Cs|Gy|Sz|Dz|Wm|Fr)"
DOTTED_INITIALS = rf"{INITIAL}\.(?:\s?[‐‑–-]?\s?{INITIAL}\.){{0,4}}"  # "I. E.", "J.-P.", "Ch."
INITIALS = rf"(?:{DOTTED_INITIALS}|{PLAIN_INITIALS}(?:\s{PLAIN_INITIALS}){{0,3}}\.?)"
GIVEN_WORD = rf"[{UPPER}](?:{LETTER}|['’‐‑-](?={LETTER})){{1,30}}"
# "Chadi G", "Birthe D.", "Anna Maria"
GIVEN = rf"{GIVEN_WORD}(?:\s(?:{GIVEN_WORD}|{PLAIN_INITIALS}(?!\.))){{0,3}}(?:\s{DOTTED_INITIALS})?"
SUFFIX = r"(?:,?\s(?:Jr|Sr|jr|sr|2nd|3rd|II|III|IV)\b\.?)?"
WORDS = read_rules("names")
NOT_FAMILIES = frozenset(WORDS["not_families"].split())  # "Vitamin D" is no person
NOT_NAMES = NOT_FAMILIES | frozenset(WORDS["not_names"].split())  # for names without initials
BODIES = re.compile(rf"\b(?:{'|'.join(WORDS['bodies'])})\b", re.IGNORECASE)  # "World Health Organization"
GIVEN_NAMES = frozenset(WORDS["given_names"].casefold().split())
INNER_INITIAL = re.compile(rf".*\s[{UPPER}]\.\s(?={GIVEN_WORD})")  # "José M. " of "José M. García"
LEADING_PARTICLE = re.compile(rf"{PARTICLES}\s")
FAMILY_FORM = re.compile(FAMILY)
INITIALS_FORM = re.compile(INITIALS)
GIVEN_FORM = re.compile(GIVEN)
SUFFIX_FORM = re.compile(r"(?:Jr|Sr|jr|sr|2nd|3rd|II|III|IV)\.?")
VANCOUVER_FORM = re.compile(rf"(?P<family>{FAMILY})\s(?P<given>{INITIALS}){SUFFIX}")  # "Lundberg U", "Milet J."
INITIALS_FIRST_FORM = re.compile(
    rf"(?P<given>(?:{DOTTED_INITIALS}|"
    rf"{PLAIN_INITIALS}(?:\s{PLAIN_INITIALS}){{0,2}})(?:\s(?!Ó)[{UPPER}](?=\s))?)\s?(?P<family>{FAMILY}){SUFFIX}"
)  # "U. Lundberg"
GIVEN_FIRST_FORM = re.compile(
    rf"(?!(?:Van|Von|Den|Der|Del|Dos|Mc|Mac|Abu|Ní)\s)(?P<given>{GIVEN_WORD}(?:\s(?:{INITIALS}|"
    rf"{GIVEN_WORD})){{0,3}}?)\s(?P<family>(?:{PARTICLES}\s){{1,3}}{FAMILY_WORD}(?:\s{FAMILY_WORD})?|"
    rf"{FAMILY_WORD})(?![\w'’-]){SUFFIX}(?!\s[{UPPER}][{LOWER}]|\s(?:van|von|de|der|ter|ten|da|di|del|della|dos|la|"
    rf"le|du)\s)"
)  # "Birthe D Pedersen", "Bessel van der Kolk"


def build_person(family: str, given: str | None) -> str:
    """Give a person as "Family, Given"; a name printed all in capitals is set in ordinary case."""
    family = plain_case(" ".join(family.split()))
    given = " ".join((given or "").split()).strip(" ,;")
    first, _, others = family.partition(" ")
    if others and given.endswith(".") and others[0].isupper() and first.casefold() in GIVEN_NAMES:
        family, given = others, f"{given} {first}"  # "J. Carl Pallais"
    if len(given) > 3 and "." not in given and " " not in given:
        given = plain_case(given)
    return f"{family}, {given}" if given else family


def plain_case(name: str) -> str:
    """Give a name printed in capitals ("LE-GOFF") in ordinary case ("Le-Goff"); others and short ones as they are."""
    if len(name) < 4 or not name.isupper():
        return name
    return re.sub(rf"{LETTER}+", lambda match: match[0].capitalize(), name)


def parse_person(text: str) -> str | None:
    """Give one printed person as "Family, Given", or ``None`` when the text is not shaped like a name."""
    text = " ".join(text.split())
    for form in (INITIALS_FIRST_FORM, VANCOUVER_FORM, GIVEN_FIRST_FORM):
        match = form.fullmatch(text)
        if match and not has_common_word(match["family"], NOT_FAMILIES):
            return build_person(*split_printed(match))
    return None


def split_printed(match: re.Match[str]) -> tuple[str, str]:
    """Give family and given names of a match; behind an initial the family begins: "José M. García Ruiz"."""
    family, given = match["family"], match["given"]
    inner = INNER_INITIAL.match(given) if match.re is GIVEN_FIRST_FORM else None
    if inner is None or any(word.casefold() in GIVEN_NAMES for word in given[inner.end() :].split()):
        return family, given
    return f"{given[inner.end() :]} {family}", given[: inner.end()].rstrip()


def has_common_word(text: str, words: frozenset[str]) -> bool:
    """Say whether a word of `text` is one of `words`, which names do not have."""
    return any(word.strip(",").lower() in words for word in text.split() if not word.isupper())


def is_body(text: str) -> bool:
    """Say whether `text` reads as the name of an organisation: short, capitalised, with a word such as "Institute"."""
    if re.fullmatch(r"[\w-]{2,40}\.(?:com|org|net|info|gov|edu|health)", text):
        return True
    words = re.findall(r"[^\W_][\w.'’&-]*", text)
    if (
        not 1 <= len(words) <= 14
        or not BODIES.search(text)
        or re.search(r"[?!:\"“”]|\s[–-]\s|(?<=[^\W\d_]{3})\)?\.\s", text)
    ):
        return False
    small = {
        "of",
        "the",
        "and",
        "for",
        "on",
        "in",
        "de",
        "la",
        "des",
        "et",
        "du",
        "für",
        "to",
        "at",
        "&",
        "y",
        "los",
        "with",
    }
    return words[0] not in small - {"the"} and all(not word[0].islower() or word in small for word in words)


def starts_with_given_name(text: str) -> bool:
    """Say whether the first word of `text` is a frequent given name."""
    word = re.match(rf"{LETTER}+", text)
    return word is not None and word[0].casefold() in GIVEN_NAMES
