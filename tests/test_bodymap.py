"""The body map shows every area once, with counts, and turns filters on and off."""

from indexer.vocabulary import read_vocabulary
from kb.model import FacetValue, Question
from kb.pages.bodymap import BodyMap, Region, build_body_map

AREAS = (FacetValue("chest", "Chest", 9), FacetValue("hands", "Hands", 1), FacetValue("mind", "Mind", 3, True))


def regions(body_map: BodyMap) -> dict[str, Region]:
    found = {region.area: region for view in body_map.views for region in view.regions}
    return found | {region.area: region for region in body_map.elsewhere}


def test_every_area_without_parts_is_on_the_map_or_beside_it() -> None:
    areas = read_vocabulary().areas
    leaves = {slug for slug in areas if not read_vocabulary().children(slug)}
    assert leaves <= set(regions(build_body_map(AREAS, Question())))


def test_a_region_says_its_name_and_how_many_articles_it_has() -> None:
    found = regions(build_body_map(AREAS, Question()))
    assert found["chest"].name == "Chest, 9 articles"
    assert found["hands"].name == "Hands, 1 article"
    assert found["legs"].name == "Legs, no articles"
    assert found["legs"].address is None


def test_a_region_adds_its_area_to_the_question_and_a_chosen_one_takes_it_away() -> None:
    question = Question("pain", filters={"area": ("mind",), "cited": ("yes",)}, page=3)
    found = regions(build_body_map(AREAS, question))
    assert found["chest"].address == "/?q=pain&area=mind&area=chest&cited=yes"
    assert found["mind"].address == "/?q=pain&cited=yes"
    assert found["mind"].name == "Mind, 3 articles, chosen"


def test_regions_are_warmer_the_more_articles_they_have() -> None:
    found = regions(build_body_map(AREAS, Question()))
    assert [found[area].warmth for area in ("legs", "hands", "chest")] == [0, 1, 3]
