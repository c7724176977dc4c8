"""Works printed in the styles references come in."""

from collections.abc import Callable
from random import Random

from bench.reference_works import (
    FULL_MONTHS,
    MLA_MONTHS,
    Work,
    abbreviate,
    address,
    apa_names,
    chicago_names,
    ids,
    ieee_names,
    initials,
    join,
    locator,
    mla_names,
    nlm_date,
    note_names,
    quoted,
    title_case,
    vancouver_names,
)


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
    link = rng.choice([f"https://doi.org/{work.get('doi')}" if work.get("doi") else "", address(work, rng),
                       f"Retrieved from {address(work, rng)}",
                       f"doi:{work.get('doi')}" if work.get("doi") else "",
                       f"Retrieved March 3, 2019, from {address(work, rng)}"])  # fmt: skip
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
    parts = [work.get("container"), work.get("publisher") if kind < 0.6 and not volume else "",
             f"vol. {volume}" if volume else "", f"no. {issue}" if issue else "",
             f"{rng.choice(['6 ', '']) if month else ''}{month}{work.get('year')}",
             f"{'pp' if '-' in pages else 'p'}. {pages}" if pages else "", address(work, rng)]  # fmt: skip
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
        f"{work.get('container')} {work.get('volume')}{issue} ({month}{work.get('year')}){pages}, "
        f"{address(work, rng)}.",
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
    "chicago bibliography": chicago_bibliography, "chicago author-date": chicago_date, "harvard": harvard,
    "scientific": scientific,
}  # fmt: skip
