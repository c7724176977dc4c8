"""References as health sites print them: one house style a layout, journals and web pages in the same list."""

import re
from collections.abc import Callable
from random import Random
from typing import Any

from bench.reference_pages import PAGE_TITLES, SITES
from bench.reference_works import (
    FULL_MONTHS,
    MLA_MONTHS,
    Work,
    abbreviate,
    apa_names,
    chicago_names,
    initials,
    join,
    mla_names,
    title_case,
    vancouver_names,
)

Printed = tuple[str, dict[str, Any]]
Web = tuple[str, str, str, int, int, int]  # title, site, address, year, month, day


def pick_page(rng: Random) -> Web:
    """Give a made-up page of a real site."""
    site, host = rng.choice(SITES)
    title = rng.choice(PAGE_TITLES)
    path = "-".join(re.findall(r"\w+", title.lower().replace("'", ""))[:4])
    url = f"https://{host}/conditions/{path}"
    return title, site, url, rng.randint(2011, 2023), rng.randrange(12), rng.randint(1, 28)


def stop(title: str) -> str:
    """Give a title with the stop that ends its sentence."""
    return title + ("" if title[-1] in "?!" else ".")


def short_pages(work: Work) -> str:
    """Give "245–55" for "245-255"."""
    first, _, last = work.get("pages").partition("-")
    same = next((at for at, (left, right) in enumerate(zip(first, last, strict=False)) if left != right), 0)
    if len(first) == len(last) and first.isdigit():
        last = last[min(same, len(last) - 2) if len(last) > 2 else 0 :]
    return f"{first}–{last}" if last else first


def cite(work: Work) -> str:
    """Give "Lundberg", "Lundberg & Melin" or "Lundberg et al.", as a text names a work."""
    if work.et_al or len(work.people) > 2:
        return f"{work.people[0][0]} et al."
    return " & ".join(family for family, _ in work.people)


def known(work: Work, *names: str) -> dict[str, Any]:
    """Give author, title and year of a work, how a text names it, and of its identifiers those that were printed."""
    fields: dict[str, Any] = {"first_author": work.people[0][0], "title": work.title, "year": int(work.get("year"))}
    fields["cited"] = cite(work)
    return fields | {name: work.get(name).lower() or None for name in ("doi", "pmid", "pmcid") if name in names} | {
        name: None for name in ("doi", "pmid", "pmcid") if name not in names
    }  # fmt: skip


def bmj(work: Work) -> Printed:
    """Give "Lundberg U, Dohns IE, Melin B, et al. Title. J Occup 1999;4:245–55. doi:10…"."""
    journal = f"{abbreviate(work.get('container'))} {work.get('year')};{work.get('volume')}:{short_pages(work)}."
    doi = f"doi:{work.get('doi')}" if work.get("doi") else ""
    return join(vancouver_names(work, 3) + ".", work.stopped, journal.replace(":.", "."), doi), known(work, "doi")


def wikipedia(work: Work) -> Printed:
    """Give the citation template of an encyclopaedia."""
    month = f"{FULL_MONTHS[work.month - 1]} " if work.month else ""
    issue = f" ({work.get('issue')})" if work.get("issue") else ""
    pages = f": {short_pages(work)}" if work.get("pages") else ""
    names = vancouver_names(work, 6, ", et al.")
    doi, pmid, pmc = work.get("doi"), work.get("pmid"), work.get("pmcid").removeprefix("PMC")
    ids = [f"doi:{doi}." if doi else "", f"PMC {pmc}." if pmc else "", f"PMID {pmid}." if pmid else ""]
    where = f"{work.get('container').rstrip('.')}. {work.get('volume')}{issue}{pages}."
    return (
        join(f"{names} ({month}{work.get('year')}).", f'"{work.title}".', where, *ids),
        known(work, "doi", "pmid", "pmcid"),
    )


