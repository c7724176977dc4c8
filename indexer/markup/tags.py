"""Which HTML elements are blocks, which headings, which make text bold, and which show no text of the page."""

from indexer.markup.blocks import BOLD_RANK, NESTED, STYLED_RANK
from indexer.markup.pieces import BIG, BOLD, ITALIC_BOLD, LARGER, PLAIN, UNDERLINED

_BLOCKS = """
address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav
ol p pre search section summary table tbody td tfoot th thead title tr ul
"""
_SKIPPED = """
applet area audio canvas datalist embed iframe input map math noframes noscript object option script
select style svg template textarea video
"""

BLOCKS = frozenset(_BLOCKS.split())
SKIPPED = frozenset(_SKIPPED.split())
HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
LISTS = ("ul", "ol", "dir", "menu")
ITALICS = frozenset(("i", "em"))
WORDING = frozenset(("a", "span", "sup", "b", "i", "em", "strong", "time"))  # a class seldom makes these furniture
STRENGTHS = {"b": BOLD, "strong": BOLD, "u": UNDERLINED, "big": BIG, "font": PLAIN}
STYLES = ITALICS.union(STRENGTHS)
STRONG_RANKS = {
    BIG: STYLED_RANK,
    LARGER: BOLD_RANK - NESTED,
    BOLD: BOLD_RANK,
    ITALIC_BOLD: BOLD_RANK + 0.3,
    UNDERLINED: BOLD_RANK + NESTED,
}
