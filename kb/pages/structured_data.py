"""What search engines read of an article page: schema.org's MedicalWebPage with its citations."""

from typing import Any

from indexer.model import Article, Reference
from indexer.vocabulary import read_vocabulary
from kb.linkouts import find_link_outs


def build_web_page(article: Article) -> dict[str, Any]:
    """Give the JSON-LD of an article; what is not known is left out."""
    symptoms = read_vocabulary().symptoms
    about = [
        {"@type": "MedicalSignOrSymptom", "name": symptoms[slug].label, "alternateName": symptoms[slug].clinical}
        for slug in article.symptoms
        if slug in symptoms
    ]
    row = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": article.title,
        "about": about,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "reviewedBy": [{"@type": "Person", "name": name} for name in article.reviewers],
        "dateModified": article.updated,
        "isBasedOn": article.source_url,
        "citation": [_build_citation(reference) for reference in article.references],
    }
    return {name: value for name, value in row.items() if value}


def _build_citation(reference: Reference) -> dict[str, Any]:
    links = find_link_outs(reference)
    row = {
        "@type": "ScholarlyArticle" if reference.doi or reference.pmid or reference.pmcid else "CreativeWork",
        "name": reference.title or reference.raw,
        "author": [{"@type": "Person", "name": name} for name in reference.authors],
        "datePublished": str(reference.year) if reference.year else None,
        "isPartOf": {"@type": "Periodical", "name": reference.container} if reference.container else None,
        "sameAs": [link.address for link in links],
    }
    return {name: value for name, value in row.items() if value}
