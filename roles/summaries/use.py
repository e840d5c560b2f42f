"""Who uses a question, in counts only: an editor of questions sees no candidate.

Scorecards are above this app, so the settings name the function that counts them.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from roles.models import Question

from . import comparability
from .questions import History

FEWEST = 5


@dataclass(frozen=True)
class Counts:
    """Of one version: scorecards that are open, that are submitted, and the ratings in those."""

    open: int = 0
    submitted: int = 0
    ratings: int = 0


@dataclass(frozen=True)
class Use:
    """In words, of the live version; `ratings` are those that a new history would leave behind."""

    number: int
    open: str
    submitted: str
    ratings: str


def of_question(question: Question, history: History) -> Use | None:
    """Nothing before the first version is published."""
    live = history.live
    if live is None:
        return None
    past = comparability.pooled_with(live, history.versions)
    counts = _counted([version.pk for version in past])
    here = counts.get(live.pk, Counts())
    return Use(
        number=live.number,
        open=in_words(here.open),
        submitted=in_words(here.submitted),
        ratings=in_words_of_all([counts.get(one.pk, Counts()).ratings for one in past]),
    )


def submitted_of(versions: Collection[UUID]) -> dict[UUID, str]:
    """How many submitted scorecards asked each of these versions, in words."""
    counts = _counted(versions)
    return {pk: in_words(counts.get(pk, Counts()).submitted) for pk in versions}


def in_words(count: int) -> str:
    """A small number could point at a person."""
    return str(count) if count >= FEWEST else f"fewer than {FEWEST}"


def in_words_of_all(counts: list[int]) -> str:
    """The sum without its small parts: with them, a known part would give the others away."""
    told = sum(count for count in counts if count >= FEWEST)
    hidden = any(count < FEWEST for count in counts)
    if not told:
        return in_words(0)
    return f"at least {told}" if hidden else str(told)


def _counted(versions: Collection[UUID]) -> dict[Any, Counts]:
    use_of: Callable[[Collection[UUID]], dict[Any, Counts]] = import_string(settings.QUESTION_USE)
    return use_of(versions)
