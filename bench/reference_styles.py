"""Works printed in the styles references come in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

FULL_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
MLA_MONTHS = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
SHORT_MONTHS = [month[:3] for month in FULL_MONTHS]
SMALL = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
ISO4 = {
    "journal": "J", "american": "Am", "psychology": "Psychol", "psychological": "Psychol", "psychiatry": "Psychiatry", "research": "Res",
    "medicine": "Med", "medical": "Med", "clinical": "Clin", "international": "Int", "european": "Eur", "british": "Br", "review": "Rev",
    "reviews": "Rev", "behaviour": "Behav", "behavior": "Behav", "behavioral": "Behav", "therapy": "Ther", "health": "Health",
    "neuroscience": "Neurosci", "neurology": "Neurol", "biological": "Biol", "annals": "Ann", "archives": "Arch", "academy": "Acad",
    "sciences": "Sci", "science": "Sci", "national": "Natl", "proceedings": "Proc", "experimental": "Exp", "psychosomatic": "Psychosom",
    "dermatology": "Dermatol", "gastroenterology": "Gastroenterol", "cardiology": "Cardiol", "society": "Soc", "dental": "Dent",
    "disorders": "Disord", "applied": "Appl", "current": "Curr", "opinion": "Opin", "oral": "Oral", "university": "Univ",
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
                  f"https://www.tandfonline.com/doi/full/{doi}?utm_source=x", f"https://link.springer.com/article/{doi.replace('/', '%2F', 1)}"]  # fmt: skip
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


def corpus(work: Work, rng: Random) -> str:
    """Give the form of this project's own articles."""
    doi, pmid, pmcid = work.get("doi"), work.get("pmid"), work.get("pmcid")
    where = locator(work)
    date = nlm_date(work) + (where if where.startswith(":") else f";{where}" if where else "")
    found = [f"doi:{doi}." if doi else "", f"PMID: {pmid}." if pmid else "", f"PMCID: {pmcid}." if pmcid else ""]
    link = "" if any(found) else f"Available from: https://{work.get('url')}"
    container = work.get("container").rstrip(".")
    del rng
    return join(
        vancouver_names(work) + ".", work.stopped, container + "." if container else "", date + ".", *found, link
    )


def vancouver(work: Work, rng: Random) -> str:
    """Give NLM and Vancouver forms, with and without months, abbreviated journals, medium and date of access."""
    journal = rng.choice(
        [work.get("container"), abbreviate(work.get("container")), abbreviate(work.get("container"), ".")]
    ).rstrip(".")
    date = rng.choice([nlm_date(work), work.get("year")])
    online = rng.random() < 0.25
    where = locator(work).replace("-", rng.choice(["-", "–"]))
    tail = rng.choice([ids(work, rng), ids(work, rng), "", f"Epub {work.get('year')} Jan 5."])
    if online:
        return join(
            vancouver_names(work) + ".",
            work.stopped,
            f"{journal} [Internet].",
            f"{date} [cited 2019 Mar 3];{where}.",
            f"Available from: {address(work, rng)}",
        )
    colon = rng.random() < 0.1
    return join(
        vancouver_names(work) + (":" if colon else "."),
        work.stopped,
        f"{journal}{rng.choice(['.', '.', ''])}",
        f"{date};{rng.choice(['', ' '])}{where}.",
        tail,
    )


def ama(work: Work, rng: Random) -> str:
    """Give the AMA form."""
    accessed = rng.choice(
        ["", "Accessed March 3, 2019.", "Published January 5, " + work.get("year") + ". Accessed March 3, 2019."]
    )
    tail = address(work, rng) if accessed else ids(work, rng)
    return join(
        vancouver_names(work, most=3) + ".",
        work.stopped,
        f"{abbreviate(work.get('container'))}. {work.get('year')};{locator(work)}.",
        accessed,
        tail,
    )


