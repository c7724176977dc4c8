"""People named in a byline, as printed, apart from their titles, credentials and professions."""

import re
from dataclasses import dataclass

from indexer.ruleset import read_rules
from indexer.text.names import LOWER, PARTICLES, UPPER, is_body, starts_with_given_name

LETTER = r"[^\W\d_]"
WORD = rf"(?:[dDlLO]['’]|(?:al|el|ad|ar|as|at|ul)-)?[{UPPER}](?:{LETTER}|['’‐-](?={LETTER})){{0,30}}\.?"
NAME = re.compile(rf"{WORD}(?:\s(?:{WORD}|{PARTICLES}|[“\"(]{WORD}[”\")])){{1,5}}")  # "Bessel A. van der Kolk"
SINGLE = re.compile(rf"[{UPPER}](?:{LETTER}|['’-]){{1,30}}")
HONORIFIC = re.compile(r"(?:(?:the\s)?(?:dr|prof|professor|mr|mrs|ms|miss|sir|dame|rev)\b\.?\s)+(?=\S)", re.IGNORECASE)
WORDS = read_rules("names")
KNOWN_CREDENTIALS = frozenset(WORDS["credentials"].split())  # without stops, in lower case
CREDENTIAL_SHAPE = re.compile(
    rf"(?:[{UPPER}][{LOWER}]{{0,5}}\.?){{2,5}}(?:-[{UPPER}]{{1,4}})?(?:\s?\([A-Za-z]{{1,10}}\.?\))?"
)  # "BScN", "PsyD"
PROFESSION = re.compile(
    r"\b(?:psycholog|psychiatr|physician|nurse|nursing|therap|physio|counsel|writer|editor|journalist|doctor|director|"
    r"professor|consultant|specialist|"
    r"dieti[ct]ian|nutritionist|pharmacist|surgeon|officer|advisor|adviser|reporter|author|founder|fellow|lecturer|"
    r"researcher|scientist|"
    r"practitioner|\w{3,}ologist|general practice|board[- ]certified|registered|licensed|certified|chartered|coach|"
    r"contributor|correspondent|columnist|blogger|student|"
    r"bachelor|master|GP\b|manager|lead\b|head of|member|expert|medical)\w*",
    re.IGNORECASE,
)
TEAM = re.compile(
    r"(?:editors|editorial (?:team|staff|board)|staff|team|staff writers?|contributors|medical team|content team|"
    r"admin(?:istrator)?)\Z",
    re.IGNORECASE,
)
AFFILIATION = re.compile(
    r"\b(?:departments?|dept|school|university|hospitals?|division|faculty|college|laboratory|services?)\b",
    re.IGNORECASE,
)
VERB = re.compile(r"\b(?:is|are|was|were|can|may|has|have|will)\b")
SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
NOT_PEOPLE = frozenset(WORDS["not_people"].split())  # "By noon the pain is worse" names nobody
JOINT = re.compile(r"\s*(?:[,;/|•·]|\s(?:and|&|with|und|et)\s(?!colleagues))\s*(?:(?:and|&|with)\s)?")
FENCES = "|•·/"  # behind one a word is rather a topic than a person: "Jane Roe · Sleep · 3 Comments"
MOST = 20  # people of one byline
LONGEST = 600


@dataclass(frozen=True, slots=True)
class People:
    """The people read from the beginning of a text and the text behind them."""

    names: tuple[str, ...]
    rest: str


def parse_people(text: str) -> People | None:
    """Give the people that `text` begins with ("Jane Roe, MSc, R.Psych. and John Doe"), or ``None``."""
    text = " ".join(text[:LONGEST].split()).strip(" ,;:|·•–—-")
    text = re.sub(r"\bR\.\s?Psych\b\.?", "RPsych", re.sub(r"\bC\.\s?Psych\b\.?", "CPsych", text))
    text = re.sub(r"\s?\((?:[^()]{1,60})\)", lambda match: "" if is_aside(match[0]) else match[0], text)
    names: list[str] = []
    rest = ""
    titled = fenced = False
    for piece, following in cut_pieces(text):
        name = read_name(piece)
        behind_fence, fenced = fenced, following.lstrip()[:1] in FENCES if following.strip() else False
        if name and names and is_qualification(piece):
            continue
        if name == "" or (name is None and names and SUFFIX.fullmatch(piece)):
            if SUFFIX.fullmatch(piece) and names:
                names[-1] += f" {piece}"
            titled = titled or is_profession(piece)
            continue
        if names and name is not None and AFFILIATION.search(name) and not is_team(name):
            rest = f"{piece}{following}"  # "Jane Roe, Department of Medicine, …"
            break
        topical = behind_fence and name and " " in names[0] and not starts_with_given_name(name) if names else False
        if topical or (name is not None and " " not in name and titled):
            rest = f"{piece}{following}"  # "Jane Roe, Registrar, Hamilton, New Zealand"
            break
        if name is None:
            stop = re.search(r"(?<=[^\W\d_]{2}[.!?])\s|\s[|·•–—-]\s", piece)
            before = read_name(piece[: stop.start()].rstrip(".")) if stop else None
            if before is None or stop is None:
                rest = f"{piece}{following}"
                break
            names += [before] if before else []
            rest = f"{piece[stop.end() :]}{following}"
            break
        names.append(name)
    if len(names) == 2 and all(" " not in name for name in names):
        names = [f"{names[1]} {names[0]}"]  # "Roe, Jane"
    return People(tuple(dict.fromkeys(names[:MOST])), rest.strip(" ,;|·•")) if names else None


