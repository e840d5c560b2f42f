"""Finding by a word, in what the viewer may see and nothing else: what is invisible is neither
listed nor counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from interviewbank.access.models import User
from interviewbank.access.policy import RULES
from interviewbank.db import Folded, having_words
from roles.models import Question, QuestionSet
from scorecards.models import Application, Interview, Opening

SHOWN = 10


@dataclass(frozen=True)
class Hit:
    words: str
    beside: str
    url: str


@dataclass(frozen=True)
class Group:
    """`more` is the list that holds the rest, where there is more than is shown."""

    name: str
    hits: list[Hit]
    more: str = ""


def search(viewer: User, words: str) -> list[Group]:
    """The groups with a hit, each by one query."""
    if not words:
        return []
    query = "?" + urlencode({"q": words})
    found = [
        _group("Candidates", _candidates(viewer, words), reverse("application_list") + query),
        _group("Openings", _openings(viewer, words), reverse("opening_list")),
    ]
    if RULES["question_list"].admits(viewer):
        found += [
            _group("Questions", _questions(viewer, words), reverse("question_list") + query),
            _group("Question sets", _sets(viewer, words), reverse("question_set_list")),
        ]
    if RULES["person_list"].admits(viewer):
        found.append(_group("People", _people(viewer, words), reverse("person_list")))
    return [group for group in found if group.hits]


def _group(name: str, hits: Iterable[Hit], more: str) -> Group:
    listed = list(hits)
    return Group(name, listed[:SHOWN], more if len(listed) > SHOWN else "")


def _candidates(viewer: User, words: str) -> list[Hit]:
    """By name only: the address is the coordinators'. Members go to the candidate, interviewers to
    their own interview."""
    members = Application.objects.schedule_visible_to(viewer).filter(pk=OuterRef("pk"))
    own = Interview.objects.of(viewer).filter(application=OuterRef("pk")).order_by("-starts_at")
    found = (
        Application.objects.visible_to(viewer)
        .with_people()
        .filter(having_words(words, "candidate__name_folded"))
        .annotate(scheduled=Exists(members), own=Subquery(own.values("pk")[:1]))
        .order_by("candidate__name_folded", "pk")
    )
    return [
        Hit(
            one.candidate.name,
            one.opening.title,
            reverse("application_detail", args=[one.pk])
            if one.scheduled
            else reverse("interview_prepare", args=[one.own]),
        )
        for one in found[: SHOWN + 1]
    ]


def _openings(viewer: User, words: str) -> list[Hit]:
    found = Opening.objects.visible_to(viewer).select_related("role").current_first()
    found = found.alias(title_folded=Folded("title"), role_folded=Folded("role__name"))
    found = found.filter(having_words(words, "title_folded", "role_folded"))
    return [
        Hit(
            one.title,
            f"{one.role}, {one.get_level_display().lower()}",
            reverse("opening_detail", args=[one.pk]),
        )
        for one in found[: SHOWN + 1]
    ]


def _questions(viewer: User, words: str) -> list[Hit]:
    found = Question.objects.visible_to(viewer).in_use().published().matching(words).with_live()
    return [
        Hit(one.live_title, str(one.area), reverse("question_detail", args=[one.pk]))  # type: ignore[attr-defined]
        for one in found.ranked(words).select_related("area")[: SHOWN + 1]
    ]


def _sets(viewer: User, words: str) -> list[Hit]:
    found = QuestionSet.objects.visible_to(viewer).alias(folded=Folded("name"))
    found = found.filter(having_words(words, "folded"))
    return [
        Hit(
            one.name,
            f"{one.role}, {one.get_level_display().lower()}",
            reverse("question_set_detail", args=[one.pk]),
        )
        for one in found.select_related("role").order_by("name", "pk")[: SHOWN + 1]
    ]


def _people(viewer: User, words: str) -> list[Hit]:
    found = User.objects.visible_to(viewer)
    found = found.alias(name_folded=Folded("name"), email_folded=Folded("email"))
    found = found.filter(having_words(words, "name_folded", "email_folded"))
    return [
        Hit(one.name, one.email, reverse("person_detail", args=[one.pk]))
        for one in found.order_by("name_folded", "pk")[: SHOWN + 1]
    ]
