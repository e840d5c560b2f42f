"""Ending an application or an opening, and taking it up again."""

from django.contrib import messages
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from scorecards.forms.closing import EndForm, OpeningStateForm
from scorecards.models import Application, Opening
from scorecards.summaries.closing import effects_of, ending_of
from scorecards.workflow.closing import (
    ClosingError,
    change_opening_state,
    end_application,
    reopen_application,
)


def fetch_application(request, pk):
    visible = Application.objects.visible_to(request.user).with_people()
    return fetch(request, visible, pk=pk)


def application_end(request, pk):
    application = fetch_application(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            end_application(application=application, by=request.user, **form.cleaned_data)
        except ClosingError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The application has ended. Nobody owes a scorecard of it.")
        return redirect("application_detail", pk=application.pk)
    context = {
        "application": application,
        "ending": ending_of(application, request.user),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "scorecards/application_end.html", context, status=status)


def application_reopen(request, pk):
    application = fetch_application(request, pk)
    try:
        reopen_application(application=application, by=request.user)
    except ClosingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The application goes on. Assign the interviews that are needed.")
    return redirect("application_detail", pk=application.pk)


def opening_state(request, pk):
    visible = Opening.objects.visible_to(request.user).select_related("role")
    opening = fetch(request, visible, pk=pk)
    form = OpeningStateForm(
        request.POST if request.method == "POST" else None, initial={"state": opening.state}
    )
    if form.is_valid():
        changed = change_opening_state(
            opening=opening, by=request.user, state=form.cleaned_data["state"]
        )
        messages.success(request, f"The opening is {changed.get_state_display().lower()}.")
        return redirect("opening_detail", pk=opening.pk)
    context = {"opening": opening, "effects": effects_of(opening), "form": form}
    status = 422 if form.errors else 200
    return render(request, "scorecards/opening_state.html", context, status=status)
