"""Changes of calendars and settings, proposed by one person and signed by another."""

from __future__ import annotations

from typing import ClassVar

import django_fsm
import regulator.kernel.ids
from django.db import migrations, models

from regulator.database.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("calendars", "0002_terms_in_any_unit"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CalendarChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        default=regulator.kernel.ids.new_public_id, editable=False, unique=True
                    ),
                ),
                ("division", models.CharField(max_length=6)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("setting", "改设置"),
                            ("period_entered", "录入学期或假期"),
                            ("period_changed", "修改学期或假期"),
                            ("period_removed", "删除学期或假期"),
                            ("holiday_entered", "录入节假日"),
                            ("holiday_removed", "删除节假日"),
                            ("year_completed", "确认年度录入完毕"),
                            ("shipped_loaded", "载入系统自带的校历"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("proposed", "等第二个人签字"),
                            ("signed", "已签字生效"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("open_key", models.CharField(blank=True, max_length=80)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(max_length=80)),
                ("subject_label", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=120)),
                ("content", models.JSONField(default=dict)),
                ("old", models.JSONField(default=dict)),
                ("new", models.JSONField(default=dict)),
                ("base_digest", models.CharField(max_length=64)),
                ("starts_on", models.DateField(null=True)),
                ("deadlines", models.PositiveIntegerField(default=0)),
                ("reason", models.CharField(max_length=500)),
                ("proposed_by_user", models.BigIntegerField(null=True)),
                ("proposed_by", models.CharField(max_length=120)),
                ("proposed_at", models.DateTimeField()),
                ("decided_by_user", models.BigIntegerField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_because", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["-proposed_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["division", "state", "-proposed_at"], name="calendars_change_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "proposed"), models.Q(("open_key", ""), _negated=True)
                        ),
                        fields=("division", "open_key"),
                        name="calendars_change_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("decided_by_user", models.F("proposed_by_user")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="calendars_change_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="calendars_change_decided_once",
                    ),
                ],
            },
        ),
        InstallGuards(),
    ]
