"""Before an interview and instead of one: prepare, print, the calendar, what did not take place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from interviewbank.access.fetch import fetch
from scorecards.forms.attending import MovedForm, NotHeldForm
from scorecards.models import Interview
from scorecards.summaries.calendars import calendar_entry
from scorecards.summaries.preparing import preparation
from scorecards.workflow.ended_interviews import mark_moved, mark_not_held, take_back
from scorecards.workflow.interviews import InterviewError


def own_interview(request, pk):
    visible = Interview.objects.visible_to(request.user).with_people()
    return fetch(request, visible, pk=pk)


def interview_prepare(request, pk):
    return prepare_page(request, own_interview(request, pk))


def prepare_page(request, interview, failed=None):
    """`failed` is the form of this page that could not be used."""
    forms = {"not_held": NotHeldForm(), "moved": MovedForm()}
    for name, kind in (("moved", MovedForm), ("not_held", NotHeldForm)):
        if isinstance(failed, kind):
            forms[name] = failed
    context = {"page": preparation(interview), "interview": interview, "failed": failed, **forms}
    status = 422 if failed else 200
    return render(request, "scorecards/interview_prepare.html", context, status=status)


def interview_print(request, pk):
    interview = own_interview(request, pk)
    context = {"page": preparation(interview), "interview": interview}
    return render(request, "scorecards/interview_print.html", context)


def interview_calendar(request, pk):
    interview = own_interview(request, pk)
    addresses = {
        "scorecard_url": reverse("scorecard_live", args=[interview.scorecard.pk]),
        "prepare_url": reverse("interview_prepare", args=[interview.pk]),
    }
    absolute = {name: request.build_absolute_uri(url) for name, url in addresses.items()}
    return HttpResponse(
        calendar_entry(interview, **absolute),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="interview.ics"'},
    )


def interview_not_there(request, pk):
    interview = own_interview(request, pk)
    form = NotHeldForm(request.POST)
    return _say(request, interview, mark_not_held, form, "Noted: it did not take place.")


def interview_moved(request, pk):
    interview = own_interview(request, pk)
    form = MovedForm(request.POST)
    return _say(request, interview, mark_moved, form, "Noted: it was moved.")


def _say(request, interview, act, form, said):
    if not form.is_valid():
        return prepare_page(request, interview, failed=form)
    try:
        act(interview=interview, by=request.user, **form.cleaned_data)
    except InterviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{said} The coordinator sees it, and you owe no scorecard.")
    return redirect("interview_prepare", pk=interview.pk)


def interview_took_place(request, pk):
    interview = own_interview(request, pk)
    try:
        take_back(interview=interview, by=request.user)
    except InterviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The interview counts again, and its scorecard is open.")
    return redirect("interview_prepare", pk=interview.pk)
