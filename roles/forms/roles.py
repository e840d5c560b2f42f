"""The forms of a role and of an evaluation area."""

from typing import Any

from django import forms

from roles import limits
from roles.models import EvaluationArea, Role
from roles.models.roles import TrainsModels
from roles.summaries.areas import LAST
from roles.workflow.roles import AREA, ROLE, area_says, role_says, token

from .lines import slug_of
from .questions import Prose
from .seen import SeenForm

NAME = 80
SHORT_NAME = 12
TEXT = 2_000


def _text(label: str, rows: int = 3, **more: Any) -> Prose:
    return Prose(label=label, max_length=TEXT, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _position(what: str) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0, max_value=LAST, help_text=f"{what} are listed by it, the lowest first."
    )


class NamedForm(SeenForm):
    """A name and an id; the id is made from the name where it is left empty."""

    name = forms.CharField(max_length=NAME)
    slug = forms.CharField(
        label="Id in addresses and in the text form",
        required=False,
        max_length=limits.SLUG_LENGTH,
        help_text="Small letters, digits and hyphens. "
        "Leave it empty to have it made from the name.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "slug" not in self.fields or "slug" not in cleaned or "name" not in cleaned:
            return cleaned
        slug = cleaned["slug"] or slug_of(cleaned["name"])[: limits.SLUG_LENGTH].strip("-")
        if not limits.SLUG.fullmatch(slug):
            self.add_error("slug", "Use small letters, digits and hyphens, such as data-engineer.")
        return cleaned | {"slug": slug}


class RoleForm(NamedForm):
    """The id of a role that exists is no field: it stays."""

    parent = forms.ModelChoiceField(
        Role.objects.none(),
        label="Subtype of",
        required=False,
        empty_label="None: it stands by itself",
    )
    position = _position("Roles")
    has_agents = forms.BooleanField(
        label="Builds agents",
        required=False,
        help_text="Evaluation areas for roles with agents apply to it only then.",
    )
    trains_models = forms.ChoiceField(
        label="Trains models from scratch", choices=TrainsModels, initial=TrainsModels.NO
    )
    summary = _text("What the role is for, in a sentence or two")
    builds = _text("What they build", required=False)
    primary_output = _text("What they hand over", required=False)
    failure_mode = _text(
        "How the work usually fails",
        required=False,
        help_text="What goes wrong when this role is missing, or done badly.",
    )

    def __init__(self, data: Any = None, *, role: Role | None = None, position: int = 0) -> None:
        said = role_says(role) if role else {}
        initial = said | {"parent": role.parent_id, "seen": token(said)} if role else {}
        super().__init__(data, initial=initial or {"position": position})
        parent: Any = self.fields["parent"]
        parent.queryset = Role.objects.filter(parent__isnull=True).exclude(pk=role and role.pk)
        if role:
            del self.fields["slug"]

    @property
    def fields_to_save(self) -> dict[str, Any]:
        names = ROLE if "slug" not in self.fields else (*ROLE, "slug")
        return {name: self.cleaned_data[name] for name in names}


class AreaForm(NamedForm):
    short_name = forms.CharField(
        max_length=SHORT_NAME, help_text="For the heads of columns, where there is little room."
    )
    definition = _text("Definition", help_text="What is evaluated, so that two people agree on it.")
    strong_evidence = _text("Strong evidence", required=False, help_text="What one would hear.")
    weak_evidence = _text("Weak evidence", required=False, help_text="What one would hear.")
    agent_roles_only = forms.BooleanField(
        label="Only for roles that build agents",
        required=False,
        help_text="It does not apply to the other roles, and counts nowhere in them.",
    )
    position = _position("Areas")

    def __init__(
        self,
        data: Any = None,
        *,
        area: EvaluationArea | None = None,
        fixed: bool = False,
        position: int = 0,
    ) -> None:
        """`fixed`: something points to the area, and its id stays."""
        said = area_says(area) if area else {}
        super().__init__(
            data, initial=said | {"seen": token(said)} if area else {"position": position}
        )
        if fixed:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "It stays: questions, profiles or openings go by it."

    @property
    def fields_to_save(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in AREA}
