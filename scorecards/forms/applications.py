"""What the addresses of the candidates list and of the comparison may ask for."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from roles.models import Level, Role
from scorecards.models import Opening
from scorecards.summaries.application_facts import FLAGS
from scorecards.summaries.application_filters import OUTCOMES, TABS
from scorecards.summaries.applications import Asked, sort_choices


class CandidateFilters(forms.Form):
    """Every field may stay empty; a value that is not among the choices is an error on the page,
    and the others hold."""

    q = forms.CharField(label="Name", required=False, max_length=120)
    opening = forms.ModelChoiceField(Opening.objects.none(), required=False)
    role = forms.ModelChoiceField(Role.objects.all(), required=False, to_field_name="slug")
    level = forms.ChoiceField(choices=Level.choices, required=False)
    recommendation = forms.ChoiceField(choices=[(one, one) for one in OUTCOMES], required=False)
    flag = forms.ChoiceField(label="Look here", choices=list(FLAGS.items()), required=False)
    sort = forms.ChoiceField(label="Order", choices=sort_choices(), required=False)
    tab = forms.ChoiceField(choices=list(TABS.items()), required=False, label="Stage")
    # The nearest page there is: see Paginator.get_page.
    page = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, openings: QuerySet[Opening]) -> None:
        super().__init__(data)
        field: Any = self.fields["opening"]
        field.queryset = openings

    def asked(self) -> Asked:
        """What could be understood of it."""
        self.is_valid()
        known = {name: value for name, value in self.cleaned_data.items() if value}
        known.pop("page", None)
        return Asked(**known)

    @property
    def page_asked(self) -> str:
        return self.cleaned_data.get("page") or "1"
