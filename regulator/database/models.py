"""Abstract bases, and the table of wrapped data keys."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from regulator.kernel.ids import new_public_id


class PublicModel(models.Model):
    """A row that stands in URLs and comes from offline clients: UUIDv7 beside the inner key."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True


class DataKey(models.Model):
    """数据密钥: one wrapped AES key per subject; deleting the row erases the subject's data.

    Not the master key, which never lies in the database. It has no division: a subject may be
    known to several.
    """

    division_path: ClassVar[str | None] = None

    subject = models.UUIDField(unique=True)
    master_key_id = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.subject} ({self.master_key_id})"
