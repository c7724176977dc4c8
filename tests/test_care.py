import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.vocabulary import read_vocabulary
from kb.care import (
    LEVEL_ORDER,
    LEVELS,
    RULES,
    CareFileError,
    build_areas,
    build_cards,
    build_wordings,
    find_help_cards,
    find_red_flags,
    read_cards,
)
from kb.model import CareCard

QUERIES = json.loads((Path(__file__).parent / "care_queries.json").read_text("utf-8"))
URGENT = [(card, query) for card, queries in QUERIES["urgent"].items() for query in queries]
FILES = ("red_flags.toml", "help_cards.toml", "care_sources.toml")
SEEN_PAGES = Path(__file__).parents[2] / "shared" / "data" / "pages" / "nhs_betahealth" / "pages.jsonl"
COUNTRY_NUMBER = re.compile(r"\b(?:911|999|112|988|000|111|110|119|116 123|995|108|102|1177)\b")
PLAYED_DOWN = ("non-urgent", "not urgent", "no emergency", "not an emergency", "harmless", "nothing to worry")

NAMES_OF_EMERGENCIES = {"can't breathe", "air hunger", "throat closing up"}  # symptom names that show a card rightly


def all_cards() -> tuple[CareCard, ...]:
    return (*read_cards().red_flags, *read_cards().help_cards)


def shown(text: str) -> list[str]:
    return [card.id for card in find_help_cards(text)]


@pytest.mark.parametrize(("card", "query"), URGENT)
def test_an_urgent_search_shows_the_help_it_needs(card: str, query: str) -> None:
    assert card in shown(query)


@pytest.mark.parametrize("query", QUERIES["harmless"])
def test_a_harmless_search_shows_no_help_card(query: str) -> None:
    assert shown(query) == []


def test_no_symptom_of_the_vocabulary_is_taken_for_an_emergency_unless_it_is_one() -> None:
    names = {name for symptom in read_vocabulary().symptoms.values() for name in symptom.all_names}
    assert {name for name in names if shown(name)} <= NAMES_OF_EMERGENCIES


def test_there_are_enough_wordings_of_both_kinds_and_for_every_help_card() -> None:
    assert len(URGENT) >= 700
    assert len(QUERIES["harmless"]) >= 600
    assert set(QUERIES["urgent"]) == {card.id for card in read_cards().help_cards}


@pytest.mark.parametrize(("card", "query"), URGENT[::3])
def test_case_apostrophes_and_punctuation_do_not_matter(card: str, query: str) -> None:
    assert card in shown(f"  {query.upper()}!!! ???")
    assert card in shown(query.replace("'", "’"))
    assert card in shown(query.replace("'", ""))


@pytest.mark.parametrize(
    ("card", "query"),
    [
        ("suicide", "i am sucidal"),
        ("suicide", "gona kill myslef"),
        ("heart-attack", "chets pain and left arm numb"),
        ("seizure", "having a siezure"),
        ("stroke", "face dropping one side"),
        ("severe-allergic-reaction", "throta swelling after bee sting"),
        ("cannot-breathe", "cant breeathe heeeelp"),
    ],
)
def test_one_slip_of_the_finger_still_shows_the_card(card: str, query: str) -> None:
    assert card in shown(query)


@pytest.mark.parametrize("query", ["headache no fever or stiff neck", "no chest pain spreading to arm", "not choking"])
def test_what_is_denied_shows_no_card(query: str) -> None:
    assert shown(query) == []


@pytest.mark.parametrize(
    ("card", "query"),
    [
        ("suicide", "reasons not to kill myself"),
        ("suicide", "no i want to die"),
        ("stroke", "no headache but my face is drooping"),
        ("not-waking-or-breathing", "he is not breathing"),
        ("pregnancy-emergency", "baby not kicking no movement today"),
        ("heart-attack", "is this not a heart attack"),
    ],
)
def test_a_denial_hides_nothing_but_what_stands_right_after_it_and_never_a_crisis(card: str, query: str) -> None:
    assert card in shown(query)


@pytest.mark.parametrize(
    ("query", "urgent"),
    [
        ("my aunt had a stroke years ago", "my aunt had a stroke years ago and now her face is drooping"),
        ("scared of having a heart attack", "scared i am having a heart attack"),
        ("seizure training", "seizure training dummy but he is having a seizure"),
        ("meningitis vaccine", "meningitis vaccine yesterday now stiff neck and fever"),
    ],
)
def test_the_name_of_an_illness_long_past_or_feared_shows_no_card_but_its_signs_do(query: str, urgent: str) -> None:
    assert shown(query) == []
    assert shown(urgent) != []


