from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector
from django.db import migrations


class Migration(migrations.Migration):
    """Full-text search of the bank reads the index, not every question."""

    dependencies = [("roles", "0003_work_and_titles")]
    operations = [
        migrations.AddIndex(
            model_name="question",
            index=GinIndex(
                SearchVector("slug", config="english"),
                name="roles_question_search",
            ),
        ),
        migrations.AddIndex(
            model_name="questionversion",
            index=GinIndex(
                CombinedSearchVector(
                    SearchVector("title", config="english", weight="A"),
                    "||",
                    SearchVector("prompt", config="english", weight="B"),
                    SearchConfig("english"),
                ),
                name="roles_questionversion_search",
            ),
        ),
    ]
