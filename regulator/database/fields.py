"""Model fields for personal data."""

from __future__ import annotations

from typing import Any

from django.db import models

from regulator.database.sealing import is_sealed
from regulator.kernel.outcomes import InvariantError


class EncryptedTextField(models.TextField):
    """Holds only what `seal_text` made; a plain text is refused before it reaches the database."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        if isinstance(prepared, str) and not is_sealed(prepared):
            raise InvariantError(f"字段 {self.name} 只能保存加密后的值：先用 seal_text。")
        return prepared