def cut_pieces(text: str) -> list[tuple[str, str]]:
    """Give the parts of a list of people, each with all the text that follows it."""
    pieces = []
    at = 0
    for match in JOINT.finditer(text):
        pieces.append((text[at : match.start()].strip(), text[match.start() :]))
        at = match.end()
    pieces.append((text[at:].strip(), ""))
    return [pair for pair in pieces if pair[0]]


def is_aside(text: str) -> bool:
    """Say whether a text in brackets is a credential or a profession rather than a part of a name."""
    inner = text.strip(" ()")
    return (
        is_credential(inner)
        or PROFESSION.search(inner) is not None
        or bool(re.fullmatch(r"(?i)s?he/\w+(?:/\w+)?|they/\w+(?:/\w+)?", inner))
    )


def is_profession(text: str) -> bool:
    """Say whether `text` is what somebody is and no name: "Health correspondent", "Registered nurse"."""
    return len(text.split()) <= 6 and text[-1:] not in ".?!:" and read_name(text) == "" and not is_credential(text)


def is_qualification(text: str) -> bool:
    """Say whether what stands behind a name begins with a credential: "MSc Physio", "Bsc"."""
    first, _, others = text.partition(" ")
    return is_known(first) if not others else is_credential_word(first) and not text.isupper()


def is_credential(text: str) -> bool:
    """Say whether `text` is nothing but credentials ("MSc", "R.Psych.", "MD PhD")."""
    words = text.split()
    if len(words) > 1 and text.isupper() and not is_known(words[0]):
        return False  # "JIM FOLK"
    return bool(words) and all(is_credential_word(word) for word in words)


def is_credential_word(word: str) -> bool:
    """Say whether one word is a credential, by the list of them or by its capitals."""
    bare = re.sub(r"[^\w()]", "", word).lower()
    if bare in KNOWN_CREDENTIALS and not (
        word.islower() or (word.istitle() and bare not in {"dr"} and "." not in word and len(bare) > 2)
    ):
        return True
    capitals = sum(character.isupper() for character in word)
    return (
        capitals >= 2
        and len(word) <= 12
        and CREDENTIAL_SHAPE.fullmatch(word) is not None
        and "'" not in word
        and not is_name_shape(word)
    )


def is_name_shape(word: str) -> bool:
    """Say whether a word with inner capitals is a family name ("McAfee", "DeVries", "LaFaille")."""
    return re.fullmatch(rf"(?:Mc|Mac|De|La|Le|Di|Du|Van|Von|Fitz|O)[{UPPER}][{LOWER}]{{2,}}", word) is not None


def read_name(piece: str) -> str | None:
    """Give the person or body a piece names, "" for credentials and professions, ``None`` when it is neither."""
    piece = piece.strip(" ,;:|")
    if is_credential(piece) or SUFFIX.fullmatch(piece):
        return ""
    bare = cut_titles(piece)
    body = re.sub(r"(?i)\Athe\s|\.\Z", "", bare)
    if body and body[0].isupper() and (is_body(body) or is_team(body)):
        return body
    words = [word.strip(".,").lower() for word in bare.split() if not re.fullmatch(r"[A-Z]\.?", word)]
    if PROFESSION.search(bare) and len(words) < 9 and not VERB.search(bare):
        return ""
    if any(word in NOT_PEOPLE for word in words):
        return None
    return plain_name(bare) if NAME.fullmatch(bare) or SINGLE.fullmatch(bare) else None


def cut_titles(piece: str) -> str:
    """Give a printed person without "Dr." in front and credentials behind."""
    honoured = HONORIFIC.match(piece)
    words = (piece[honoured.end() :] if honoured else piece).split()
    shortest = 1 if honoured else 2
    while len(words) > shortest and is_credential_word(words[-1]) and (not piece.isupper() or is_known(words[-1])):
        words.pop()
    return " ".join(words).rstrip(",")


def is_known(word: str) -> bool:
    """Say whether `word` is in the list of credentials."""
    return re.sub(r"\W", "", word).lower() in KNOWN_CREDENTIALS


def is_team(text: str) -> bool:
    """Say whether `text` names the people of a site together: "Healthline Editorial Team", "Symptom KB editors"."""
    team = TEAM.search(text)
    return (
        team is not None and len(text.split()) < 8 and all(word[0].isupper() for word in text[: team.start()].split())
    )


def plain_name(name: str) -> str:
    """Give a name without a final stop that is no initial's, in ordinary case where it is printed in capitals."""
    name = name if re.search(rf"\s[{UPPER}]\.\Z", name) else name.rstrip(".")
    if not name.isupper():
        return name
    return re.sub(rf"{LETTER}{{2,}}", lambda match: match[0].capitalize(), name)
