"""The reference tables from their rows (header → text), as files and bureaus' editors keep them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby

from institutions.core.screening.limits import Limit, LimitKey, Limits
from institutions.core.screening.resemblance import Resemblance
from institutions.core.screening.rows import Category
from institutions.core.screening.settings import setting_limit
from institutions.core.screening.tables import (
    Activity,
    NegativeItem,
    PaceUnit,
    Paraphrase,
    PriceBand,
    SubjectAlias,
    TermException,
)
from regulator.calendars.core.settings import SettingSpec
from regulator.kernel.legal import LegalBasis
from regulator.kernel.money import parse_yuan_fen

TableRow = Mapping[str, str]


class TableError(ValueError):
    """A row of a table holds a value that cannot be read."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _fen(text: str) -> int:
    amount_fen = parse_yuan_fen(text)
    if amount_fen is None:
        raise TableError(text)
    return amount_fen


def negative_items(rows: Iterable[TableRow]) -> tuple[NegativeItem, ...]:
    """The negative list from rows with the headers of `negative_list.csv`."""
    return tuple(
        NegativeItem(
            code=row["id"],
            subject=row["subject"],
            grade_from=int(row["grade_from"]),
            grade_to=int(row["grade_to"]),
            topic=row["topic"],
            terms=_words(row["key_terms"]),
            earliest_grade=_whole(row["earliest_grade"]),
            earliest_term=_whole(row["earliest_term"]) or 1,
            basis=row["basis"],
            confidence=row["confidence"],
            speaks_of=row["speaks_of"],
            note=row["note"],
        )
        for row in rows
    )


def pace_units(rows: Iterable[TableRow]) -> tuple[PaceUnit, ...]:
    """The textbook units from rows with the headers of `pace_units.csv`."""
    return tuple(
        PaceUnit(
            subject=row["subject"],
            edition=row["edition"],
            revision=row["revision"],
            first_school_year=int(row["first_school_year"]),
            last_school_year=_whole(row["last_school_year"]),
            grade=int(row["grade"]),
            term=int(row["term"]),
            number=row["unit"],
            title=row["unit_title"],
            terms=_words(row["key_terms"]),
            confidence=row["confidence"],
        )
        for row in rows
    )


def term_exceptions(rows: Iterable[TableRow]) -> tuple[TermException, ...]:
    """Terms to be read with care, from rows with the headers of `term_exceptions.csv`."""
    return tuple(
        TermException(row["subject"], row["term"], row["treatment"], _words(row["words"]))
        for row in rows
    )


def paraphrases_of(rows: Iterable[TableRow]) -> tuple[Paraphrase, ...]:
    """Descriptions of topics, from rows with the headers of `paraphrases.csv`."""
    return tuple(Paraphrase(row["subject"], row["term"], row["pattern"]) for row in rows)


def resemblances_of(rows: Iterable[TableRow]) -> dict[str, Resemblance]:
    """Subject → the words of its topics, from rows with the headers of `description_words.csv`.

    The rows of a subject stand together. They are read one by one: the table is large.
    """
    return {
        subject: Resemblance((row["word"], _term_weights(row["weights"])) for row in some)
        for subject, some in groupby(rows, key=lambda row: row["subject"])
    }


def _term_weights(text: str) -> Iterator[tuple[str, int]]:
    for pair in text.split("|"):
        term, _, weight = pair.rpartition(":")
        yield term, int(weight)


def subject_aliases(rows: Iterable[TableRow]) -> tuple[SubjectAlias, ...]:
    """Words for school subjects, from rows with the headers of `subject_aliases.csv`."""
    return tuple(SubjectAlias(row["subject"], row["alias"], row["kind"]) for row in rows)


def activities_of(rows: Iterable[TableRow]) -> tuple[Activity, ...]:
    """Words for activities, from rows with the headers of `activities.csv`."""
    return tuple(Activity(row["word"], row["treatment"]) for row in rows)


def price_bands(rows: Iterable[TableRow]) -> tuple[PriceBand, ...]:
    """Guide prices from rows with the headers of `guide_prices.csv`; `valid_to` is the last day."""
    bands = []
    for row in rows:
        ends_on = _day(row["valid_to"])
        bands.append(
            PriceBand(
                group=row["division_group"],
                delivery=row["mode"],
                students_from=int(row["students_from"]),
                students_below=_whole(row["students_below"]),
                lesson_minutes=int(row["lesson_minutes"]),
                base_fen=_fen(row["base_yuan"]),
                float_percent=int(row["float_percent"] or 0),
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_before=None if ends_on is None else ends_on + timedelta(days=1),
                source=row["source"],
                confidence=row["confidence"],
            )
        )
    return tuple(bands)


def limits_of(
    rows: Iterable[TableRow], *, division: str, settings: Mapping[str, SettingSpec]
) -> Limits:
    """A division's limits from rows with the headers of `limits.csv`.

    A row of unit `setting` names the setting whose shipped default is its value. Where the division
    has rows of a key, they replace the common ones (empty division).
    """
    bound = [row for row in rows if row["division"] in ("", division)]
    own = {row["key"] for row in bound if row["division"] == division}
    return Limits(
        _limit(row, settings)
        for row in bound
        if row["division"] == division or row["key"] not in own
    )


def _limit(row: TableRow, settings: Mapping[str, SettingSpec]) -> Limit:
    key = LimitKey(row["key"])
    if row["unit"] == "setting":
        value = setting_limit(key, settings[row["value"]].default)
    else:
        value = _limit_value(row["value"], row["unit"])
    return Limit(
        key=key,
        value=value,
        category=Category(row["category"]) if row["category"] else None,
        basis=LegalBasis(
            row["instrument"],
            row["document_number"],
            row["article"],
            _day(row["valid_from"]),
            _day(row["valid_before"]),
        ),
    )


def _limit_value(text: str, unit: str) -> int:
    if unit == "clock":
        hour, _, minute = text.partition(":")
        return int(hour) * 60 + int(minute)
    return _fen(text) if unit == "yuan" else int(text)
