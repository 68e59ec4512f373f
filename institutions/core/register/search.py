"""Search keys: 1- and 2-grams of names and addresses, pinyin in full and as initials, number parts.

The keys are equal strings in one table, so that one character finds a name on SQLite and on
PostgreSQL alike; what a key finds is then confirmed on the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pypinyin import Style, lazy_pinyin

from institutions.core.register.licence_numbers import read_licence_number
from institutions.core.register.text import clean_text, match_key

NUMBER_WINDOW = 4
_ASCII = re.compile(r"[0-9a-z]+")
_DIGIT = re.compile(r"[0-9]")


class KeyField(StrEnum):
    """Which text a key was cut from."""

    NAME = "n"
    ADDRESS = "a"
    PINYIN = "p"
    NUMBER = "c"


@dataclass(frozen=True)
class SearchTexts:
    """The texts by which one institution is found, each already a key, parts joined by `|`."""

    names: str = ""
    pinyin: str = ""
    initials: str = ""
    addresses: str = ""
    numbers: str = ""


@dataclass(frozen=True)
class Term:
    """One typed word: `key` is its comparable form; under one of `fields`, all its keys must be."""

    key: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]


def sort_key(name: str) -> str:
    """The name's pinyin for sorting, syllables apart, as an officer expects a register to run."""
    return " ".join(lazy_pinyin(clean_text(name))).casefold()[:240]


def search_texts(
    *, names: Iterable[str], addresses: Iterable[str], numbers: Iterable[str]
) -> SearchTexts:
    """The search texts of an institution with its present and former names and numbers."""
    keys = list(dict.fromkeys(match_key(name) for name in names if name))
    return SearchTexts(
        names="|".join(keys),
        pinyin="|".join("".join(lazy_pinyin(key)) for key in keys),
        initials="|".join("".join(lazy_pinyin(key, style=Style.FIRST_LETTER)) for key in keys),
        addresses="|".join(dict.fromkeys(match_key(each) for each in addresses if each)),
        numbers="|".join(dict.fromkeys(match_key(each) for each in numbers if each)),
    )


def grams_of(texts: SearchTexts) -> set[tuple[str, str]]:
    """Every (field, gram) under which the institution is kept."""
    found = {(KeyField.NAME.value, letter) for letter in texts.names if letter != "|"}
    for key_field, text, size in (
        (KeyField.NAME, texts.names, 2),
        (KeyField.ADDRESS, texts.addresses, 2),
        (KeyField.PINYIN, texts.pinyin, 2),
        (KeyField.PINYIN, texts.initials, 2),
        (KeyField.NUMBER, texts.numbers, NUMBER_WINDOW),
    ):
        found |= {(key_field.value, gram) for part in text.split("|") for gram in _cut(part, size)}
    return found


def read_terms(text: str) -> tuple[Term, ...]:
    """The words of a query, at most six; each must be found in one of the texts it may stand in."""
    keys = (_word_key(word) for word in clean_text(text).split(" "))
    return tuple(_term(key) for key in dict.fromkeys(keys) if key)[:6]


def _word_key(word: str) -> str:
    """A licence number is looked for by its digits, however it was typed."""
    number = read_licence_number(word).key
    return number if number.isdecimal() else match_key(word)[:60]


def _term(key: str) -> Term:
    if len(key) == 1:
        return Term(key, ((KeyField.NAME.value, (key,)),))
    pairs = tuple(_cut(key, 2))
    fields = [(KeyField.NAME.value, pairs), (KeyField.ADDRESS.value, pairs)]
    if _ASCII.fullmatch(key):
        fields.append((KeyField.PINYIN.value, pairs))
        if len(key) >= NUMBER_WINDOW and _DIGIT.search(key):
            fields.append((KeyField.NUMBER.value, tuple(_cut(key, NUMBER_WINDOW))))
    return Term(key, tuple(fields))


def _cut(text: str, size: int) -> list[str]:
    return list(dict.fromkeys(text[start : start + size] for start in range(len(text) - size + 1)))
