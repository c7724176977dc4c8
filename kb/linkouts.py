"""Where a reference or work can be read: addresses by DOI, PMID and PMCID, then the printed address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlsplit

from kb.markup import safe_link


class Identified(Protocol):
    """A reference or a work: what has identifiers and perhaps an address."""

    @property
    def doi(self) -> str | None:
        """Give the DOI."""

    @property
    def pmid(self) -> str | None:
        """Give the PubMed id."""

    @property
    def pmcid(self) -> str | None:
        """Give the PubMed Central id."""

    @property
    def url(self) -> str | None:
        """Give the printed address."""


@dataclass(frozen=True, slots=True)
class LinkOut:
    """One way out: what kind it is, the identifier shown, the address."""

    kind: str
    text: str
    address: str


def find_link_outs(source: Identified) -> tuple[LinkOut, ...]:
    """Give the link-outs of a reference or work; the printed address only when no identifier covers it."""
    links = []
    if source.doi:
        links.append(LinkOut("DOI", source.doi, f"https://doi.org/{quote(source.doi, safe='/()')}"))
    if source.pmid:
        links.append(LinkOut("PubMed", source.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{quote(source.pmid)}/"))
    if source.pmcid:
        links.append(LinkOut("PMC", source.pmcid, f"https://www.ncbi.nlm.nih.gov/pmc/articles/{quote(source.pmcid)}/"))
    address = safe_link(source.url)
    if address and not links:
        links.append(LinkOut("Link", host_of(address), address))
    return tuple(links)


def host_of(address: str) -> str:
    """Give the host of an address without ``www.``."""
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address


def name_authors(authors: Sequence[str], et_al: bool = False, most: int = 6) -> str:
    """Give authors ("Family, Given") in one line: "Ellegaard H, Pedersen BD", "et al." beyond `most`."""
    names = [_short_name(author) for author in authors[:most]]
    line = ", ".join(names)
    return f"{line}, et al." if line and (et_al or len(authors) > most) else line


def _short_name(author: str) -> str:
    family, _, given = author.partition(", ")
    initials = "".join(part[0] for part in given.replace(".", " ").replace("-", " ").split() if part)
    return f"{family} {initials}".strip() if given else author
