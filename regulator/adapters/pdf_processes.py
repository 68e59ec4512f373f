"""Many PDFs at once: WeasyPrint in processes of its own. Also a program, which is one of them.

A page of paper is work for one core; a round's papers are printed on all of them. The processes
live as long as one batch, end with the process that started them, and speak by frames on their
standard streams: a length of eight bytes, then an HTML document going in, and a letter and a PDF
(`P`) or the text of an AdapterError (`E`) coming out.

A process is quick to start and stays small: it is told where the static files are instead of
setting up Django, keeps its fonts from one document to the next, and collects garbage once in a few
documents instead of many times in each.
"""

from __future__ import annotations

import gc
import os
import selectors
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.staticfiles import finders

from regulator.adapters import processes
from regulator.adapters.pdf import Find, fonts_to_keep, render_pdf
from regulator.kernel.outcomes import AdapterError

_LENGTH = struct.Struct(">Q")
_PDF, _ERROR = b"P", b"E"
# Starting a process takes longer than a page; so few pages are rendered where they are asked for.
FEWEST_PAGES = 4
# A finished page waits for those before it: no more than so many per process.
_AHEAD = 4
# Documents between two collections of garbage: each leaves some 30,000 objects in circles.
_COLLECT_EVERY = 4


@dataclass
class _Printer:
    """One process, and the place in the batch of the page that it renders; None while idle."""

    process: subprocess.Popen[bytes]
    position: int | None = None

    def send(self, position: int, page: str) -> None:
        self.position = position
        try:
            _write(_pipe(self.process.stdin), page.encode())
        except BrokenPipeError as gone:
            raise _stopped() from gone

    def receive(self) -> tuple[int, bytes]:
        """The page's place and its PDF. Raises AdapterError as the process did."""
        frame = _read(_pipe(self.process.stdout))
        position, self.position = self.position, None
        if frame is None or position is None:
            raise _stopped()
        if frame[:1] == _ERROR:
            raise AdapterError(frame[1:].decode(), retryable=False)
        return position, frame[1:]


def render_pdfs(pages: Iterable[str], *, count: int) -> Iterator[bytes]:
    """The PDF of each of `count` HTML documents, in their order.

    Raises AdapterError as `render_pdf` does, and a retryable one where a process was stopped.
    """
    wanted = min(settings.PDF_PROCESSES, count)
    if count < FEWEST_PAGES or wanted < 2:
        yield from map(render_pdf, pages)
        return
    with ExitStack() as stack:
        printers = [stack.enter_context(_started()) for _ in range(wanted)]
        yield from _in_order(enumerate(pages), printers)


def _in_order(pages: Iterator[tuple[int, str]], printers: list[_Printer]) -> Iterator[bytes]:
    done: dict[int, bytes] = {}
    next_one = 0
    with selectors.DefaultSelector() as selector:
        for printer in printers:
            selector.register(_pipe(printer.process.stdout), selectors.EVENT_READ, printer)
        while True:
            while next_one in done:
                yield done.pop(next_one)
                next_one += 1
            _hand_out(pages, printers, room=len(printers) * _AHEAD - len(done))
            if all(printer.position is None for printer in printers):
                return
            for key, _events in selector.select():
                position, pdf = key.data.receive()
                done[position] = pdf


def _hand_out(pages: Iterator[tuple[int, str]], printers: list[_Printer], *, room: int) -> None:
    """Give every idle process a page, while there are some and there is room for their PDFs."""
    idle = [printer for printer in printers if printer.position is None]
    for printer in idle[: max(room, 0)]:
        page = next(pages, None)
        if page is None:
            return
        printer.send(*page)


@contextmanager
def _started() -> Iterator[_Printer]:
    """A process for the length of a `with`: what it does when the batch is left is unwanted."""
    ending_with_us = (sys.executable, "-I", "-S", processes.__file__, str(os.getpid()))
    process = subprocess.Popen(
        [*ending_with_us, sys.executable, "-m", __name__, *_static_folders()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
    )
    try:
        yield _Printer(process)
    finally:
        process.kill()
        process.communicate()


def _static_folders() -> list[str]:
    """The folders of the product's static files, in the order in which Django looks there."""
    stores = (getattr(finder, "storages", {}).values() for finder in finders.get_finders())
    return [store.location for some in stores for store in some]


def _found(path: str, *, folders: Sequence[str]) -> str | None:
    """The first file of that path in the folders, and in nothing outside them."""
    for folder in folders:
        place = Path(folder, path).resolve()
        if place.is_relative_to(Path(folder).resolve()) and place.is_file():
            return str(place)
    return None


def _stopped() -> AdapterError:
    return AdapterError("生成 PDF 的进程中途停了，请再试一次。", retryable=True)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise _stopped()
    return stream


def _write(stream: IO[bytes], body: bytes) -> None:
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    """A frame's body, or None where the other side has gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def serve(source: IO[bytes], target: IO[bytes], *, find: Find, fonts: Any) -> None:
    """Render what comes in until no more does."""
    done = 0
    while (page := _read(source)) is not None:
        try:
            answer = _PDF + render_pdf(page.decode(), find=find, fonts=fonts)
        except AdapterError as error:
            answer = _ERROR + str(error).encode()
        _write(target, answer)
        done += 1
        if done % _COLLECT_EVERY == 0:
            gc.collect()


def main() -> None:
    """One of the processes: frames on the standard streams; what libraries print goes to stderr."""
    fonts = fonts_to_keep()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.freeze()
    gc.disable()
    find = partial(_found, folders=sys.argv[1:])
    serve(sys.stdin.buffer, answers, find=find, fonts=fonts)


if __name__ == "__main__":
    main()
