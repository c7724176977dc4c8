"""DOI, PMID, PMCID and address of a work, read from any form they are printed in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

LONGEST_ADDRESS = 2_000
GLUED = re.compile(
    r"(?<=[\w)\]\s]\.)(?=https?://)|(?<=[\w.)\]])(?=PMC?ID\b|\[[A-Z][A-Za-z ]{3,30}[\]:])"
)  # "10.1/abcPMID: 1", "10.1/abc[CrossRef]"
SCHEMES = r"(?:https?|ftp)\s?:\s?//\s?"
TOP = (
    r"(?:com|org|net|edu|gov|int|info|io|eu|uk|us|ca|au|nz|ie|de|fr|nl|ch|at|be|es|it|pt|br|se|no|dk|fi|pl|jp|cn|in|"
    r"kr|health)"
)
ADDRESS = re.compile(
    rf"(?<![\w@./-])(?:{SCHEMES}|www\.|(?:[a-z0-9-]{{1,63}}\.){{1,6}}{TOP}(?:\.[a-z]{{2}})?(?::\d{{1,5}})?/)"
    r"(?:[^\s<>\"“”»|{}\\^`]|<\d[^<>\s]{0,40}>(?=\d))*",
    re.IGNORECASE,
)  # "www.ncbi.nlm.nih.gov/pubmed/10431284", "bmcmedicine.biomedcentral.com/articles/10.1186/…"
ADDRESS_LABEL = re.compile(
    r"\b(?:(?:available|retrieved|accessed)\s(?:online\s)?(?:from|at|via)\s?:?|url\s?:?|doi\s?:)\s?"
    rf"(?=<?\s?(?:{SCHEMES}|www\.))",
    re.IGNORECASE,
)  # "Available at: https://…"
BARE_HOST = re.compile(
    rf"(?<![\w@./-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}{TOP}(?:\.[a-z]{{2}})?(?=[.\s>)\]]*\Z)"
)  # "… nimh.nih.gov."
BRACKETED = re.compile(
    rf"<\s?((?:{SCHEMES}|www\.)[^<>]{{1,500}})>", re.IGNORECASE
)  # "<http://etext.example.edu /afam.html>"
DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d{1,9}){0,3}/[^\s\"“”»|\\^`]+", re.IGNORECASE)
DOI_END = re.compile(
    r"(?:[,;.]?\[[A-Z][A-Za-z ]{3,}\]?|[.,;]?(?:PMC?ID|PubMed|Epub|Accessed|Available)\b|</?[a-z]{1,9}/?>|&(?:lt|gt|"
    r"quot);).*",
    re.IGNORECASE | re.DOTALL,
)  # "10.1/abc[CrossRef]", "10.1/abcPMID"
DOI_LABEL = r"(?:\(?\b(?:digital object identifier|doi)(?:\s?(?:number|no\.|link))?\s?[:=]?\s?)"
LABELLED_DOI = re.compile(rf"[\[(]?{DOI_LABEL}{{0,2}}(?P<doi>{DOI.pattern})", re.IGNORECASE)
DOI_TAIL = re.compile(
    r"(?:/(?:full|full-text|fulltext|abstract|summary|pdf|epdf|pdfplus|pdfdirect|epub|meta|html|references|figures|"
    r"tables|"
    r"comments|metrics|citations?|asset|download)(?:/.*)?|\.(?:pdf|full|abstract|html?|long|short)(?:[.+].*)?)\Z",
    re.IGNORECASE | re.DOTALL,
)  # what publishers put behind the DOI in an address: ".../10.3389/fpsyt.2022.990430/full"
PREPRINT_TAIL = re.compile(r"v\d{1,2}\Z")  # "10.1101/2020.01.01.123456v2"
NATURE = re.compile(
    r"/articles/([sd]4\d{4}-\d{3}-\d{4,5}-[0-9a-z])", re.IGNORECASE
)  # nature.com/articles/s41598-022-27247-y
PMID_ADDRESSES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"pubmed\.ncbi\.nlm\.nih\.gov/(?:\?term=)?(\d{1,8})(?![\d.])",
        r"nlm\.nih\.gov/(?:m/)?(?:sites/)?(?:entrez/)?pubmed/(?:\?(?:[a-z_]+=[^&]*&){0,5}term=)?(\d{1,8})(?!\d)",
        r"nlm\.nih\.gov/pmc/articles/pmid/(\d{1,8})(?!\d)",
        r"ncbi\.nlm\.nih\.gov/.{0,200}[?&](?:list_uids|uid)=(\d{1,8})(?!\d)",
        r"europepmc\.org/(?:article|articles|abstract)/med/(\d{1,8})(?!\d)",
        r"identifiers\.org/pubmed[/:](\d{1,8})(?!\d)",
    )
)
PMCID_ADDRESS = re.compile(r"(?:ncbi\.nlm\.nih\.gov|europepmc\.org)/.{0,100}?\bPMC(\d{3,9})(?!\d)", re.IGNORECASE)
PMID = re.compile(
    r"[\[(]?\b(?:pubmed\s)?(?:pmid|pubmed(?:\s?id)?)(?:\s?[:=#]\s?|\s)(\d{1,8})(?!\d|[–-]\d)\b[\])]?", re.IGNORECASE
)
PMCID = re.compile(
    r"[\[(]?(?:\bPMC free article:\s?)?\b(?:(?:pubmed central\s)?pmc\s?id\s?[:=#]?\s?(?:pmc\s?)?|"
    r"pmc\s?:?\s?)(\d{3,9})(?!\d)\b[\])]?",
    re.IGNORECASE,
)
TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|_ga|igshid|ref_src|yclid|dclid|cmpid)\Z", re.IGNORECASE
)
CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
TRAILING = ".,;:!?'\"’”»*…"


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of one work in normal form: DOI in lower case, PMCID with its letters, URL with a scheme."""

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None


