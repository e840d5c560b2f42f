"""The decision: recorded by a chair, commented on later, taken along as a packet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from interviewbank.access.fetch import fetch
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.forms.decisions import CommentForm, DecisionForm
from scorecards.models import Application, Decision, Submission
from scorecards.packet import canonical
from scorecards.summaries.packet_page import page_of, page_to_keep
from scorecards.summaries.packets import document_of
from scorecards.summaries.review import review
from scorecards.workflow.decisions import (
    AgainReasonMissing,
    DecisionError,
    ExceptionReasonMissing,
    OverrideReasonMissing,
    RationaleTooShort,
    comment_on,
    record_decision,
)

from .committee import review_page

FIELD_OF_ERROR = {
    RationaleTooShort: "rationale",
    OverrideReasonMissing: "override_reason",
    ExceptionReasonMissing: "exception_reason",
    AgainReasonMissing: "again_reason",
}


def decision_new(request, pk):
    application = fetch(request, Application.objects.visible_to(request.user).with_people(), pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            decision = record_decision(
                application=application, by=request.user, **form.cleaned_data
            )
        except DecisionError as error:
            form.add_error(FIELD_OF_ERROR.get(type(error)), str(error))
        else:
            messages.success(
                request, f"The decision is recorded: {decision.get_outcome_display().lower()}."
            )
            return redirect("application_review", pk=application.pk)
    shown = review(application, request.user)
    form.renew(after=len(shown.decisions))
    return review_page(request, shown, form=form, status=422)


def decision_note(request, pk):
    decision = _fetch(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            comment_on(decision=decision, by=request.user, text=form.cleaned_data["text"])
        except DecisionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Your comment is added below the decision.")
            return redirect("application_review", pk=decision.application_id)
    shown = review(decision.application, request.user)
    return review_page(request, shown, comment=form, status=422)


def decision_packet(request, pk):
    decision = _fetch(request, pk)
    if not decision.snapshot:
        return _gone(request, decision)
    _note_reading(request, decision)
    printed_at = timezone.now().isoformat()
    context = page_of(document_of(decision)) | {"decision": decision, "printed_at": printed_at}
    return render(request, "scorecards/packet.html", context)


def decision_packet_file(request, pk):
    decision = _fetch(request, pk)
    if not decision.snapshot:
        return _gone(request, decision)
    _note_reading(request, decision)
    page = page_to_keep(document_of(decision))
    return _download(decision, page, "text/html; charset=utf-8", "html")


def decision_packet_json(request, pk):
    decision = _fetch(request, pk)
    if not decision.snapshot:
        return _gone(request, decision)
    _note_reading(request, decision)
    return _download(decision, canonical(document_of(decision)), "application/json", "json")


def _fetch(request, pk) -> Decision:
    return fetch(request, Decision.objects.visible_to(request.user).with_people(), pk=pk)


def _note_reading(request, decision) -> None:
    """A packet shows all that was handed in. A HEAD request shows nobody anything."""
    if request.method == "GET":
        kept = [
            one["id"] for card in decision.snapshot["interviews"] for one in card["submissions"]
        ]
        trail.record_reads(
            reader=request.user,
            objects=Submission.objects.visible_to(request.user).among(kept).of_others(request.user),
            scope=ReadEvent.Scope.WHOLE,
        )


def _download(decision, text: str, content_type: str, ending: str) -> HttpResponse:
    """The name says nothing of the candidate: files lie about."""
    name = f"packet-{str(decision.pk)[:8]}-{decision.number}.{ending}"
    return HttpResponse(
        text,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _gone(request, decision):
    return render(request, "scorecards/packet_gone.html", {"decision": decision}, status=410)
