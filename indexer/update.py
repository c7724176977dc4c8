"""What changes from one generation to the next: articles put or removed, and the works and articles that follow.

Articles wait in a spool (in memory, then on disk), because the works they cite are known only when all are read.
Only works that could share a reference with a changed article are looked at again, so that a change costs what it
touches; the result is that of a rebuild.
"""

import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, Protocol

from indexer.documents import ArticleDocument, Member, WorkDocument, build_member, dump_document, rename_member
from indexer.index_entries import Entry, build_article_entry, build_work_entry
from indexer.slugs import choose_slug, keeps_slug, name_article
from indexer.work_ids import WorkIds, build_id
from indexer.works import build_members, build_work, identity_keys, unify

PREFETCHED = 500  # works built before their ids are given
REWRITTEN = 100  # whole articles that are looked up at once
SPOOL_BYTES = 64 * 1024 * 1024  # articles kept in memory; more go to a nameless file in the index folder


Track = Callable[[Iterable[Any], int, str], Iterable[Any]]
"""Gives the items it is given (so many of them, a word for what is done) and may show how far it got."""


class Writer(Protocol):
    """What takes the documents of the next generation; a number is a document's place in its catalog."""

    def add(self, entry: Entry) -> None:
        """Add a document."""

    def delete(self, number: Any) -> None:
        """Remove a document."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a path had until now: the slug, place and content hash of its article in the index known so far."""

    slug: str
    number: Any
    content_hash: str


@dataclass(frozen=True, slots=True)
class Put:
    """An article that waits in the spool: its own slug, its path, the slug it had, and where its members begin."""

    slug: str
    path: str
    kept: str | None
    first: int


