"""The files the repository rules look at."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("regulator", "institutions", "inspections", "fees")
SKIPPED = {".git", ".venv", "var", "node_modules", "__pycache__", "staticfiles"}


@cache
def all_files() -> tuple[Path, ...]:
    """Every file of the repository: what git knows and what it would add."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode("utf-8")
        found = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive
        found = [path for path in ROOT.rglob("*") if not SKIPPED & set(path.parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=str(path))


def is_product(path: Path) -> bool:
    """Whether a file is part of what a bureau runs."""
    return path.relative_to(ROOT).parts[0] in (*APPS, "templates")


def python_files() -> list[Path]:
    """All our Python, tests too; not migrations, which Django writes."""
    return [p for p in all_files() if p.suffix == ".py" and "migrations" not in p.parts]


def product_python() -> list[Path]:
    return [path for path in python_files() if is_product(path)]


def floor_of(path: Path) -> str:
    """The floor a product file is on: the first part below its app that names one."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    below = parts[2:] if parts[0] == "regulator" else parts[1:]
    return below[0] if below else ""


def on_floor(*floors: str) -> list[Path]:
    return [path for path in product_python() if floor_of(path) in floors]


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Functions at the top of a module whose name is not private."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def imported_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything imported: `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def called_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, last name) of every call: `datetime.now()` gives `now`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.lineno, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.lineno, node.func.id


def at(path: Path, line: int, what: str) -> str:
    """One breach, said so that an editor can jump to it."""
    return f"{relative(path)}:{line}: {what}"
