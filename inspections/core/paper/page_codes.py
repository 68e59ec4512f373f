"""The codes on a printed page: the long one in its QR, the short one that a person types.

Long:  `<draw or order>/<place>/<page>/<version>-<check>`, such as `510116-2026-001/P000001/2/1-7Q`.
Short: `<serial>-<page>-<check>`, such as `7K4M2P-2-XB`; the serial is the paper's own.

The check is the text as a number in base 40, lowest digit first, modulo 1021, written as two
characters of Crockford's base 32. 1021 is prime and larger than any difference of two characters,
so every single altered character and every swap of two different neighbours is noticed, and of
all other errors 1020 in 1021.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/"
SERIAL_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
SERIAL_LENGTH = 6
LAST_PAGE = 99
_BASE, _PRIME = 40, 1021

_CHECK = f"[{SERIAL_ALPHABET}]{{2}}"
_LONG = re.compile(
    rf"(?P<source>[0-9A-Z]+(?:-[0-9A-Z]+)*)/(?P<place>[0-9A-Z]+(?:-[0-9A-Z]+)*)"
    rf"/(?P<page>[1-9][0-9]?)/(?P<version>[1-9][0-9]{{0,2}})-(?P<check>{_CHECK})"
)
_SHORT = re.compile(
    rf"(?P<serial>[{SERIAL_ALPHABET}]{{{SERIAL_LENGTH}}})-(?P<page>[1-9][0-9]?)-(?P<check>{_CHECK})"
)
_UNDIVIDED = re.compile(rf"([{SERIAL_ALPHABET}]{{{SERIAL_LENGTH}}})-?([1-9][0-9]?)-?({_CHECK})")
# What people read for what stands there; none of the right-hand sides is in doubt.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "—": "-", "–": "-", "－": "-", "·": "-"})


@dataclass(frozen=True)
class PageCode:
    """One page of one printed paper, by the draw or order and the place it is for."""

    source: str
    place: str
    page: int
    version: int

    @property
    def text(self) -> str:
        """As its QR holds it."""
        return _checked(f"{self.source}/{self.place}/{self.page}/{self.version}")


@dataclass(frozen=True)
class ShortCode:
    """One page of one printed paper, by the paper's serial."""

    serial: str
    page: int

    @property
    def text(self) -> str:
        """As it is printed and typed."""
        return _checked(f"{self.serial}-{self.page}")


def check_of(text: str) -> str:
    """The two check characters of a text over `ALPHABET`."""
    number = 0
    for character in reversed(text):
        number = (number * _BASE + ALPHABET.index(character)) % _PRIME
    return SERIAL_ALPHABET[number // 32] + SERIAL_ALPHABET[number % 32]


def _checked(text: str) -> str:
    return f"{text}-{check_of(text)}"


def read_page_code(text: str) -> PageCode | None:
    """The page that a QR names, exactly as it stands; None where it is none or does not check."""
    found = _LONG.fullmatch(text)
    if found is None or check_of(text[:-3]) != found["check"]:
        return None
    return PageCode(found["source"], found["place"], int(found["page"]), int(found["version"]))


def read_short_code(typed: str) -> ShortCode | None:
    """The page that a person typed; case, blanks, full-width forms and O for 0 are forgiven.

    None where it is no short code or its check does not fit.
    """
    plain = unicodedata.normalize("NFKC", "".join(typed.split())).upper().translate(_MISREAD)
    found = _UNDIVIDED.fullmatch(plain) if "-" not in plain else _SHORT.fullmatch(plain)
    if found is None:
        return None
    serial, page, check = found.groups()
    if check_of(f"{serial}-{page}") != check:
        return None
    return ShortCode(serial, int(page))


def serial_of(number: int) -> str:
    """A paper's serial from a number, of which the last 30 bits count."""
    characters = []
    for _place in range(SERIAL_LENGTH):
        number, digit = divmod(number, len(SERIAL_ALPHABET))
        characters.append(SERIAL_ALPHABET[digit])
    return "".join(characters)
