"""Model fields of our own: sealed personal data, and JSON whose letters are written as they are."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import orjson
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.json import Jsonb

from regulator.database.sealing import is_sealed
from regulator.kernel.outcomes import InvariantError


class EncryptedTextField(models.TextField):
    """Holds only what `seal_text` made; a plain text is refused before it reaches the database."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        if isinstance(prepared, str) and not is_sealed(prepared):
            raise InvariantError(f"字段 {self.name} 只能保存加密后的值：先用 seal_text。")
        return prepared


def json_text(value: Any) -> str:
    """A JSON value as text, Chinese as it is; what orjson refuses, `json` writes in ASCII."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


class JSONText(NamedTuple):
    """JSON that is written already: `insert_values` stores the text as it stands."""

    text: str


class PlainJSONField(models.JSONField):
    """JSON with every character as it is, for columns full of Chinese.

    Django's own field writes six ASCII characters for each, which psycopg then escapes one by one:
    a third of the time of storing an upload. The column and the migrations are those of JSONField.
    Not for columns that are asked by a Chinese key: SQLite compares keys as they are written, and
    Django's paths are written in ASCII.
    """

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002  Django's signature
    ) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return super().get_db_prep_value(value, connection, prepared)
        if connection.vendor == "postgresql":
            return Jsonb(value, dumps=json_text)
        return json_text(value)
