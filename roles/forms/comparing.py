"""Which two versions of a question are compared."""

from typing import Any

from django import forms


class CompareForm(forms.Form):
    """An address without versions compares the last two."""

    a = forms.TypedChoiceField(label="Compare", coerce=int, required=False, empty_value=None)
    b = forms.TypedChoiceField(label="with", coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any, *, versions: list[tuple[int, str]]) -> None:
        numbers = [number for number, _ in versions]
        last = {"a": numbers[min(1, len(numbers) - 1)], "b": numbers[0]}
        super().__init__({name: data.get(name) or number for name, number in last.items()})
        for name in last:
            field: Any = self.fields[name]
            field.choices = versions
