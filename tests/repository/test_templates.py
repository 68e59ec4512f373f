"""Templates: nothing inline, nothing from another host, so that the strict policy holds."""

from __future__ import annotations

import re
from pathlib import Path

from tests.repository import sources

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I)
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.I)
INLINE_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I)
OTHER_HOST = re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//", re.I)


def page_templates() -> list[Path]:
    """Templates that a browser gets; documents/ are for the PDF engine, which knows no policy."""
    return [
        path
        for path in sources.all_files()
        if path.suffix == ".html" and "templates" in path.parts and "documents" not in path.parts
    ]


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [
        sources.at(path, sources.text_of(path)[: found.start()].count("\n") + 1, found.group())
        for path in page_templates()
        for found in pattern.finditer(sources.text_of(path))
    ]


def test_no_page_has_a_script_inside() -> None:
    assert hits(INLINE_SCRIPT) == []


def test_no_page_has_a_style_inside() -> None:
    assert hits(INLINE_STYLE) == []


def test_no_page_has_an_event_handler_inside() -> None:
    assert hits(INLINE_HANDLER) == []


def test_no_page_loads_or_posts_to_another_host() -> None:
    assert hits(OTHER_HOST) == []
