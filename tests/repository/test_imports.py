"""Imports: where they stand, and what a core may know. The floors are import-linter's work."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.repository import sources

# The one engine whose import costs a second and needs native libraries (Pango).
MAY_IMPORT_LATE = {"regulator/adapters/pdf.py"}
CORE_MAY_NOT_IMPORT = {
    "django", "django_fsm", "celery", "import_export", "weasyprint", "openpyxl", "xlsxwriter",
    "logging", "structlog", "random", "secrets", "time", "os", "pathlib", "io", "socket",
    "sqlite3", "subprocess", "shutil", "tempfile", "urllib", "requests", "threading",
}  # fmt: skip
# The type of a generator that was seeded and given as an argument.
CORE_MAY_IMPORT = {"random.Random"}
CORE_MAY_NOT_CALL = {"now", "utcnow", "today", "open", "print", "uuid4", "uuid7", "new_public_id"}


def late_imports(path: Path) -> list[str]:
    return [
        sources.at(path, node.lineno, f"import inside {function.name}")
        for function in sources.functions(sources.tree_of(path))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]


def test_no_import_stands_inside_a_function() -> None:
    looked_at = [
        path
        for path in sources.product_python()
        if path.name != "apps.py" and sources.relative(path) not in MAY_IMPORT_LATE
    ]
    assert [breach for path in looked_at for breach in late_imports(path)] == []


def test_a_core_imports_no_framework_clock_randomness_or_input() -> None:
    breaches = [
        sources.at(path, line, module)
        for path in sources.on_floor("core")
        for line, module in sources.imported_names(sources.tree_of(path))
        if module.split(".")[0] in CORE_MAY_NOT_IMPORT and module not in CORE_MAY_IMPORT
    ]
    assert breaches == []


def test_a_core_asks_no_clock_and_makes_no_ids() -> None:
    breaches = [
        sources.at(path, line, name)
        for path in sources.on_floor("core")
        for line, name in sources.called_names(sources.tree_of(path))
        if name in CORE_MAY_NOT_CALL
    ]
    assert breaches == []


def test_views_never_touch_a_manager() -> None:
    breaches = [
        sources.at(path, node.lineno, "objects")
        for path in sources.on_floor("views")
        for node in ast.walk(sources.tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert breaches == []


def test_only_services_and_processes_open_a_transaction() -> None:
    below = ("views", "forms", "resources", "selectors", "models", "tasks", "documents", "choices")
    breaches = [
        sources.at(path, node.lineno, "atomic")
        for path in sources.on_floor(*below)
        for node in ast.walk(sources.tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "atomic"
    ]
    assert breaches == []


def test_our_own_logic_uses_no_signals() -> None:
    signals = ("django.db.models.signals", "django.dispatch", "django.core.signals")
    breaches = [
        sources.at(path, line, module)
        for path in sources.product_python()
        if path.name != "apps.py"
        for line, module in sources.imported_names(sources.tree_of(path))
        if module.startswith(signals)
    ]
    assert breaches == []


def test_money_knows_no_float_and_no_round() -> None:
    breaches = [
        sources.at(path, line, name)
        for path in sources.on_floor("core", "services")
        if sources.relative(path).startswith(("fees/", "regulator/kernel/money"))
        for line, name in sources.called_names(sources.tree_of(path))
        if name in {"float", "round"}
    ]
    assert breaches == []
