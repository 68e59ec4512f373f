"""The verifiers that the public page offers: one page to keep, and one script."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_STATIC = Path(__file__).resolve().parent.parent / "static" / "inspections" / "verify"
# Each reads only from those before it.
_MODULES = ("values.js", "frames.js", "outcome.js", "tracing.js", "verify.js")
_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class|async)", re.MULTILINE)


@cache
def verifier_script(*more: str) -> str:
    """The browser's verifier as one script without imports; `more` are modules put behind it."""
    parts = [(_STATIC / name).read_text(encoding="utf-8") for name in (*_MODULES, *more)]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", part)) for part in parts)


def saved_style() -> str:
    """The style of the page that is kept."""
    return (_STATIC / "saved.css").read_text(encoding="utf-8")


_PROGRAM = Path(__file__).resolve().parent.parent / "data" / "verifier"
_FROM_RULES = re.compile(r'^"""[^"]*"""\n|^from rules import \([^)]*\)\n', re.MULTILINE)


@cache
def verifier_program() -> str:
    """The verifier as one Python file that needs the standard library alone."""
    rules = (_PROGRAM / "rules.py").read_text(encoding="utf-8")
    answer = (_PROGRAM / "answer.py").read_text(encoding="utf-8")
    docstring, _, rules_body = rules.partition("import hashlib\n")
    return f"{docstring}import hashlib\n{rules_body}\n\n{_FROM_RULES.sub('', answer).strip()}\n"
