"""What the page of an import shows before anything is changed."""

from collections import Counter
from dataclasses import dataclass, field

from roles.bank import Report, differences
from roles.bank.differences import Difference
from roles.bank.steps import QuestionStep, SetStep, What
from roles.models import QuestionVersion

from . import changes

# Word for word in so many questions and so many sets; of the others, the names of the fields.
IN_FULL = 50
LABELS = {
    **changes.LABELS,
    "area": "Area",
    "kind": "Kind",
    "levels": "Levels",
    "roles": "Roles",
    "tags": "Tags",
    "state": "State",
    "name": "Name",
    "role": "Role",
    "level": "Level",
    "round_name": "Round",
    "purpose": "Purpose",
    "questions": "Questions",
}
KINDS: tuple[What, ...] = ("new", "new version", "changed", "unchanged")


@dataclass(frozen=True)
class Changed:
    """`rows` are left out where the list is long; `fields` are there all the same."""

    slug: str
    title: str
    what: str
    fields: str
    rows: list[changes.Row] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """`counts` are (what, questions, sets)."""

    token: str
    counts: list[tuple[str, int, int]]
    new_questions: list[QuestionStep]
    new_sets: list[SetStep]
    questions: list[Changed]
    sets: list[Changed]

    @property
    def changes_something(self) -> bool:
        return bool(self.new_questions or self.new_sets or self.questions or self.sets)


def preview(report: Report) -> Preview:
    questions, sets = report.counts()
    touched = [one for one in report.questions if one.what not in ("new", "unchanged")]
    touched_sets = [one for one in report.sets if one.what not in ("new", "unchanged")]
    return Preview(
        token=report.token,
        counts=[(kind.capitalize(), questions[kind], sets[kind]) for kind in KINDS],
        new_questions=[one for one in report.questions if one.new],
        new_sets=[one for one in report.sets if one.new],
        questions=[_question(one, place) for place, one in enumerate(touched)],
        sets=[_set(one, place) for place, one in enumerate(touched_sets)],
    )


def in_words(report: Report) -> str:
    """ "3 new questions, 1 changed question set"; nothing where nothing changed."""
    named = zip(("question", "question set"), report.counts(), strict=True)
    return ", ".join(filter(None, (_counted(counts, noun) for noun, counts in named)))


def _counted(counts: Counter[str], noun: str) -> str:
    new, other = counts["new"], counts["new version"] + counts["changed"]
    parts = [(new, "new"), (other, "changed")]
    return ", ".join(f"{n} {kind} {noun}{'' if n == 1 else 's'}" for n, kind in parts if n)


def _question(step: QuestionStep, place: int) -> Changed:
    what = "No new version"
    if step.words_changed:
        kind = step.text.change if step.live else QuestionVersion.Change.FIRST
        what = f"Version {step.number}. {QuestionVersion.Change(kind).label}"
    found = list(differences.of_question(step))
    return Changed(
        step.text.slug, step.text.words["title"], what, _names(found), _rows(found, place)
    )


def _set(step: SetStep, place: int) -> Changed:
    what = "New version" if step.asks_anew else "No new version"
    found = list(differences.of_set(step))
    return Changed(step.text.slug, step.columns["name"], what, _names(found), _rows(found, place))


def _names(found: list[Difference]) -> str:
    return ", ".join(LABELS[one.name] for one in found)


def _rows(found: list[Difference], place: int) -> list[changes.Row]:
    if place >= IN_FULL:
        return []
    return [changes.row(LABELS[one.name], one.before, one.after) for one in found]
