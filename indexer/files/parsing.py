"""One source becomes one article document or one failure, whatever is in it."""

from dataclasses import replace

from indexer.article.faults import NotAnArticleError
from indexer.article.jsonl import parse_line
from indexer.article.parser import parse_article
from indexer.documents import ArticleDocument
from indexer.files.reader import Failure, Source, UnreadableFile
from indexer.index_entries import build_evidence


def parse_source(source: Source) -> ArticleDocument | Failure:
    """Give the article of a source with its evidence, and with the doubts about its encoding among the warnings."""
    try:
        text, doubts = source.text()
        if source.format == "jsonl":
            article = parse_line(text, source.path)
        else:
            article = parse_article(text, source.path, format=source.format)
        if doubts:
            article = replace(article, warnings=(*doubts, *article.warnings))
        return ArticleDocument(article, build_evidence(article))
    except UnreadableFile as error:
        return Failure(source.path, str(error))
    except NotAnArticleError as error:
        return Failure(source.path, f"It is no article: {error.reason}. Correct it or leave it out.")
    except Exception as error:  # noqa: BLE001 - one file that breaks the parser must not lose the others
        return Failure(source.path, f"It could not be parsed ({type(error).__name__}: {error}). Report it please.")
