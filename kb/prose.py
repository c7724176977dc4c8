"""Words around figures: counts with their noun, dates as people write them."""

from datetime import date

from kb.model import ResultPage

SECTION_NAMES = {"description": "Description", "causes": "Causes", "remedies": "Remedies", "other": "Other sections"}


def count_words(number: int, noun: str, plural: str | None = None) -> str:
    """Give "1 article", "2 articles", "no articles", "1,204 articles"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {plural or noun + 's'}" if number else f"no {plural or noun + 's'}"


def read_date(text: str | None) -> str:
    """Give "October 9, 2018" for an ISO date, and the text itself for anything else."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return text or ""
    return f"{day:%B} {day.day}, {day.year}"


def section_name(kind: str | None) -> str:
    """Give the words for a kind of section; a heading stays as it is."""
    return SECTION_NAMES.get(kind or "", kind or "")


def describe_results(page: ResultPage) -> str:
    """Give "Showing 1–10 of 37 results for “back pain”", or that nothing was found."""
    question = page.question
    words = f" for “{question.text}”" if question.text else ""
    noun = "source" if question.kind == "work" else "article"
    if not page.total:
        return f"No results{words}" if words else f"No {noun}s"
    first = (page.page - 1) * question.per_page + 1
    last = min(first + len(page.hits) - 1, page.total)
    what = count_words(page.total, "result" if words else noun)
    return f"Showing {first}–{last} of {what}{words}" if last > first else f"Showing {first} of {what}{words}"
