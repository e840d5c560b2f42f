"""The forms of a question set: its facts, one press of a button in its draft, finding questions."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms

from roles import limits
from roles.models import EvaluationArea, Level, QuestionSet, Role
from roles.workflow.set_content import FACTS, facts_of, facts_token
from roles.workflow.set_drafts import RENEW_ALL
from roles.workflow.set_edits import EDITS

from .questions import Prose
from .seen import SeenForm

NAME = 80
ROUND = 60
SHORTEST, LONGEST = 5, 240


class FactsForm(SeenForm):
    """What belongs to the set itself, not to a version of it."""

    name = forms.CharField(max_length=NAME)
    round_name = forms.CharField(
        label="Round",
        max_length=ROUND,
        help_text="What the round of an opening is called, such as System design.",
    )
    minutes = forms.IntegerField(
        label="Minutes of the round", min_value=SHORTEST, max_value=LONGEST, initial=60
    )
    purpose = Prose(
        required=False,
        max_length=limits.PURPOSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What this round finds out. Interviewers read it before they begin.",
    )

    def __init__(self, data: Any = None, *, question_set: QuestionSet | None = None) -> None:
        initial: dict[str, Any] = {}
        if question_set:
            initial = {**facts_of(question_set), "seen": facts_token(question_set)}
        super().__init__(data, initial=initial)

    @property
    def fields_to_save(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class NewSetForm(FactsForm):
    """Given a set to copy, its facts are filled in; the role and level are to be chosen."""

    role = forms.ModelChoiceField(Role.objects.all(), empty_label="Choose a role")
    level = forms.ChoiceField(choices=[("", "Choose a level"), *Level.choices])
    slug = forms.CharField(
        label="Id in the text form",
        required=False,
        max_length=limits.SLUG_LENGTH,
        help_text="Small letters, digits and hyphens; it never changes. "
        "Leave it empty to have it made from the name.",
    )

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug and not limits.SLUG.fullmatch(slug):
            raise forms.ValidationError(
                "Use small letters, digits and hyphens, such as senior-screen."
            )
        return slug

    @property
    def fields_to_save(self) -> dict[str, Any]:
        own = {name: self.cleaned_data[name] for name in ("role", "level", "slug")}
        return {**super().fields_to_save, **own}


class ActionForm(SeenForm):
    """`do` is the value of the button: what to do, and the key of the question."""

    do = forms.CharField(label="Button", required=False, max_length=60)

    @property
    def pressed(self) -> bool:
        return bool(self["do"].data)

    def clean_do(self) -> dict[str, Any]:
        do, _, key = self.cleaned_data["do"].partition(":")
        if do == RENEW_ALL and not key:
            return {"do": do}
        try:
            question = UUID(key)
        except ValueError:
            question = None
        if do not in EDITS or question is None:
            raise forms.ValidationError("This page has no such button.")
        return {"do": do, "question": question}


class PickForm(forms.Form):
    """Finding questions to add. `at` is the button that was pressed last, to go on from there."""

    q = forms.CharField(
        label="Words of the title or prompt",
        required=False,
        max_length=100,
        widget=forms.SearchInput,
    )
    area = forms.ModelChoiceField(
        EvaluationArea.objects.all(),
        required=False,
        to_field_name="slug",
        empty_label="All areas",
    )
    at = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def found(self, name: str) -> Any:
        """What could be understood of it: the rest is an error on the page."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    def query(self, at: str = "") -> str:
        area = self.found("area")
        chosen = {"q": self.found("q"), "area": area and area.slug, "at": at}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{query}" if query else ""
