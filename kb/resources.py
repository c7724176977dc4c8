"""Where the folders are that come with the program: inside the installed `kb` package, else beside it in a checkout."""

from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).parent
APPLICATION = "symptom-kb"


class ResourceMissing(Exception):
    """A folder that comes with the program is not there; the installation is incomplete."""


def find_folder(name: str) -> Path:
    """Give the shipped folder ``templates`` or ``corpus``."""
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ResourceMissing(f"The folder {name!r} that belongs to this program is missing. Install it again.")


def default_index() -> Path:
    """Give the platform's folder for the index of one user, such as ``~/.local/share/symptom-kb/index``."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "index"
