"""The site for WSGI servers starts from the settings, or says which of them is wrong."""

import os
import subprocess
import sys
from pathlib import Path


def load_site(**settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kb.wsgi import app; print(app.test_client().get('/healthz').status_code)"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment | settings)


def test_the_site_answers_from_the_index_of_the_settings(index: Path) -> None:
    assert load_site(KB_INDEX=str(index)).stdout == "200\n"


def test_a_wrong_setting_is_one_sentence_and_no_worker_is_started_again() -> None:
    ended = load_site(KB_PORT="abc")
    assert ended.returncode == 3
    assert ended.stderr == "Error: KB_PORT is 'abc'; it should be a whole number from 0 to 65535.\n"