def healthline(work: Work) -> Printed:
    """Give "Lundberg U, et al. (1999). Title." with an address below."""
    people = vancouver_names(work, 1) + ("" if len(work.people) == 1 and not work.et_al else ".")
    link = f"https://www.ncbi.nlm.nih.gov/pubmed/{work.get('pmid')}" if work.get("pmid") else ""
    return join(f"{people} ({work.get('year')}).", work.stopped, link), known(work, "pmid")


def mayo(work: Work) -> Printed:
    """Give "Lundberg U, et al. Title. Journal. 1999; doi:10…."."""
    doi = f"doi:{work.get('doi')}." if work.get("doi") else f"{work.get('volume')}:{work.get('pages')}."
    container = work.get("container").rstrip(".")
    return join(vancouver_names(work, 1) + ".", work.stopped, f"{container}. {work.get('year')}; {doi}"), known(
        work, "doi"
    )


def cleveland(work: Work) -> Printed:
    """Give "Lundberg U, Dohns IE. Title (https://pubmed…). Journal. 1999;4(3):245-255. Accessed 2/23/2023."."""
    link = f" (https://pubmed.ncbi.nlm.nih.gov/{work.get('pmid')}/)" if work.get("pmid") else ""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    where = f"{abbreviate(work.get('container'))}. {work.get('year')};{work.get('volume')}{issue}:{work.get('pages')}."
    return f"{vancouver_names(work, 3)}. {work.title}{link}. {where} Accessed 2/23/2023.", known(work, "pmid")


def harvard_uk(work: Work) -> Printed:
    """Give the Harvard form of British universities."""
    names = [f"{family}, {initials(given, '.')}".rstrip(", ") for family, given in work.people]
    shown = f"{names[0]} et al."
    if not work.et_al and len(names) < 4:
        shown = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f", pp. {work.get('pages').replace('-', '–')}" if work.get("pages") else ""
    doi = f" doi:{work.get('doi')}." if work.get("doi") else ""
    where = f"{work.get('container').rstrip('.')}, {work.get('volume')}{issue}{pages}."
    return f"{shown} ({work.get('year')}) ‘{work.title}’, {where}{doi}", known(work, "doi")


def name_year(work: Work) -> Printed:
    """Give the name-year form of the Council of Science Editors."""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f":{work.get('pages')}" if work.get("pages") else ""
    where = f"{abbreviate(work.get('container'))}. {work.get('volume')}{issue}{pages}."
    return f"{vancouver_names(work)}. {work.get('year')}. {work.stopped} {where}", known(work)


def lancet(work: Work) -> Printed:
    """Give "Lundberg U, Dohns IE, Melin B, et al. Title. J Occup 1999; 4: 245–55."."""
    pages = f": {short_pages(work)}" if work.get("pages") else ""
    where = f"{abbreviate(work.get('container'))} {work.get('year')}; {work.get('volume')}{pages}."
    return join(vancouver_names(work, 3) + ".", work.stopped, where), known(work)


def patient(work: Work) -> Printed:
    """Give "Lundberg U, Dohns IE, Melin B; Title. J Occup. 1999 Jul;4(3):245-55. doi: 10…."."""
    month = f" {MLA_MONTHS[work.month - 1].strip('.')[:3]}" if work.month else ""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f":{short_pages(work).replace('–', '-')}" if work.get("pages") else ""
    doi = f"doi: {work.get('doi')}." if work.get("doi") else ""
    where = f"{abbreviate(work.get('container'))}. {work.get('year')}{month};{work.get('volume')}{issue}{pages}."
    return join(vancouver_names(work) + ";", work.stopped, where, doi), known(work, "doi")


def apa_plain(work: Work) -> Printed:
    """Give APA with the address of the DOI."""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f", {work.get('pages').replace('-', '–')}" if work.get("pages") else ""
    doi = f"https://doi.org/{work.get('doi')}" if work.get("doi") else ""
    where = f"{work.get('container').rstrip('.')}, {work.get('volume')}{issue}{pages}."
    return join(f"{apa_names(work)} ({work.get('year')}).", work.stopped, where, doi), known(work, "doi")


