"""What was issued stays: the columns of a paper that nobody may change, and the triggers for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from regulator.database.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies: ClassVar = [("institutions", "0010_papers_for_applicants")]

    operations: ClassVar = [InstallGuards()]
