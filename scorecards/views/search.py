"""One search over what somebody may see."""

from django.shortcuts import render

from scorecards.forms.search import SearchForm
from scorecards.summaries import search as summary


def search(request):
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "words": words, "groups": summary.search(request.user, words)}
    return render(request, "scorecards/search.html", context, status=422 if form.errors else 200)