def ama(work: Work) -> Printed:
    """Give "Lundberg U, Dohns IE, Melin B, et al. Title. J Occup. 1999;4(3):245-255. doi:10…"."""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f":{work.get('pages')}" if work.get("pages") else ""
    doi = f"doi:{work.get('doi')}" if work.get("doi") else ""
    where = f"{abbreviate(work.get('container'))}. {work.get('year')};{work.get('volume')}{issue}{pages}."
    return join(vancouver_names(work, 3) + ".", work.stopped, where, doi), known(work, "doi")


def adam(work: Work) -> Printed:
    """Give AMA with the PubMed number and its address without a scheme, as encyclopaedias print it."""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f":{work.get('pages')}" if work.get("pages") else ""
    pmid = work.get("pmid")
    link = f"PMID: {pmid} pubmed.ncbi.nlm.nih.gov/{pmid}/." if pmid else ""
    where = f"{work.get('container').rstrip('.')}. {work.get('year')};{work.get('volume')}{issue}{pages}."
    return join(vancouver_names(work, 3) + ".", work.stopped, where, link), known(work, "pmid")


def internet(work: Work) -> Printed:
    """Give "Lundberg U. Title. J Occup [Internet]. 1999 [cited 2025 Mar 3];4(3):245–55. Available from: …"."""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f":{short_pages(work)}" if work.get("pages") else ""
    link = f"Available from: https://doi.org/{work.get('doi')}" if work.get("doi") else ""
    where = f"{abbreviate(work.get('container'))} [Internet]. {work.get('year')} [cited 2025 Mar 3];"
    return (
        join(vancouver_names(work, 6) + ".", work.stopped, f"{where}{work.get('volume')}{issue}{pages}.", link),
        known(work, "doi"),
    )


def mla_plain(work: Work) -> Printed:
    """Give 'Lundberg, Ulf, et al. "Title." Journal, vol. 4, no. 3, July 1999, pp. 245-55, doi:10…'."""
    title = title_case(work.title)
    parts = (
        work.get("container").rstrip("."),
        f"vol. {work.get('volume')}",
        f"no. {work.get('issue')}" if work.get("issue") else "",
        f"{MLA_MONTHS[work.month - 1]} {work.get('year')}" if work.month else work.get("year"),
        f"{'pp' if '-' in work.get('pages') else 'p'}. {work.get('pages')}" if work.get("pages") else "",
        f"doi:{work.get('doi')}" if work.get("doi") else "",
    )
    where = ", ".join(part for part in parts if part) + "."
    return join(f"{mla_names(work)}.", f'"{stop(title)}"', where), known(work, "doi")


def british(work: Work) -> Printed:
    """Give "Lundberg, U., Dohns, I. and Melin, B. (1999) Title. Journal, 4(3), 245–255. Available at: https://doi…"."""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f", {work.get('pages').replace('-', '–')}" if work.get("pages") else ""
    doi = f"Available at: https://doi.org/{work.get('doi')} [Accessed 3 March 2025]." if work.get("doi") else ""
    where = f"{work.get('container').rstrip('.')}, {work.get('volume')}{issue}{pages}."
    return join(f"{apa_names(work, ' and ', '')} ({work.get('year')})", work.stopped, where, doi), known(work, "doi")


def apa_six(work: Work) -> Printed:
    """Give "Lundberg, U., & Melin, B. (1999). Title. Journal, 4(3), 245–255. doi:10…"."""
    printed, fields = apa_plain(work)
    return printed.replace("https://doi.org/", "doi:"), fields


def everyday(work: Work) -> Printed:
    """Give "Lundberg U, Dohns IE, et al. Title. Journal. July 1999."."""
    month = f"{FULL_MONTHS[work.month - 1]} " if work.month else ""
    where = f"{work.get('container').rstrip('.')}. {month}{work.get('year')}."
    return join(vancouver_names(work, 2) + ".", work.stopped, where), known(work)


