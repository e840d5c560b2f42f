from django import forms


class OpenedCell(forms.Form):
    """Which area's words the address of a review page opens, and whose of them stand out."""

    area = forms.CharField(max_length=80, required=False)
    by = forms.UUIDField(required=False)
