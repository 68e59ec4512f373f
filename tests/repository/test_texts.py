"""Texts: every Chinese msgid has its English, and both fill in the same values."""

from __future__ import annotations

import re

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.packaging.scripts import load_script
from tests.repository import sources

messages = load_script("messages")

PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|%%")
HAN = re.compile(r"[\u4e00-\u9fff]")
# What English may hold in Chinese: a name as printed, in quotes, and the words that are typed.
AS_PRINTED = re.compile(r'"[\u4e00-\u9fff]+"|上限|停业|其他|简体中文|中文')


def english() -> dict[str, Message]:
    with messages.ENGLISH.open("rb") as file:
        return {messages.forms(m.id)[0]: m for m in read_po(file, locale="en") if m.id}


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {""}


def test_every_text_of_the_product_has_its_english() -> None:
    translated = {msgid for msgid, message in english().items() if messages.has_text(message)}
    assert sorted({text.msgid for text in messages.all_texts()} - translated) == []


def test_english_fills_in_the_values_that_the_chinese_names() -> None:
    differing = [
        msgid
        for msgid, message in english().items()
        for form in messages.forms(message.string)
        if form and not placeholders(form) <= placeholders(msgid)
    ]
    assert differing == []


def test_english_holds_no_chinese() -> None:
    mixed = [
        form
        for message in english().values()
        for form in messages.forms(message.string)
        if HAN.search(AS_PRINTED.sub("", form))
    ]
    assert mixed == []


def test_no_two_parts_translate_one_text_differently() -> None:
    seen: dict[str, tuple[str, str]] = {}
    contradicting = []
    for path in sorted((sources.ROOT / "locale" / "parts").glob("*.en.tsv")):
        for msgid, words in messages.english_of(path):
            name, first = seen.setdefault(msgid, (path.name, words[0]))
            if first != words[0]:
                contradicting.append(f"{name}, {path.name}: {msgid}: {first!r}, {words[0]!r}")
    assert contradicting == []
