"""``python -m bench medquad [--docs FILE] [--out FILE] [--index FOLDER]``: MedQuAD topics as .jsonl, and indexed.

Each topic of `docs.jsonl` (title, url, sections with a question and its answer) becomes one article a line: the
question is the heading, the answer the text, the address the source. Then all are indexed in a process of their own,
whose articles per second and highest memory are printed. Without ``--index`` the index is made in a temporary folder.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path("../shared/data/medquad/docs.jsonl")
BLANKS = re.compile(r"[ \t]+")
LINES = re.compile(r"\s*\n\s*")


def convert_topic(topic: dict[str, Any]) -> dict[str, Any]:
    """Give one MedQuAD topic as an article of our own .jsonl format."""
    sections = [
        {"heading": " ".join(part["question"].split()), "text": LINES.sub("\n", BLANKS.sub(" ", part["text"])).strip()}
        for part in topic["sections"]
    ]
    return {"title": topic["title"], "source_url": topic["url"], "sections": sections}


def convert_topics(docs: Path) -> Iterator[str]:
    """Give each topic of a file as a line of JSON."""
    with docs.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.dumps(convert_topic(json.loads(line)), ensure_ascii=False)


def index_topics(topics: Path, index: Path) -> dict[str, Any]:
    """Index a .jsonl file by the command line, and give its report with articles a second and highest memory in MB."""
    command = [sys.executable, "-c", "from kb.cli import main; main()", "index", str(topics), "--index", str(index)]
    done = subprocess.run([*command, "--json"], stdout=subprocess.PIPE, text=True, check=False)
    report: dict[str, Any] = json.loads(done.stdout)
    report["failed"] = len(report["failed"])
    report["articles_per_second"] = round(report["added"] / report["seconds"], 1)
    # of the largest process: workers share their memory with the one they were forked from
    report["largest_process_mb"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    report["index_mb"] = round(sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6, 1)
    return report


def main(argv: list[str]) -> int:
    """Convert, index and print what it took."""
    parser = argparse.ArgumentParser(prog="python -m bench medquad", description=__doc__)
    parser.add_argument("--docs", type=Path, default=DOCS, help="MedQuAD's docs.jsonl")
    parser.add_argument("--out", type=Path, help="write the articles here and keep them")
    parser.add_argument("--index", type=Path, help="make the index here and keep it")
    options = parser.parse_args(argv)
    if not options.docs.is_file():
        sys.stderr.write(f"{options.docs} is not there: name MedQuAD's docs.jsonl with --docs.\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        topics = options.out or Path(folder, "topics.jsonl")
        topics.write_text("\n".join(convert_topics(options.docs)) + "\n", encoding="utf-8")
        report = index_topics(topics, options.index or Path(folder, "index"))
    sys.stdout.write(json.dumps(report) + "\n")
    return 0
