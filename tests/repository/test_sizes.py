"""Sizes and shapes: functions, files, views."""

from __future__ import annotations

import ast

from tests.repository import sources

FUNCTION_LINES = 70
FILE_LINES = 400
VIEW_LINES = 25


def lines_of(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_seventy_lines() -> None:
    long = [
        sources.at(path, node.lineno, f"{node.name} has {lines_of(node)} lines")
        for path in sources.python_files()
        for node in sources.functions(sources.tree_of(path))
        if lines_of(node) > FUNCTION_LINES
    ]
    assert long == []


def test_no_file_of_code_is_longer_than_four_hundred_lines() -> None:
    long = {
        sources.relative(path): len(sources.text_of(path).splitlines())
        for path in sources.all_files()
        if path.suffix in {".py", ".js"} and "migrations" not in path.parts
    }
    assert {name: count for name, count in long.items() if count > FILE_LINES} == {}


def test_a_view_parses_asks_once_and_renders_in_twenty_five_lines() -> None:
    long = [
        sources.at(path, node.lineno, f"{node.name} has {lines_of(node)} lines")
        for path in sources.on_floor("views")
        for node in sources.functions(sources.tree_of(path))
        if lines_of(node) > VIEW_LINES
    ]
    assert long == []
