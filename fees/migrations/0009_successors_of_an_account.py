import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("fees", "0008_a_command_in_one_round_trip"),
    ]

    operations = [
        migrations.AlterField(
            model_name="escrowaccount",
            name="replaces",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="successors", to="fees.escrowaccount"),
        ),
    ]
