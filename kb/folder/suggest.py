"""What may be being typed, from the titles and journals of an index folder."""

from collections.abc import Iterator

from kb.arrays.index import Snapshot
from kb.arrays.segment import SegmentFiles
from kb.completion import Candidates, Completion


def complete(snapshot: Snapshot, typed: str, limit: int) -> Candidates:
    """Give the article titles and the journals that may be being typed, the likeliest first."""
    titles, journals = _titles(snapshot, typed, limit), _journals(snapshot, typed, limit)
    return Candidates(tuple(titles), tuple(journals), snapshot.document_frequency)


def _titles(snapshot: Snapshot, typed: str, limit: int) -> Iterator[str]:
    for segment in snapshot.segments:
        numbers, completion = _open_titles(segment.files)
        for place in completion.find(typed, limit):
            if segment.is_live(numbers[place]):
                yield segment.files.stored(numbers[place])["facts"]["title"]


def _open_titles(files: SegmentFiles) -> tuple[list[int], Completion]:
    def read() -> tuple[list[int], Completion]:
        postings = files.postings("kind", "article")
        numbers: list[int] = postings.ids.tolist() if postings is not None else []
        column = files.column("order_title")
        return numbers, Completion([bytes(column[number]).decode() for number in numbers])

    titles: tuple[list[int], Completion] = files.keep(("titles",), read)
    return titles


def _journals(snapshot: Snapshot, typed: str, limit: int) -> Iterator[str]:
    for segment in snapshot.segments:
        names, completion = _open_journals(segment.files)
        for place in completion.find(typed, limit):
            yield names[place]


def _open_journals(files: SegmentFiles) -> tuple[list[str], Completion]:
    def read() -> tuple[list[str], Completion]:
        names, _ = files.lexicon("container")
        return names, Completion(names)

    journals: tuple[list[str], Completion] = files.keep(("journals",), read)
    return journals
