"""Choosing a question of an opening, and saying why it is left out or taken back in."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from roles.models import Question


class QuestionChoices(forms.ModelChoiceField):
    def label_from_instance(self, question: Any) -> str:
        out = ", left out" if question.out else ""
        return f"{question.area.name}: {question.title}{out}"


class PickForm(forms.Form):
    """The first step; the question is in the address."""

    question = QuestionChoices(
        Question.objects.none(),
        empty_label="Choose a question",
        error_messages={"invalid_choice": "This opening does not ask that question."},
    )

    def __init__(self, data: Any = None, *, questions: QuerySet[Question]) -> None:
        super().__init__(data)
        field: Any = self.fields["question"]
        field.queryset = questions


class ReasonForm(PickForm):
    """The second step. `after` and `excluded` say what the page showed: the number of the last
    exclusion, and which way this one goes."""

    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown beside the answers of every candidate of this opening: name nobody.",
        error_messages={"required": "Say why: everybody who reads the scorecards sees it."},
    )
    excluded = forms.TypedChoiceField(
        choices=[("yes", "Leave out"), ("no", "Take back in")],
        coerce=lambda value: value == "yes",
        widget=forms.HiddenInput,
    )
    after = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        questions: QuerySet[Question],
        question: Question | None = None,
        excluded: bool = True,
        after: int = 0,
    ) -> None:
        super().__init__(data, questions=questions)
        self.fields["question"].widget = forms.HiddenInput()
        self.initial = {
            "question": question and question.pk,
            "excluded": "yes" if excluded else "no",
            "after": after,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        hidden = [name for name in ("excluded", "after") if self.errors.pop(name, None)]
        if hidden:
            self.add_error(None, "Look at what would follow, then confirm.")
        return cleaned

    def renew(self, *, excluded: bool, after: int) -> None:
        """What would follow now was shown beside the form: sent again, it is meant."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["excluded"], data["after"] = "yes" if excluded else "no", after
        self.data = data
