"""References of many articles become works."""

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Article, Block, Mark, Reference, Section, Work
from indexer.work_ids import WorkIds, build_id
from indexer.works import aggregator_host, build_members, build_work, identity_keys, unify, url_host


def reference(title="Neck under strain", year=2011, author="Marlow, Ada", **identifiers):
    authors = (author,) if author else ()
    return Reference(1, f"{author} {title} {year}", authors, title=title, year=year, **identifiers)


def grouped(*references):
    """Give the references as unify puts them together, each group sorted, for any order of arrival."""
    results = {
        tuple(sorted(tuple(sorted(order[i] for i in group)) for group in unify([keys[i] for i in order])))
        for keys in [[identity_keys(reference) for reference in references]]
        for order in permutations(range(len(references)))
    }
    (result,) = results
    return [list(group) for group in result]


def test_a_shared_identifier_joins_whatever_the_titles_say():
    assert grouped(reference("A", doi="10.5555/A"), reference("B", doi="10.5555/a")) == [[0, 1]]


def test_identifiers_join_through_a_third_reference():
    first, second = reference("A", doi="10.5555/a"), reference("B", pmid="7")
    assert grouped(first, second) == [[0], [1]]
    assert grouped(first, second, reference("C", doi="10.5555/a", pmid="7")) == [[0, 1, 2]]


def test_title_year_and_first_author_join_however_they_are_printed():
    other = reference("NECK under “strain”!", author="Marlow, A.")
    assert grouped(reference(), other, reference(year=2012), reference(author="Okoro, B")) == [[0, 1], [2], [3]]


def test_a_title_joins_a_reference_without_identifier_to_the_only_work_that_has_one():
    assert grouped(reference(doi="10.5555/a"), reference()) == [[0, 1]]
    assert grouped(reference(doi="10.5555/a"), reference(pmid="7")) == [[0, 1]]


def test_two_dois_are_never_joined_by_a_title_and_what_could_be_either_is_neither():
    assert grouped(reference(doi="10.5555/a"), reference(doi="10.5555/b"), reference(), reference()) == [
        [0],
        [1],
        [2, 3],
    ]


def test_a_shared_pmid_does_not_join_two_dois():
    groups = grouped(reference("A", doi="10.5555/a", pmid="7"), reference("B", doi="10.5555/b", pmid="7"))
    assert groups == [[0], [1]]


def test_titles_without_year_and_author_need_the_same_place_of_printing():
    bare = {"title": "Back pain", "year": None, "author": ""}
    here, there = reference(**bare, container="Alpha Health"), reference(**bare, container="Beta Health")
    assert grouped(here, there, here) == [[0, 2], [1]]


def test_references_without_title_are_told_apart_by_their_text():
    assert grouped(Reference(1, "See there."), Reference(4, "see there"), Reference(2, "Elsewhere.")) == [[0, 1], [2]]


references = st.builds(
    reference,
    title=st.sampled_from(["A", "B", "C"]),
    year=st.sampled_from([2001, None]),
    author=st.sampled_from(["Marlow, Ada", ""]),
    doi=st.sampled_from([None, None, "10.5555/a", "10.5555/b"]),
    pmid=st.sampled_from([None, None, "1", "2"]),
    pmcid=st.sampled_from([None, None, "PMC1"]),
)


