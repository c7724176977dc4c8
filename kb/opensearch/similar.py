"""Documents about the same, on OpenSearch: a document's telling words, asked for as a question of its own."""

from dataclasses import dataclass

from indexer.opensearch.client import Row
from indexer.text.keywords import unpack_keywords
from kb.model import DocumentKind, Hit
from kb.opensearch.index import ClusterSnapshot
from kb.opensearch.query import build_dsl
from kb.opensearch.words import COUNTED, AskedWords, Asking
from kb.query.ranking import FIELDS
from kb.similar import WORDS, build_words_query, telling_words


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts that tell words are weighed by: of at most `COUNTED` documents, in a collection no larger."""

    asking: Asking
    documents: int = COUNTED

    def document_frequency(self, field: str, term: str) -> int:
        """Give how many documents have a term."""
        return self.asking.document_frequency(field, term)

    def lexicon(self, field: str) -> AskedWords:
        """Give the words of a spelling field."""
        return self.asking.lexicon(field)


def find_similar(snapshot: ClusterSnapshot, kind: DocumentKind, name: str, limit: int) -> tuple[Hit, ...]:
    """Give the documents most like the article with this slug or the work with this id; none when there is none."""
    key = f"{kind}:{name}"
    row = snapshot.read_many([key], "keywords").get(key)
    if row is None:
        return ()
    field, keywords = FIELDS[kind].text, [unpack_keywords(row.get("keywords", "").encode())]
    asking = Asking(snapshot.words)
    telling_words(Counted(asking), keywords, field, WORDS)
    asking.learn()
    words = telling_words(Counted(asking), keywords, field, WORDS)
    itself = {"term": {"key": key}}
    body: Row = {
        "query": {
            "bool": {
                "must": [build_dsl(build_words_query(words, field))],
                "filter": [{"term": {"kind": kind}}],
                "must_not": [itself],
            }
        },
        "size": limit,
        "sort": [{"_score": {"order": "desc"}}, {"key": {"order": "asc"}}],
        "_source": ["facts"],
    }
    hits = snapshot.search(body)["hits"]["hits"]
    return tuple(_build_hit(kind, hit) for hit in hits)


def _build_hit(kind: DocumentKind, hit: Row) -> Hit:
    facts = hit["_source"]["facts"]
    name = facts["slug" if kind == "article" else "id"]
    return Hit(kind, name, facts.get("title") or "", float(hit["sort"][0]), (), facts)
