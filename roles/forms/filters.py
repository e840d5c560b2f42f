from collections.abc import Mapping
from typing import Any

from django import forms

from roles.summaries.bank import SORTS


class FilterForm(forms.Form):
    """The filters of the list of questions. `choices` has the values of each facet."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    sort = forms.ChoiceField(
        choices=[(f"{way}{name}", name) for name in SORTS for way in ("", "-")], required=False
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def __init__(self, data: Any, *, choices: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(data)
        for name, values in choices.items():
            self.fields[name] = forms.MultipleChoiceField(
                choices=list(values.items()), required=False
            )

    def chosen(self, name: str) -> list[str]:
        """What could be understood of it: the rest is an error on the page."""
        self.is_valid()
        return list(dict.fromkeys(self.cleaned_data.get(name) or []))
