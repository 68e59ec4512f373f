import django.db.models.deletion
import django_fsm
import regulator.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_users_and_desks"),
        ("inspections", "0001_directories_draws_and_checklists"),
        ("institutions", "0018_papers_that_end_a_licence"),
    ]

    operations = [
        migrations.CreateModel(
            name="InspectionOrder",
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
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("special", "专项检查"),
                            ("patrol", "日常巡查"),
                            ("complaint", "投诉举报核查"),
                            ("recheck", "整改复查"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("drafted", "已起草"),
                            ("approved", "已批准"),
                            ("running", "正在检查"),
                            ("ended", "已结束"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="drafted",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("basis", models.CharField(max_length=300)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("joint_departments", models.JSONField(blank=True, default=list)),
                ("starts_on", models.DateField()),
                ("ends_before", models.DateField()),
                ("drafted_at", models.DateTimeField()),
                ("drafted_by_user", models.BigIntegerField(null=True)),
                ("drafted_by", models.CharField(max_length=120)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("approved_by_user", models.BigIntegerField(blank=True, null=True)),
                ("approved_by", models.CharField(blank=True, max_length=120)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("started_by", models.CharField(blank=True, max_length=120)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.division",
                    ),
                ),
                (
                    "lead_department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Lead",
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
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("coordinating_body", "议事协调机构"),
                            ("third_party", "第三方机构"),
                            ("grid_worker", "网格员"),
                            ("assistant", "无证辅助人员"),
                            ("department", "其他部门"),
                            ("public", "群众"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source_name", models.CharField(max_length=120)),
                ("text", models.CharField(max_length=600)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("ordered", "已列入检查任务"),
                            ("closed", "已办结"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("reported_at", models.DateTimeField()),
                ("reported_by", models.CharField(max_length=120)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.division",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspection_leads",
                        to="institutions.institution",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="inspections.inspectionorder",
                    ),
                ),
                (
                    "to_department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="OrderCounter",
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
                            ("special", "专项检查"),
                            ("patrol", "日常巡查"),
                            ("complaint", "投诉举报核查"),
                            ("recheck", "整改复查"),
                        ],
                        max_length=12,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
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
            name="OrderMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("team", models.CharField(default="1", max_length=8)),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="inspections.inspector",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="inspections.inspectionorder",
                    ),
                ),
            ],
            options={
                "ordering": ["team", "id"],
            },
        ),
        migrations.CreateModel(
            name="OrderTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register_id", models.CharField(max_length=7)),
                ("team", models.CharField(default="1", max_length=8)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="inspections.inspectionorder",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_targets",
                        to="institutions.premises",
                    ),
                ),
            ],
            options={
                "ordering": ["team", "register_id"],
            },
        ),
        migrations.AddIndex(
            model_name="inspectionorder",
            index=models.Index(fields=["division", "state"], name="inspection_order_open"),
        ),
        migrations.AddConstraint(
            model_name="inspectionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                name="inspection_order_days_forward",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["division", "state"], name="lead_open"),
        ),
        migrations.AddConstraint(
            model_name="ordercounter",
            constraint=models.UniqueConstraint(
                fields=("division", "kind", "year"), name="order_counter_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ordermember",
            constraint=models.UniqueConstraint(
                fields=("order", "inspector"), name="order_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ordertarget",
            constraint=models.UniqueConstraint(
                fields=("order", "premises"), name="order_target_once"
            ),
        ),
    ]
