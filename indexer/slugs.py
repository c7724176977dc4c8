"""Which slug an article gets when another one has it already."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from indexer.model import Article, Warning

SUFFIX_LENGTHS = (6, 12, 32)  # hexadecimal digits: headache-1f09ab


def choose_slug(slug: str, path: str, kept: str | None, is_taken: Callable[[str], bool]) -> str:
    """Give the slug an article asks for, else one with a suffix made from its path.

    `kept` is the slug this path had before; it stays as long as it comes from the same name, also when the other
    article has left.
    """
    if kept is not None and keeps_slug(slug, path, kept):
        return kept
    return next(name for name in _names(slug, path) if not is_taken(name))


def keeps_slug(slug: str, path: str, kept: str | None) -> bool:
    """Tell whether an article that asks for `slug` stays with the slug its path had before."""
    return kept in _names(slug, path)


def name_article(article: Article, slug: str) -> Article:
    """Give the article with the slug chosen for it, and a warning where that is not its own."""
    if slug == article.slug:
        return article
    doubt = Warning("slug-taken", f"Another article is called {article.slug!r} too, so this one is called {slug!r}.")
    return replace(article, slug=slug, warnings=(*article.warnings, doubt))


def _names(slug: str, path: str) -> list[str]:
    digest = hashlib.blake2b(path.encode(), digest_size=16).hexdigest()
    return [slug, *(f"{slug}-{digest[:length]}" for length in SUFFIX_LENGTHS)]
