"""Who did what and who read what, in plain words."""

from django.core.paginator import Paginator
from django.shortcuts import render

from interviewbank.access.fetch import fetch
from scorecards.forms.trail import PageForm
from scorecards.models import Application, Opening
from scorecards.summaries import trail

PAGE_SIZE = 50


def _page(request, events):
    form = PageForm(request.GET)
    number = form.cleaned_data["page"] if form.is_valid() else None
    return Paginator(events, PAGE_SIZE).get_page(number or 1)


def trail_list(request):
    page = _page(request, trail.events_for_administrator(request.user))
    context = {"page": page, "lines": trail.lines(list(page.object_list))}
    return render(request, "scorecards/trail_list.html", context)


def opening_trail(request, pk):
    opening = fetch(request, Opening.objects.visible_to(request.user), pk=pk)
    page = _page(request, trail.events_of_opening(opening, request.user))
    context = {
        "opening": opening,
        "page": page,
        "lines": trail.lines(
            list(page.object_list), applications=Application.objects.visible_to(request.user)
        ),
        "readings": trail.readings(opening, request.user),
    }
    return render(request, "scorecards/opening_trail.html", context)
