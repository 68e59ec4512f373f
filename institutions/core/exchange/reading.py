"""Cells of a row read as what a field wants; what cannot be read is a reason of that row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from institutions.core.register.credit_codes import read_credit_code
from institutions.core.register.dates import read_date
from institutions.core.register.id_numbers import without_id_numbers
from institutions.core.register.licence_numbers import read_licence_number
from institutions.core.register.naming import name_key
from institutions.core.register.text import clean_value
from regulator.kernel.outcomes import Refusal

YES, NO = "是", "否"
_YES_NO: Mapping[str, str] = {
    **dict.fromkeys(("是", "有", "√", "✓", "y", "yes", "true", "1"), YES),
    **dict.fromkeys(("否", "没有", "×", "✗", "n", "no", "false", "0"), NO),
}
_LARGEST_AREA_M2 = 10_000_000


@dataclass(frozen=True)
class Naming:
    """How a row names its institution: keys for looking it up, and the words for a message."""

    name: str = ""
    name_key: str = ""
    credit_code: str = ""
    number_key: str = ""

    @property
    def printed(self) -> str:
        """The words a person reads."""
        return self.name or self.credit_code or self.number_key


class CellReader:
    """Reads one row's cells by field name and gathers the reasons against it."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.printed = {
            name: text
            for name, cell in cells.items()
            if (text := without_id_numbers(clean_value(cell)))
        }
        self.refusals: list[Refusal] = []

    def naming(self) -> Naming:
        """Which institution the row belongs to."""
        name = self.printed.get("institution_name", "")
        return Naming(
            name=name,
            name_key=name_key(name),
            credit_code=read_credit_code(self.printed.get("uscc", "")).code,
            number_key=read_licence_number(self.printed.get("licence_no", "")).key,
        )

    def text(self, field: str, *, limit: int) -> str:
        """A text of at most `limit` characters."""
        value = self.printed.get(field, "")
        if len(value) > limit:
            params = {"exchange_field": field, "length": len(value), "limit": limit}
            self.refusals.append(Refusal("exchange.value_long", params))
        return value

    def area_m2(self, field: str) -> str:
        """A number of square metres in its shortest form, or empty."""
        text = self.printed.get(field, "")
        if not text:
            return ""
        try:
            value = Decimal(text.replace(",", "").removesuffix("平方米").removesuffix("m2").strip())
        except InvalidOperation:
            value = Decimal(0)
        if not value.is_finite() or not 0 < value < _LARGEST_AREA_M2:
            self._unreadable("exchange.number_unreadable", field, text)
            return ""
        return f"{value.quantize(Decimal('0.01')).normalize():f}"

    def yes_no(self, field: str) -> str:
        """是, 否 or empty."""
        text = self.printed.get(field, "")
        found = _YES_NO.get(text.casefold(), "")
        if text and not found:
            self._unreadable("exchange.yes_no_unreadable", field, text)
        return found

    def day(self, field: str) -> str:
        """A date in ISO form, or empty."""
        read = read_date(self.printed.get(field, ""))
        if read.printed and read.day is None:
            self._unreadable("exchange.date_unreadable", field, read.printed)
        return "" if read.day is None else read.day.isoformat()

    def word(self, field: str, words: Mapping[str, str]) -> str:
        """The code of a word; `words` maps what may stand in the cell to codes."""
        text = self.printed.get(field, "")
        code = words.get(text, "")
        if text and not code:
            shown = "、".join(dict(zip(words.values(), words, strict=True)).values())
            params = {"exchange_field": field, "printed": text, "words": shown}
            self.refusals.append(Refusal("exchange.word_unknown", params))
        return code

    def need(self, field: str) -> None:
        """The row cannot do without this cell."""
        if not self.printed.get(field, ""):
            self.refusals.append(Refusal("exchange.value_missing", {"exchange_field": field}))

    def _unreadable(self, code: str, field: str, printed: str) -> None:
        self.refusals.append(Refusal(code, {"exchange_field": field, "printed": printed}))
