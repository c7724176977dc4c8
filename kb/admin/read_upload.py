"""``python -m kb.admin.read_upload FILE``: an upload is parsed, apart from the server, in bounded time and memory.

It prints ``{"article": …}`` for each article, ``{"error": …, "line": …}`` for each that could not be read, and at the
end ``{"left": N}``: how many lines of a .jsonl file were not looked at.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from indexer.documents import ArticleDocument, dump_document
from indexer.files.pool import parse_all
from indexer.files.reader import Failure, Source, read_sources
from kb.answer_json import dump_json

MOST_ARTICLES = 20  # of a .jsonl file that are shown before it is saved
SECONDS = 10.0  # for all of them; the pool stops each after two
MEMORY = 2 << 30  # bytes of address space


def read_upload(path: str) -> Iterator[str]:
    """Give the lines that tell what is read from an article file."""
    started = time.monotonic()
    waiting = read_sources(path)
    first = list(islice(waiting, MOST_ARTICLES))
    sources = [source for source in first if isinstance(source, Source)]
    for failure in first:
        if isinstance(failure, Failure):
            yield build_line(failure)
    left = len(sources)
    for _, result in parse_all(sources, 1, {source.path for source in sources}):  # apart, where each can be stopped
        left -= 1
        yield build_line(result)
        if time.monotonic() - started > SECONDS:
            break
    yield dump_json({"left": left + sum(1 for _ in waiting)})


def build_line(result: ArticleDocument | Failure) -> str:
    """Give the line for an article or a failure."""
    if isinstance(result, ArticleDocument):
        return f'{{"article":{dump_document(result).decode()}}}'
    _, is_line, number = result.path.rpartition("#")
    return dump_json({"error": result.error, "line": number if is_line else ""})


def limit_memory() -> None:
    """Let this process and its own have no more than `MEMORY`, where the system can see to that."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    limit_memory()
    for text in read_upload(sys.argv[1]):
        sys.stdout.buffer.write(f"{text}\n".encode())
        sys.stdout.flush()
