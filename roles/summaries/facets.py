"""The filters of the list of questions, and the questions that each of their values means."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, Func, OuterRef, Q

from roles.models import EvaluationArea, Level, Question, Role
from roles.querysets import latest_published, question_versions

TAGS_SHOWN = 12


@dataclass(frozen=True)
class Option:
    facet: str
    value: str
    label: str
    count: int
    chosen: bool
    query: str


@dataclass
class Facet:
    """`conditions` says for each value which questions it means. Of many values, the `most` that
    mean most questions are shown."""

    name: str
    label: str
    labels: dict[str, str]
    conditions: dict[str, Q]
    most: int | None = None
    chosen: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)

    def condition(self) -> Q:
        """Any of the chosen values; no value chosen is no condition."""
        found = Q()
        for value in self.chosen:
            found |= self.conditions[value]
        return found


def facets() -> list[Facet]:
    areas = EvaluationArea.objects.all()
    roles = Role.objects.all()
    through = Question.roles.through.objects
    asked_of = {
        role.slug: Q(Exists(through.filter(question=OuterRef("pk"), role=role))) for role in roles
    }
    levels = {value: Q(levels__contains=[value]) for value in Level.values}
    return [
        _facet("area", "Area", ((a.slug, a.name, Q(area=a)) for a in areas)),
        _facet("role", "Role", ((r.slug, r.name, asked_of[r.slug]) for r in roles)),
        _facet("level", "Level", ((v, n, levels[v]) for v, n in Level.choices)),
        _facet("kind", "Kind", ((v, n, Q(kind=v)) for v, n in Question.Kind.choices)),
        _facet("state", "State", _states()),
        _facet("tag", "Tag", ((t, t, Q(tags__contains=[t])) for t in _tags()), most=TAGS_SHOWN),
    ]


def each_tag() -> Func:
    return Func(F("tags"), function="unnest")


def _tags() -> Iterable[str]:
    tags = Question.objects.order_by().annotate(tag=each_tag()).values_list("tag", flat=True)
    return tags.distinct().order_by("tag")


def _states() -> list[tuple[str, str, Q]]:
    live = Exists(latest_published("QuestionVersion", "question"))
    draft = Exists(question_versions(question=OuterRef("pk"), published_at__isnull=True))
    in_use = Q(retired_at__isnull=True)
    return [
        ("published", "Published", Q(live) & in_use),
        ("draft", "With a draft", Q(draft) & in_use),
        ("retired", "Retired", ~in_use),
    ]


def _facet(
    name: str, label: str, values: Iterable[tuple[str, str, Q]], *, most: int | None = None
) -> Facet:
    found = list(values)
    return Facet(
        name,
        label,
        labels={value: shown for value, shown, _ in found},
        conditions={value: condition for value, _, condition in found},
        most=most,
    )
