"""A deadline counts working days, days or months, and may stand still."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_years_deadlines_settings")]

    operations = [
        migrations.RenameField("deadline", "workdays", "amount"),
        migrations.AddField(
            model_name="deadline",
            name="unit",
            field=models.CharField(
                choices=[("workdays", "工作日"), ("days", "日"), ("months", "个月")],
                default="workdays",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="deadline",
            name="stops",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="deadline",
            name="is_stopped",
            field=models.BooleanField(default=False),
        ),
    ]
