"""Forms that put interviews on the calendar: who, when and where."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import Interview
from scorecards.summaries.loads import Load, clashes, loads_at

from .times import PlannedTimeField, twice

# A year that was mistyped is the common mistake.
LONGEST_AGO, FARTHEST_AHEAD = timedelta(days=365), timedelta(days=2 * 365)


def in_reach(at: datetime) -> bool:
    now = timezone.now()
    return now - LONGEST_AGO < at < now + FARTHEST_AHEAD


class InterviewersField(forms.ModelMultipleChoiceField):
    """With what each of them has in that week already."""

    widget = forms.CheckboxSelectMultiple
    loads: dict = {}

    def label_from_instance(self, user: User) -> str:
        load = self.loads.get(user.pk, Load())
        return f"{user.name} ({user.email}): {load.in_words}"


class PlanningForm(forms.ModelForm):
    """`clash_ok` is asked for once somebody is busy at that time."""

    starts_at = PlannedTimeField()
    clash_ok = forms.BooleanField(label="Plan it all the same", required=False)

    def clean_starts_at(self):
        starts_at = self.cleaned_data["starts_at"]
        if not in_reach(starts_at):
            raise forms.ValidationError("This is more than a year ago, or two years ahead.")
        return starts_at

    def refuse_clashes(self, application, people, a_round, *, but=None):
        """Unless the coordinator says that they know."""
        data = self.cleaned_data
        if self.errors:
            return
        self.found = clashes(
            application, people, a_round, data["starts_at"], data["minutes"], but=but
        )
        if self.found and not data["clash_ok"]:
            self.add_error("clash_ok", " ".join(self.found))

    @property
    def notes(self) -> list[str]:
        """What to say after it was planned."""
        return [one for one in (twice(self.cleaned_data["starts_at"]),) if one]

    @property
    def asks_clash(self) -> bool:
        return self.is_bound and bool(getattr(self, "found", []))


class AssignForm(PlanningForm):
    interviewer = InterviewersField(User.objects.none(), label="Interviewers")
    minutes = forms.IntegerField(
        required=False, min_value=5, max_value=480, help_text="Left empty: as the round says."
    )

    class Meta:
        model = Interview
        fields = ["round", "starts_at", "minutes", "location", "shadow"]
        labels = {"shadow": "Shadow: listens and learns, the scorecard doesn't count"}

    def __init__(self, data=None, *, application, rounds, initial):
        super().__init__(data, initial=initial)
        self.application = application
        self.fields["round"] = forms.ModelChoiceField(rounds, empty_label="Choose a round")
        people = User.objects.active().exclude(pk=application.candidate.user_id)
        self.fields["interviewer"].queryset = people
        self._load_at(self._at(initial["starts_at"]))

    def begin_with(self, chosen):
        """What somebody chose already, and who is free then."""
        self.initial |= chosen
        if "starts_at" in chosen:
            self._load_at(chosen["starts_at"])

    def _load_at(self, at):
        field, day = self.fields["interviewer"], timezone.localtime(at)
        field.loads = loads_at(at)
        field.help_text = (
            f"Busy times are those of {day:%A}, {day.day} {day:%B %Y}. After another day or time, "
            "ask again who is free."
        )

    def _at(self, otherwise):
        """The time that was typed, where it is one."""
        try:
            typed = self.fields["starts_at"].clean(self.data.get("starts_at"))
        except ValidationError:
            return otherwise
        return typed if in_reach(typed) else otherwise

    def clean(self):
        data = super().clean()
        if not data.get("minutes") and data.get("round") and "minutes" not in self.errors:
            data["minutes"] = data["round"].minutes
        self.refuse_clashes(self.application, data.get("interviewer", ()), data.get("round"))
        return data

    def chosen(self) -> dict:
        """What the workflow takes."""
        taken = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**taken, "interviewers": list(self.cleaned_data["interviewer"])}


class BegunForm(forms.Form):
    """An interview that is not assigned yet: whom it is to be planned with again, from the address,
    or what was typed by who asks first who is free. What does not fit is left out."""

    round = forms.ModelChoiceField(None, required=False)
    interviewer = forms.ModelMultipleChoiceField(None, required=False)
    starts_at = PlannedTimeField(required=False)
    minutes = forms.IntegerField(required=False, min_value=5, max_value=480)
    location = forms.CharField(required=False, max_length=300)
    shadow = forms.BooleanField(required=False)

    def __init__(self, data, *, of: AssignForm):
        super().__init__(data)
        for name in ("round", "interviewer"):
            self.fields[name].queryset = of.fields[name].queryset

    def clean_starts_at(self):
        starts_at = self.cleaned_data["starts_at"]
        return starts_at if starts_at and in_reach(starts_at) else None

    def chosen(self) -> dict:
        self.is_valid()
        found = {name: one for name, one in self.cleaned_data.items() if one}
        if "round" in found:
            found["round"] = found["round"].pk
        if "interviewer" in found:
            found["interviewer"] = [one.pk for one in found["interviewer"]]
        return found


class MoveForm(PlanningForm):
    minutes = forms.IntegerField(min_value=5, max_value=480)

    class Meta:
        model = Interview
        fields = ["starts_at", "minutes", "location"]

    def __init__(self, data=None, *, interview):
        initial = {name: getattr(interview, name) for name in self.Meta.fields}
        super().__init__(data, initial=initial)
        self.interview = interview

    def clean_starts_at(self):
        """What the page showed has no seconds; left as it was, it is the same time."""
        starts_at, was = super().clean_starts_at(), self.interview.starts_at
        return was if starts_at == was.replace(second=0, microsecond=0) else starts_at

    def clean(self):
        data, of = super().clean(), self.interview
        if (data.get("starts_at"), data.get("minutes")) != (of.starts_at, of.minutes):
            self.refuse_clashes(of.application, [of.interviewer], of.round, but=of)
        return data

    def chosen(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
