"""The forms of the account and people pages."""

import zoneinfo
from functools import cache

from allauth.account import forms as allauth
from allauth.core import context as current
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms

from .afterwards import afterwards
from .models import Grant, User
from .summaries import GRANT_WORDS

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def time_zones() -> list[tuple]:
    """UTC and the places by region, without the old aliases. Read once: it takes a walk on disk."""
    names = sorted(zoneinfo.available_timezones())
    places = [
        (
            region,
            [
                (name, name.removeprefix(f"{region}/").replace("/", ", ").replace("_", " "))
                for name in names
                if name.startswith(f"{region}/")
            ],
        )
        for region in REGIONS
    ]
    return [("UTC", "UTC"), *places]


def time_zone_choices(current: str) -> list[tuple]:
    """An alias that somebody has already stays theirs."""
    listed = {name for _, places in time_zones()[1:] for name, _ in places} | {"UTC"}
    return time_zones() if current in listed else [(current, current), *time_zones()]


def helper(*fields) -> FormHelper:
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.layout = Layout(*fields)
    return made


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "time_zone", "theme", "single_keys"]
        widgets = {"theme": forms.RadioSelect}
        labels = {"single_keys": "Act on single keys"}
        help_texts = {
            "time_zone": "All times are shown in it.",
            "single_keys": "1 to 4 rate, j and k move, as the pages list them. "
            "Turn it off if you dictate, or if keys get in your way.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(
            choices=time_zone_choices(self.instance.time_zone),
            help_text=self.fields["time_zone"].help_text,
        )
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.helper = helper(
            "name", "time_zone", Field("theme", template="ib/radio_cards.html"), "single_keys"
        )


class InviteForm(forms.Form):
    """No rule here about an e-mail that is taken: the workflow says so, also in a race."""

    name = forms.CharField(max_length=User._meta.get_field("name").max_length)
    email = forms.EmailField(label="E-mail", max_length=User._meta.get_field("email").max_length)
    time_zone = forms.ChoiceField()
    grants = forms.MultipleChoiceField(
        choices=[(kind.value, f"{kind.label}: {GRANT_WORDS[kind]}") for kind in Grant.Kind],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Grants",
        help_text="None is needed to interview. Openings name their own coordinators, "
        "committee and chair.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(
            choices=time_zone_choices(self.initial["time_zone"]), help_text="They can change it."
        )
        self.helper = helper("name", "email", "time_zone", "grants")


class EndSessionForm(forms.Form):
    """Which of one's own sessions to end: the id of its record, or all but this one."""

    OTHERS = "others"

    def __init__(self, data, *, sessions):
        super().__init__(data)
        ends = [str(one.record.pk) for one in sessions if not one.current]
        self.fields["which"] = forms.ChoiceField(
            choices=[(value, value) for value in (*ends, self.OTHERS)],
            label="Session",
            error_messages={"invalid_choice": "That session has ended already."},
        )


class GrantForm(forms.Form):
    """Which grant to give or take. The page sends it from a button."""

    kind = forms.ChoiceField(choices=Grant.Kind, label="Grant")


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Whatever follows from the address is done after the answer: how long that took, or that the
    mail failed, would tell who has an account."""

    def save(self, request, **kwargs) -> str:
        save = super().save

        def save_afterwards() -> None:
            with current.request_context(request):
                save(request, **kwargs)

        afterwards(request, save_afterwards)
        return self.cleaned_data["email"]
