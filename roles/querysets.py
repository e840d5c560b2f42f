"""How to ask for questions and sets. Who may read the bank at all is the policy's."""

import re
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from interviewbank.access.models import Grant

WORD = re.compile(r"[^\W_]+")


class BankQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The bank is one: whoever may read it sees all of it."""
        if user.is_authenticated and user.holds(Grant.Kind.QUESTION_EDITOR, Grant.Kind.RECRUITER):
            return self
        return self.none()


def question_versions(**which: Any) -> models.QuerySet:
    return apps.get_model("roles", "QuestionVersion").objects.filter(**which)


def latest_published(version_model: str, parent: str) -> models.QuerySet:
    """For a subquery: the published versions of the outer row, the newest first."""
    versions = apps.get_model("roles", version_model).objects
    published = versions.filter(published_at__isnull=False, **{parent: OuterRef("pk")})
    return published.order_by("-number")


class QuestionQuerySet(BankQuerySet):
    def in_use(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def with_live(self) -> Self:
        """Adds the latest published version as `live_id`, `live_title`, …; null without one."""
        live = latest_published("QuestionVersion", "question")
        return self.annotate(
            live_id=Subquery(live.values("pk")[:1]),
            live_number=Subquery(live.values("number")[:1]),
            live_title=Subquery(live.values("title")[:1]),
            live_prompt=Subquery(live.values("prompt")[:1]),
            live_minutes=Subquery(live.values("minutes")[:1]),
        )

    def with_draft(self) -> Self:
        """Adds `drafts`: a list with the draft, or empty."""
        return self.prefetch_related(
            Prefetch(
                "versions",
                queryset=question_versions(published_at__isnull=True),
                to_attr="drafts",
            )
        )

    def published(self) -> Self:
        return self.filter(Exists(latest_published("QuestionVersion", "question")))

    def drafted(self) -> Self:
        return self.filter(
            Exists(question_versions(question=OuterRef("pk"), published_at__isnull=True))
        )

    def matching(self, text: str) -> Self:
        """Every word begins a word of the title, prompt or slug, by its stem; what was superseded
        is not searched. A match is `@@`: a rank above 0 is none."""
        words = WORD.findall(text)
        if not words:
            return self.none() if text.strip() else self
        query = SearchQuery(
            " & ".join(f"'{word}':*" for word in words), search_type="raw", config="english"
        )
        vector = SearchVector("title", "prompt", "question__slug", config="english")
        newest = Subquery(latest_published("QuestionVersion", "question").values("pk")[:1])
        current = Q(pk=OuterRef("newest_id")) | Q(
            question=OuterRef("pk"), published_at__isnull=True
        )
        found = question_versions().annotate(words=vector).filter(current, words=query)
        return self.alias(newest_id=newest).filter(Exists(found))


class QuestionSetQuerySet(BankQuerySet):
    def for_role(self, role: models.Model, level: str) -> Self:
        return self.filter(role=role, level=level)

    def with_live(self) -> Self:
        """Adds the latest published version as `live_id` and `live_number`."""
        live = latest_published("QuestionSetVersion", "question_set")
        return self.annotate(
            live_id=Subquery(live.values("pk")[:1]), live_number=Subquery(live.values("number")[:1])
        )

    def live_ids(self) -> dict[Any, Any]:
        """The key of the live version for the key of each set."""
        return dict(self.with_live().values_list("pk", "live_id"))

    def with_size(self) -> Self:
        """Adds what the live version asks: `questions` and `planned` minutes."""
        live = latest_published("QuestionSetVersion", "question_set")
        return self.with_live().annotate(
            questions=Subquery(live.annotate(n=Count("items")).values("n")[:1]),
            planned=Subquery(
                live.annotate(n=models.Sum("items__question_version__minutes")).values("n")[:1]
            ),
        )

    def asking(self, question: Any) -> Self:
        """Whose live version asks this question, in whichever version."""
        versions = apps.get_model("roles", "QuestionSetVersion").objects
        asks = versions.filter(pk=OuterRef("live_id"), questions__question=question)
        return self.with_live().filter(Exists(asks))
