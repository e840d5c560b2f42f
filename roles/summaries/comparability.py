"""Which versions of a question have ratings that may be pooled.

A version whose wording changed goes on with the history of the one before it; a version whose
meaning changed begins a new one. A draft has no ratings yet, and its kind of change is still open.
"""

from collections.abc import Iterable

from roles.models import QuestionVersion

Change = QuestionVersion.Change


def comparable(a: QuestionVersion, b: QuestionVersion) -> bool:
    if a.question_id != b.question_id:
        return False
    return b in pooled_with(a, a.question.versions.all())


def pooled_with(
    version: QuestionVersion, versions: Iterable[QuestionVersion]
) -> list[QuestionVersion]:
    """The published ones of the same history, itself among them, the first ones first."""
    found: list[QuestionVersion] = []
    published = [one for one in versions if one.published_at]
    for one in sorted(published, key=lambda one: one.number):
        if one.change == Change.MEANING:
            if version in found:
                break
            found = []
        found.append(one)
    return found if version in found else []
