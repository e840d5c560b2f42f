"""What the pages of one question show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from roles import advice
from roles.models import Question, QuestionSet, QuestionSetItem, QuestionVersion
from roles.workflow import content

from . import changes


@dataclass(frozen=True)
class History:
    """All versions, the newest first."""

    versions: list[QuestionVersion]

    @property
    def draft(self) -> QuestionVersion | None:
        return next((one for one in self.versions if one.published_at is None), None)

    @property
    def live(self) -> QuestionVersion | None:
        return next((one for one in self.versions if one.published_at), None)

    @property
    def newest(self) -> QuestionVersion:
        """What an editor goes on with: the draft, or else the live version."""
        return self.versions[0]

    @property
    def choices(self) -> list[tuple[int, str]]:
        return [(one.number, self._named(one)) for one in self.versions]

    def _named(self, version: QuestionVersion) -> str:
        if version.published_at is None:
            return f"Draft {version.number}"
        return f"Version {version.number}" + (", live" if version == self.live else "")

    def numbered(self, number: int) -> QuestionVersion | None:
        return next((one for one in self.versions if one.number == number), None)

    def successor(self, version: QuestionVersion) -> QuestionVersion | None:
        """The published version that took its place."""
        later = [one for one in self.versions if one.published_at and one.number > version.number]
        return later[-1] if later else None


def history(question: Question) -> History:
    versions = question.versions.select_related("author").order_by("-number")
    return History(list(versions))


def sets_asking(user: Any, question: Question) -> list[QuestionSet]:
    """Each with `asked_number`, the number of the version that its live version asks."""
    item = QuestionSetItem.objects.filter(
        set_version=OuterRef("live_id"), question_version__question=question
    )
    sets = QuestionSet.objects.visible_to(user).asking(question).select_related("role")
    number = Subquery(item.values("question_version__number")[:1])
    return list(sets.annotate(asked_number=number))


@dataclass(frozen=True)
class Step:
    """One thing to do before publishing; `done` is None where it is advice only."""

    label: str
    done: bool | None
    note: str = ""


def steps(draft: QuestionVersion, live: QuestionVersion | None) -> list[Step]:
    missing = content.missing(draft)
    found = [
        Step("Title, prompt and minutes", done=True),
        Step("Four anchors", done=not missing, note=" ".join(missing)),
    ]
    if live:
        differs = bool(content.changed(content.words_of(live), content.words_of(draft)))
        note = "" if differs else f"The draft says the same as version {live.number}."
        found.append(Step(f"Something changes from version {live.number}", differs, note))
    advised = advice.advise(content.words_of(draft))
    if fields := changes.labels(advised):
        note = f"Look at: {'; '.join(fields)}. You can publish without."
        found.append(Step("Advice on the words", None, note))
    if not draft.question.roles.all():
        found.append(Step("Roles", None, "None ticked: nobody finds it under a role."))
    return found


def ready(draft: QuestionVersion, live: QuestionVersion | None) -> bool:
    return all(step.done is not False for step in steps(draft, live))


def differences(live: QuestionVersion | None, version: QuestionVersion) -> list[changes.Row]:
    """Nothing for a first version."""
    if live is None or live == version:
        return []
    return changes.rows(content.words_of(live), content.words_of(version))


def differences_in_words(version: QuestionVersion, words: dict[str, Any]) -> list[changes.Row]:
    """From a stored version to what somebody typed."""
    return changes.rows(content.words_of(version), words)
