"""The keyed digest of a teacher's certificate, and the hours of a filed class."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0001_users_and_desks"),
        ("institutions", "0016_reference_tables"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="filing",
            name="certificate_index",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="filing",
            name="hours",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="filingdraft",
            name="certificate_index",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="filingversion",
            name="certificate_index",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="uploadrow",
            name="certificate_index",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                condition=models.Q(("certificate_index", ""), _negated=True),
                fields=["certificate_index", "ends_on"],
                name="filing_teacher",
            ),
        ),
    ]
