"""Handing on an area that was not reached, and taking that back."""

from django.contrib import messages
from django.shortcuts import redirect

from interviewbank.access.fetch import fetch
from scorecards.forms.handovers import HandoverForm
from scorecards.models import Handover, Interview
from scorecards.workflow.handovers import HandoverError, hand_over, take_back_handover

from .preparing import prepare_page


def handover_new(request, pk):
    visible = Interview.objects.visible_to(request.user).with_people()
    interview = fetch(request, visible, pk=pk)
    form = HandoverForm(request.POST)
    if not form.is_valid():
        return prepare_page(request, interview, failed=form)
    area = form.cleaned_data["area"]
    try:
        hand_over(interview=interview, area=area, by=request.user)
    except HandoverError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"{area} is asked of whoever meets the candidate later. Your name isn't said."
        )
    return redirect("interview_prepare", pk=interview.pk)


def handover_withdraw(request, pk):
    handover = fetch(request, Handover.objects.visible_to(request.user), pk=pk)
    try:
        take_back_handover(handover=handover, by=request.user)
    except HandoverError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{handover.area} is not asked of anybody else.")
    return redirect("interview_prepare", pk=handover.interview_id)
