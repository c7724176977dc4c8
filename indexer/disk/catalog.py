"""What the index already has, for sync: documents by path, key and identity, read without a searcher."""

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any

from indexer.disk.generations import DataFolder, damaged
from indexer.disk.storage import DurableStorage
from indexer.documents import ArticleDocument, WorkDocument, load_article, load_work
from indexer.engine import DAMAGE, codec, index
from indexer.schema import build_schema

Facts = dict[str, Any]
INDEX_NAME = "MAIN"  # what Whoosh calls an index by default: _MAIN_12.toc


class Catalog:
    """One committed state of a data folder, open for reading; used by one thread, closed by ``with``."""

    unsettled: tuple[str, ...] = ()  # a commit is whole or not at all

    def __init__(self, data: DataFolder, *, create: bool = False) -> None:
        """Open the newest commit of a data folder, or make an empty index in a new one. Raises IndexDamaged."""
        self.data = data
        storage = DurableStorage(data.path)
        try:
            if create:
                index.FileIndex.create(storage, build_schema(), INDEX_NAME)
            self.index = index.FileIndex(storage, indexname=INDEX_NAME)
            self._reader = self.index.reader()
        except FileNotFoundError as error:
            raise damaged(data.path.parent, f"{error.filename} is missing") from error
        except OSError:
            storage.close_files()
            raise
        except DAMAGE as error:
            raise damaged(data.path.parent, f"{type(error).__name__}: {error}") from error

    def __enter__(self) -> "Catalog":
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the reader."""
        self._reader.close()

    def segment_names(self) -> set[str]:
        """Give the names that the files of this commit start with."""
        return {segment.segment_id() for segment in self.index._segments()}

    def count(self, kind: str) -> int:
        """Give how many documents of a kind there are."""
        return sum(1 for _ in self.documents("kind", kind))

    def documents(self, field: str, value: str) -> Iterator[int]:
        """Give the numbers of the documents that have `value` in `field`, ascending."""
        for reader, base in self.leaf_readers():
            try:
                matcher = reader.postings(field, value.encode())
            except codec.TermNotFound:
                continue
            for number in matcher.all_ids():
                yield base + number

    def prefetch(self, kind: str, names: Sequence[str]) -> None:
        """Take note of what `find` will be asked for; here nothing is gained by it."""

    def find(self, kind: str, name: str) -> int | None:
        """Give the number of the article with a slug, or of the work with an id."""
        return next(self.documents("key", f"{kind}:{name}"), None)

    def facts(self, number: int) -> Facts:
        """Give the facts kept of a document."""
        facts: Facts = self._reader.stored_fields(number)["facts"]
        return facts

    def all_facts(self, kind: str) -> Iterator[tuple[int, Facts]]:
        """Give every document of a kind with its facts."""
        for number in self.documents("kind", kind):
            yield number, self.facts(number)

    def under(self, path: str) -> Iterator[tuple[int, Facts]]:
        """Give the articles read from a file, from the lines of a .jsonl file, or from anywhere in a folder."""
        prefixes = (f"{path}#", f"{path.rstrip('/')}/")
        terms = {path.encode(), *(term for prefix in prefixes for term in self._reader.expand_prefix("path", prefix))}
        for term in sorted(terms):
            for number in self.documents("path", term.decode()):
                yield number, self.facts(number)

    def load_article(self, number: int) -> ArticleDocument:
        """Give a whole article."""
        return load_article(self.document(number))

    def named(self, slugs: Iterable[str]) -> Iterator[tuple[int, Facts, ArticleDocument]]:
        """Give the articles that have one of these slugs, with their facts."""
        for slug in slugs:
            for number in self.documents("key", f"article:{slug}"):
                yield number, self.facts(number), self.load_article(number)

    def years_of(self, works: Iterable[str]) -> dict[str, int | None]:
        """Give the year of each of these works that there is."""
        found = ((work, self.find("work", work)) for work in works)
        return {work: self.facts(number)["year"] for work, number in found if number is not None}

    def load_work(self, number: int) -> WorkDocument:
        """Give a whole work with its references."""
        return load_work(self.document(number))

    def load_works(self, numbers: Iterable[int]) -> Iterator[WorkDocument]:
        """Give whole works, one after the other."""
        return map(self.load_work, numbers)

    def works_of(self, keys: Iterable[str]) -> set[int]:
        """Give the numbers of the works known by any of these identity keys."""
        return {number for key in keys for number in self.documents("identity", key)}

    def works_cited_by(self, slugs: Sequence[str]) -> set[int]:
        """Give the numbers of the works that any of these articles has among its references."""
        return {number for slug in slugs for number in self.documents("article", slug)}

    def document(self, number: int) -> bytes:
        """Give the JSON of a document."""
        for reader, base in reversed(self.leaf_readers()):
            if number >= base:
                data: bytes = reader.column_reader("document")[number - base]
                return bytes(data)
        raise IndexError(number)

    def leaf_readers(self) -> list[tuple[Any, int]]:
        """Give Whoosh's reader of each segment, and the number of its first document."""
        return list(self._reader.leaf_readers())
