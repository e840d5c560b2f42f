"""What the addresses of the candidates list and of the comparison may ask for."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from roles.models import Level, Role
from scorecards.models import Opening
from scorecards.summaries.application_facts import FLAGS
from scorecards.summaries.application_filters import OUTCOMES, TABS
from scorecards.summaries.applications import Asked, sort_choices

FEWEST, MOST = 2, 5
# More than can be compared may be ticked on the way; an address has its limits.
MOST_PICKED = 20


def _ids(given: Iterable[str]) -> Iterator[UUID]:
    """Each once, in the order given."""
    for text in dict.fromkeys(given):
        try:
            yield UUID(text)
        except ValueError:
            continue


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
    # Ticked on another page; what can't be one is left out.
    a = forms.Field(label="Candidates", widget=forms.SelectMultiple, required=False)
    # The nearest page there is: see Paginator.get_page.
    page = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, openings: QuerySet[Opening]) -> None:
        super().__init__(data)
        field: Any = self.fields["opening"]
        field.queryset = openings

    def clean_a(self) -> tuple[UUID, ...]:
        return tuple(_ids(self.cleaned_data["a"] or ()))[:MOST_PICKED]

    def asked(self) -> Asked:
        """What could be understood of it."""
        self.is_valid()
        known = {name: value for name, value in self.cleaned_data.items() if value}
        known.pop("page", None)
        return Asked(picked=known.pop("a", ()), **known)

    @property
    def page_asked(self) -> str:
        return self.cleaned_data.get("page") or "1"


class CompareForm(forms.Form):
    """Who stands side by side: `a` once for each. Without any it is not bound."""

    a = forms.Field(label="Candidates", widget=forms.SelectMultiple, required=False)
    hide = forms.BooleanField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data if "a" in data else None)

    def clean_a(self) -> list[UUID]:
        try:
            chosen = list(dict.fromkeys(UUID(given) for given in self.cleaned_data["a"]))
        except ValueError:
            raise forms.ValidationError("The address names a candidate that can't be.") from None
        if not FEWEST <= len(chosen) <= MOST:
            raise forms.ValidationError(f"Choose two to five candidates; you chose {len(chosen)}.")
        return chosen