def find_identifiers(text: str) -> tuple[Identifiers, str]:
    """Give the identifiers printed in `text` and the text without them."""
    addresses, rest = cut_addresses(GLUED.sub(" ", text))
    doi, rest = cut_first(LABELLED_DOI, rest, lambda match: trim_doi(match["doi"]))
    pmcid, rest = cut_first(PMCID, rest, lambda match: match[1])
    pmid, rest = cut_first(PMID, rest, lambda match: match[1])
    known = [read_address(address) for address in addresses]
    return (
        Identifiers(
            doi=doi or first(found.doi for found in known),
            pmid=(pmid.lstrip("0") or None) if pmid else first(found.pmid for found in known),
            pmcid=f"PMC{pmcid}" if pmcid else first(found.pmcid for found in known),
            url=first(found.url for found in known if not found.doi) or first(found.url for found in known),
        ),
        rest,
    )


def read_address(address: str) -> Identifiers:
    """Give the identifiers that a web address contains, and the address with a scheme and without tracking."""
    url = build_url(address)
    if url is None:
        return Identifiers()
    plain = unquote(url)
    pmid = first(match[1].lstrip("0") for pattern in PMID_ADDRESSES if (match := pattern.search(plain)))
    pmcid = PMCID_ADDRESS.search(plain)
    return Identifiers(find_doi(plain), pmid or None, f"PMC{pmcid[1]}" if pmcid else None, url)


def find_doi(address: str) -> str | None:
    """Give the DOI within a decoded address, without what the publisher put behind it, or ``None``."""
    host = host_of(address)
    match = DOI.search(address)
    if match:
        doi = trim_doi(re.split(r"[?#&]", match[0], maxsplit=1)[0]) or ""
        doi = DOI_TAIL.sub("", doi)
        if host.endswith(("biorxiv.org", "medrxiv.org")):
            doi = PREPRINT_TAIL.sub("", doi)
        if host == "academic.oup.com":
            doi = re.sub(r"/\d{5,}\Z", "", doi)  # the site's own number: /doi/10.1093/sleep/zsx123/4567890
        return trim_doi(doi)
    article = NATURE.search(address) if host.endswith("nature.com") else None
    if article:
        name = article[1].lower()
        return f"10.{1057 if name.startswith('s41599') else 1038}/{name}"
    return None


def trim_doi(printed: str) -> str | None:
    """Give a DOI in lower case without the punctuation that follows it, or ``None`` when nothing is left."""
    doi = trim_end(DOI_END.sub("", unquote(printed[:500]))).rstrip("/-").lower()
    doi = trim_end(doi)
    return doi if DOI.fullmatch(doi) else None


def trim_end(text: str) -> str:
    """Give `text` without trailing punctuation and without closing brackets that nothing opened."""
    while text:
        last = text[-1]
        unopened = last in CLOSERS and text.count(last) > text.count(CLOSERS[last])
        if last in TRAILING or unopened or last in CLOSERS.values():
            text = text[:-1]
        else:
            return text
    return text


def build_url(address: str) -> str | None:
    """Give an address with its scheme, without tracking and trailing punctuation, or ``None`` if it is none."""
    bare = trim_end(re.sub(r"\s", "", address)[:LONGEST_ADDRESS])
    if not re.match(r"(?i)[a-z]{3,5}://", bare):
        bare = f"https://{bare}"
    try:
        parts = urlsplit(bare)
    except ValueError:
        return None
    if "." not in parts.netloc:
        return None
    query = parts.query
    if any(TRACKING.match(name) for name, _ in parse_qsl(query, keep_blank_values=True)):
        query = urlencode([pair for pair in parse_qsl(query, keep_blank_values=True) if not TRACKING.match(pair[0])])
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, parts.fragment))


def host_of(url: str) -> str:
    """Give the host of an address in lower case, without "www."."""
    match = re.match(r"(?i)(?:[a-z]{3,5}://)?(?:www\.)?([^/?#:]*)", url)
    return match[1].lower() if match else ""


def cut_addresses(text: str) -> tuple[list[str], str]:
    """Give the web addresses printed in `text` and the text without them."""
    addresses: list[str] = []

    def keep(match: re.Match[str]) -> str:
        printed = match[1] if match.re is BRACKETED else match[0]
        address = trim_end(printed)
        addresses.append(address)
        return " " + printed[len(address) :] + " "

    text = ADDRESS_LABEL.sub("", text) if "://" in text or "www." in text else text
    rest = ADDRESS.sub(keep, BRACKETED.sub(keep, text))
    if not addresses:
        rest = BARE_HOST.sub(keep, rest)
    return addresses, rest


def cut_first(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], str | None]
) -> tuple[str | None, str]:
    """Give the first value `read` finds among the matches of `pattern`, and `text` without all of its matches."""
    value = first(map(read, pattern.finditer(text)))
    return (value, pattern.sub(" ", text)) if value else (None, text)


def first(values: Iterable[str | None]) -> str | None:
    """Give the first value that is there."""
    return next((value for value in values if value), None)
