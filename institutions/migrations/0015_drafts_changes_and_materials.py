"""Drafts of classes, changes of approved ones, mappings for filings, and training material."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django_fsm
import regulator.database.fields
import regulator.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0001_users_and_desks"),
        ("institutions", "0014_trials_and_rechecks"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FilingDraft",
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
                ("cells", models.JSONField(default=dict)),
                ("certificate", regulator.database.fields.EncryptedTextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("invalid", "填写有误"),
                            ("flagged", "有违规项"),
                            ("appraise", "待鉴别"),
                            ("clear", "未见违规项"),
                        ],
                        max_length=8,
                    ),
                ),
                ("findings", models.JSONField(blank=True, default=list)),
                ("change_reason", models.CharField(blank=True, max_length=500)),
                ("statement", models.TextField(blank=True)),
                ("wrong_licence", models.CharField(blank=True, max_length=120)),
                ("saved_by", models.CharField(max_length=120)),
                ("begun_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MaterialAuthor",
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
                ("name", models.CharField(max_length=60)),
                ("experience_years", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "certificate_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "没有或还没有登记"),
                            ("teacher", "教师资格证"),
                            ("professional", "职业（专业）能力证明"),
                        ],
                        max_length=12,
                    ),
                ),
                ("certificate", regulator.database.fields.EncryptedTextField(blank=True)),
                ("last_four", models.CharField(blank=True, max_length=4)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="MaterialFile",
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
                ("version", models.PositiveSmallIntegerField()),
                ("file_name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size_bytes", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_by", models.CharField(max_length=120)),
                ("uploaded_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="MaterialReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal", "内部审核"),
                            ("external", "外部审核"),
                            ("check", "监督检查"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reviewer", models.CharField(max_length=60)),
                ("reviewed_on", models.DateField()),
                (
                    "result",
                    models.CharField(
                        choices=[("passed", "通过"), ("failed", "不通过")], max_length=6
                    ),
                ),
                ("findings", models.JSONField(blank=True, default=list)),
                ("remarks", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=120)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="TrainingMaterial",
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
                ("title", models.CharField(max_length=120)),
                ("title_key", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("self_written", "自主编写"), ("published", "正式出版物")],
                        max_length=12,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[("subject", "学科类"), ("non_subject", "非学科类")], max_length=12
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("audience", models.CharField(blank=True, max_length=60)),
                ("publisher", models.CharField(blank=True, max_length=120)),
                ("description", models.TextField(blank=True)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "未送审"),
                            ("internal_passed", "内部审核通过"),
                            ("external_passed", "外部审核通过"),
                            ("filed", "已备案"),
                            ("returned", "已退回"),
                            ("withdrawn", "已停用"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("entered_by", models.CharField(max_length=120)),
                ("entered_at", models.DateTimeField()),
                ("filed_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_on", models.DateField(blank=True, null=True)),
                ("return_reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="columnmapping",
            name="column_mapping_version_once",
        ),
        migrations.AddField(
            model_name="columnmapping",
            name="fixed",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="columnmapping",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="column_mappings",
                to="institutions.institution",
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="amends",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="institutions.filing",
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="change_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="filingupload",
            name="mapping",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filing_uploads",
                to="institutions.columnmapping",
            ),
        ),
        migrations.AddField(
            model_name="filingupload",
            name="source_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="columnmapping",
            name="target",
            field=models.CharField(
                choices=[
                    ("register", "机构名册"),
                    ("premises", "办学场所"),
                    ("staff", "从业人员"),
                    ("filing", "课程备案"),
                ],
                max_length=12,
            ),
        ),
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
                    ("adopted", "变更已生效"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="columnmapping",
            constraint=models.UniqueConstraint(
                condition=models.Q(("institution__isnull", True)),
                fields=("division", "target", "name", "version"),
                name="column_mapping_version_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="columnmapping",
            constraint=models.UniqueConstraint(
                condition=models.Q(("institution__isnull", False)),
                fields=("institution", "target", "name", "version"),
                name="column_mapping_own_version_once",
            ),
        ),
        migrations.AddField(
            model_name="filingdraft",
            name="amends",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="change_drafts",
                to="institutions.filing",
            ),
        ),
        migrations.AddField(
            model_name="filingdraft",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="institutions.filing",
            ),
        ),
        migrations.AddField(
            model_name="filingdraft",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.division",
            ),
        ),
        migrations.AddField(
            model_name="filingdraft",
            name="filing",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="draft",
                to="institutions.filing",
            ),
        ),
        migrations.AddField(
            model_name="filingdraft",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filing_drafts",
                to="institutions.institution",
            ),
        ),
        migrations.AddField(
            model_name="trainingmaterial",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.department",
            ),
        ),
        migrations.AddField(
            model_name="trainingmaterial",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.division",
            ),
        ),
        migrations.AddField(
            model_name="trainingmaterial",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="materials",
                to="institutions.institution",
            ),
        ),
        migrations.AddField(
            model_name="materialreview",
            name="material",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reviews",
                to="institutions.trainingmaterial",
            ),
        ),
        migrations.AddField(
            model_name="materialfile",
            name="material",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="institutions.trainingmaterial",
            ),
        ),
        migrations.AddField(
            model_name="materialauthor",
            name="material",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="authors",
                to="institutions.trainingmaterial",
            ),
        ),
        migrations.AddIndex(
            model_name="filingdraft",
            index=models.Index(fields=["institution", "-saved_at"], name="filing_draft_recent"),
        ),
        migrations.AddIndex(
            model_name="trainingmaterial",
            index=models.Index(
                fields=["division", "state", "department"], name="training_material_queue"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingmaterial",
            constraint=models.UniqueConstraint(
                fields=("institution", "title_key"), name="training_material_title_once"
            ),
        ),
    ]
