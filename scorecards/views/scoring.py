"""The live scorecard, handing it in, and reading what was handed in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from interviewbank.access.fetch import fetch
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.forms.lost import lost_versions
from scorecards.forms.scoring import LABELS, LiveForm, blank_entries, entries, in_words
from scorecards.forms.submitting import SubmitForm
from scorecards.models import Scorecard, Submission
from scorecards.permissions import can_amend, can_review
from scorecards.summaries.live import live_data
from scorecards.summaries.scoring import Asked, Sheet, read_sheet
from scorecards.summaries.submissions import handed_in
from scorecards.workflow.fields import ScoringError
from scorecards.workflow.scoring import (
    AlreadySubmitted,
    Change,
    NotOpenToYou,
    Outcome,
    Result,
    save_fields,
)
from scorecards.workflow.submitting import ChangedElsewhere, submit_scorecard

from .operations import scorecard_submit_op


def _own_sheet(request, pk) -> Sheet:
    card = fetch(request, Scorecard.objects.visible_to(request.user).with_interview(), pk=pk)
    return read_sheet(card)


def scorecard_live(request, pk):
    sheet = _own_sheet(request, pk)
    slug, locked = request.GET.get("q"), sheet.card.submitted_at is not None
    start = sheet.first if locked else sheet.first_open()
    asked = start if slug is None else sheet.at(slug)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _save(request, sheet, asked)
    if locked:
        return _locked_page(request, sheet, asked)
    return _live_page(request, sheet, asked, entries(asked, sheet.card))


def _save(request, sheet: Sheet, asked: Asked):
    form = LiveForm(request.POST, asked=asked, card=sheet.card)
    form.is_valid()  # nothing in it can fail: each value is checked where it is stored
    changes = form.changes()
    try:
        results = save_fields(scorecard=sheet.card, by=request.user, changes=changes)
    except AlreadySubmitted as error:
        if changes:
            sheet = _own_sheet(request, sheet.card.pk)
            return _locked_page(request, sheet, asked, unsaved=changes)
        messages.info(request, str(error))
        return redirect("scorecard_live", pk=sheet.card.pk)
    except NotOpenToYou as error:
        raise PermissionDenied(str(error)) from error
    if not _all_kept(results):
        sheet = _own_sheet(request, sheet.card.pk)
        asked = sheet.questions[asked.number - 1]
        fields = form.entries(entries(asked, sheet.card), changes, results)
        return _live_page(request, sheet, asked, fields, status=422)
    if any(result.outcome is Outcome.APPLIED for result in results):
        clock = date_format(timezone.localtime(), "H:i")
        messages.success(request, f"Saved {clock}", extra_tags="saved")
    return redirect(_next_address(sheet, asked, form.cleaned_data["go"]))


def _next_address(sheet: Sheet, asked: Asked, go: str) -> str:
    after = sheet.after(asked)
    if go == "today":
        return reverse("today")
    if go == "review" or (go == "next" and after is None):
        return reverse("scorecard_submit", args=[sheet.card.pk])
    target = {"next": after, "previous": sheet.before(asked)}.get(go) or asked
    return reverse("scorecard_live", args=[sheet.card.pk]) + f"?q={target.slug}"


def _live_page(request, sheet: Sheet, asked: Asked, fields: dict, *, status: int = 200):
    shown = list(messages.get_messages(request))
    refused = [entry for entry in fields.values() if entry.error]
    clashes = [
        (entry, *(in_words(asked, entry.kind, value) for value in (entry.value, entry.theirs)))
        for entry in fields.values()
        if entry.clashes
    ]
    context = {
        **_question_context(sheet, asked, fields),
        "refused": refused,
        "clashes": clashes,
        "notes": [note for note in shown if "saved" not in note.tags],
        "live": {**live_data(sheet, request.user), "labels": LABELS},
        "others": [
            _question_context(sheet, other, blank_entries())
            for other in sheet.questions
            if other != asked
        ],
    }
    page = "scorecard_conflict" if clashes else "scorecard_live"
    return render(request, f"scorecards/{page}.html", context, status=status)


def _locked_page(request, sheet: Sheet, asked: Asked, *, unsaved: list[Change] | None = None):
    """`unsaved`: what came in after the scorecard was handed in, to be copied from the page."""
    asked = sheet.questions[asked.number - 1]
    application = sheet.card.interview.application
    context = {
        **_question_context(sheet, asked, entries(asked, sheet.card)),
        "locked": True,
        "submission": sheet.card.submissions.first(),
        "others_open": can_review(request.user, application),
        "unsaved": [change.value for change in unsaved or () if isinstance(change.value, str)],
    }
    return render(
        request, "scorecards/scorecard_locked.html", context, status=409 if unsaved else 200
    )


def _question_context(sheet: Sheet, asked: Asked, fields: dict) -> dict:
    return {
        "sheet": sheet,
        "card": sheet.card,
        "interview": sheet.card.interview,
        "asked": asked,
        "before": sheet.before(asked),
        "after": sheet.after(asked),
        "fields": fields,
    }


def scorecard_submit(request, pk):
    if request.content_type == "application/json":
        return scorecard_submit_op(request, pk)
    sheet = _own_sheet(request, pk)
    if sheet.card.submitted_at is not None:
        return _already_submitted(request, pk)
    if request.method == "POST":
        return _hand_in(request, sheet)
    return _submit_page(request, sheet, SubmitForm(sheet=sheet))


def _already_submitted(request, pk):
    messages.info(request, str(AlreadySubmitted()))
    return redirect("scorecard_live", pk=pk)


def _hand_in(request, sheet: Sheet):
    card, form = sheet.card, SubmitForm(request.POST, sheet=sheet)
    form.is_valid()
    if form.cleaned_data["revision"] != card.revision:
        form.add_error(None, str(ChangedElsewhere()))
        return _submit_page(request, sheet, form, status=422, saved=False)
    try:
        results = save_fields(scorecard=card, by=request.user, changes=form.changes())
        sheet = _own_sheet(request, card.pk)
        form = SubmitForm(request.POST, sheet=sheet)
        form.is_valid()
        form.refuse(results)
        if form.cleaned_data["go"] == "questions" and _all_kept(results):
            return redirect("scorecard_live", pk=card.pk)
        if not form.errors:
            saved = any(one.outcome is Outcome.APPLIED for one in results)
            submit_scorecard(
                scorecard=card,
                by=request.user,
                expected=card.revision + saved,
                **form.statement(),
            )
            messages.success(request, "Your scorecard is submitted.")
            return redirect("scorecard_live", pk=card.pk)
    except AlreadySubmitted:
        return _already_submitted(request, card.pk)
    except NotOpenToYou as error:
        raise PermissionDenied(str(error)) from error
    except ScoringError as error:
        form.add_error(None, str(error))
    return _submit_page(request, sheet, form, status=422, saved=_all_kept(results))


def _all_kept(results: list[Result]) -> bool:
    return not any(one.outcome in (Outcome.REJECTED, Outcome.CONFLICT) for one in results)


def _submit_page(request, sheet: Sheet, form: SubmitForm, *, status: int = 200, saved: bool = True):
    context = {
        "sheet": sheet,
        "card": sheet.card,
        "interview": sheet.card.interview,
        "form": form,
        "unsaved": not saved,
        "live": {**live_data(sheet, request.user), "labels": LABELS, "stale": not saved},
        "lost": lost_versions(sheet),
    }
    return render(request, "scorecards/scorecard_submit.html", context, status=status)


def submission_detail(request, pk):
    submission = fetch(request, Submission.objects.visible_to(request.user).with_interview(), pk=pk)
    shown = handed_in(submission, request.user)
    # A HEAD request shows nobody anything.
    if request.method == "GET" and not shown.own:
        trail.record_reads(
            reader=request.user, objects=shown.submissions, scope=ReadEvent.Scope.WHOLE
        )
    application = submission.scorecard.interview.application
    context = {
        "shown": shown,
        "card": submission.scorecard,
        "interview": submission.scorecard.interview,
        "may_review": can_review(request.user, application),
        "may_amend": can_amend(request.user, submission.scorecard),
    }
    return render(request, "scorecards/submission_detail.html", context)
