"""How to ask for questions and sets. Who may read the bank at all is the policy's."""

from django.db import models
from django.db.models import OuterRef, Prefetch, Subquery

from interviewbank.access.models import Grant


class BankQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The bank is one: whoever may read it sees all of it."""
        if user.is_authenticated and user.holds(Grant.Kind.QUESTION_EDITOR, Grant.Kind.RECRUITER):
            return self
        return self.none()


class QuestionQuerySet(BankQuerySet):
    def in_use(self) -> "QuestionQuerySet":
        return self.filter(retired_at__isnull=True)

    def with_live(self) -> "QuestionQuerySet":
        """Adds the latest published version as `live_id`, `live_title`, …; null without one."""
        live = self.model.versions.rel.related_model.objects.filter(
            question=OuterRef("pk"), published_at__isnull=False
        ).order_by("-number")
        return self.annotate(
            live_id=Subquery(live.values("pk")[:1]),
            live_number=Subquery(live.values("number")[:1]),
            live_title=Subquery(live.values("title")[:1]),
            live_prompt=Subquery(live.values("prompt")[:1]),
            live_minutes=Subquery(live.values("minutes")[:1]),
        )

    def with_draft(self) -> "QuestionQuerySet":
        """Adds `drafts`: a list with the draft, or empty."""
        versions = self.model.versions.rel.related_model.objects
        return self.prefetch_related(
            Prefetch(
                "versions",
                queryset=versions.filter(published_at__isnull=True),
                to_attr="drafts",
            )
        )


class QuestionSetQuerySet(BankQuerySet):
    def for_role(self, role, level: str) -> "QuestionSetQuerySet":
        return self.filter(role=role, level=level)
