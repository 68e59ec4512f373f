"""What the commands of the contract share: exit codes, plain lines, files read and written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspections.choices.draw_texts import reason_text
from inspections.core.draw.reading import read_json
from regulator.kernel.outcomes import Refused

DONE, NO, BAD_INPUT, UNEXPECTED = 0, 1, 2, 3


class BadInput(Exception):
    """What was given cannot be used; its lines say why."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("；".join(lines))


class AnswerCommand(BaseCommand):
    """A command whose exit code is its answer: 0 done, 1 no, 2 bad input, 3 unexpected.

    `answer` returns the code; a BadInput or a Refused ends with 2 and its reasons, one a line.
    """

    requires_system_checks: list[str] = []

    def answer(self, **options: Any) -> int:
        """Do the work and return the exit code."""
        # Django instantiates commands by name; an abstract base class would say so no sooner.
        raise NotImplementedError

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run `answer` and leave with its code."""
        code = self._code(options)
        if code != DONE:
            raise SystemExit(code)

    def _code(self, options: dict[str, Any]) -> int:
        try:
            return self.answer(**options)
        except BadInput as error:
            self._say_all(error.lines)
            return BAD_INPUT
        except Refused as error:
            self._say_all([reason_text(reason) for reason in error.refusals])
            return BAD_INPUT
        except CommandError:
            raise
        except Exception as error:  # noqa: BLE001  contract: exit 3 and one line, no traceback
            self.stderr.write(f"出现意外错误：{type(error).__name__}：{error}")
            return UNEXPECTED

    def _say_all(self, lines: Any) -> None:
        for line in lines:
            self.stderr.write(str(line))


def read_bytes(path: str, *, what: str) -> bytes:
    """The bytes of a named file; raises BadInput in words."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"{what}读不出来：{path}（{error.strerror}）。") from error


def read_json_file(path: str, *, what: str) -> Any:
    """The JSON value of a named file; raises BadInput with the file's name and the reason."""
    try:
        text = read_bytes(path, what=what).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{what}不是 UTF-8 文件：{path}。") from error
    try:
        return read_json(text.removeprefix("\ufeff"))
    except Refused as error:
        reasons = [reason_text(reason) for reason in error.refusals]
        raise BadInput(*(f"{what} {path}：{reason}" for reason in reasons)) from error


def write_text(path: str, text: str, *, what: str) -> None:
    """Write a named file; raises BadInput in words."""
    try:
        Path(path).write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise BadInput(f"{what}写不进去：{path}（{error.strerror}）。") from error