def old_journal(work: Work) -> Printed:
    """Give "Lundberg U, Melin B: Title. J Occup 4:245-255, 1999."."""
    pages = f":{work.get('pages')}" if work.get("pages") else ""
    where = f"{abbreviate(work.get('container'))} {work.get('volume')}{pages}, {work.get('year')}."
    return join(vancouver_names(work, 3) + ":", work.stopped, where), known(work)


def news_today(work: Work) -> Printed:
    """Give "Lundberg, U., et al. (1999). Title." with an address below."""
    family, given = work.people[0]
    first = f"{family}, {initials(given, '.', ' ')}".rstrip(", ")
    people = first + (", et al." if work.et_al or len(work.people) > 1 else "")
    link = f"https://www.ncbi.nlm.nih.gov/pubmed/{work.get('pmid')}" if work.get("pmid") else ""
    return join(f"{people} ({work.get('year')}).", work.stopped, link), known(work, "pmid")


def citation_one(work: Work) -> Printed:
    """Give the encyclopaedia's template with names in full: "Lundberg, Ulf; Melin, Bo (July 1999). "Title"."."""
    names = [f"{family}, {given}".rstrip(", ") for family, given in work.people]
    shown = "; ".join(names[:6]) + ("; et al." if work.et_al or len(names) > 6 else "")
    month = f"{FULL_MONTHS[work.month - 1]} " if work.month else ""
    issue = f" ({work.get('issue')})" if work.get("issue") else ""
    pages = f": {short_pages(work)}" if work.get("pages") else ""
    doi, pmid, pmc = work.get("doi"), work.get("pmid"), work.get("pmcid").removeprefix("PMC")
    ids = [f"doi:{doi}." if doi else "", f"PMC {pmc}." if pmc else "", f"PMID {pmid}." if pmid else ""]
    where = f"{work.get('container').rstrip('.')}. {work.get('volume')}{issue}{pages}."
    head = f"{shown} ({month}{work.get('year')})."
    return join(head, f'"{work.title}".', where, *ids), known(work, "doi", "pmid", "pmcid")


def mla_database(work: Work) -> Printed:
    """Give "Lundberg, Ulf, et al. “Title.” NCBI PubMed, U.S. National Library of Medicine, July 1999, www…"."""
    if not work.get("pmid"):
        return mla_plain(work)
    when = f"{MLA_MONTHS[work.month - 1]} {work.get('year')}" if work.month else work.get("year")
    host = f"NCBI PubMed, U.S. National Library of Medicine, {when}, www.ncbi.nlm.nih.gov/pubmed/{work.get('pmid')}."
    return join(f"{mla_names(work)}.", f"“{stop(title_case(work.title))}”", host), known(work, "pmid")


def nature(work: Work) -> Printed:
    """Give "Lundberg, U. & Melin, B. Title. J. Occup. 4, 245–255 (1999)."."""
    names = [f"{family}, {initials(given, '.', ' ')}".rstrip(", ") for family, given in work.people]
    shown = f"{names[0]} et al."
    if not work.et_al and len(names) < 6:
        shown = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} & {names[-1]}"
    pages = f", {work.get('pages').replace('-', '–')}" if work.get("pages") else ""
    where = f"{abbreviate(work.get('container'), '.')} {work.get('volume')}{pages} ({work.get('year')})."
    doi = f"https://doi.org/{work.get('doi')}" if work.get("doi") else ""
    return join(shown, work.stopped, where, doi), known(work, "doi")


def leaflet(work: Work) -> Printed:
    """Give "Lundberg U, Dohns IE, Melin B, et al (1999) Title. J Occup 4(3): 245-55"."""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f": {short_pages(work).replace('–', '-')}" if work.get("pages") else ""
    where = f"{abbreviate(work.get('container'))} {work.get('volume')}{issue}{pages}."
    return join(f"{vancouver_names(work, 3)} ({work.get('year')})", work.stopped, where), known(work)


