"""The name an upload is kept under: a slug and one of the endings of article files, whatever the client calls it."""

import re
import unicodedata
from pathlib import PurePosixPath

from indexer.article.sections import build_slug
from indexer.files.reader import FORMATS, SKIPPED_STEMS
from kb.admin.problem import AdminProblem

LONGEST = 200  # characters of a name as it is sent
FORBIDDEN = re.compile(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")  # paths, controls, turned text
DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that some systems keep for themselves


def build_file_name(given: str) -> str:
    """Give the safe name of a file called `given`: "Back Pain.HTML" → "back-pain.html"; raises AdminProblem."""
    if not given.strip(". "):
        raise AdminProblem("The upload has no name. Choose a file.")
    if len(given) > LONGEST or FORBIDDEN.search(given):
        raise AdminProblem("The file has a name that cannot be used: a path, hidden characters, or too long.")
    path = PurePosixPath(given)
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise AdminProblem(f"Only articles can be uploaded: files whose names end in {', '.join(FORMATS)}.")
    plain = unicodedata.normalize("NFKD", path.stem)  # é as e and an accent that the slug leaves out
    stem = build_slug("".join(letter for letter in plain if not unicodedata.combining(letter)))
    if not stem:
        raise AdminProblem("The file's name has no letter from a to z and no digit. Give it another name.")
    if stem.startswith(SKIPPED_STEMS) or DEVICES.fullmatch(stem):
        raise AdminProblem(f"A file called {stem + ending} would not be indexed. Give it another name.")
    return stem + ending
