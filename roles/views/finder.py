"""Which role is needed: ticks are in the address, so that an answer is a link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interviewbank.access.policy import RULES
from roles.forms.finder import FinderForm
from roles.summaries import finder
from roles.summaries.work import load_work


def role_finder(request: HttpRequest) -> HttpResponse:
    work = load_work()
    form = FinderForm(request.GET, work=work.items)
    ticked = form.ticked()
    title, level = form.cleaned_data.get("title", ""), form.cleaned_data.get("level", "")
    hint = finder.hint(work, title, ticked, level) if title else None
    found = finder.found(work, ticked, level)
    context = {
        "form": form,
        "title": title,
        "level": level,
        "hint": hint,
        "groups": finder.groups(work, ticked, hint.typical if hint else []),
        "found": found,
        "expectation": finder.expectation(found.role, level),
        "may_open": RULES["opening_new"].admits(request.user),
    }
    return render(request, "roles/finder.html", context, status=200 if form.is_valid() else 422)
