"""An approval may be revoked by the bureau: one more state of a filing."""

from __future__ import annotations

from typing import ClassVar

import django_fsm
from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("institutions", "0011_papers_frozen")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="filing",
            name="state",
            field=django_fsm.FSMField(
                choices=[
                    ("draft", "未提交"),
                    ("submitted", "审核中"),
                    ("approved", "已通过"),
                    ("returned", "已退回"),
                    ("withdrawn", "已撤回"),
                    ("revoked", "已撤销通过"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
    ]
