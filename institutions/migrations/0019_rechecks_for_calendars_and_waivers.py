"""Approved classes are looked at again after a change of calendar or setting, and of a waiver."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("institutions", "0018_papers_that_end_a_licence")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="filingrecheck",
            name="cause_kind",
            field=models.CharField(
                choices=[
                    ("table", "参照表变更"),
                    ("licence", "许可变更"),
                    ("calendar", "校历或设置变更"),
                    ("waiver", "豁免到期"),
                ],
                max_length=12,
            ),
        ),
    ]
