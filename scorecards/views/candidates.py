"""Candidates of an opening and their interviews, for those who plan them."""

from django.contrib import messages
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from scorecards.forms.assigning import AssignForm, BegunForm
from scorecards.forms.candidates import CancelForm, CandidateForm
from scorecards.models import Application, Interview, Opening
from scorecards.permissions import can_assign, can_plan, can_reopen, can_review
from scorecards.summaries import debriefs
from scorecards.summaries.closing import why_ended
from scorecards.summaries.handovers import handed_over
from scorecards.summaries.openings import planned_coverage
from scorecards.summaries.schedule import (
    next_assignment,
    rounds_of,
    schedule_of,
    state_shown,
)
from scorecards.workflow.interviews import (
    AlreadyAssigned,
    AlreadyCandidate,
    InterviewError,
    OtherPlan,
    OwnApplication,
    add_candidate,
    assign_panel,
    cancel_interview,
)


def posted(request):
    return request.POST if request.method == "POST" else None


FIELD_OF_ERROR = {OtherPlan: "round", AlreadyAssigned: "round"}


def fetch_application(request, pk):
    visible = Application.objects.visible_to(request.user).with_people()
    return fetch(request, visible, pk=pk)


def candidate_new(request, pk):
    visible = Opening.objects.visible_to(request.user).select_related("role")
    opening = fetch(request, visible, pk=pk)
    form = CandidateForm(posted(request), by=request.user)
    if form.is_valid():
        try:
            application = add_candidate(opening=opening, by=request.user, **form.cleaned_data)
        except (AlreadyCandidate, OwnApplication) as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"{application.candidate} is a candidate of this opening.")
            return redirect("application_detail", pk=application.pk)
    context = {"opening": opening, "form": form}
    status = 422 if form.errors else 200
    return render(request, "scorecards/candidate_new.html", context, status=status)


def application_detail(request, pk):
    return application_page(request, fetch_application(request, pk))


def application_page(request, application, failed=None):
    """`failed` is the form that could not cancel its interview."""
    user = request.user
    schedule = schedule_of(application, user)
    coordinates = can_plan(user, application.opening)
    slots = [slot for group in schedule.rounds for slot in group.slots if slot.may_cancel]
    forms = {slot.interview.pk: CancelForm(interview=slot.interview) for slot in slots}
    if failed:
        forms[failed.interview.pk] = failed
    context = {
        "application": application,
        "schedule": schedule,
        "forms": forms,
        "failed": failed,
        "state": state_shown(application, schedule),
        "why_ended": why_ended(application),
        "handed_over": handed_over(application) if coordinates and schedule.shows_cards else [],
        "coordinates": coordinates,
        "may_assign": can_assign(user, application),
        "may_reopen": can_reopen(user, application),
        "may_review": can_review(user, application),
        "debriefs": debriefs.state_of(application, user),
    }
    status = 422 if failed else 200
    return render(request, "scorecards/application_detail.html", context, status=status)


def interview_new(request, pk):
    """Assigns one interviewer or a panel, and comes back for the next."""
    application = fetch_application(request, pk)
    form = _assignment(request, application)
    if form.is_valid():
        try:
            made = assign_panel(application=application, by=request.user, **form.chosen())
        except InterviewError as error:
            form.add_error(FIELD_OF_ERROR.get(type(error), "interviewer"), str(error))
        else:
            names = ", ".join(str(one.interviewer) for one in made)
            messages.success(
                request, f"{names} {'have' if len(made) > 1 else 'has'} “{made[0].round}”."
            )
            for note in form.notes:
                messages.info(request, note)
            return redirect("interview_new", pk=application.pk)
    context = {
        "application": application,
        "schedule": schedule_of(application, request.user),
        "open": planned_coverage(application),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "scorecards/interview_new.html", context, status=status)


def _assignment(request, application):
    """As posted; or begun, by who asks first who is free at the time that they typed."""
    given = {
        "application": application,
        "rounds": rounds_of(application),
        "initial": next_assignment(application),
    }
    looks = "look" in request.POST
    form = AssignForm(None if looks else posted(request), **given)
    begun = BegunForm(request.POST if looks else request.GET, of=form)
    if looks and not begun.is_valid():
        return AssignForm(request.POST, **given)
    form.begin_with(begun.chosen())
    return form


def interview_cancel(request, pk):
    visible = Interview.objects.visible_to(request.user).with_people()
    interview = fetch(request, visible, pk=pk)
    application = interview.application
    form = CancelForm(request.POST, interview=interview)
    if not form.is_valid():
        return application_page(request, application, failed=form)
    try:
        cancel_interview(interview=interview, by=request.user, reason=form.cleaned_data["reason"])
    except InterviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The interview with {interview.interviewer} is cancelled.")
    return redirect("application_detail", pk=application.pk)
