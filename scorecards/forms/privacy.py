from django import forms


class PersonSearch(forms.Form):
    q = forms.CharField(
        label="Name or e-mail of a candidate", required=False, min_length=3, max_length=254
    )


class ErasureForm(forms.Form):
    reason = forms.CharField(
        label="Why is this candidate to be erased?",
        max_length=500,
        help_text="Such as: they asked for it on 3 March. It goes with the erasure.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why, for whoever approves it."},
    )


class HoldForm(forms.Form):
    reason = forms.CharField(
        label="Why may nothing be erased?",
        max_length=500,
        required=False,
        help_text="Such as: a claim is open. Leave it empty to lift the hold.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
