"""What a deployment is made from: the lock agrees with the settings of the package, the container with the checkout."""

import json
import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kb.app import create_app
from tests.test_server import serving

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", LOCK, re.M))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def required() -> list[Requirement]:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    return [Requirement(line) for line in settings["options"]["install_requires"].split("\n") if line]


@pytest.mark.parametrize("requirement", required(), ids=lambda requirement: requirement.name)
def test_what_the_program_needs_is_locked_in_a_version_that_it_takes(requirement):
    assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])


def test_every_locked_package_has_a_hash():
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.M)[1:]
    assert len(entries) == len(PINS)
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_names_no_place_to_install_from():
    assert re.findall(r"https?:|--(?:extra-)?index-url|--find-links|--trusted-host|@ ", LOCK) == []


def test_the_licence_of_every_locked_package_is_listed():
    listed = {canonicalize_name(name) for name in re.findall(r"^\| ([A-Za-z0-9._-]+) \| [A-Z]", SECURITY, re.M)}
    assert listed == PINS.keys()


def test_what_the_container_copies_exists_and_is_let_in():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"}
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M) for name in line.split()}
    assert copied == allowed
    assert {name for name in copied if not (ROOT / name).exists()} == set()


def test_the_container_runs_as_a_user_without_rights_on_locked_packages():
    assert re.findall(r"^USER (\d+)$", DOCKERFILE, re.M)[-1] != "0"
    installs = re.findall(r"pip install ([^&\n]+)", DOCKERFILE)
    assert installs
    assert all("--require-hashes" in line or "--no-deps --no-build-isolation" in line for line in installs)


def test_the_container_knows_whether_it_is_well(index, tmp_path):
    command = json.loads(re.search(r"HEALTHCHECK[^[]*CMD (\[.*\])", DOCKERFILE)[1])
    program = [sys.executable, *command[1:]]
    with serving(tmp_path, create_app(index)) as (port, _):
        here = [part.replace(":8000", f":{port}") for part in program]
        assert subprocess.run(here, capture_output=True, check=False).returncode == 0
    assert subprocess.run(here, capture_output=True, check=False).returncode != 0


def test_the_container_serves_though_a_file_failed_and_not_after_wrong_usage(tmp_path):
    script = json.loads(re.search(r"^CMD (\[.*\])", DOCKERFILE, re.M)[1])[2].replace("exec kb", "kb")
    for code, served in ((0, True), (1, True), (2, False)):
        kb = f"kb() {{ if [ $1 = index ]; then return {code}; fi; echo served; }}; "
        result = subprocess.run(["sh", "-c", kb + script], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert ("served" in result.stdout) == served


def test_every_test_that_the_attack_list_names_exists():
    named = re.findall(r"`(test_\w+)\.(test_\w+)`", SECURITY)
    assert named
    missing = [
        f"{module}.{name}"
        for module, name in named
        if f"def {name}(" not in (ROOT / "tests" / f"{module}.py").read_text(encoding="utf-8")
    ]
    assert missing == []
