"""An article whose every text attacks the page that shows it, for tests of the site."""

from indexer.model import Article, Attribute, Attributes, Block, Dropped, Mark, Reference, Section, Warning

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
LINK = "javascript:alert(3)"
BREAKOUT = "</script><script>alert(4)</script>"


def build_hostile_article() -> Article:
    """Give an article with markup, handlers and script links in all its fields."""
    sentence = f"A claim {ATTACK} stands here."
    section = Section("causes", f"Causes {ATTACK}", "causes", (Block("heading", ATTACK), Block("paragraph", sentence)))
    return Article(
        slug="hostile",
        title=f"Hostile {BREAKOUT}",
        path="hostile.html",
        layout="test",
        symptoms=("headache", "odd-symptom"),
        body_areas=("head",),
        attributes=Attributes(course=(Attribute(ATTACK, ATTACK),)),
        sections=(section,),
        references=(
            Reference(
                1, f"Raw {ATTACK}", (f"Evil, {ATTACK}",), title=f"Title {ATTACK}", container=ATTACK, year=2001, url=LINK
            ),
            Reference(2, f"Other {BREAKOUT}", url="data:text/html,x"),
        ),
        marks=(Mark((1,), "causes", sentence, 1, len(sentence)), Mark((9,), "causes", sentence, 1, len(sentence))),
        authors=(ATTACK,),
        reviewers=(ATTACK,),
        updated="2012-01-02",
        updated_from="updated",
        source_url=LINK,
        dropped=(Dropped(ATTACK, ATTACK),),
        warnings=(Warning("test", ATTACK),),
    )
