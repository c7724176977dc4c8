"""Finds article files and reads them as text: the only place that opens one."""

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from indexer.files.decoding import decode
from indexer.model import Warning

Format = Literal["html", "markdown", "text", "jsonl"]
FORMATS: Mapping[str, Format] = {".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text", ".jsonl": "jsonl"}
SKIPPED_STEMS = ("readme", "license")  # README.md, LICENSE-corpus.txt
SKIPPED_STARTS = (".", "_")  # .git, _drafts
CUT_OFF = re.compile(r"<(?:/?[a-z][^<>]*|!--(?:(?!-->)[^<])*)$", re.IGNORECASE)  # <a href="htt
TAIL = 2_000  # characters at the end of a page in which an unfinished tag is looked for
WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)  # what a page begins with that also writes its end
ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
FILE_LIMIT = 16 * 1024 * 1024  # bytes of one article; a .jsonl file may be longer, its lines may not


class UnreadableFile(Exception):
    """An article file that gives no text; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file (or ``file.jsonl#12``) that gave no article: its path, and what is wrong and what to do."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Found:
    """The article files under some paths, sorted; and the paths that could not be looked into."""

    files: tuple[str, ...]
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one article, where they are from, and their format: html, markdown, text or jsonl (one line)."""

    path: str
    format: Format
    data: bytes

    @property
    def content_hash(self) -> str:
        """Give what tells this content from another, and from the same content read by other code."""
        return hashlib.blake2b(self.data, digest_size=16, key=code_hash()).hexdigest()

    def text(self) -> tuple[str, tuple[Warning, ...]]:
        """Give the decoded text and doubts about its encoding; UnreadableFile when it is empty or no text."""
        if not self.data.strip(b" \t\r\n\0\xef\xbb\xbf"):
            raise UnreadableFile("It is empty. Fill it or remove it.")
        decoded = decode(self.data, self.format)
        if decoded is None:
            raise UnreadableFile("It is not text (binary content). Save the article as HTML, Markdown or plain text.")
        text, doubts = decoded
        if self.format != "html":
            return text, doubts
        return text, (*doubts, *find_cuts(text))


def find_cuts(page: str) -> Iterator[Warning]:
    """Give a doubt about a page that stops too early."""
    if CUT_OFF.search(page[-TAIL:]):
        yield Warning("cut-off", "The file ends inside a tag or comment: its end may be missing.")
    elif WHOLE.search(page) and not ENDS.search(page):
        yield Warning("cut-off", "The page begins and does not end: the rest of the file may be missing.")


@cache
def code_hash() -> bytes:
    """Give a hash of the indexer's code and rules, so that articles are read anew when these have changed."""
    digest = hashlib.blake2b(digest_size=32)
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".toml", ".json", ".txt"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()


def find_files(paths: Iterable[str | Path]) -> Found:
    """Give the article files among and under `paths`, each real file once; links that lead in a circle end there."""
    files: dict[str, str] = {}
    failures: list[Failure] = []
    for path in paths:
        for name in _walk(os.path.abspath(path), set(), failures):  # noqa: PTH100 - links stay as they are named
            real = os.path.realpath(name)
            if real not in files or real == name:
                files[real] = name
    return Found(tuple(sorted(files.values())), tuple(failures))


def _walk(path: str, above: set[tuple[int, int]], failures: list[Failure]) -> Iterator[str]:
    """Give the files at or below `path`; a folder that the user named is looked into whatever its name."""
    try:
        path.encode()
        status = Path(path).stat()
        if not stat.S_ISDIR(status.st_mode):
            if _is_skipped(Path(path)):  # the shell expands `corpus/*` to README.md too
                return
            if Path(path).suffix.lower() in FORMATS:
                yield path
            else:
                endings = " ".join(FORMATS)
                failures.append(Failure(path, f"Its name does not end in one of {endings}: rename it or leave it out."))
            return
        here = (status.st_dev, status.st_ino)
        if here in above:
            return
        entries = sorted(Path(path).iterdir())
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode()
        failures.append(Failure(shown, "Its name is not valid UTF-8. Rename it."))
        return
    except OSError as error:
        failures.append(Failure(path, _explain(error)))
        return
    for entry in entries:
        if not _is_skipped(entry) and (entry.suffix.lower() in FORMATS or entry.is_dir()):
            yield from _walk(str(entry), above | {here}, failures)


def _is_skipped(entry: Path) -> bool:
    return entry.name.lower().startswith((*SKIPPED_STARTS, *SKIPPED_STEMS))


def read_sources(path: str) -> Iterator[Source | Failure]:
    """Give the article in a file, or one for each line of a .jsonl file that is not blank; or why there is none."""
    kind = FORMATS[Path(path).suffix.lower()]
    try:
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("It is not a regular file. Replace it by one.")
        if kind == "jsonl":
            yield from _read_lines(path)
        elif status.st_size > FILE_LIMIT:
            size, limit = status.st_size // 2**20, FILE_LIMIT // 2**20
            raise UnreadableFile(f"It has {size} MB; an article may have {limit} MB. Split it or leave it out.")
        else:
            yield Source(path, kind, Path(path).read_bytes())
    except UnreadableFile as error:
        yield Failure(path, str(error))
    except OSError as error:
        yield Failure(path, _explain(error))


def count_sources(paths: Iterable[str]) -> int:
    """Give about how many articles are in these files: lines of a .jsonl file, one of any other."""
    return sum(_count_lines(path) if path.endswith(".jsonl") else 1 for path in paths)


def _count_lines(path: str) -> int:
    try:
        with Path(path).open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 1


def _read_lines(path: str) -> Iterator[Source | Failure]:
    empty = True
    with Path(path).open("rb") as stream:
        number = 0
        while line := stream.readline(FILE_LIMIT + 1):
            number += 1
            if len(line) > FILE_LIMIT:
                yield Failure(f"{path}#{number}", f"The line is longer than {FILE_LIMIT // 2**20} MB. Split it.")
                while not line.endswith(b"\n") and (line := stream.readline(FILE_LIMIT)):
                    pass
            elif line.strip(b" \t\r\n\0\xef\xbb\xbf"):
                yield Source(f"{path}#{number}", "jsonl", line)
            empty = empty and not line.strip()
    if empty:
        raise UnreadableFile("It is empty. Fill it or remove it.")


def _explain(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "It is not there (or is a link to nothing). Check the path, or drop its articles with --forget."
    if isinstance(error, PermissionError):
        return "It may not be read. Give yourself permission (chmod u+r) and run again."
    if error.errno is not None and "loop" in os.strerror(error.errno).lower():
        return "It is a link that leads in a circle. Remove the link."
    return f"It cannot be read ({error.strerror or error}). Check the disk and run again."
