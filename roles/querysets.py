"""How to ask for questions and sets. Who may read the bank at all is the policy's."""

import re
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Lower

from interviewbank.access.models import Grant

WORD = re.compile(r"[^\W_]+")


# The index of migration 0004 is over just these words, so that a search reads no other rows.
WORDS = SearchVector("title", weight="A", config="english") + SearchVector(
    "prompt", weight="B", config="english"
)
SLUG_WORDS = SearchVector("slug", config="english")
FILED = ("area__position", "slug")


def search_query(text: str) -> SearchQuery | None:
    words = WORD.findall(text)
    wanted = " & ".join(f"'{word}':*" for word in words)
    return SearchQuery(wanted, search_type="raw", config="english") if words else None


class BankQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The bank is one: whoever may read it sees all of it."""
        if user.is_authenticated and user.holds(Grant.Kind.QUESTION_EDITOR, Grant.Kind.RECRUITER):
            return self
        return self.none()


def question_versions(**which: Any) -> models.QuerySet:
    return apps.get_model("roles", "QuestionVersion").objects.filter(**which)


def current_versions() -> models.QuerySet:
    """The latest published one of each question, and its draft: whatever was not superseded."""
    later = question_versions(
        question=OuterRef("question"), published_at__isnull=False, number__gt=OuterRef("number")
    )
    return question_versions().filter(~Exists(later))


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

    def with_changed(self) -> Self:
        """Adds `changed_at`, when the newest version was written or published."""
        newest = question_versions(question=OuterRef("pk")).order_by("-number")
        return self.annotate(changed_at=Subquery(newest.values("saved_at")[:1]))

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
        """Every word begins a word of the title or prompt, or each begins one of the slug, by its
        stem; what was superseded is not searched. A match is `@@`: a rank above 0 is none."""
        query = search_query(text)
        if query is None:
            return self.none() if text.strip() else self
        said = current_versions().annotate(words=WORDS).filter(words=query)
        named = (
            apps.get_model("roles", "Question").objects.alias(words=SLUG_WORDS).filter(words=query)
        )
        return self.filter(Q(pk__in=said.values("question")) | Q(pk__in=named.values("pk")))

    def ranked(self, text: str) -> Self:
        """The best match first: a word of the title weighs more than one of the prompt."""
        query = search_query(text)
        if query is None:
            return self
        said = current_versions().filter(question=OuterRef("pk"))
        best = said.annotate(rank=SearchRank(WORDS, query)).order_by("-rank")
        return self.order_by(Subquery(best.values("rank")[:1]).desc(), *FILED)

    def sorted_by(self, column: str, *, down: bool = False) -> Self:
        """By what the list shows of a question: the words that are asked, or those of its draft."""
        shown = question_versions(question=OuterRef("pk"))
        live_first = models.F("published_at").desc(nulls_last=True)
        keys: dict[str, Any] = {
            "area": models.F("area__position"),
            "title": Lower(Subquery(shown.order_by(live_first).values("title")[:1])),
            "minutes": Subquery(shown.order_by(live_first).values("minutes")[:1]),
            "changed": Subquery(shown.order_by("-number").values("saved_at")[:1]),
        }
        key = keys[column]
        return self.order_by(key.desc() if down else key.asc(), *FILED)


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
