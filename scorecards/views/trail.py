"""Who did what and who read what, in plain words."""

from django.core.paginator import Paginator
from django.shortcuts import render

from interviewbank.access.fetch import fetch
from scorecards.forms.trail import TrailForm
from scorecards.models import Application, Opening
from scorecards.summaries import trail

PAGE_SIZE = 50


def _asked(request, events):
    form = TrailForm(request.GET)
    asked = form.asked()
    page = Paginator(trail.narrowed(events, **asked), PAGE_SIZE).get_page(request.GET.get("page"))
    return {"form": form, "asked": asked, "page": page}


def _render(request, name, context):
    status = 422 if context["form"].errors else 200
    return render(request, f"scorecards/{name}.html", context, status=status)


def trail_list(request):
    context = _asked(request, trail.events_for_administrator(request.user))
    context["lines"] = trail.lines(list(context["page"].object_list))
    return _render(request, "trail_list", context)


def opening_trail(request, pk):
    opening = fetch(request, Opening.objects.visible_to(request.user), pk=pk)
    context = _asked(request, trail.events_of_opening(opening, request.user))
    context |= {
        "opening": opening,
        "lines": trail.lines(
            list(context["page"].object_list),
            applications=Application.objects.visible_to(request.user),
        ),
        "readings": trail.readings(opening, request.user),
    }
    return _render(request, "opening_trail", context)
