"""Reference tables of a bureau: versions, rows, one open version a table."""

import django.db.models.deletion
import django_fsm
import regulator.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_users_and_desks"),
        ("institutions", "0015_drafts_changes_and_materials"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferenceTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("editions", "教材版本表"),
                            ("weeks", "教学进度周表"),
                            ("units", "教材单元表"),
                            ("negative", "负面清单表"),
                            ("aliases", "学科隐晦说法表"),
                            ("activities", "须鉴别项目表"),
                            ("prices", "政府指导价表"),
                        ],
                        max_length=12,
                    ),
                ),
                ("last_number", models.PositiveIntegerField(default=0)),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.division",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TableVersion",
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
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "草稿"),
                            ("proposed", "待批准"),
                            ("returned", "已退回"),
                            ("approved", "已批准"),
                            ("ending", "待批准终止"),
                            ("ended", "已终止"),
                            ("discarded", "已弃用"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("effective_from", models.DateField(blank=True, null=True)),
                ("ends_before", models.DateField(blank=True, null=True)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("row_count", models.PositiveIntegerField(default=0)),
                ("opened_by", models.CharField(max_length=120)),
                ("opened_at", models.DateTimeField()),
                ("proposed_by_user", models.BigIntegerField(blank=True, null=True)),
                ("proposed_by", models.CharField(blank=True, max_length=120)),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("returned_because", models.CharField(blank=True, max_length=300)),
                ("end_asked_by_user", models.BigIntegerField(blank=True, null=True)),
                ("end_asked_by", models.CharField(blank=True, max_length=120)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
                ("end_asked_for", models.DateField(blank=True, null=True)),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.tableversion",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="institutions.referencetable",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="TableRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=300)),
                ("position", models.PositiveIntegerField()),
                ("cells", models.JSONField(default=dict)),
                ("words", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="institutions.tableversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="referencetable",
            constraint=models.UniqueConstraint(
                fields=("division", "kind"), name="reference_table_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tableversion",
            constraint=models.UniqueConstraint(
                fields=("table", "number"), name="reference_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tableversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "proposed", "returned"])),
                fields=("table",),
                name="reference_one_open_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="tableversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_before__isnull", True),
                    ("ends_before__gte", models.F("effective_from")),
                    _connector="OR",
                ),
                name="reference_version_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="tablerow",
            constraint=models.UniqueConstraint(
                fields=("version", "key"), name="reference_row_once"
            ),
        ),
    ]
