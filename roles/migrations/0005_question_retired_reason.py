from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roles", "0004_search_index")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="retired_reason",
            field=models.TextField(blank=True),
        ),
    ]
