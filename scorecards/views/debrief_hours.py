"""The debrief hour of an opening: lining candidates up, moving through them, following."""

from django.contrib import messages
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from scorecards.forms.debriefs import LineUpForm, MoveForm
from scorecards.models import DebriefHour
from scorecards.permissions import can_lead_hour
from scorecards.summaries import debrief_hours as summaries
from scorecards.workflow.debrief_hours import HourError, close_hour, move_hour, open_hour

from .debriefs import followed
from .openings import fetch_opening


def fetch_hour(request, pk):
    visible = DebriefHour.objects.visible_to(request.user).select_related("opening", "opened_by")
    return fetch(request, visible, pk=pk)


def hour_new(request, pk):
    opening = fetch_opening(request, pk)
    choices = summaries.choices(opening, request.user)
    form = LineUpForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_valid():
        try:
            hour = open_hour(
                opening=opening,
                by=request.user,
                line_up=form.chosen,
                minutes=form.cleaned_data["minutes"],
            )
        except HourError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The debrief hour has begun. The committee sees the line.")
            return redirect("hour_detail", pk=hour.pk)
    context = {
        "opening": opening,
        "form": form,
        "under_way": summaries.under_way(opening, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "scorecards/debrief_hour_new.html", context, status=status)


def hour_detail(request, pk):
    return _page(request, fetch_hour(request, pk))


def hour_follow(request, pk):
    hour = fetch_hour(request, pk)
    context = {"line_up": summaries.line_up(hour, request.user)}
    return followed(request, "scorecards/_debrief_line.html", context)


def hour_move(request, pk):
    hour = fetch_hour(request, pk)
    form = MoveForm(request.POST, applications=summaries.in_line(hour, request.user))
    if not form.is_valid():
        return _page(request, hour, move=form)
    try:
        move_hour(hour=hour, to=form.cleaned_data["to"])
    except HourError as error:
        messages.error(request, str(error))
        return redirect("hour_detail", pk=hour.pk)
    moved = summaries.line_up(fetch_hour(request, pk), request.user).current
    if moved and moved.under_way:
        return redirect("debrief_detail", pk=moved.debrief)
    return redirect("hour_detail", pk=hour.pk)


def hour_close(request, pk):
    hour = fetch_hour(request, pk)
    try:
        close_hour(hour=hour, by=request.user)
    except HourError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The debrief hour has ended. Open debriefs stay open.")
    return redirect("hour_detail", pk=hour.pk)


def _page(request, hour, move=None):
    """`move` is a form that could not be taken."""
    context = {
        "hour": hour,
        "line_up": summaries.line_up(hour, request.user),
        "move": move or MoveForm(applications=summaries.in_line(hour, request.user)),
        "leads": can_lead_hour(request.user, hour),
    }
    status = 422 if move else 200
    return render(request, "scorecards/debrief_hour.html", context, status=status)
