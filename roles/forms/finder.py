from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from roles.models import Level


class TicksField(forms.MultipleChoiceField):
    """What is not among the choices is left out and kept in `ignored`: an answer is a link, and an
    old link should still say something after a statement was renamed."""

    ignored: list[str]

    def to_python(self, value: Any) -> list[str]:
        given = list(dict.fromkeys(super().to_python(value)))
        self.ignored = [one for one in given if not self.valid_value(one)]
        return [one for one in given if one not in self.ignored]


class LevelField(forms.ChoiceField):
    ignored: list[str]

    def to_python(self, value: Any) -> str:
        given = super().to_python(value)
        self.ignored = [] if self.valid_value(given) else [given]
        return "" if self.ignored else given


class FinderForm(forms.Form):
    """`work` holds what can be ticked: the slug and words of each statement."""

    title = forms.CharField(
        label="A title that you have in mind",
        required=False,
        max_length=80,
        help_text="Optional. It marks what such a title usually stands for; it decides nothing.",
    )
    level = LevelField(label="Level", required=False, choices=[("", "Open"), *Level.choices])
    work = TicksField(label="The work", required=False)

    def __init__(self, data: Any, *, work: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["work"].choices = [(slug, str(item)) for slug, item in work.items()]

    def ticked(self) -> list[str]:
        self.is_valid()
        return self.cleaned_data.get("work") or []

    def ignored(self) -> Iterable[str]:
        """Statements and levels of the address that do not exist here."""
        self.is_valid()
        return [one for name in ("work", "level") for one in self.fields[name].ignored]


class CompareForm(forms.Form):
    level = LevelField(required=False, choices=Level.choices)

    def level_or(self, default: str) -> str:
        self.is_valid()
        return self.cleaned_data.get("level") or default
