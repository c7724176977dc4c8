"""The works of the bibliography and the parts that every style prints: names, titles, dates, identifiers."""

import re
from dataclasses import dataclass
from random import Random
from typing import Any

FULL_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MLA_MONTHS = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
SHORT_MONTHS = [month[:3] for month in FULL_MONTHS]
SMALL = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
ISO4 = {
    "journal": "J", "american": "Am", "psychology": "Psychol", "psychological": "Psychol", "psychiatry": "Psychiatry",
    "research": "Res",
    "medicine": "Med", "medical": "Med", "clinical": "Clin", "international": "Int", "european": "Eur",
    "british": "Br", "review": "Rev",
    "reviews": "Rev", "behaviour": "Behav", "behavior": "Behav", "behavioral": "Behav", "therapy": "Ther",
    "health": "Health",
    "neuroscience": "Neurosci", "neurology": "Neurol", "biological": "Biol", "annals": "Ann", "archives": "Arch",
    "academy": "Acad",
    "sciences": "Sci", "science": "Sci", "national": "Natl", "proceedings": "Proc", "experimental": "Exp",
    "psychosomatic": "Psychosom",
    "dermatology": "Dermatol", "gastroenterology": "Gastroenterol", "cardiology": "Cardiol", "society": "Soc",
    "dental": "Dent",
    "disorders": "Disord", "applied": "Appl", "current": "Curr", "opinion": "Opin", "oral": "Oral",
    "university": "Univ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """One work of the bibliography in the shapes that printing needs."""

    people: tuple[tuple[str, str], ...]
    et_al: bool
    row: dict[str, Any]

    def get(self, name: str) -> str:
        """Give a field as a string, empty where it is not known."""
        return str(self.row.get(name) or "")

    @property
    def title(self) -> str:
        """Give the title without a final stop."""
        return self.get("title").rstrip(". ")

    @property
    def stopped(self) -> str:
        """Give the title with the stop that ends its sentence."""
        return self.title + ("" if self.title[-1] in "?!" else ".")

    @property
    def month(self) -> int | None:
        """Give the number of the month, or ``None``."""
        month = self.get("month")[:3]
        return SHORT_MONTHS.index(month) + 1 if month in SHORT_MONTHS else None


def build_work(row: dict[str, Any]) -> Work:
    """Give a work of one row of the bibliography."""
    people = []
    for name in row["authors"]:
        family, _, given = name.partition(",")
        people.append((family.strip(), given.strip()))
    return Work(tuple(people), bool(row["et_al"]), row)


def initials(given: str, dot: str = "", gap: str = "") -> str:
    """Give the initials of given names: "Ulf Per" → "UP", or "U. P." with dot and gap."""
    if re.fullmatch(r"[A-Z]{2,4}", given):
        letters = list(given)
    else:
        letters = [part[0] for part in re.split(r"[\s.\-]+", given) if part]
    return gap.join(letter + dot for letter in letters)


def vancouver_names(work: Work, most: int = 6, ending: str = ", et al") -> str:
    """Give "Lundberg U, Dohns IE, et al"."""
    names = [f"{family} {initials(given)}".strip() for family, given in work.people[:most]]
    return ", ".join(names) + (ending if work.et_al or len(work.people) > most else "")


def apa_names(work: Work, last: str = ", & ", gap: str = " ") -> str:
    """Give "Lundberg, U., Dohns, I. E., & Melin, B."."""
    names = [f"{family}, {initials(given, '.', gap)}".rstrip(", ") for family, given in work.people]
    if work.et_al:
        return ", ".join(names[:6]) + ", et al."
    if len(names) > 7:
        return ", ".join(names[:6]) + ", ... " + names[-1]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + last + names[-1]


def mla_names(work: Work) -> str:
    """Give "Lundberg, Ulf, and Bo Melin" or "Lundberg, Ulf, et al."."""
    family, given = work.people[0]
    first = f"{family}, {given}".rstrip(", ")
    if work.et_al or len(work.people) > 2:
        return f"{first}, et al"
    if len(work.people) == 2:
        return f"{first}, and {' '.join(reversed(work.people[1])).strip()}"
    return first


def note_names(work: Work, most: int = 3) -> str:
    """Give "Ulf Lundberg, Ingrid Dohns, and Bo Melin" or "Ulf Lundberg et al."."""
    names = [f"{given} {family}".strip() for family, given in work.people]
    if work.et_al or len(names) > most:
        return f"{names[0]} et al."
    return (
        names[0] if len(names) == 1 else ", ".join(names[:-1]) + ("," if len(names) > 2 else "") + f" and {names[-1]}"
    )


def chicago_names(work: Work) -> str:
    """Give "Lundberg, Ulf, Ingrid Dohns, and Bo Melin"."""
    family, given = work.people[0]
    names = [f"{family}, {given}".rstrip(", "), *(f"{given} {family}".strip() for family, given in work.people[1:10])]
    if work.et_al or len(work.people) > 10:
        return ", ".join(names[:7]) + ", et al"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", and {names[-1]}"


def ieee_names(work: Work) -> str:
    """Give "U. Lundberg, I. Dohns, and B. Melin"."""
    names = [f"{initials(given, '.', ' ')} {family}".strip() for family, given in work.people]
    if work.et_al or len(names) > 6:
        return f"{names[0]} et al."
    return (
        names[0] if len(names) == 1 else ", ".join(names[:-1]) + ("," if len(names) > 2 else "") + f" and {names[-1]}"
    )


def abbreviate(container: str, dot: str = "") -> str:
    """Give a journal's name the way NLM (or, with dots, ISO 4) shortens it."""
    words = [word for word in container.split() if word.lower() not in SMALL and word != "&"]
    if len(words) < 2:
        return container
    return " ".join(
        ISO4[word.lower()] + dot if word.lower() in ISO4 and ISO4[word.lower()] != word else word for word in words
    )


def title_case(title: str) -> str:
    """Give a title with its words capitalised, as MLA and Chicago set it."""
    words = [
        word if word in SMALL or not word[0].islower() else word[0].upper() + word[1:]
        for word in title.split(" ")
        if word
    ]
    return " ".join(words)


def locator(work: Work) -> str:
    """Give "4(3):245-255" as far as it is known."""
    volume, issue, pages = work.get("volume"), work.get("issue"), work.get("pages")
    return (volume + (f"({issue})" if volume and issue else "")) + (f":{pages}" if pages else "")


def nlm_date(work: Work) -> str:
    """Give "1999 Jul" or "1999"."""
    return work.get("year") + (f" {SHORT_MONTHS[work.month - 1]}" if work.month else "")


def ids(work: Work, rng: Random) -> str:
    """Give the identifiers in one of the ways they are printed behind a reference."""
    doi, pmid, pmcid = work.get("doi"), work.get("pmid"), work.get("pmcid")
    forms = [
        f"doi:{doi}.",
        f"https://doi.org/{doi}",
        f"http://dx.doi.org/{doi}.",
        f"DOI: {doi}",
        f"doi.org/{doi}.",
        f"[doi: {doi}]",
    ]
    out = [rng.choice(forms)] if doi else []
    if pmid:
        out.append(rng.choice([f"PMID: {pmid}.", f"PMID {pmid}", f"PubMed PMID: {pmid}.", f"[PubMed: {pmid}]"]))
    if pmcid:
        out.append(rng.choice([f"PMCID: {pmcid}.", f"{pmcid}.", f"[PMC free article: {pmcid}]"]))
    return " ".join(out)


def address(work: Work, rng: Random) -> str:
    """Give one address of the work that holds an identifier, or its printed one."""
    doi, pmid, pmcid = work.get("doi"), work.get("pmid"), work.get("pmcid")
    forms = []
    if doi:
        forms += [f"https://doi.org/{doi}", f"dx.doi.org/{doi}", f"https://onlinelibrary.wiley.com/doi/abs/{doi}",
                  f"https://www.tandfonline.com/doi/full/{doi}?utm_source=x",
                  f"https://link.springer.com/article/{doi.replace('/', '%2F', 1)}"]  # fmt: skip
    if pmid:
        forms += [
            f"www.ncbi.nlm.nih.gov/pubmed/{pmid}",
            f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
            f"europepmc.org/article/MED/{pmid}",
        ]
    if pmcid:
        forms += [f"https://www.ncbi.nlm.nih.gov/pmc/articles/{pmcid}/", f"pmc.ncbi.nlm.nih.gov/articles/{pmcid}"]
    return rng.choice(forms) if forms else work.get("url")


def quoted(title: str, rng: Random, mark: str = ".") -> str:
    """Give a title in curly or straight quotes with the punctuation inside, as American styles set it."""
    opening, closing = rng.choice([("“", "”"), ('"', '"')])
    return f"{opening}{title}{'' if title[-1] in '?!' else mark}{closing}"


def join(*parts: str) -> str:
    """Give the parts that are not empty, with a blank between them."""
    return " ".join(part for part in parts if part).strip()
