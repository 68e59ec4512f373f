"""The table of violations that ships with the product: the article, and what follows from it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from inspections.selectors.shipped_items import DATA

_ALTERNATIVE = re.compile(r"\((?:条号)[^)]*\)")


@dataclass(frozen=True)
class Violation:
    """A row of `violations.csv`: what was done, what is ordered, what may be imposed, by whom.

    `is_confirmed` says that content and number of the article were both read in the original; what
    was not is shown so, and a person looks it up before relying on it.
    """

    code: str
    article: str
    behaviour: str
    order: str
    penalty: str
    fine_range: str
    who_decides: str
    note: str
    is_confirmed: bool

    @property
    def cited(self) -> str:
        """The article as it stands on a paper, without remarks on its number."""
        return _ALTERNATIVE.sub("", self.article).strip()


@cache
def violations() -> Mapping[str, Violation]:
    """Every shipped violation by its code."""
    with (DATA / "violations.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: _violation(row) for row in csv.DictReader(file)}


def _violation(row: Mapping[str, str]) -> Violation:
    return Violation(
        code=row["code"],
        article=row["article"],
        behaviour=row["behaviour"],
        order=row["order"],
        penalty=row["penalty"],
        fine_range=row["fine_range"],
        who_decides=row["who_decides"],
        note=row["note"],
        is_confirmed=(row["conf_text"], row["conf_number"]) == ("A", "A"),
    )


def known_violation(code: str) -> Violation | None:
    """A violation by its code; None for an empty code, and for words that stand where a code is."""
    return violations().get(code)
