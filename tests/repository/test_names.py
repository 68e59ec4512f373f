"""Names: of modules, migrations, identifiers, decision records."""

from __future__ import annotations

import ast
import re

from tests.repository import sources


def test_no_module_is_called_utils_or_helpers() -> None:
    vague = re.compile(r"(^|_)(utils?|helpers?|misc|common)$")
    assert [
        sources.relative(path) for path in sources.python_files() if vague.search(path.stem)
    ] == []


def test_every_migration_has_a_spoken_name() -> None:
    spoken = re.compile(r"^\d{4}_[a-z][a-z0-9_]{2,}$")
    migrations = [
        path
        for path in sources.all_files()
        if path.parent.name == "migrations" and path.suffix == ".py" and path.stem != "__init__"
    ]
    assert [
        sources.relative(path)
        for path in migrations
        if not spoken.match(path.stem) or "auto" in path.stem.split("_")
    ] == []


def test_identifiers_are_plain_ascii() -> None:
    odd = [
        sources.at(path, node.lineno, node.name)
        for path in sources.python_files()
        for node in ast.walk(sources.tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.isascii()
    ]
    assert odd == []


def test_decision_records_are_numbered_without_a_gap() -> None:
    names = sorted(
        path.name
        for path in sources.all_files()
        if path.parent == sources.ROOT / "docs" / "adr" and path.suffix == ".md"
    )
    assert names, "docs/adr holds no decision"
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name) for name in names)


def test_public_functions_of_core_services_and_selectors_say_what_they_do() -> None:
    silent = [
        sources.at(path, node.lineno, node.name)
        for path in sources.on_floor("core", "services", "selectors")
        for node in sources.public_functions(sources.tree_of(path))
        if ast.get_docstring(node) is None
    ]
    assert silent == []
