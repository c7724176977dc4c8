"""``python -m bench NAME …`` runs the benchmark of that name: its module's `main` with the arguments that follow."""

import sys
from importlib import import_module
from pathlib import Path


def main(argv: list[str]) -> int:
    """Run the benchmark named by the first argument; give its exit code, 2 when there is none of that name."""
    names = sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if "\ndef main(" in path.read_text(encoding="utf-8")
    )
    names = [name for name in names if not name.startswith("_")]
    if not argv or argv[0] not in names:
        sys.stderr.write(f"usage: python -m bench {{{','.join(names)}}} …\n")
        return 2
    return int(import_module(f"bench.{argv[0]}").main(argv[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
