"""Every kind of event that the code appends has its words."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from institutions.core.recheck_states import MOVES as RECHECK_MOVES
from institutions.core.reference_states import MOVES as REFERENCE_MOVES
from regulator.pages.choices.events import EVENT_LABELS

ROOT = Path(__file__).resolve().parents[2]
APPENDERS = {"append_event", "record_event", "EventDraft"}
# Kinds that come out of a table, with the values they take.
FROM_TABLES = {
    ("recheck.", "move.name"): tuple(RECHECK_MOVES),
    ("reference.", "move.name"): tuple(REFERENCE_MOVES),
    ("filing.", "filing.state"): ("approved", "returned", "adopted"),
}


@cache
def services() -> dict[Path, ast.Module]:
    """The parsed files that write."""
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for app in ("fees", "inspections", "institutions", "regulator")
        for path in sorted((ROOT / app).rglob("services/**/*.py"))
    }


@cache
def calls() -> dict[str, list[tuple[Path, ast.FunctionDef, ast.Call]]]:
    """Every call by the name of what is called, with the file and the function it stands in."""
    found: dict[str, list[tuple[Path, ast.FunctionDef, ast.Call]]] = defaultdict(list)
    for path, tree in services().items():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    found[node.func.id].append((path, function, node))
    return found


def calls_of(name: str, module: Path | None) -> Iterator[tuple[ast.FunctionDef, ast.Call, Path]]:
    """The calls of a function; of a private one only those in its own module."""
    for path, function, call in calls().get(name, ()):
        if module is None or path == module or not name.startswith("_"):
            yield function, call, path


def argument(call: ast.Call, name: str, position: int | None) -> ast.expr | None:
    """What a call gives for a parameter."""
    named = {word.arg: word.value for word in call.keywords}
    if name in named or position is None or position >= len(call.args):
        return named.get(name)
    return call.args[position]


def kinds_of(
    name: str, parameter: str, position: int | None, prefix: str = "", module: Path | None = None
) -> Iterator[str]:
    """The kinds that reach a parameter, followed through the functions that pass it on."""
    for function, call, path in calls_of(name, module):
        given = argument(call, parameter, position)
        for text, inner in spoken(given) if given is not None else ():
            ordered = [one.arg for one in function.args.args]
            if not inner:
                yield prefix + text
            elif (text, inner) in FROM_TABLES:
                yield from (text + value for value in FROM_TABLES[text, inner])
            elif inner in (*ordered, *(one.arg for one in function.args.kwonlyargs)):
                at = ordered.index(inner) if inner in ordered else None
                yield from kinds_of(function.name, inner, at, prefix + text, path)


def spoken(given: ast.expr) -> Iterator[tuple[str, str]]:
    """A literal text and, where it is put together, the expression that ends it."""
    match given:
        case ast.Constant(value=str(text)):
            yield text, ""
        case ast.IfExp(body=body, orelse=orelse):
            yield from spoken(body)
            yield from spoken(orelse)
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), ast.FormattedValue(value=inner)]):
            yield text, ast.unparse(inner)
        case _:
            yield "", ast.unparse(given)


def test_every_kind_of_event_has_its_words() -> None:
    appended = {
        kind
        for name in APPENDERS
        for kind in kinds_of(name, "kind", 0 if name == "EventDraft" else None)
    }
    assert len(appended) > 300
    assert sorted(appended - EVENT_LABELS.keys()) == []
