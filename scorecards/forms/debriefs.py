"""What is sent in a debrief. Each form names its fields by itself: a page holds one of them for
every area."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify

from interviewbank.ui.words import RATING_WORDS
from roles.models import EvaluationArea
from scorecards.models import Application
from scorecards.models.debriefs import MAX_HOUR, MIN_HOUR
from scorecards.models.scorecards import Recommendation
from scorecards.summaries.debrief_hours import Choice

MAX_NOTE = 4_000
RATINGS = [(level, f"{level} {word}") for level, word in RATING_WORDS.items()]


def _text(label: str, rows: int, *, missing: str = "", help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=MAX_NOTE,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        error_messages={"required": missing} if missing else None,
    )


class OpenForm(forms.Form):
    exception_reason = _text(
        "Why before all scorecards are in",
        3,
        help_text="Stands at the head of the debrief, for everybody who reads it.",
    )


class AreaForm(forms.Form):
    """About an area of the plan: the one that this part of the page is about."""

    area = forms.TypedChoiceField(
        widget=forms.HiddenInput,
        empty_value=None,
        error_messages={"invalid_choice": "This opening does not judge that area."},
    )

    def __init__(
        self, data: Any = None, *, areas: Mapping[str, EvaluationArea], slug: str = ""
    ) -> None:
        self.slug = slug if data is None else str(data.get("area", ""))
        kind = type(self).__name__.lower()
        auto_id = f"{kind}-{slugify(self.slug) or 'whole'}-%s"
        super().__init__(data, auto_id=auto_id, initial={"area": slug})
        field: Any = self.fields["area"]
        field.choices = [(slug, area.name) for slug, area in areas.items()]
        field.coerce = areas.__getitem__


class NoteForm(AreaForm):
    text = _text("Note", 3, missing="Write the note first.")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].required = False


class PanelForm(AreaForm):
    rating = forms.TypedChoiceField(
        label="Panel rating",
        choices=RATINGS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the rating."},
    )
    note = _text("Why", 2)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def renew(self, seen: str) -> None:
        """What stands now was shown above the form: sent again, it is meant."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["seen"] = seen
        self.data = data


class VoteForm(forms.Form):
    recommendation = forms.ChoiceField(
        label="Your vote",
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you vote."},
    )
    rationale = _text(
        "Rationale",
        4,
        missing="Say what carried your vote.",
        help_text="Nobody reads it before the votes are shown.",
    )


class FollowForm(forms.Form):
    """`figures` is what the page that asks was computed from."""

    figures = forms.CharField(required=False, max_length=64)


class LineUpForm(forms.Form):
    """A number for each candidate; without one they are left out."""

    minutes = forms.IntegerField(
        label="Minutes for all of them",
        min_value=MIN_HOUR,
        max_value=MAX_HOUR,
        initial=60,
        help_text="The pages say how many are left, and how many that is for each to come.",
        widget=forms.NumberInput(attrs={"class": "form-control ib-place", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, *, choices: Iterable[Choice]) -> None:
        super().__init__(data)
        self.choices = list(choices)
        complete = 0
        for one in self.choices:
            complete += not one.missing
            self.fields[self._name(one)] = forms.IntegerField(
                label=str(one.application.candidate),
                required=False,
                min_value=1,
                max_value=99,
                initial=None if one.missing else complete,
                widget=forms.NumberInput(
                    attrs={"class": "form-control ib-place", "inputmode": "numeric"}
                ),
            )

    @staticmethod
    def _name(one: Choice) -> str:
        return f"place_{one.application.pk}"

    @property
    def rows(self) -> list[tuple[Choice, forms.BoundField]]:
        return [(one, self[self._name(one)]) for one in self.choices]

    def clean(self) -> dict[str, Any]:
        places: dict[int, str] = {}
        for one in self.choices:
            place = self.cleaned_data.get(self._name(one))
            if place in places:
                self.add_error(self._name(one), f"{place} is {places[place]}'s place already.")
            elif place:
                places[place] = str(one.application.candidate)
        if not places and not self.errors:
            self.add_error(None, "Give at least one candidate a place.")
        return self.cleaned_data

    @property
    def chosen(self) -> Sequence[Application]:
        placed = [(self.cleaned_data[self._name(one)], one.application) for one in self.choices]
        return [one for place, one in sorted((p for p in placed if p[0]), key=lambda p: p[0])]


class MoveForm(forms.Form):
    """Whom all look at next."""

    to = forms.ModelChoiceField(
        Application.objects.none(),
        label="Go to",
        empty_label=None,
        error_messages={"invalid_choice": "That candidate is not in the line."},
    )

    def __init__(self, data: Any = None, *, applications: QuerySet[Application]) -> None:
        super().__init__(data)
        field: Any = self.fields["to"]
        field.queryset = applications
        field.label_from_instance = lambda application: str(application.candidate)