def apa(work: Work, rng: Random) -> str:
    """Give APA 6 and 7."""
    volume, issue, pages = work.get("volume"), work.get("issue"), work.get("pages").replace("-", rng.choice(["-", "–"]))
    date = work.get("year")
    if work.month and rng.random() < 0.1:
        date += f", {FULL_MONTHS[work.month - 1]}"
    where = ", ".join(
        part for part in (volume + (f"{rng.choice(['', ' '])}({issue})" if issue and volume else ""), pages) if part
    )
    if pages.isdigit() and len(pages) > 4 and rng.random() < 0.4:
        where = where.replace(pages, f"Article {pages}")
    link = rng.choice([f"https://doi.org/{work.get('doi')}" if work.get("doi") else "", address(work, rng), f"Retrieved from {address(work, rng)}",
                       f"doi:{work.get('doi')}" if work.get("doi") else "", f"Retrieved March 3, 2019, from {address(work, rng)}"])  # fmt: skip
    return join(
        f"{apa_names(work)}{'' if apa_names(work).endswith('.') else '.'} ({date}).",
        work.stopped,
        f"{', '.join(x for x in (work.get('container'), where) if x)}.",
        link,
    )


def mla(work: Work, rng: Random) -> str:
    """Give MLA 7, 8 and 9, with a database or a publisher as containers."""
    month = f"{MLA_MONTHS[work.month - 1]} " if work.month else ""
    title = quoted(title_case(work.title), rng)
    volume, issue, pages = work.get("volume"), work.get("issue"), work.get("pages")
    kind = rng.random()
    if kind < 0.2 and volume and issue:
        return join(
            mla_names(work) + ".",
            title,
            f"{work.get('container')} {volume}.{issue} ({work.get('year')}): {pages}. Web. 3 Mar. 2019.",
        )
    if kind < 0.45:
        return join(
            mla_names(work) + ".",
            title,
            f"NCBI PubMed, U.S. National Library of Medicine, {month}{work.get('year')}, {address(work, rng)}.",
        )
    parts = [work.get("container"), work.get("publisher") if kind < 0.6 and not volume else "", f"vol. {volume}" if volume else "", f"no. {issue}" if issue else "",
             f"{rng.choice(['6 ', '']) if month else ''}{month}{work.get('year')}", f"{'pp' if '-' in pages else 'p'}. {pages}" if pages else "", address(work, rng)]  # fmt: skip
    return join(
        mla_names(work) + ".",
        title,
        ", ".join(part for part in parts if part) + ".",
        rng.choice(["", "Accessed 3 Mar. 2019."]),
    )


def chicago_note(work: Work, rng: Random) -> str:
    """Give the note form of Chicago."""
    month = f"{FULL_MONTHS[work.month - 1]} " if work.month and rng.random() < 0.5 else ""
    issue = f", no. {work.get('issue')}" if work.get("issue") else ""
    pages = f": {work.get('pages').replace('-', '–')}" if work.get("pages") else ""
    return join(
        f"{note_names(work)},",
        quoted(title_case(work.title), rng, ","),
        f"{work.get('container')} {work.get('volume')}{issue} ({month}{work.get('year')}){pages}, {address(work, rng)}.",
    )


def chicago_bibliography(work: Work, rng: Random) -> str:
    """Give the bibliography form of Chicago."""
    issue = f", no. {work.get('issue')}" if work.get("issue") else ""
    pages = f": {work.get('pages').replace('-', '–')}" if work.get("pages") else ""
    return join(
        f"{chicago_names(work)}.",
        quoted(title_case(work.title), rng),
        f"{work.get('container')} {work.get('volume')}{issue} ({work.get('year')}){pages}.",
        rng.choice(["", address(work, rng) + "."]),
    )


def chicago_date(work: Work, rng: Random) -> str:
    """Give the author-date form of Chicago."""
    issue = f" ({work.get('issue')})" if work.get("issue") else ""
    pages = f": {work.get('pages').replace('-', '–')}" if work.get("pages") else ""
    return join(
        f"{chicago_names(work)}.",
        f"{work.get('year')}.",
        quoted(title_case(work.title), rng),
        f"{work.get('container')} {work.get('volume')}{issue}{pages}.",
        rng.choice(["", address(work, rng) + "."]),
    )


