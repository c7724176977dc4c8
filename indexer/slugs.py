"""Which slug an article gets when another one has it already."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from indexer.model import Article, Warning

SUFFIX_LENGTHS = (6, 12, 32)  # hexadecimal digits: headache-1f09ab


def choose_slug(article: Article, kept: str | None, is_taken: Callable[[str], bool]) -> Article:
    """Give the article with a slug of its own: as it is, else with a suffix made from its path and a warning.

    `kept` is the slug this path had before; it stays as long as it comes from the same name, also when the other
    article has left.
    """
    names = _names(article)
    slug = kept if kept in names else next(name for name in names if not is_taken(name))
    if slug == article.slug:
        return article
    doubt = Warning("slug-taken", f"Another article is called {article.slug!r} too, so this one is called {slug!r}.")
    return replace(article, slug=slug, warnings=(*article.warnings, doubt))


def _names(article: Article) -> list[str]:
    digest = hashlib.blake2b(article.path.encode(), digest_size=16).hexdigest()
    return [article.slug, *(f"{article.slug}-{digest[:length]}" for length in SUFFIX_LENGTHS)]
