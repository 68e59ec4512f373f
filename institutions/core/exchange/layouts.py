"""A list of ours that other systems' files are read into: their headers and words as ours.

Names that people use are guessed, and a person confirms them once; nothing is taken for known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_UNIT = re.compile(r"[(（【\[].*?[)）】\]]")
_NOISE = re.compile(r"[\s*＊:：]+")


def folded_header(text: str) -> str:
    """A header as it is compared: units in brackets, blanks and stars off."""
    plain = unicodedata.normalize("NFKC", text)
    return _NOISE.sub("", _UNIT.sub("", plain)).casefold()


def doubled_columns(fields: Sequence[str]) -> tuple[str, ...]:
    """Columns of ours that two of theirs claim."""
    claimed = [field for field in fields if field]
    return tuple(dict.fromkeys(field for field in claimed if claimed.count(field) > 1))


def fits(pairs: Sequence[Sequence[str]], headers: Iterable[str]) -> int:
    """How many columns of a file a mapping reads; 0 unless the file has all that it reads."""
    present = {folded_header(header) for header in headers}
    read = [header for header, field in pairs if field]
    return len(read) if all(folded_header(header) in present for header in read) else 0


@dataclass(frozen=True)
class Layout:
    """Our columns in order, those without which no row says anything, and what others call them.

    `other_names` are headers by ours, `words` other systems' words for the words of a column.
    """

    headers: tuple[str, ...]
    needed: tuple[str, ...]
    other_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _known: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {
            folded_header(name): header
            for header in self.headers
            for name in (*self.other_names.get(header, ()), header)
        }
        object.__setattr__(self, "_known", known)

    def guess_header(self, header: str) -> str:
        """The column of ours that a header means, or nothing."""
        return self._known.get(folded_header(header), "")

    def guess_headers(self, headers: Iterable[str]) -> tuple[str, ...]:
        """`guess_header` for each column; of two for one column of ours the first has it."""
        chosen: list[str] = []
        for header in headers:
            guess = self.guess_header(header)
            chosen.append("" if guess in chosen else guess)
        return tuple(chosen)

    def missing_columns(self, fields: Sequence[str], fixed: Mapping[str, str]) -> tuple[str, ...]:
        """The needed columns that neither a column nor a fixed value fills."""
        filled = {*fields, *(header for header, text in fixed.items() if text.strip())}
        return tuple(header for header in self.needed if header not in filled)

    def own_word(self, header: str, text: str) -> str:
        """A cell's word in the template's own; what is not known stays as it is."""
        return self.words.get(header, {}).get(_NOISE.sub("", text), text)

    def own_cells(
        self,
        headers: Sequence[str],
        cells: Sequence[str],
        pairs: Sequence[Sequence[str]],
        fixed: Mapping[str, str],
    ) -> dict[str, str]:
        """A row of theirs as a row of ours; a fixed value fills what they leave blank."""
        fields = {folded_header(header): field for header, field in pairs if field}
        row = dict.fromkeys(self.headers, "")
        for header, text in zip(headers, cells, strict=True):
            field_name = fields.get(folded_header(header), "")
            if field_name in row and not row[field_name]:
                row[field_name] = self.own_word(field_name, text.strip())
        for header, text in fixed.items():
            if header in row and not row[header]:
                row[header] = text
        return row
