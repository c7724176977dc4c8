"""The inside of an index is compared with itself: documents, their words, their facts, and works with the articles.

Every article is taken from its stored document, its index entry made anew and compared with what is on disk; the words
of all posting lists by the sum of their hashes for each document and field, so that memory stays small.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.disk.catalog import Catalog
from indexer.documents import ArticleDocument, WorkDocument, dump_document
from indexer.engine import DAMAGE, numeric
from indexer.index_entries import Entry, build_article_entry, build_evidence, build_work_entry
from indexer.text.analyzer import LAST_POSITION, Positions, WordField
from indexer.works import build_members, build_work, identity_keys, unify

Sums = defaultdict[str, NDArray[np.uint64]]
Damage = tuple[str, str]

MASK = 2**64 - 1
POSITION_FACTOR = 0x9E3779B97F4A7C15  # parts positions from counts in a sum


def find_damage(catalog: Catalog, unsettled: Collection[str] = ()) -> Iterator[Damage]:
    """Give what is wrong inside an index: a name (path of an article, id of a work, ``generation 4``) and a sentence.

    The words of `unsettled` articles are not looked at: their files have changed, or the program has.
    """
    run = _Content(catalog, unsettled)
    yield from run.check_articles()
    yield from run.check_works()
    yield from run.check_partition()
    yield from run.check_terms()


class _Content:
    """What is gathered on one walk over all documents."""

    def __init__(self, catalog: Catalog, unsettled: Collection[str]) -> None:
        self.catalog = catalog
        self.unsettled = unsettled
        self.size = sum(reader.doc_count_all() for reader, _ in catalog.leaf_readers())
        self.wanted = new_sums(self.size)
        self.names: dict[int, str] = {}
        self.skipped: set[int] = set()
        self.members: dict[tuple[str, int], tuple[str, bytes]] = {}
        self.keys: dict[tuple[str, int], tuple[str, ...]] = {}
        self.changing: set[str] = set()  # slugs of unsettled articles
        self.groups: dict[tuple[str, int], str] = {}
        self.years = {facts["id"]: facts["year"] for _, facts in catalog.all_facts("work")}

    def check_articles(self) -> Iterator[Damage]:
        """Give what is wrong with articles, each by itself."""
        slugs: set[str] = set()
        for number, facts in self.catalog.all_facts("article"):
            name = self.names[number] = facts["path"]
            if facts["slug"] in slugs:
                yield name, f"The slug {facts['slug']} stands for two articles."
            slugs.add(facts["slug"])
            try:
                document = self.catalog.load_article(number)
            except (*DAMAGE, OSError) as error:
                self.skipped.add(number)
                yield name, f"Its document cannot be read ({type(error).__name__})."
                continue
            self._gather_members(document)
            if name in self.unsettled:
                self.skipped.add(number)
                self.changing.add(facts["slug"])
                continue
            if document.evidence != build_evidence(document.article):
                yield name, "Its counts of sentences and of those that cite a source are wrong."
            if len(document.works) != len(document.article.references):
                yield name, f"It has {len(document.article.references)} references and {len(document.works)} works."
            yield from self._compare_facts(number, build_article_entry(document, facts["hash"], self.years))

    def _gather_members(self, document: ArticleDocument) -> None:
        works = [*document.works, *[""] * len(document.article.references)]
        for member, work in zip(build_members(document.article), works, strict=False):
            place = (member.article, member.position)
            self.members[place] = work, digest(dump_document(member))
            self.keys[place] = identity_keys(member.reference)

    def check_works(self) -> Iterator[Damage]:
        """Give what is wrong with works, and where they and the articles do not say the same."""
        ids: set[str] = set()
        for number, facts in self.catalog.all_facts("work"):
            name = self.names[number] = facts["id"]
            if name in ids:
                yield name, "Two works have this id."
            ids.add(name)
            try:
                document = self.catalog.load_work(number)
            except (*DAMAGE, OSError) as error:
                self.skipped.add(number)
                yield name, f"Its document cannot be read ({type(error).__name__})."
                continue
            yield from self._compare_members(name, document)
            if any(member.article in self.changing for member in document.members):
                self.skipped.add(number)
                continue
            if document.work != build_work(name, document.members):
                yield name, "It is not what its references say."
            yield from self._compare_facts(number, build_work_entry(document))
        for (slug, position), (work, _) in self.members.items():
            if (slug, position) not in self.groups:
                yield slug, f"Reference {position + 1} leads to no work ({work or 'none named'})."

    def _compare_members(self, name: str, document: WorkDocument) -> Iterator[Damage]:
        if not document.members:
            yield name, "No article cites it."
        for member in document.members:
            place = (member.article, member.position)
            self.groups[place] = name
            work, content = self.members.get(place, ("", b""))
            if not content:
                yield name, f"It is cited by “{member.article}”, which has no such reference."
            elif work != name:
                yield name, f"Reference {member.position + 1} of “{member.article}” leads to the work {work} instead."
            elif content != digest(dump_document(member)):
                yield name, f"Its citations by “{member.article}” are not those of the article."

    def check_partition(self) -> Iterator[Damage]:
        """Give works that are merged or parted otherwise than their references say."""
        if self.changing or self.members.keys() != self.groups.keys():
            return
        places = list(self.keys)
        parts = unify([self.keys[place] for place in places])
        for part in parts:
            works = sorted({self.groups[places[index]] for index in part})
            for work in works[1:]:
                yield work, f"It is the same work as {works[0]}."
        if len(set(self.groups.values())) < len(parts):
            yield f"generation {self.catalog.data.generation}", "Different works are merged into one."

    def _compare_facts(self, number: int, entry: Entry) -> Iterator[Damage]:
        for field in add_terms(self.wanted, number, entry, self.catalog.index.schema):
            yield self.names[number], f"Its field “{field}” is not in the format of the index."
        wrong = ", ".join(compare_columns(self.catalog, number, entry))
        if wrong:
            yield self.names[number], f"What is kept of it for sorting and ranking is wrong ({wrong})."
        if plain(entry["facts"]) != plain(self.catalog.facts(number)):
            yield self.names[number], "What result lists show of it is not what it says."

    def check_terms(self) -> Iterator[Damage]:
        """Give the documents whose words in the index are not their own, and live documents that are nothing."""
        found = new_sums(self.size)
        live = np.zeros(self.size, np.bool_)
        for reader, base in self.catalog.leaf_readers():
            live[base : base + reader.doc_count_all()] = [
                not reader.is_deleted(number) for number in range(reader.doc_count_all())
            ]
            for field, term in reader.all_terms():
                add_list(found[field], base, field, term, reader)
        for number in np.flatnonzero(live).tolist():
            if number not in self.names:
                yield f"document {number}", "It is neither an article nor a work."
            elif number not in self.skipped:
                fields = sorted(found.keys() | self.wanted.keys())
                wrong = [field for field in fields if found[field][number] != self.wanted[field][number]]
                if wrong:
                    yield self.names[number], f"Its words in the index are not its own ({', '.join(wrong)})."


def new_sums(size: int) -> Sums:
    """Give sums of 0 for `size` documents in any field."""
    return defaultdict(lambda: np.zeros(size, np.uint64))


def digest(data: bytes) -> bytes:
    """Give a short hash."""
    return hashlib.blake2b(data, digest_size=8).digest()


@lru_cache(maxsize=200_000)
def hash_term(field: str, term: str, factor: int = 0) -> int:
    """Give the hash of a term in a field."""
    return int.from_bytes(digest(f"{field}\0{term}".encode()), "little") ^ factor


def add_terms(sums: Sums, number: int, entry: Entry, schema: Any) -> Iterable[str]:
    """Add the hashes of all terms that a document has to have; give the fields that the schema does not know."""
    unknown = [name for name in entry if name not in schema]
    for name, value in entry.items():
        field = schema[name] if name not in unknown else None
        if field is None or not field.indexed:
            continue
        values = {value: 1} if isinstance(value, str) else Counter(value)
        if isinstance(field, WordField):
            total = sum(hash_term(name, term) * count for term, count in values.items())
            if isinstance(field.format, Positions):
                places = enumerate(value)
                total += sum(
                    hash_term(name, term, POSITION_FACTOR) * min(place, LAST_POSITION) for place, term in places
                )
        else:
            total = sum(hash_term(name, term) for term in values)
        sums[name][number] = total & MASK
    return unknown


def add_list(sums: NDArray[np.uint64], base: int, field: str, term: bytes, reader: Any) -> None:
    """Add the hash of a term for every document of its posting list; raises what damaged lists raise."""
    postings = reader._terms.read_postings(field, term)
    ids = postings.ids.astype(np.int64) + base
    if not len(ids) or bool((np.diff(ids) <= 0).any()) or ids[-1] >= base + reader.doc_count_all():
        raise ValueError(f"the list of {term!r} in {field} is out of order")
    info = reader.term_info(field, term)
    if info.doc_frequency() != len(ids) or info.weight() != postings.counts.sum():
        raise ValueError(f"the counts of {term!r} in {field} are wrong")
    text = term.decode()
    sums[ids] += np.uint64(hash_term(field, text)) * postings.counts.astype(np.uint64)
    if postings.positions is not None:
        places = np.add.reduceat(postings.positions.astype(np.uint64), postings.position_starts()[:-1])
        sums[ids] += np.uint64(hash_term(field, text, POSITION_FACTOR)) * places


def compare_columns(catalog: Catalog, number: int, entry: Entry) -> Iterator[str]:
    """Give the columns and lengths of a document that are not those of its entry."""
    reader, base = next((reader, base) for reader, base in reversed(catalog.leaf_readers()) if number >= base)
    for name, field in catalog.index.schema.items():
        if isinstance(field, WordField):
            words = Counter(entry.get(name, ())).total()
            kept = numeric.byte_to_length(numeric.length_to_byte(words)) if words else 0
            if (reader.doc_field_length(number - base, name) or 0) != kept:
                yield f"length of {name}"
        elif field.column_type and not field.indexed:
            column = reader.column_reader(name) if reader.has_column(name) else None
            default = field.column_type.default_value()
            if (column[number - base] if column else default) != entry.get(name, default):
                yield name


def plain(facts: Any) -> Any:
    """Give facts with tuples for lists, which pickling keeps apart."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