def chicago(work: Work) -> Printed:
    """Give 'Lundberg, Ulf, and Bo Melin. "Title." Journal 4, no. 3 (1999): 245–55. https://doi.org/…'."""
    issue = f", no. {work.get('issue')}" if work.get("issue") else ""
    pages = f": {short_pages(work)}" if work.get("pages") else ""
    doi = f"https://doi.org/{work.get('doi')}." if work.get("doi") else ""
    where = f"{work.get('container').rstrip('.')} {work.get('volume')}{issue} ({work.get('year')}){pages}."
    names = chicago_names(work).rstrip(".")
    return join(f"{names}.", f"“{stop(title_case(work.title))}”", where, doi), known(work, "doi")


def loose(work: Work) -> Printed:
    """Give 'Lundberg U and others, "Title", Journal, July 1999. https://doi.org/…', as blogs do."""
    month = f"{FULL_MONTHS[work.month - 1]} " if work.month else ""
    doi = f"https://doi.org/{work.get('doi')}" if work.get("doi") else ""
    where = f"{work.get('container').rstrip('.')}, {month}{work.get('year')}."
    return join(f"{vancouver_names(work, 1, ' and others')},", f'"{work.title}",', where, doi), known(work, "doi")


def nlm(work: Work) -> Printed:
    """Give "Lundberg U, Melin B. Title. J Occup. 1999 Jul;4(3):245-55. doi: 10…. PMID: 1; PMCID: PMC2."."""
    month = f" {MLA_MONTHS[work.month - 1].strip('.')[:3]}" if work.month else ""
    issue = f"({work.get('issue')})" if work.get("issue") else ""
    pages = f":{short_pages(work).replace('–', '-')}" if work.get("pages") else ""
    doi, pmid, pmcid = work.get("doi"), work.get("pmid"), work.get("pmcid")
    ids = "; ".join(part for part in (f"PMID: {pmid}" if pmid else "", f"PMCID: {pmcid}" if pmcid else "") if part)
    where = f"{abbreviate(work.get('container'))}. {work.get('year')}{month};{work.get('volume')}{issue}{pages}."
    head = join(vancouver_names(work) + ".", work.stopped, where, f"doi: {doi}." if doi else "")
    return join(head, f"{ids}." if ids else ""), known(work, "doi", "pmid", "pmcid")


def harvard_au(work: Work) -> Printed:
    """Give "Lundberg, U & Melin, B 1999, ‘Title’, Journal, vol. 4, no. 3, pp. 245–255, doi:10…."."""
    names = [f"{family}, {initials(given)}".rstrip(", ") for family, given in work.people]
    shown = f"{names[0]} et al."
    if not work.et_al and len(names) < 4:
        shown = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} & {names[-1]}"
    parts = (
        f"{shown} {work.get('year')}", f"‘{work.title}’", work.get("container").rstrip("."),
        f"vol. {work.get('volume')}", f"no. {work.get('issue')}" if work.get("issue") else "",
        f"pp. {work.get('pages').replace('-', '–')}" if work.get("pages") else "",
        f"doi:{work.get('doi')}" if work.get("doi") else "",
    )  # fmt: skip
    return ", ".join(part for part in parts if part) + ".", known(work, "doi")


