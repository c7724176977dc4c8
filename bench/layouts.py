"""How well pages nobody tuned to are parsed: ``python -m bench layouts [LAYOUT…] [--json] [--worst N]``.

Real health text and printed references in many layouts of sites and programs (`layout_templates`); every page knows
what should be read from it. `sections` is the mean token F1 over the kinds of section, `clean` the share of pages
without a line of furniture left in or a helpline left out, the others the share of what was read right.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from bench.layout_pages import read_layouts
from bench.layout_scores import EXTENSIONS, MEASURES, Outcome, measure_layouts

SHARED = Path("../shared")
PAGES = 8  # of each layout


def main(argv: list[str]) -> int:
    """Print the scores by layout, the averages, and the worst pages."""
    parser = argparse.ArgumentParser(prog="python -m bench layouts", description="Parsing of pages in unseen layouts.")
    parser.add_argument("layout", nargs="*", help="measure only these layouts")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with data/ and bibliography/")
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of each layout")
    parser.add_argument("--worst", type=int, default=0, help="write this many of the worst pages beside their scores")
    parser.add_argument("--json", action="store_true", help="print one object a layout")
    options = parser.parse_args(argv)
    if not options.shared.is_dir():
        sys.stderr.write(f"There is no {options.shared}; name the folder with --shared.\n")
        return 1
    chosen = [layout for layout in read_layouts() if not options.layout or layout.name in options.layout]
    outcomes = list(measure_layouts(chosen, options.shared, options.pages))
    for line in report(outcomes, as_json=options.json):
        sys.stdout.write(line + "\n")
    for line in show_worst(outcomes, options.worst):
        sys.stderr.write(line + "\n")
    return 0


def report(outcomes: list[Outcome], *, as_json: bool) -> Iterator[str]:
    """Give a line for each layout and one for all of them."""
    if not as_json:
        yield f"{'layout':24}" + "".join(f"{name:>11}" for name in MEASURES)
    for name in [*dict.fromkeys(outcome.layout for outcome in outcomes), "all"]:
        rows = [outcome for outcome in outcomes if name in ("all", outcome.layout)]
        means = {measure: round(fmean(row.scores[measure] for row in rows), 4) for measure in MEASURES}
        if as_json:
            yield json.dumps({"layout": name, "pages": len(rows)} | means)
        else:
            yield f"{name:24}" + "".join(f"{means[measure]:11.3f}" for measure in MEASURES)


def show_worst(outcomes: list[Outcome], count: int) -> Iterator[str]:
    """Give what was wrong with the worst pages, and put the pages themselves in the present folder."""
    for place, outcome in enumerate(sorted(outcomes, key=lambda outcome: fmean(outcome.scores.values()))[:count], 1):
        wrong = ", ".join(f"{name} {value:.2f}" for name, value in outcome.scores.items() if value < 1)
        path = Path(f"worst-{place}{EXTENSIONS[outcome.format]}")
        path.write_text(outcome.page.text, encoding="utf-8")
        yield f"{path}: {outcome.layout}, {outcome.sheet.title}: {wrong or 'all right'}"
