"""What the pages show on which roles, areas and profiles are edited."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from roles.models import EvaluationArea, Role
from roles.workflow.profiles import AreaTerms, Requirement

from . import changes

LAST = 9_999


def areas_with_use() -> QuerySet[EvaluationArea]:
    """Each with `asked`, the number of its questions that are not retired."""
    in_use = Q(questions__retired_at__isnull=True)
    areas = EvaluationArea.objects.annotate(asked=Count("questions", filter=in_use))
    # Where rows are grouped, the order of the model does not hold by itself.
    return areas.order_by("position", "name")


def next_position(model: type[Role] | type[EvaluationArea]) -> int:
    last = model._default_manager.aggregate(last=Max("position"))["last"]
    return 1 if last is None else min(last + 1, LAST)


def differences(form: Any, stored: dict[str, Any]) -> list[changes.Row]:
    """From what is stored now to what somebody typed; the fields that differ."""
    typed = form.cleaned_data
    found = [
        changes.row(str(form[name].label), _in_words(value), _in_words(typed[name]))
        for name, value in stored.items()
        if name in typed
    ]
    return [row for row in found if not row.same]


def profile_differences(
    areas: Iterable[EvaluationArea], stored: Iterable[AreaTerms], typed: Iterable[AreaTerms]
) -> list[changes.Row]:
    before = {one.area: one for one in stored}
    after = {one.area: one.normal for one in typed}
    found = [
        changes.row(area.name, _terms_in_words(before[area.pk]), _terms_in_words(after[area.pk]))
        for area in areas
        if area.pk in before and area.pk in after
    ]
    return [row for row in found if not row.same]


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "None" if value is None else str(value)


def _terms_in_words(terms: AreaTerms) -> str:
    said = [str(Requirement(terms.requirement).label)]
    if terms.counts:
        said.append(f"weight {terms.weight:.2f}")
        said += [f"because: {terms.weight_rationale}"] if terms.weight_rationale else []
        said += [f"bar {terms.bar:.2f}"] if terms.bar is not None else []
        said += [f"{terms.min_raters} interviewers"] if terms.min_raters is not None else []
    return ", ".join(said)
