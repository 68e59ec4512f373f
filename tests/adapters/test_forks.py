"""Copies of a process: in their order, with nothing lost when one is ended, and none left."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from regulator.adapters.forks import in_copies

_ROOT = Path(__file__).resolve().parents[2]
_HEAD = """
import os, signal, time
from pathlib import Path
from regulator.adapters.forks import in_copies

def children():
    lists = Path("/proc/self/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text().split()]
"""


def _said(program: str) -> list[str]:
    """What a process without threads prints: pytest's own may have some."""
    done = subprocess.run(
        [sys.executable, "-c", _HEAD + program],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("copies", [0, 1, 3])
def test_answers_come_in_the_batches_order_from_so_many_copies(copies: int) -> None:
    program = f"""
def work(batch):
    time.sleep(0.05)
    return batch * batch, os.getpid()

with in_copies(work, range(9), copies={copies}) as answers:
    found = list(answers)
who = {{worker for _one, worker in found}}
print([one for one, _worker in found], len(who), os.getpid() in who)
print(children())
"""
    squares = str([number * number for number in range(9)])
    # This process works too, as long as the answer that is due is not there.
    assert _said(program) == [f"{squares} {copies + 1} True", "[]"]


def test_this_process_takes_nothing_while_the_copies_are_ahead() -> None:
    program = """
with in_copies(lambda batch: (batch, os.getpid()), range(12), copies=1) as answers:
    time.sleep(0.5)
    print([(one, worker == os.getpid()) for one, worker in answers])
"""
    assert _said(program) == [str([(number, False) for number in range(12)])]


def test_large_answers_wait_for_their_turn() -> None:
    program = """
with in_copies(lambda batch: bytes([batch]) * 3_000_000, range(4), copies=2) as answers:
    time.sleep(0.3)
    print([(one[0], len(one)) for one in answers])
"""
    assert _said(program) == [str([(number, 3_000_000) for number in range(4)])]


def test_what_an_ended_copy_owed_is_worked_out_here() -> None:
    program = """
def work(batch):
    if batch >= 3 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return batch

parent = os.getpid()
with in_copies(work, range(8), copies=2) as answers:
    time.sleep(0.3)
    print(list(answers))
print(children())
"""
    assert _said(program) == [str(list(range(8))), "[]"]


def test_an_error_in_a_copy_is_met_again_here() -> None:
    program = """
def work(batch):
    if batch == 1:
        os.close(2) if os.getpid() != parent else None
        raise ValueError("batch 1")
    return batch

parent = os.getpid()
try:
    with in_copies(work, range(3), copies=1) as answers:
        print(next(answers))
        next(answers)
except ValueError as error:
    print(error)
print(children())
"""
    assert _said(program) == ["0", "batch 1", "[]"]


def test_copies_end_when_the_work_is_left() -> None:
    program = """
with in_copies(lambda batch: bytes(2_000_000), range(20), copies=2) as answers:
    next(answers)
    print(len(children()))
print(children())
"""
    assert _said(program) == ["2", "[]"]


def test_a_process_with_threads_is_not_copied() -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    here = threading.get_native_id()
    try:
        with in_copies(lambda _batch: threading.get_native_id(), [1, 2], copies=2) as answers:
            assert list(answers) == [here, here]
    finally:
        stop.set()
        other.join()