def harvard(work: Work, rng: Random) -> str:
    """Give the forms called Harvard."""
    volume, issue, pages, year = work.get("volume"), work.get("issue"), work.get("pages"), work.get("year")
    where = volume + (f"({issue})" if issue else "")
    kind = rng.random()
    names = apa_names(work, rng.choice([" and ", " & "]), rng.choice(["", " "]))
    if kind < 0.35:
        return join(
            f"{names}, {year}. {work.stopped}",
            ", ".join(x for x in (work.get("container"), where, f"pp.{pages}" if pages else "") if x) + ".",
            rng.choice(["", f"Available at: {address(work, rng)} [Accessed 3 March 2019]."]),
        )
    quote = rng.choice([("'", "'"), ("‘", "’")])
    title = f"{quote[0]}{work.title}{quote[1]}"
    if kind < 0.7:
        return join(
            f"{names} ({year}) {title},",
            ", ".join(x for x in (work.get("container"), where, f"pp. {pages}" if pages else "") if x) + ".",
            rng.choice(
                [
                    f"doi: {work.get('doi')}." if work.get("doi") else "",
                    f"Available at: {address(work, rng)} (Accessed: 3 March 2019).",
                ]
            ),
        )
    plain = (
        vancouver_names(work, 3, " et al.").replace(", ", " & ", 1)
        if len(work.people) == 2
        else vancouver_names(work, 3, " et al.")
    )
    parts = [
        work.get("container"),
        f"vol. {volume}" if volume else "",
        f"no. {issue}" if issue else "",
        f"pp. {pages}" if pages else "",
    ]
    return join(
        f"{plain} {year}, {title},",
        ", ".join(x for x in parts if x) + f", viewed 3 March 2019, <https://doi.org/{work.get('doi')}>."
        if work.get("doi")
        else ", ".join(x for x in parts if x) + ".",
    )


def scientific(work: Work, rng: Random) -> str:
    """Give the forms of IEEE, Nature, Cell, Elsevier, BMC and Trauma."""
    volume, issue, pages, year = work.get("volume"), work.get("issue"), work.get("pages"), work.get("year")
    journal = rng.choice([work.get("container"), abbreviate(work.get("container"), ".")])
    kind = rng.randrange(6)
    if kind == 0:
        parts = [
            journal,
            f"vol. {volume}" if volume else "",
            f"no. {issue}" if issue else "",
            f"pp. {pages}" if pages else "",
            (f"{MLA_MONTHS[work.month - 1]} " if work.month else "") + year,
        ]
        return join(
            f"[7] {ieee_names(work)},",
            quoted(work.title, rng, ","),
            ", ".join(x for x in parts if x) + (f", doi: {work.get('doi')}." if work.get("doi") else "."),
        )
    if kind == 1:
        names = (
            apa_names(work, " & ")
            if len(work.people) < 6 and not work.et_al
            else f"{work.people[0][0]}, {initials(work.people[0][1], '.', ' ')} et al."
        )
        return join(
            names, work.stopped, f"{journal} {', '.join(x for x in (volume, pages.replace('-', '–')) if x)} ({year})."
        )
    if kind == 2:
        return join(
            f"{apa_names(work, ', and ')} ({year}).",
            work.stopped,
            f"{journal} {', '.join(x for x in (volume, pages.replace('-', '–')) if x)}.",
            ids(work, rng),
        )
    if kind == 3:
        return join(
            f"[12] {ieee_names(work)},",
            f"{work.title},",
            f"{journal} {volume} ({year}) {pages.replace('-', '–')}.",
            ids(work, rng),
        )
    if kind == 4:
        return join(f"{vancouver_names(work)}:", work.stopped, f"{journal} {year}, {locator(work)}.")
    return join(f"{vancouver_names(work)}:", work.stopped, f"{journal} {locator(work)}, {year}")


JOURNAL_STYLES: dict[str, Callable[[Work, Random], str]] = {
    "corpus": corpus, "vancouver": vancouver, "ama": ama, "apa": apa, "mla": mla, "chicago note": chicago_note,
    "chicago bibliography": chicago_bibliography, "chicago author-date": chicago_date, "harvard": harvard, "scientific": scientific,
}  # fmt: skip
