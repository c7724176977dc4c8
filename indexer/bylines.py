"""Who wrote and reviewed an article and when, from its printed byline and from the page's metadata."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Byline:
    """People and dates of one byline; dates are ISO, as exact as printed ("2018-10-09", "2018-10", "2018").

    `ambiguous` keeps dates such as "03/04/2019" as printed; `rest` is text that is neither a person nor a date.
    """

    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    checkers: tuple[str, ...] = ()
    updated: str | None = None
    reviewed: str | None = None
    published: str | None = None
    ambiguous: tuple[str, ...] = ()
    rest: str | None = None

    @property
    def date(self) -> tuple[str, Literal["updated", "reviewed", "published"]] | None:
        """Give the update date, else the review date, else the publication date, and which of them it is."""
        if self.updated:
            return self.updated, "updated"
        if self.reviewed:
            return self.reviewed, "reviewed"
        return (self.published, "published") if self.published else None

    def merged(self, other: "Byline") -> "Byline":
        """Give this byline with what it lacks taken from `other`."""
        return replace(
            self,
            authors=self.authors or other.authors,
            reviewers=self.reviewers or other.reviewers,
            editors=self.editors or other.editors,
            checkers=self.checkers or other.checkers,
            updated=self.updated or other.updated,
            reviewed=self.reviewed or other.reviewed,
            published=self.published or other.published,
            ambiguous=tuple(dict.fromkeys((*self.ambiguous, *other.ambiguous))),
        )


def parse_byline(text: str) -> Byline | None:
    """Give the byline printed as `text`, or ``None`` when it is ordinary prose."""
    del text
    return None


def parse_meta(
    metas: Mapping[str, str] | None = None, json_ld: Any = None, times: Mapping[str, str] | None = None
) -> Byline:
    """Give what the page's metadata says: `metas` name → content, `json_ld` (dict, list or string), `times` role → datetime."""
    del metas, json_ld, times
    return Byline()