def test_words_far_apart_do_not_make_an_emergency() -> None:
    between = "and then we took a long walk by the sea with nothing much left to say " * 3
    assert shown(f"chest pain {between} my arm") == []


def test_the_cards_of_a_crisis_come_in_the_order_of_the_file() -> None:
    order = [card.id for card in read_cards().help_cards]
    found = shown("took too many pills, want to die, bleeding won't stop")
    assert found == sorted(found, key=order.index)
    assert found[0] == "suicide"
    assert {"overdose-or-poison", "severe-bleeding"} <= set(found)


@given(st.text(max_size=300))
def test_any_text_gives_cards_or_none_and_never_an_error(text: str) -> None:
    assert set(find_help_cards(text)) <= set(read_cards().help_cards)


@given(
    st.lists(st.sampled_from(["chest", "pain", "arm", "die", "want", "to", "kill", "time", "baby", "…"]), max_size=40)
)
def test_any_order_of_the_rules_own_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    assert find_help_cards(text) == find_help_cards(text.upper())


@pytest.mark.parametrize(
    "piece", ["chest pain arm ", "want to ", "a", "kill ", "my face drops and i want to die ", "cant "]
)
def test_a_hundred_kilobytes_of_text_are_read_to_the_end(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert "suicide" in shown(f"{text} i am suicidal")


@pytest.mark.parametrize("area", sorted(read_vocabulary().areas))
def test_every_area_of_the_tree_has_red_flags_the_most_pressing_first(area: str) -> None:
    flags = find_red_flags([area])
    assert flags
    assert [LEVEL_ORDER[card.level] for card in flags] == sorted(LEVEL_ORDER[card.level] for card in flags)
    assert LEVEL_ORDER[flags[0].level] <= LEVEL_ORDER[LEVELS["emergency"]]


def test_an_area_shows_what_belongs_to_the_areas_above_it_and_each_card_once() -> None:
    lower, back, torso = (set(find_red_flags([area])) for area in ("lower-back", "back", "torso"))
    assert torso < back < lower
    assert "heart-attack-signs" in {card.id for card in torso} - {card.id for card in find_red_flags(["bladder"])}
    both = find_red_flags(["lower-back", "back", "lower-back"])
    assert len(both) == len(set(both)) == len(lower)


def test_an_unknown_area_or_none_has_no_red_flags() -> None:
    assert find_red_flags([]) == ()
    assert find_red_flags(["no-such-area"]) == ()


@pytest.mark.parametrize("card", all_cards(), ids=lambda card: card.id)
def test_a_card_names_its_level_in_words_its_signs_its_source_and_its_date(card: CareCard) -> None:
    assert card.level in LEVELS.values()
    assert card.title and card.advice and card.signs and all(card.signs)
    assert date.fromisoformat(card.reviewed) <= date(2100, 1, 1)
    assert card.source
    assert card.source_url is None or (card.source_url.startswith("http") and "seen 20" in card.source)


@pytest.mark.parametrize("card", all_cards(), ids=lambda card: card.id)
def test_a_card_of_an_emergency_says_whom_to_call_and_plays_nothing_down(card: CareCard) -> None:
    text = " ".join((card.title, *card.signs, card.advice)).lower()
    assert not [phrase for phrase in PLAYED_DOWN if phrase in text]
    if LEVEL_ORDER[card.level] <= LEVEL_ORDER[LEVELS["emergency"]]:
        assert re.search(r"emergency (?:number|department|eye care|care)|hospital|maternity unit", text)


@pytest.mark.parametrize("card", all_cards(), ids=lambda card: card.id)
def test_no_card_names_one_countrys_emergency_number(card: CareCard) -> None:
    assert not COUNTRY_NUMBER.search(" ".join((card.title, *card.signs, card.advice, card.level, card.source)))


@pytest.mark.parametrize("name", FILES)
def test_no_country_number_stands_anywhere_in_the_files(name: str) -> None:
    text = re.sub(r'^url = .*$|"10\d"(?:, )?', "", (RULES / name).read_text("utf-8"), flags=re.MULTILINE)
    assert not COUNTRY_NUMBER.findall(text)


def test_every_source_is_used_and_those_with_an_address_say_when_they_were_seen() -> None:
    tables = [tomllib.loads((RULES / name).read_text("utf-8")) for name in FILES]
    used = {row["source"] for table in tables for row in table.get("card", ())}
    assert used == set(tables[2]["source"])
    for source in tables[2]["source"].values():
        assert ("url" in source) == ("seen" in source) == ("page" in source)


def read_seen_pages() -> dict[str, dict[str, Any]]:
    if not SEEN_PAGES.exists():
        pytest.skip("../shared/data/pages is not here")
    pages = map(json.loads, SEEN_PAGES.read_text("utf-8").splitlines())
    return {page["id"]: page for page in pages}


def runs_of_words(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_no_card_says_eight_words_in_a_row_as_a_page_it_rests_on_does() -> None:
    pages = set[tuple[str, ...]]().union(*(runs_of_words(page["markdown"]) for page in read_seen_pages().values()))
    for card in all_cards():
        for text in (card.title, *card.signs, card.advice):
            assert runs_of_words(text).isdisjoint(pages), (card.id, text)


def test_the_pages_of_the_public_repository_are_those_that_were_seen() -> None:
    seen = read_seen_pages()
    sources = tomllib.loads((RULES / "care_sources.toml").read_text("utf-8"))["source"].values()
    named = {row["url"].split("/content/")[1]: row["page"] for row in sources if "/betahealth/" in row.get("url", "")}
    assert len(named) > 20
    assert {path: seen[path]["title"] for path in named} == named


def a_file(**changes: Any) -> dict[str, Any]:
    card = {
        "id": "sign",
        "areas": ["head"],
        "level": "soon",
        "title": "A sign",
        "signs": ["It hurts"],
        "advice": "See a doctor.",
        "source": "clinic",
        "reviewed": date(2026, 11, 22),
        "wordings": ["it hurts"],
    }
    source = {"body": "A clinic", "page": "Signs", "url": "https://example.org/signs", "seen": date(2026, 11, 22)}
    lists: dict[str, list[str]] = {"fillers": [], "harmless": [], "mended": [], "real_words": [], "deniers": []}
    words: dict[str, Any] = {"aliases": {}, **lists}
    return {"card": [card | changes], "source": {"clinic": source}, "groups": {"pain": ["hurts"]}, "words": words}


def test_a_card_is_built_with_its_source_printed_and_dated() -> None:
    (card,) = build_cards("flags.toml", a_file())
    assert card.level == "See a doctor soon"
    assert card.source == "A clinic: Signs (seen 2026-11-22)"
    assert card.source_url == "https://example.org/signs"
    assert card.reviewed == "2026-11-22"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"level": "non-urgent"}, "unknown level non-urgent"),
        ({"source": "hearsay"}, "unknown source hearsay"),
        ({"source": ""}, "has no source"),
        ({"reviewed": "2026-11-22"}, "its review date is no date"),
        ({"reviewed": None}, "has no reviewed"),
        ({"signs": []}, "has no signs"),
    ],
)
def test_a_card_that_must_not_be_shown_is_refused_by_name(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(CareFileError, match=f"flags.toml: card 'sign': {reason}"):
        build_cards("flags.toml", a_file(**changes))


def test_an_address_without_the_day_it_was_seen_is_refused() -> None:
    table = a_file()
    del table["source"]["clinic"]["seen"]
    with pytest.raises(CareFileError, match="no day it was seen"):
        build_cards("flags.toml", table)


def test_a_body_alone_is_a_source_without_an_address() -> None:
    table = a_file()
    table["source"]["clinic"] = {"body": "A ministry"}
    (card,) = build_cards("flags.toml", table)
    assert (card.source, card.source_url) == ("A ministry", None)


def test_a_card_that_stands_twice_is_refused() -> None:
    table = a_file()
    table["card"] *= 2
    with pytest.raises(CareFileError, match="stands twice"):
        build_cards("flags.toml", table)


@pytest.mark.parametrize(("areas", "reason"), [(["tail"], "unknown area tail"), ([], "belongs to no area")])
def test_a_card_of_no_known_area_is_refused(areas: list[str], reason: str) -> None:
    with pytest.raises(CareFileError, match=reason):
        build_areas("flags.toml", a_file(areas=areas))


def test_rules_that_can_never_match_are_refused() -> None:
    with pytest.raises(CareFileError, match="unknown group cold"):
        build_wordings("help.toml", a_file(together=[{"all": ["pain", "cold"]}]))
    with pytest.raises(CareFileError, match="neither wordings nor combinations"):
        build_wordings("help.toml", a_file(wordings=[]))
