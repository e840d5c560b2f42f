"""Forms of an opening: the two steps that make it, its settings, its members."""

from django import forms

from interviewbank.access.models import User
from roles.models import Level, QuestionSetVersion, Role
from scorecards.models import Opening, OpeningMember


class StartForm(forms.Form):
    """The first step: everything else is suggested by these two."""

    role = forms.ModelChoiceField(
        Role.objects.all(), to_field_name="slug", empty_label="Choose a role"
    )
    level = forms.ChoiceField(choices=[("", "Choose a level"), *Level.choices])


class RoundsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, version: QuestionSetVersion) -> str:
        of = version.question_set
        return f"{of.round_name}: {of.name}, version {version.number}, {of.minutes} minutes"


class OpeningForm(forms.ModelForm):
    """The second step, filled in for a role and level."""

    rounds = RoundsField(
        QuestionSetVersion.objects.none(),
        required=False,
        help_text="Each chosen set is a round. Order and minutes can be changed afterwards.",
    )

    class Meta:
        model = Opening
        fields = ["title", "agent_enabled", "rounds", "visibility", "interviewers_may_decide"]
        widgets = {"visibility": forms.RadioSelect}
        help_texts = {
            "agent_enabled": "Then agent-system experience counts. Without agents it "
            "has no weight and no bar, whatever is asked.",
            "interviewers_may_decide": "Usually not: who interviewed has argued their case in the "
            "scorecard. A decision made under this switch says so.",
        }

    def __init__(self, data=None, *, role, level, versions):
        """`versions`: the live versions of the question sets for this role and level."""
        suggested = {
            "title": f"{role}, {Level(level).label.lower()}",
            "agent_enabled": role.has_agents,
            "rounds": versions,
        }
        super().__init__(
            data, instance=Opening(role=role, level=level), initial=suggested, prefix=None
        )
        self.fields["rounds"].queryset = versions

    def chosen_rounds(self) -> list[tuple[str, QuestionSetVersion, int]]:
        """Name, version and minutes of each, in the order of the page."""
        chosen = set(self.cleaned_data["rounds"])
        return [
            (version.question_set.round_name, version, version.question_set.minutes)
            for version in self.fields["rounds"].queryset
            if version in chosen
        ]


class SettingsForm(forms.ModelForm):
    class Meta:
        model = Opening
        fields = ["title", "visibility", "interviewers_may_decide", "retention"]
        widgets = {"visibility": forms.RadioSelect}
        help_texts = {
            "retention": "Names and words go, the numbers stay without them.",
            **OpeningForm.Meta.help_texts,
        }


class PersonField(forms.ModelChoiceField):
    """A colleague; the address tells two of the same name apart."""

    def label_from_instance(self, user: User) -> str:
        return f"{user.name} ({user.email})"


class FindForm(forms.Form):
    q = forms.CharField(label="Find a colleague", required=False, max_length=120)


class MemberForm(forms.Form):
    user = PersonField(User.objects.active(), label="Person", empty_label="Choose a person")
    kind = forms.ChoiceField(label="Part", widget=forms.RadioSelect)

    def __init__(self, data=None, *, kinds, found):
        """`kinds` are those that the viewer may give; `found` narrows whom the list shows."""
        super().__init__(data)
        self.fields["kind"].choices = [
            (value, label) for value, label in OpeningMember.Kind.choices if value in kinds
        ]
        self.fields["kind"].initial = OpeningMember.Kind.COORDINATOR
        self.fields["user"].queryset = found
