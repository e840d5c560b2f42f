"""What a draft of a question set changes in what is live, question by question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from roles.models import QuestionVersion
from roles.workflow.question_sets import Items


@dataclass(frozen=True)
class Change:
    what: str
    version: QuestionVersion
    detail: str = ""


def changes(live: Items, draft: Items) -> list[Change]:
    """What is added comes first, then what goes, then what stays and is asked otherwise."""
    before, after = _places(live), _places(draft)
    found = [
        Change("Added", version, f"Question {place}{'' if required else ', optional'}")
        for pk, (place, version, required) in after.items()
        if pk not in before
    ]
    found += [
        Change("Removed", version, f"It was question {place}")
        for pk, (place, version, _) in before.items()
        if pk not in after
    ]
    moved = _moved([pk for pk in before if pk in after], [pk for pk in after if pk in before])
    for pk in after:
        if pk in before:
            found += _kept(before[pk], after[pk], pk in moved)
    return found


Place = tuple[int, QuestionVersion, bool]


def _places(items: Items) -> dict[Any, Place]:
    return {
        version.question_id: (place, version, required)
        for place, (version, required) in enumerate(items, 1)
    }


def _kept(before: Place, after: Place, moved: bool) -> Iterator[Change]:
    (was, old, was_required), (place, version, required) = before, after
    if old.pk != version.pk:
        back = "" if version.number > old.number else ", an earlier one"
        yield Change("Version", version, f"From version {old.number} to {version.number}{back}")
    if moved:
        yield Change("Moved", version, f"From question {was} to {place}")
    if was_required != required:
        now, then = ("Required", "optional") if required else ("Optional", "required")
        yield Change(now, version, f"It was {then}")


def _moved(before: Sequence[Any], after: Sequence[Any]) -> set[Any]:
    """What has to move so that one order of the same questions becomes the other; what only shifts
    because of it has not moved."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {pk for block in blocks for pk in before[block.a : block.a + block.size]}
    return set(after) - stayed
