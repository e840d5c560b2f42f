"""How long the chair was at each of a debrief hour, and how long it is for all of them."""

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scorecards', "0010_records_stay_in_place"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='debriefhour',
            name='minutes',
            field=models.PositiveSmallIntegerField(default=60),
        ),
        migrations.AddField(
            model_name='debriefhour',
            name='moved_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='debriefhouritem',
            name='seconds',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='debriefhour',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (5, 480))), name='scorecards_hour_minutes'),
        ),
    ]
