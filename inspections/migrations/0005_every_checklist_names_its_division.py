from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0004_paper_that_comes_back'),
    ]

    operations = [
        migrations.AlterField(
            model_name='checklist',
            name='division',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.division'),
        ),
    ]
