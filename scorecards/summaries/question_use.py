"""How often versions of questions are used: sums for editors, and nothing of whom."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Q

from roles.models import QuestionVersion
from roles.summaries.use import Counts
from scorecards.models import Answer
from scorecards.querysets.candidates import OWING

ROUND = "set_versions__rounds__interviews"


def use_of(versions: Collection[UUID]) -> dict[UUID, Counts]:
    """By the key of the version. A planned interview has its scorecard, and it counts as open."""
    open_cards = Count(
        f"{ROUND}__scorecard",
        filter=Q(**{f"{ROUND}__state__in": OWING, f"{ROUND}__scorecard__submitted_at": None}),
        distinct=True,
    )
    asked = QuestionVersion.objects.filter(pk__in=versions).annotate(cards=open_cards)
    opened = dict(asked.order_by().values_list("pk", "cards"))
    submitted = Answer.objects.filter(
        question_version__in=versions, scorecard__submitted_at__isnull=False
    )
    heard = submitted.order_by().values("question_version")
    counts = heard.annotate(cards=Count("scorecard", distinct=True), ratings=Count("rating"))
    found = {row["question_version"]: (row["cards"], row["ratings"]) for row in counts}
    return {key: Counts(count, *found.get(key, (0, 0))) for key, count in opened.items()}
