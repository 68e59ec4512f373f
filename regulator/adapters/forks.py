"""Pure work on many batches, by copies of this process, one a core, and by this process too.

A copy (`fork`) has everything that was read and built here, so that nothing needs to be sent to it
but what it finds. It must not touch a database, a file or a broker: the work has to be pure. It
ends with its batches, when nobody reads its answers any more, and with this process.

Each takes the next batch that nobody took: its number comes out of a pipe that all of them read.
This process takes one only when the answer that is due is not there yet, so that no core waits.
"""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
import select
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from regulator.adapters.processes import end_with_parent

_LENGTH = struct.Struct(">Q")
_TICKET = struct.Struct(">I")
_TICKETS_AT_MOST = 16_000  # what a pipe holds of them without anybody reading
_BATCHES_A_COLLECTION = 8
_PIPE_BYTES = 1 << 20  # what Linux lets anybody ask for: answers wait here for their turn

Batch = TypeVar("Batch")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class _Copy:
    """A copy by its process, and the end of the pipe from which its answers are read."""

    process: int
    answers: int


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without looking for garbage: what stands stays where it is, its pages shared by the copies.

    For work that makes much and drops little; it may be nested.
    """
    outermost = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        if outermost:
            gc.unfreeze()
            gc.enable()


@contextmanager
def in_copies(
    work: Callable[[Batch], Answer], batches: Sequence[Batch], *, copies: int
) -> Iterator[Iterator[Answer]]:
    """`work` of each batch, in their order; the copies live as long as the `with`.

    Without copies, or where this process has threads (a copy would inherit their locks
    but not them), the work is done here. So it is where a copy was ended before its time.
    """
    wanted = min(copies, len(batches))
    is_one = threading.active_count() == 1 and len(batches) <= _TICKETS_AT_MOST
    if wanted < 1 or not sys.platform.startswith("linux") or not is_one:
        yield map(work, batches)
        return
    with ExitStack() as stack:
        stack.enter_context(undisturbed())
        tickets = stack.enter_context(_tickets(len(batches)))
        running: list[_Copy] = []
        for _number in range(wanted):
            running.append(stack.enter_context(_started(work, batches, tickets, running)))
        yield _in_order(work, batches, tickets, list(running))


@contextmanager
def _tickets(count: int) -> Iterator[int]:
    """A pipe of the batches' numbers, each to be taken once, by whoever reads it."""
    reading, writing = os.pipe()
    try:
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        os.write(writing, b"".join(map(_TICKET.pack, range(count))))
        os.close(writing)
        yield reading
    finally:
        os.close(reading)


def _taken(tickets: int) -> int | None:
    """The next batch that nobody took, or None: a pipe gives so few bytes to one reader whole."""
    ticket = os.read(tickets, _TICKET.size)
    return int(_TICKET.unpack(ticket)[0]) if ticket else None


def _in_order(
    work: Callable[[Batch], Answer], batches: Sequence[Batch], tickets: int, copies: list[_Copy]
) -> Iterator[Answer]:
    there: dict[int, Answer] = {}
    running = list(copies)
    for due in range(len(batches)):
        while due not in there:
            _take_answers(running, there, due, wait=False)
            if due in there:
                break
            # A copy that has ended may have taken this very batch.
            own = _taken(tickets) if len(running) == len(copies) else due
            if own is None:
                _take_answers(running, there, due, wait=True)
            else:
                there[own] = work(batches[own])
        yield there.pop(due)
        if due % _BATCHES_A_COLLECTION == 0:
            gc.collect(1)


def _take_answers(running: list[_Copy], there: dict[int, Any], due: int, *, wait: bool) -> None:
    """What the copies have answered, from this batch on; those that have ended are left out."""
    by_pipe = {copy.answers: copy for copy in running}
    ready, _, _ = select.select(list(by_pipe), [], [], None if wait else 0)
    for pipe in ready:
        body = _read(pipe)
        if body is None:
            running.remove(by_pipe[pipe])
            continue
        # Our own copies wrote it: pickle is as safe as this process's memory.
        number, answer = pickle.loads(body)  # noqa: S301
        if number >= due:
            there[number] = answer


@contextmanager
def _started(
    work: Callable[[Batch], Answer],
    batches: Sequence[Batch],
    tickets: int,
    others: Sequence[_Copy],
) -> Iterator[_Copy]:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    process = os.fork()
    if process == 0:
        for pipe in (reading, *(other.answers for other in others)):
            os.close(pipe)
        _serve(work, batches, tickets, writing)
    os.close(writing)
    try:
        yield _Copy(process, reading)
    finally:
        os.close(reading)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _serve(
    work: Callable[[Batch], Answer], batches: Sequence[Batch], tickets: int, writing: int
) -> NoReturn:
    """The copy's whole life; nothing of what this process had planned for its end is done."""
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        end_with_parent()
        done = 0
        with os.fdopen(writing, "wb", buffering=0) as answers:
            while (number := _taken(tickets)) is not None:
                found = (number, work(batches[number]))
                body = pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL)
                _write(answers.fileno(), _LENGTH.pack(len(body)) + body)
                done += 1
                if done % _BATCHES_A_COLLECTION == 0:
                    gc.collect(1)
        status = 0
    finally:
        os._exit(status)


def _write(pipe: int, frame: bytes) -> None:
    left = memoryview(frame)
    while left:
        left = left[os.write(pipe, left) :]


def _read(pipe: int) -> bytes | None:
    """A frame's body, or None where the copy has ended."""
    head = _exactly(pipe, _LENGTH.size)
    return None if head is None else _exactly(pipe, _LENGTH.unpack(head)[0])


def _exactly(pipe: int, length: int) -> bytes | None:
    parts: list[bytes] = []
    while length and (part := os.read(pipe, min(length, _PIPE_BYTES))):
        parts.append(part)
        length -= len(part)
    return None if length else b"".join(parts)
