import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.references.identifiers import find_identifiers, read_address

DOI = "10.1234/abc.2016(05)00123-x"


@pytest.mark.parametrize(
    "printed",
    [
        "doi:10.1234/ABC.2016(05)00123-X.",
        "DOI: 10.1234/abc.2016(05)00123-x,",
        "https://doi.org/10.1234/abc.2016(05)00123-x",
        "HTTP://DX.DOI.ORG/10.1234/abc.2016(05)00123-x.",
        "doi.org/10.1234%2Fabc.2016%2805%2900123-x",
        "(https://doi.org/10.1234/abc.2016(05)00123-x)",
        "<https://doi.org/10.1234/abc.2016(05)00123-x>",
        "https://onlinelibrary.example.com/doi/abs/10.1234/abc.2016(05)00123-x?utm_source=mail",
        "www.example.org/articles/10.1234/abc.2016(05)00123-x/full.",
        "example.org/content/pdf/10.1234%2Fabc.2016(05)00123-x.pdf",
        "https://example.org/article?id=10.1234/abc.2016(05)00123-x&type=printable",
        "10.1234/abc.2016(05)00123-x[CrossRef] [PubMed]",
        "https://doi.org/doi:10.1234/abc.2016(05)00123-x",
        "[doi: 10.1234/abc.2016(05)00123-x]",
    ],
)
def test_a_doi_is_the_same_in_whatever_form_it_is_printed(printed):
    assert find_identifiers(f"Roe J. On hiccups. {printed}")[0].doi == DOI


@pytest.mark.parametrize(
    "printed",
    [
        "PMID: 7654321.",
        "PubMed PMID: 7654321",
        "[PubMed: 7654321]",
        "PMID 7654321;",
        "www.ncbi.nlm.nih.gov/pubmed/7654321.",
        "https://pubmed.ncbi.nlm.nih.gov/7654321/?from=related",
        "ncbi.nlm.nih.gov/pubmed/?term=7654321",
        "europepmc.org/article/MED/7654321",
        "https://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&db=PubMed&list_uids=7654321",
    ],
)
def test_a_pmid_is_read_from_labels_and_addresses(printed):
    assert find_identifiers(f"Roe J. On hiccups. {printed}")[0].pmid == "7654321"


@pytest.mark.parametrize(
    "printed",
    [
        "PMCID: PMC1234567.",
        "PMC1234567",
        "[PMC free article: PMC1234567]",
        "www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/.",
        "https://pmc.ncbi.nlm.nih.gov/articles/pmc1234567",
        "europepmc.org/article/PMC/PMC1234567",
    ],
)
def test_a_pmcid_is_read_from_labels_and_addresses(printed):
    assert find_identifiers(f"Roe J. On hiccups. {printed}")[0].pmcid == "PMC1234567"


def test_old_dois_with_angle_brackets_stay_whole():
    doi = "10.1002/(sici)1099-0984(199601/02)10:1<1::aid-per249>3.0.co;2-5"
    assert find_identifiers(f"doi:{doi}.")[0].doi == doi
    assert find_identifiers(f"https://onlinelibrary.example.com/doi/{doi}")[0].doi == doi


def test_a_doi_with_two_slashes_keeps_both():
    assert find_identifiers("doi:10.1037//1076-8998.4.3.245. PMID: 1.")[0].doi == "10.1037//1076-8998.4.3.245"


def test_identifiers_that_run_into_each_other_are_told_apart():
    found, _ = find_identifiers("doi: 10.1234/abc.77PMID: 7654321")
    assert (found.doi, found.pmid) == ("10.1234/abc.77", "7654321")


def test_nature_addresses_give_a_doi_only_where_it_is_certain():
    assert read_address("www.nature.com/articles/s41598-022-27247-y").doi == "10.1038/s41598-022-27247-y"
    assert read_address("www.nature.com/articles/s41599-020-0001-z").doi == "10.1057/s41599-020-0001-z"
    assert read_address("www.nature.com/articles/1301234").doi is None


def test_addresses_get_a_scheme_and_lose_tracking_and_punctuation():
    assert read_address("WWW.Example.org/Page?a=1&utm_source=x&fbclid=y).").url == "https://www.example.org/Page?a=1"


def test_numbers_that_are_no_identifiers_are_left_alone():
    found, rest = find_identifiers("Roe J. PubMed in 2004: 10.5 years on. J Foo. 2004;10(3):4-5.")
    assert (found.doi, found.pmid, found.pmcid, found.url) == (None, None, None, None)
    assert rest.strip().startswith("Roe J. PubMed in 2004")


@given(
    st.from_regex(r"10\.[1-9][0-9]{3,5}/[a-z0-9]{1,8}([.()-][a-z0-9]{1,6}){0,4}", fullmatch=True),
    st.sampled_from(["doi:{}", "https://doi.org/{}.", "({})", "x.org/doi/full/{}"]),
)
def test_every_plain_doi_comes_back_from_every_form(doi, form):
    expected = doi if doi.count("(") == doi.count(")") else None
    found = find_identifiers(form.format(doi))[0].doi
    assert expected is None or found == expected


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text):
    find_identifiers(text)
    read_address(text)
