"""The long proofs of `bench`, each run for moments: they still run, and find nothing. Times are theirs to judge."""

import argparse
import subprocess
from pathlib import Path

import pytest

from bench.crash import torture
from bench.flood import measure, running_server
from bench.hostile import try_files, try_requests
from bench.soak import soak

pytestmark = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="memory and processes are read from /proc")


def may_mount(folder: Path) -> bool:
    try:
        mount = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False)
    except OSError:
        return False
    return mount.returncode == 0 and subprocess.run(["umount", folder], check=True).returncode == 0


@pytest.mark.parametrize("full_disk", [False, True], ids=["killed", "full disk"])
def test_writers_that_end_early_give_no_reader_a_wrong_answer(tmp_path, full_disk):
    if full_disk and not may_mount(tmp_path):
        pytest.skip("no small disk may be mounted here")
    report = torture(tmp_path, argparse.Namespace(kills=3, readers=1, seed=3, full_disk=full_disk))
    assert report["faults"] == report["processes_left"] == 0, report
    assert report["answers"] > 0
    assert report["clean_run_after"]


def test_answers_are_of_their_generation_while_the_index_changes(tmp_path):
    report = soak(tmp_path, minutes=0.1, clients=4)
    assert report["wrong"] == report["errors"] == report["backwards"] == report["failed_files"] == 0, report
    assert report["answers"] > 0
    assert report["commits"] > 1
    assert report["all_alive"]


@pytest.mark.parametrize("attack", ["slow heads", "huge heads", "facet crawlers"])
def test_a_flood_keeps_nobody_else_from_an_answer(attack):
    with running_server() as (port, process):
        row = measure(attack, port, process.pid, argparse.Namespace(connections=60, seconds=1))
    assert row.asked > 0
    assert row.failed == 0


def test_hostile_requests_break_nothing():
    report = try_requests(300, seed=11)
    assert sum(report["broken"].values()) == 0, report["examples"]


def test_spoilt_files_break_nothing():
    report = try_files(60, seed=11, keep=None)
    assert sum(report["broken"].values()) == 0, report["examples"]
    assert report["articles"] + report["refused"] >= 60
