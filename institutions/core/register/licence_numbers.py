"""The number of a 办学许可证: what was printed, and the parts that can be read from it.

Source: 教发厅〔2008〕2号 (15 digits, the first is the issuing authority); the other places follow
from the scheme of 2004 shifted by one. No check digit is known. Numbers as messy as they come are
kept as printed: the parts are a cross-check and never the proof of anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from institutions.core.register.text import clean_value

_DIGITS = re.compile(r"[0-9]{13,16}")
_DECORATION = re.compile(r"教民|教|民|号|第|字|办学许可证|[\s\-—:()\[\]〔〕]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_MASK = re.compile(r"[*X?×]{2,}", re.IGNORECASE)
STRICT_LENGTH = 15
NATURE_CODE_POSITION = 8


class NumberFlag(StrEnum):
    """What is unusual about a printed licence number."""

    LENGTH = "licence_number_length"
    MASKED = "licence_number_masked"
    OTHER_FORM = "licence_number_other_form"
    SCIENTIFIC = "licence_number_scientific"
    AUTHORITY = "licence_number_authority"


@dataclass(frozen=True)
class LicenceNumber:
    """A printed number beside its parts; parts are empty when the number is not the strict form."""

    printed: str
    key: str = ""
    authority: str = ""
    division: str = ""
    nature: str = ""
    serial: str = ""
    flags: tuple[NumberFlag, ...] = ()


def read_licence_number(
    printed: object, *, nature_position: int = NATURE_CODE_POSITION
) -> LicenceNumber:
    """Reads a cell. `nature_position` (from 1) is a setting: no text states where the "8" stands.

    `key` is what matching uses: the digits, or the cleaned text where it is no 教民 number.
    """
    text = clean_value(printed)
    if not text:
        return LicenceNumber(printed="")
    if _SCIENTIFIC.fullmatch(text):
        return LicenceNumber(printed=text, flags=(NumberFlag.SCIENTIFIC,))
    bare = _DECORATION.sub("", text)
    if _MASK.search(bare):
        return LicenceNumber(printed=text, flags=(NumberFlag.MASKED,))
    if not _DIGITS.fullmatch(bare):
        key = re.sub(r"\s", "", text).upper()
        return LicenceNumber(printed=text, key=key, flags=(NumberFlag.OTHER_FORM,))
    if len(bare) != STRICT_LENGTH:
        return LicenceNumber(printed=text, key=bare, flags=(NumberFlag.LENGTH,))
    return _parts_of(text, bare, nature_position)


def _parts_of(text: str, digits: str, nature_position: int) -> LicenceNumber:
    flags = () if digits[0] == "1" else (NumberFlag.AUTHORITY,)
    return LicenceNumber(
        printed=text,
        key=digits,
        authority=digits[0],
        division=digits[1:7],
        nature=digits[nature_position - 1],
        serial=digits[8:],
        flags=flags,
    )
