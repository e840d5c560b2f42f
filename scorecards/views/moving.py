"""An interview at another time or place."""

from django.contrib import messages
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from scorecards.forms.assigning import MoveForm
from scorecards.models import Interview
from scorecards.workflow.interviews import InterviewError
from scorecards.workflow.moving import move_interview


def interview_move(request, pk):
    visible = Interview.objects.visible_to(request.user).with_people()
    interview = fetch(request, visible, pk=pk)
    form = MoveForm(request.POST if request.method == "POST" else None, interview=interview)
    if form.is_valid():
        try:
            move_interview(interview=interview, by=request.user, **form.chosen())
        except InterviewError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"The interview with {interview.interviewer} is changed.")
            for note in form.notes:
                messages.info(request, note)
        return redirect("application_detail", pk=interview.application_id)
    context = {"interview": interview, "application": interview.application, "form": form}
    status = 422 if form.errors else 200
    return render(request, "scorecards/interview_move.html", context, status=status)
