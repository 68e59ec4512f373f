from django.db import migrations

from regulator.database.commands import InstallPostOnce


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0001_event_chain"),
        ("fees", "0007_notice_of_a_refund"),
    ]

    operations = [
        InstallPostOnce(),
    ]
