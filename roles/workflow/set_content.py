"""What a question set asks, and what its draft would ask: to compare, check and recognise."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from roles.models import QuestionSet, QuestionSetItem, QuestionSetVersion

from .errors import BankError
from .question_sets import Items
from .set_errors import AskedTwice, NothingAsked, RetiredAsked, SameQuestions

# These belong to the set, not to a version of it: they change at once.
FACTS = ("name", "round_name", "minutes", "purpose")


@dataclass(frozen=True)
class Standing:
    """Both with their items, in order, down to the area of each question."""

    live: QuestionSetVersion | None
    draft: QuestionSetVersion | None

    @property
    def newest(self) -> QuestionSetVersion | None:
        """What an editor goes on with: the draft, or else the live version."""
        return self.draft or self.live

    @property
    def items(self) -> list[QuestionSetItem]:
        return list(self.newest.items.all()) if self.newest else []

    @property
    def number(self) -> int:
        """Of the version that is published next."""
        return self.live.number + 1 if self.live else 1


def standing(question_set: QuestionSet) -> Standing:
    """A draft has the highest number, so the newest two versions are all that counts."""
    items = QuestionSetItem.objects.select_related("question_version__question__area")
    items = items.order_by("position").prefetch_related("question_version__question__roles")
    versions = question_set.versions.select_related("author").order_by("-number")[:2]
    found = list(versions.prefetch_related(Prefetch("items", items)))
    return Standing(
        live=next((one for one in found if one.published_at), None),
        draft=next((one for one in found if not one.published_at), None),
    )


def pairs(version: QuestionSetVersion | None) -> Items:
    """The version of each question, and whether it is required."""
    if version is None:
        return []
    return [(item.question_version, item.required) for item in version.items.all()]


def faults(now: Standing) -> Iterator[BankError]:
    """Why the draft can't be published."""
    items = pairs(now.draft)
    if not items:
        yield NothingAsked()
    questions = [version.question_id for version, _ in items]
    for version, _ in items:
        if version.question.retired_at:
            yield RetiredAsked(version)
        if questions.count(version.question_id) > 1:
            yield AskedTwice(version)
    if items and now.live and items == pairs(now.live):
        yield SameQuestions(now.live.number)


def token(now: Standing) -> str:
    """Recognises what an editor had before them: both versions, and what the newest asks."""
    items = [[str(version.pk), required] for version, required in pairs(now.newest)]
    return _digest([now.live and now.live.number, now.draft and now.draft.number, items])


def facts_of(question_set: QuestionSet) -> dict[str, Any]:
    return {name: getattr(question_set, name) for name in FACTS}


def facts_token(question_set: QuestionSet) -> str:
    return _digest(facts_of(question_set))


def _digest(seen: Any) -> str:
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:32]
