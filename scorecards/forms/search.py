from django import forms


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Name, title or words of a question",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autofocus": True, "autocomplete": "off"}),
    )