@given(st.lists(references, max_size=12), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_order_and_never_hold_two_identifiers_of_a_type(found, shuffler: random.Random):
    keys = [identity_keys(reference) for reference in found]
    order = list(range(len(keys)))
    shuffler.shuffle(order)
    groups = unify(keys)
    again = [[order[i] for i in group] for group in unify([keys[i] for i in order])]
    assert sorted(map(sorted, groups)) == sorted(map(sorted, again))
    assert sorted(i for group in groups for i in group) == list(range(len(keys)))
    for group in groups:
        for name in ("doi", "pmid", "pmcid"):
            assert len({value for i in group if (value := getattr(found[i], name))}) <= 1


@given(st.lists(references, max_size=10))
def test_what_shares_an_identifier_is_one_work_unless_something_contradicts(found):
    keys = [identity_keys(reference) for reference in found]
    group_of = {i: at for at, group in enumerate(unify(keys)) for i in group}
    for together in linked_by_identifiers(keys):
        identifiers = {key for i in together for key in keys[i] if not key.startswith("title:")}
        if len({key.partition(":")[0] for key in identifiers}) == len(identifiers):
            assert len({group_of[i] for i in together}) == 1


def linked_by_identifiers(keys):
    """Give the sets of references that are linked by identifiers, through however many others."""
    linked = []
    for i, own in enumerate(keys):
        mine = {i}
        for other in [others for others in linked if any(set(keys[j]) & set(own[:-1]) for j in others)]:
            linked.remove(other)
            mine |= other
        linked.append(mine)
    return linked


ARTICLE = Article(
    "stiff-neck",
    "Stiff neck",
    "/a/stiff-neck.md",
    "own",
    body_areas=("upper-back",),
    sections=(Section("causes", "Why?", "causes", (Block("paragraph", "It pulls. It tires."),)),),
    references=(replace(reference(), number=1), replace(reference("B"), number=2), replace(reference("C"), number=3)),
    marks=(
        Mark((1, 2), "causes", "It pulls.", 0, 9),
        Mark((1,), "causes", "It tires.", 0, 19),
        Mark((9,), "x", "No.", 0, 1),
    ),
)


def test_each_mark_is_a_citation_and_a_reference_never_cited_has_one_without_sentence():
    members = build_members(ARTICLE)
    sentences = [[citation.sentence for citation in member.citations] for member in members]
    assert sentences == [["It pulls.", "It tires."], ["It pulls."], [None]]
    assert members[0].citations[0].heading == "Why?"
    assert members[0].citations[0].kind == "causes"
    assert members[0].areas == ("upper-back", "back", "torso")


def test_marks_count_the_entries_of_a_list_without_numbers():
    plain = tuple(replace(part, number=None) for part in ARTICLE.references)
    members = build_members(replace(ARTICLE, references=plain))
    assert [len([c for c in member.citations if c.sentence]) for member in members] == [2, 1, 0]


def work_of(*found):
    article = replace(ARTICLE, references=found, marks=())
    return build_work("w", build_members(article))


def test_each_field_is_what_most_references_say_and_the_longer_one_at_a_tie():
    found = work_of(
        reference(container="J Quiet Rooms"), reference(container="Journal of Quiet Rooms"), reference(volume="4")
    )
    assert (found.container, found.volume, found.year) == ("Journal of Quiet Rooms", "4", 2011)


@pytest.mark.parametrize(
    "name",
    [
        *("NCBI PubMed", "PubMed", "BioMed Central", "PMC", "Google Scholar", "www.ncbi.nlm.nih.gov", "PubMed - NCBI"),
        *("Taylor and Francis Online", "SAGE Journals", "EBSCOhost", "jstor.org", "PubMed Central (PMC)"),
    ],
)
def test_an_aggregator_is_a_host_and_never_the_journal(name):
    assert aggregator_host(name)
    assert work_of(reference(container=name)).container is None
    assert work_of(reference(container=name)).host == aggregator_host(name)
    both = work_of(reference(container=name), reference(container="Journal of Quiet Rooms"))
    assert both.container == "Journal of Quiet Rooms"


def test_the_host_is_that_of_the_address_with_or_without_scheme():
    assert url_host("www.ncbi.nlm.nih.gov/pubmed/1") == "ncbi.nlm.nih.gov"
    assert url_host("https://Example.org:80/a") == "example.org"
    assert [url_host(text) for text in ("", None, "http://[", "nowhere")] == [None] * 4


def test_ids_are_family_year_and_first_telling_word():
    assert build_id(Work("", ("Lundström, Ada M",), title="The effects of rest", year=1999)) == "lundstrom-1999-effects"
    assert build_id(Work("", title="Of the", container="Quiet Rooms")) == "quiet-rooms-undated-untitled"
    assert build_id(Work("", ("李, 明",), raw="?"))


def ids_of(groups, old=None, taken=()):
    ids = WorkIds([frozenset(keys) for keys, _ in groups], old or {}, taken.__contains__)
    return [ids.give(index, work) for index, (_, work) in enumerate(groups)]


def test_a_second_work_of_the_same_name_gets_its_identifier_as_suffix():
    first = Work("", ("Marlow, A",), title="Neck", year=2011)
    second = replace(first, pmid="7")
    assert ids_of([({"title:a"}, first), ({"pmid:7"}, second)]) == ["marlow-2011-neck", "marlow-2011-neck-7"]
    assert ids_of([({"pmid:7"}, second)], taken=("marlow-2011-neck",)) == ["marlow-2011-neck-7"]


def test_a_work_that_shares_a_key_with_an_old_one_keeps_its_id():
    work = Work("", ("Marlow, A",), title="Another title", year=2012)
    assert ids_of([({"pmid:7", "title:b"}, work)], {"marlow-2011-neck": frozenset({"pmid:7"})}) == ["marlow-2011-neck"]


def test_when_a_work_splits_one_part_keeps_the_id():
    work = Work("", ("Marlow, A",), title="Neck", year=2011)
    old = {"old-id": frozenset({"doi:a", "pmid:7", "title:a"})}
    assert ids_of([({"pmid:7", "title:a"}, work), ({"doi:a", "title:b"}, work)], old) == ["old-id", "marlow-2011-neck"]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["Marlow, A", "Okoro, B", ""]), min_size=1, max_size=9))
def test_ids_are_unique(families):
    works = [({f"title:{i}"}, Work("", (f,) if f else (), title="Neck", year=2011)) for i, f in enumerate(families)]
    assert len(set(ids_of(works))) == len(works)


def test_works_that_are_told_apart_and_share_a_key_have_an_id_each():
    work = Work("", ("Marlow, A",), title="Neck", year=2011)
    found = ids_of([({"doi:a", f"pmid:{number}"}, work) for number in range(9)])
    assert len(set(found)) == 9


def name_groups(found, old):
    """Give the ids of the works of some references and the keys of each, when `old` works were known before."""
    keys = [identity_keys(reference) for reference in found]
    groups = sorted(unify(keys), key=lambda group: min(keys[i] for i in group))
    sets = [frozenset(key for i in group for key in keys[i]) for group in groups]
    ids = WorkIds(sets, old, set().__contains__)
    works = [Work("", found[group[0]].authors, title=found[group[0]].title, year=2011) for group in groups]
    return {ids.give(at, work): sets[at] for at, work in enumerate(works)}


@given(st.lists(references, min_size=1, max_size=6), st.lists(references, max_size=6))
def test_ids_stay_when_references_come_and_go(stay, come):
    first = name_groups(stay, {})
    second = name_groups([*stay, *come], first)
    third = name_groups(stay, second)
    for work_id, keys in first.items():
        rivals = [other for other in first if other != work_id and first[other] & keys]
        heirs = [other for other, found in second.items() if found & keys]
        if (
            not rivals
            and len(heirs) == 1
            and not any(second[heirs[0]] & first[other] for other in first.keys() - {work_id})
        ):
            assert heirs == [work_id]
            assert third[work_id] == keys
