"""Looking into a data folder, for tests of what writes it."""

from indexer.disk.catalog import Catalog
from indexer.disk.writer import GenerationWriter


def add_article(data, entry):
    """Commit one document and give the generation."""
    with Catalog(data) as catalog, GenerationWriter(catalog) as writer:
        writer.add(entry)
        return writer.commit()


def segment_count(data):
    """Give how many segments the newest commit has."""
    with Catalog(data) as catalog:
        return len(catalog.segment_names())


def dump_index(data):
    """Give every document of the newest commit by key: its facts, its JSON, and its terms with counts and places."""
    documents = {}
    with Catalog(data) as catalog:
        keys = {
            number: f"{kind}:{facts.get('slug') or facts['id']}"
            for kind in ("article", "work")
            for number, facts in catalog.all_facts(kind)
        }
        for number, key in keys.items():
            facts = catalog.facts(number)
            documents[key] = ({**facts, "authors": tuple(facts["authors"])}, catalog.document(number), {})
        for reader, base in catalog.leaf_readers():
            for field, term in reader.all_terms():
                matcher = reader.postings(field, term)
                while matcher.is_active():
                    found = documents[keys[base + matcher.id()]][2]
                    found[field, term] = (matcher.weight(), matcher.value())
                    matcher.next()
    return documents
