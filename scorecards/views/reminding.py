"""The one nudge for a scorecard that is overdue."""

from django.contrib import messages
from django.shortcuts import redirect

from interviewbank.access.fetch import fetch
from scorecards.models import Interview
from scorecards.workflow.interviews import InterviewError
from scorecards.workflow.reminding import remind


def interview_remind(request, pk):
    visible = Interview.objects.visible_to(request.user).with_people()
    interview = fetch(request, visible, pk=pk)
    try:
        remind(interview=interview, by=request.user)
    except InterviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{interview.interviewer} was reminded by mail.")
    return redirect("application_detail", pk=interview.application_id)