class Update:
    """Collects changed articles, then writes them with everything that follows."""

    def __init__(self, catalog: Any, known: Any, folder: Path) -> None:
        """Start from the state in `catalog`; `known` is the index that a rebuild replaces: slugs and ids are kept.

        Both are the catalogs of one engine.
        """
        self._catalog = catalog
        self._known = known or catalog
        self._spool = SpooledTemporaryFile(max_size=SPOOL_BYTES, dir=str(folder))  # noqa: SIM115 - closed by `__exit__`
        self._put: list[Put] = []
        self._slugs: dict[str, None] = {}
        self._gone: set[str] = set()
        self._changed: set[str] = set()
        self._deleted: set[Any] = set()
        self._is_prepared = False
        self._members: list[bytes] = []
        self._keys: list[tuple[str, ...]] = []

    def __enter__(self) -> "Update":
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the spool go."""
        self._spool.close()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was put or removed."""
        return not self._put and not self._gone and not self._catalog.unsettled

    def remove(self, before: Before) -> None:
        """Take an article away."""
        self._gone.add(before.slug)
        self._replace(before)

    def put(self, document: ArticleDocument, content_hash: str, before: Before | None) -> None:
        """Add an article, or replace what its path had."""
        if before is not None:
            self._replace(before)
        pickle.dump((document, content_hash), self._spool, protocol=5)
        article = document.article
        self._put.append(Put(article.slug, article.path, before.slug if before else None, len(self._members)))
        for member in build_members(article):
            self._add_member(member)

    def prepare(self) -> set[str]:
        """Choose the slugs, once all changes are known, and give those of every article that is put or removed."""
        if not self._is_prepared:
            self._is_prepared = True
            self._settle()
            self._choose_slugs()
        return self._changed

    def write(self, writer: Writer, track: Track) -> None:
        """Write all changes; they are seen when the writer commits."""
        self.prepare()
        old_works = dict(self._affected_works())
        years: dict[str, int | None] = {}
        cited: dict[str, dict[int, str]] = {}
        for work_document in self._write_works(writer, old_works):
            years[work_document.work.id] = work_document.work.year
            for member in work_document.members:
                cited.setdefault(member.article, {})[member.position] = work_document.work.id
        documents = zip(self._slugs, self._read_spool(), strict=True)
        for slug, (document, content_hash) in track(documents, len(self._put), "Writing"):
            found = cited.get(slug, {})
            works = tuple(found[position] for position in range(len(document.article.references)))
            written = replace(document, article=name_article(document.article, slug), works=works)
            writer.add(build_article_entry(written, content_hash, years))
        self._rewrite_citing(writer, old_works.values(), cited, years)
        for number in sorted(self._deleted):
            writer.delete(number)

    def _replace(self, before: Before) -> None:
        self._changed.add(before.slug)
        if self._known is self._catalog:
            self._deleted.add(before.number)

    def _settle(self) -> None:
        """Put again what an earlier run may have left half done: its articles, or the works of one that is gone."""
        unsettled = [slug for slug in self._catalog.unsettled if slug not in self._changed]
        for number, facts, document in self._catalog.named(unsettled):
            self.put(document, facts["hash"], Before(facts["slug"], number, facts["hash"]))
        self._changed.update(unsettled)

    def _choose_slugs(self) -> None:
        """A slug is free that its article gives up now, as when the lines of a file have moved up by one."""
        self._known.prefetch("article", [put.slug for put in self._put])
        kept = {put.kept for put in self._put if keeps_slug(put.slug, put.path, put.kept)}
        freed = self._changed - kept
        ends = [*(put.first for put in self._put), len(self._members)][1:]
        for put, end in zip(self._put, ends, strict=True):
            slug = choose_slug(put.slug, put.path, put.kept, lambda name: self._is_taken(name, freed))
            self._slugs[slug] = None
            self._changed.add(slug)
            if slug != put.slug:
                self._members[put.first : end] = [
                    rename_member(member, slug) for member in self._members[put.first : end]
                ]

    def _is_taken(self, slug: str, freed: set[str]) -> bool:
        return slug in self._slugs or (slug not in freed and self._known.find("article", slug) is not None)

    def _add_member(self, member: Member) -> None:
        self._members.append(dump_document(member))
        self._keys.append(identity_keys(member.reference))

    def _affected_works(self) -> Iterator[tuple[Any, WorkDocument]]:
        """Give every old work that a changed reference, old or new, could reach by shared keys, with its number.

        References of unchanged articles in these works join those of the changed ones.
        """
        if self._known is not self._catalog:
            return
        seen: set[Any] = set()
        looked_up: set[str] = set()
        keys = {key for keys in self._keys for key in keys}
        reached = self._catalog.works_cited_by(sorted(self._changed))
        while reached or keys:
            looked_up |= keys
            reached = (reached | self._catalog.works_of(sorted(keys))) - seen
            keys = set()
            numbers = sorted(reached)
            for number, document in zip(numbers, self._catalog.load_works(numbers), strict=True):
                keys |= work_keys(document) - looked_up
                for member in document.members:
                    if member.article not in self._changed:
                        self._add_member(member)
                yield number, document
            seen |= reached
            reached = set()

    def _write_works(self, writer: Writer, old: dict[Any, WorkDocument]) -> Iterator[WorkDocument]:
        groups = unify(self._keys)
        keys = [frozenset(key for index in group for key in self._keys[index]) for group in groups]
        numbers = {document.work.id: number for number, document in old.items()}
        ids = WorkIds(keys, self._old_keys(old, keys), lambda name: name not in numbers and self._has_work(name))
        unchanged: set[Any] = set()
        order = sorted(range(len(groups)), key=lambda i: min(keys[i]))
        for index, built in zip(order, self._build_works(groups[index] for index in order), strict=True):
            document = replace(built, work=replace(built.work, id=ids.give(index, built.work)))
            number = numbers.get(document.work.id)
            if number is not None and old[number] == document:
                unchanged.add(number)
            else:
                writer.add(build_work_entry(document))
            yield document
        self._deleted |= old.keys() - unchanged

    def _build_works(self, groups: Iterator[Sequence[int]]) -> Iterator[WorkDocument]:
        """Give the works of groups of references, without ids; those they may get are looked for many at a time."""
        while part := list(islice(groups, PREFETCHED)):
            built = []
            for group in part:
                members = [build_member(json.loads(self._members[i])) for i in group]
                members.sort(key=lambda member: (member.article, member.position))
                built.append(WorkDocument(build_work("", members), tuple(members)))
            self._catalog.prefetch("work", [build_id(document.work) for document in built])
            yield from built

    def _has_work(self, work_id: str) -> bool:
        return self._catalog.find("work", work_id) is not None

    def _old_keys(self, old: dict[int, WorkDocument], groups: list[frozenset[str]]) -> dict[str, frozenset[str]]:
        if self._known is self._catalog:
            return {document.work.id: work_keys(document) for document in old.values()}
        numbers = sorted(self._known.works_of({key for keys in groups for key in keys}))
        return {document.work.id: work_keys(document) for document in self._known.load_works(numbers)}

    def _read_spool(self) -> Iterator[tuple[ArticleDocument, str]]:
        self._spool.seek(0)
        for _ in self._put:
            yield pickle.load(self._spool)  # written by `put`, in a file that nobody else can name

    def _rewrite_citing(
        self,
        writer: Writer,
        old_works: Iterable[WorkDocument],
        cited: dict[str, dict[int, str]],
        years: dict[str, int | None],
    ) -> None:
        """Write unchanged articles again where a work they cite has another id or year now."""
        before = {(m.article, m.position): (d.work.id, d.work.year) for d in old_works for m in d.members}
        moved = [
            slug
            for slug in sorted(cited.keys() - self._changed)
            if self._catalog.unsettled  # the works may have been written, and not their articles
            or any(before.get((slug, at)) != (work, years[work]) for at, work in cited[slug].items())
        ]
        for start in range(0, len(moved), REWRITTEN):
            found = list(self._catalog.named(moved[start : start + REWRITTEN]))
            others = {work for _, _, document in found for work in document.works if work not in years}
            known_years = self._catalog.years_of(sorted(others)) | years
            for number, facts, document in found:
                works = tuple(cited[facts["slug"]].get(position, work) for position, work in enumerate(document.works))
                writer.add(build_article_entry(replace(document, works=works), facts["hash"], known_years))
                self._deleted.add(number)


def work_keys(document: WorkDocument) -> frozenset[str]:
    """Give the identity keys of all references of a work."""
    return frozenset(key for member in document.members for key in identity_keys(member.reference))
