"""Money is a whole number of fen; a yuan text is read exactly or not at all."""

from __future__ import annotations

import re

_YUAN = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,2})0*)?")


def parse_yuan_fen(text: str) -> int | None:
    """Fen of a yuan text such as `1,280.50`, or None when it is no exact amount."""
    cleaned = (
        text.strip().replace(",", "").replace("，", "").removesuffix("元").lstrip("¥￥").strip()
    )
    match = _YUAN.fullmatch(cleaned)
    if match is None:
        return None
    sign, whole, part = match.groups()
    amount_fen = int(whole) * 100 + int((part or "0").ljust(2, "0"))
    return -amount_fen if sign else amount_fen


def format_yuan(amount_fen: int) -> str:
    """`1,280.50` for 128050 fen."""
    sign = "-" if amount_fen < 0 else ""
    yuan, fen = divmod(abs(amount_fen), 100)
    return f"{sign}{yuan:,}.{fen:02d}"
