"""What sync remembers beside the index: the paths it was given, and the files that failed and are tried again."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.disk.storage import replace_text
from indexer.files.reader import Failure

SOURCES = "sources.json"


@dataclass(frozen=True, slots=True)
class Sources:
    """The paths indexed so far, the files of them that failed last time, and the last generation announced."""

    paths: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    generation: int = 0


def read_sources_file(folder: Path) -> Sources:
    """Give what is remembered in an index folder; nothing when there is no such file or it is damaged."""
    try:
        row = json.loads((folder / SOURCES).read_text(encoding="utf-8"))
        failed = tuple(Failure(part["path"], part["error"]) for part in row["failed"])
        return Sources(tuple(row["paths"]), failed, row["generation"])
    except (OSError, ValueError, KeyError, TypeError):
        return Sources()


def write_sources_file(folder: Path, sources: Sources) -> None:
    """Remember `sources` in an index folder."""
    if read_sources_file(folder) != sources:
        replace_text(folder / SOURCES, json.dumps(asdict(sources), ensure_ascii=False, indent=1))


def is_under(path: str, roots: Collection[str]) -> bool:
    """Tell whether a path is one of `roots`, in one of them, or a line of one of them."""
    file = path.rpartition("#")[0]
    return path in roots or file in roots or any(str(folder) in roots for folder in Path(path).parents)


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Give the paths that are not in another one of them, each once."""
    names = dict.fromkeys(paths)
    return tuple(name for name in names if not is_under(str(Path(name).parent), names))
