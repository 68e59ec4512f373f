"""The cells of a filed class: which are personal, and whose licence number they state."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from institutions.core.register.licence_numbers import read_licence_number
from institutions.core.screening.remembering import remembered

CERTIFICATE = "资格证书号"
LICENCE_NUMBER = "机构许可证号"
MOST_CELL_CHARACTERS = 32_767
"""What a cell of a sheet can hold."""
_CREDIT_CODE_LENGTH = 18
_SHORT = 8
_KEPT = 4


def mask_certificate(number: str) -> str:
    """A certificate number as pages show it: the first and last four characters, the rest stars."""
    if len(number) <= _SHORT:
        return "*" * len(number)
    return f"{number[:_KEPT]}{'*' * (len(number) - 2 * _KEPT)}{number[-_KEPT:]}"


def masked_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells with the certificate number masked in every one of them."""
    number = cells.get(CERTIFICATE, "")
    if not number:
        return dict(cells)
    hidden = mask_certificate(number)
    masked = dict(cells)
    if len(number) > _SHORT:
        for header, text in cells.items():
            if number in text:
                masked[header] = text.replace(number, hidden)
    masked[CERTIFICATE] = hidden
    return masked


def without(text: str, number: str) -> str:
    """The text with a certificate number masked; short numbers are left, they may be any number."""
    if len(number) <= _SHORT:
        return text
    return text.replace(number, mask_certificate(number))


@remembered
def _number_key(printed: str) -> str:
    """What two ways of printing one licence number share."""
    return read_licence_number(printed).key.upper()


def wrong_licence(
    printed: str, *, licence_keys: Collection[str], credit_codes: Collection[str]
) -> str:
    """The stated number if it is surely another institution's, else nothing.

    Nothing is said where the register itself lacks a number of that kind: then nobody can tell.
    """
    key = _number_key(printed)
    if not key or key in licence_keys or key in credit_codes:
        return ""
    known = credit_codes if len(key) == _CREDIT_CODE_LENGTH else licence_keys
    return printed if known else ""