def print_web(style: str, page: Web) -> Printed:
    """Give a page of the web as the house style prints it, with what everybody would read from it."""
    title, site, url, year, month, day = page
    name, full = FULL_MONTHS[month], f"{day} {FULL_MONTHS[month]} {year}"
    none: dict[str, Any] = {"title": title, "doi": None, "pmid": None, "pmcid": None, "cited": site}
    dated, signed = none | {"year": year}, none | {"year": year, "first_author": site}
    unsigned = none | {"year": year, "first_author": None}
    forms: dict[str, Printed] = {
        "bmj": (f"{site}. {stop(title)} {year}. {url} (accessed 3 Mar 2025).", dated),
        "wikipedia": (f'"{title}". {site}. {full}. Retrieved 3 March 2025.', unsigned),
        "healthline": (f"{stop(title)} ({year}). {url}", unsigned),
        "mayo": (f"{stop(title)} {site}. {url}. Accessed {MLA_MONTHS[month]} {day}, 2024.", none | {"year": None}),
        "cleveland": (f"{site}. {title} ({url}). Last updated {month + 1}/{year}. Accessed 2/23/2023.", dated),
        "harvard": (f"{site} ({year}) {title}. Available at: {url} (Accessed: 3 March 2025).", signed),
        "name-year": (f"{site}. {year}. {stop(title)} [accessed 2025 Mar 3]. {url}.", signed),
        "lancet": (f"{site}. {stop(title)} {name}, {year}. {url} (accessed March 3, 2025).", dated),
        "patient": (f"{title}; {site}, {name} {year}", dated),
        "ama": (f"{site}. {stop(title)} Updated {name} {day}, {year}. Accessed March 3, 2025. {url}", dated),
        "adam": (f"{site} website. {stop(title)} {url[8:]}. Updated {name} {day}, {year}.", dated),
        "internet": (f"{site}. {title} [Internet]. {year} [cited 2025 Mar 3]. Available from: {url}", signed),
        "mla": (f'"{stop(title)}" {site}, {day} {MLA_MONTHS[month]} {year}, {url[8:]}.', unsigned),
        "chicago": (f"{site}. “{stop(title)}” Last modified {name} {day}, {year}. {url}.", signed),
        "loose": (f'{site}, "{title}", {full}. {url}', dated),
        "apa": (f"{site}. ({year}, {name} {day}). {stop(title)} {url}", signed),
        "british": (f"{site} ({year}) {stop(title)} Available at: {url} [Accessed 3 March 2025].", signed),
        "apa-six": (f"{site}. ({year}, {name} {day}). {stop(title)} Retrieved from {url}", signed),
        "everyday": (f"{stop(title)} {site}. {name} {day}, {year}.", dated),
        "old-journal": (f"{site}: {stop(title)} {url.replace('https', 'http')}, {year}.", signed),
        "news-today": (f"{stop(title)} ({year}). {url}", unsigned),
        "citation-one": (f'"{title}". {site}. {full}. Retrieved 3 March 2025.', unsigned),
        "mla-database": (f"“{stop(title)}” {site}, {day} {MLA_MONTHS[month]} {year}, {url[8:]}.", unsigned),
        "nature": (f"{site}. {stop(title)} {url} ({year}).", signed),
        "nlm": (
            f"{title} [Internet]. {site}; {year} [cited 2025 Mar 3]. Available from: {url}",
            unsigned,
        ),
        "harvard-au": (f"{site} {year}, ‘{title}’, viewed 3 March 2025, <{url}>.", signed),
        "leaflet": (f"{site} ({year}) {stop(title)} {url[8:]} (accessed 3 March 2025).", signed),
    }
    return forms[style]


HOUSES: dict[str, Callable[[Work], Printed]] = {
    "bmj": bmj, "wikipedia": wikipedia, "healthline": healthline, "mayo": mayo, "cleveland": cleveland,
    "harvard": harvard_uk, "name-year": name_year, "lancet": lancet, "patient": patient, "apa": apa_plain,
    "mla": mla_plain, "ama": ama, "adam": adam, "internet": internet, "british": british, "apa-six": apa_six,
    "everyday": everyday, "old-journal": old_journal, "news-today": news_today, "citation-one": citation_one,
    "mla-database": mla_database, "nature": nature, "leaflet": leaflet,
    "chicago": chicago, "loose": loose, "nlm": nlm, "harvard-au": harvard_au,
}  # fmt: skip


def print_reference(style: str, work: Work, rng: Random) -> Printed:
    """Give one entry of a list in a house style: mostly the work, now and then a page of the web."""
    return print_web(style, pick_page(rng)) if rng.random() < 0.3 else HOUSES[style](work)
