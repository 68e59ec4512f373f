"""The notice and the decisions of 撤销 and 撤回 as kinds of paper."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("institutions", "0017_teachers_and_hours_of_filings"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="paper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("licence_original", "办学许可证（正本）"),
                    ("licence_duplicate", "办学许可证（副本）"),
                    ("acceptance", "受理通知书"),
                    ("gap_list", "补正材料告知书"),
                    ("rejection", "不予受理决定书"),
                    ("decision", "准予行政许可决定书"),
                    ("refusal", "不予行政许可决定书"),
                    ("clock_stop_notice", "中止审查期限通知书"),
                    ("proposed_decision", "拟认定年检不合格告知书"),
                    ("final_decision", "年检不合格决定书"),
                    ("suspension_notice", "暂停招生收费通知书"),
                    ("closure_approval", "准予终止办学决定书"),
                    ("cancellation_decision", "注销办学许可决定书"),
                    ("ending_notice", "拟撤销（撤回）行政许可告知书"),
                    ("annulment_decision", "撤销行政许可决定书"),
                    ("withdrawal_decision", "撤回行政许可决定书"),
                    ("penalty_notice", "行政处罚告知书"),
                    ("penalty_decision", "行政处罚决定书"),
                    ("service_receipt", "送达回证"),
                ],
                max_length=24,
            ),
        ),
    ]
