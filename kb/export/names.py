"""Author lists as NLM, APA 7 and MLA 9 print them; a list that was cut short says so."""

import re
from collections.abc import Sequence

from kb.export.fields import PARTIAL_LIST, Name

NLM_LIMIT = 6  # then "et al."
APA_LIMIT = 20  # then the first 19, an ellipsis and the last
FULL_STOPS = re.compile(r"\.+")  # "B.D."


def nlm_authors(names: Sequence[Name], partial: bool) -> str:
    """Give ``Ellegaard H, Pedersen BD, et al.``; empty for no names."""
    shown = [_join(" ", name.family, *_nlm_given(name)) for name in names[:NLM_LIMIT]]
    return ", ".join([*shown, PARTIAL_LIST] if shown and (partial or len(names) > NLM_LIMIT) else shown)


def apa_authors(names: Sequence[Name], partial: bool) -> str:
    """Give ``Ellegaard, H., & Pedersen, B. D.``; empty for no names."""
    shown = [_join(", ", name.family, *_apa_given(name)) for name in names]
    if shown and partial:
        return ", ".join([*shown[: APA_LIMIT - 1], PARTIAL_LIST])
    if len(shown) > APA_LIMIT:
        return ", ".join([*shown[: APA_LIMIT - 1], "… "]) + shown[-1]
    return f"{', '.join(shown[:-1])}, & {shown[-1]}" if len(shown) > 1 else "".join(shown)


def mla_authors(names: Sequence[Name], partial: bool) -> str:
    """Give ``Ellegaard, Hanne, and Birthe D. Pedersen``; empty for no names."""
    if not names:
        return ""
    first = _join(", ", names[0].family, names[0].given or "", names[0].suffix or "")
    if partial or len(names) > 2:
        return f"{first}, {PARTIAL_LIST}"
    return f"{first}, and {_read_forward(names[1])}" if len(names) == 2 else first


def _nlm_given(name: Name) -> tuple[str, str]:
    words = (name.given or "").replace("-", " ").split()
    return "".join(letter for word in words for letter in _initials(word)), (name.suffix or "").rstrip(".")


def _apa_given(name: Name) -> tuple[str, str]:
    words = (_apa_word(word) for word in (name.given or "").split())
    return " ".join(word for word in words if word), name.suffix or ""


def _apa_word(word: str) -> str:
    """Give ``J.-P.`` for Jean-Pierre and ``B. D.`` for BD."""
    return "-".join(" ".join(f"{letter}." for letter in _initials(part)) for part in word.split("-") if part)


def _initials(word: str) -> list[str]:
    """Give the first letter of each name in a word: a word of up to three capitals is initials already."""
    parts = [part for part in FULL_STOPS.split(word) if part]
    return [letter for part in parts for letter in (part if part.isupper() and len(part) <= 3 else part[0])]


def _read_forward(name: Name) -> str:
    return _join(", ", _join(" ", name.given or "", name.family), name.suffix or "")


def _join(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)
