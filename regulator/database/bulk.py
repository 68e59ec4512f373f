"""Many new rows of one model at once, the fastest way each engine has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, models

from regulator.database.fields import JSONText, PlainJSONField, json_text

_Writer = Callable[[Any], Any]
# What a driver takes as it is; `EncryptedTextField` is none of them: it refuses what is not sealed.
_AS_IT_IS = (models.CharField, models.ForeignKey, models.IntegerField)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model, as `bulk_create` would; their keys are not read back.

    PostgreSQL takes them by COPY, SQLite by one prepared statement: constraints and triggers hold
    as ever. Call it inside a transaction, with an audit event beside it.
    """
    if rows:
        _insert(type(rows[0]), [vars(row) for row in rows])


def insert_values(kind: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for rows that are given by their columns' names; what is left out is its default.

    JSON may be given as `JSONText`.
    """
    defaults = {field.attname: field.get_default() for field in _fields(kind)}
    if rows:
        _insert(kind, [{**defaults, **row} for row in rows])


def _fields(kind: type[models.Model]) -> list[models.Field[Any, Any]]:
    model = kind._meta  # noqa: SLF001  Django documents it for libraries
    return [field for field in model.concrete_fields if not field.primary_key]


def _insert(kind: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    model, fields = kind._meta, _fields(kind)  # noqa: SLF001
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    place = connection.ops.quote_name(model.db_table)
    values = _values(rows, [(field.attname, _writer(field)) for field in fields])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Past Django's cursor, whose errors are Django's own: so these are made to be.
            statement = f"COPY {place} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {place} ({names}) VALUES ({marks})", list(values))


def _values(
    rows: Sequence[Mapping[str, Any]], writers: Sequence[tuple[str, _Writer | None]]
) -> Iterator[list[Any]]:
    for given in rows:
        yield [
            given[name] if write is None or given[name] is None else write(given[name])
            for name, write in writers
        ]


def _json_text(value: Any) -> str:
    return value.text if isinstance(value, JSONText) else json_text(value)


def _writer(field: models.Field[Any, Any]) -> _Writer | None:
    """How a field's values are written, or None where they are as they stand."""
    if isinstance(field, PlainJSONField):
        return _json_text
    if isinstance(field, _AS_IT_IS):
        return None
    return lambda value: field.get_db_prep_save(value, connection)
