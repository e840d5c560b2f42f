"""The form of a profile: a row for each evaluation area."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms

from roles.models import AreaProfile, EvaluationArea, Role
from roles.workflow.profiles import AreaTerms

from .seen import SeenForm

Requirement = AreaProfile.Requirement
PARTS = ("requirement", "weight", "why", "bar", "raters")


def _typed(whole: bool = False) -> forms.TextInput:
    """The arrows of a narrow number input would cover the number."""
    return forms.TextInput(
        attrs={
            "inputmode": "numeric" if whole else "decimal",
            "class": "form-control form-control-sm ib-min",
        }
    )


class ProfileForm(SeenForm):
    """Reads and writes AreaTerms. The cells of its table are rendered without crispy, which would
    put a label above each."""

    def __init__(
        self,
        data: Any = None,
        *,
        role: Role,
        areas: list[EvaluationArea],
        terms: list[AreaTerms],
        seen: str,
    ) -> None:
        super().__init__(data, initial={"seen": seen})
        self.role, self.areas = role, areas
        for area, one in zip(areas, terms, strict=True):
            self._add(area, one)

    def _add(self, area: EvaluationArea, now: AreaTerms) -> None:
        name = area.name
        self.fields |= {
            f"requirement_{area.slug}": forms.ChoiceField(
                label=f"{name}: whether it counts",
                choices=Requirement.choices,
                initial=now.requirement,
                widget=forms.Select(attrs={"class": "form-select form-select-sm w-auto"}),
            ),
            f"weight_{area.slug}": forms.DecimalField(
                label=f"Weight of {name}",
                initial=now.weight,
                min_value=Decimal("0.01"),
                max_digits=5,
                decimal_places=2,
                widget=_typed(),
            ),
            f"why_{area.slug}": forms.CharField(
                label=f"Why this weight, {name}",
                initial=now.weight_rationale,
                required=False,
                max_length=1000,
                widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
            ),
            f"bar_{area.slug}": forms.DecimalField(
                label=f"Bar of {name}",
                initial=now.bar,
                required=False,
                min_value=1,
                max_value=4,
                max_digits=3,
                decimal_places=2,
                widget=_typed(),
            ),
            f"raters_{area.slug}": forms.IntegerField(
                label=f"Interviewers who rate {name}",
                initial=now.min_raters,
                required=False,
                min_value=1,
                max_value=20,
                widget=_typed(whole=True),
            ),
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        for area in self.areas:
            fields = {part: self[f"{part}_{area.slug}"] for part in PARTS}
            for bound in fields.values():
                attrs = bound.field.widget.attrs
                if bound.errors and "is-invalid" not in attrs["class"]:
                    attrs["class"] += " is-invalid"
            yield {"area": area, **fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for area in self.areas:
            counts = cleaned.get(f"requirement_{area.slug}") != Requirement.NOT_APPLICABLE
            if not counts:
                continue
            if area.agent_roles_only and not self.role.has_agents:
                self.add_error(
                    f"requirement_{area.slug}",
                    f"{self.role} builds no agents. Set this to not applicable.",
                )
            if cleaned.get(f"weight_{area.slug}", 1) != 1 and not cleaned.get(f"why_{area.slug}"):
                self.add_error(f"why_{area.slug}", "A weight other than 1 needs its reason.")
        return cleaned

    def terms(self) -> list[AreaTerms]:
        data = self.cleaned_data
        return [
            AreaTerms(area.pk, *(data[f"{part}_{area.slug}"] for part in PARTS))
            for area in self.areas
        ]
