"""Amending a submitted scorecard. A plain form: it works without JavaScript."""

from django.contrib import messages
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from scorecards.forms.amending import AmendForm
from scorecards.models import Scorecard
from scorecards.summaries.amending import Standing, decision_known_to, standing
from scorecards.workflow.amending import amend_scorecard, something_is_open_to
from scorecards.workflow.fields import ScoringError


def scorecard_amend(request, pk):
    card = fetch(request, Scorecard.objects.visible_to(request.user).with_interview(), pk=pk)
    now = standing(card)
    given = {"sheet": now.sheet, "values": now.values, "after": now.last}
    if request.method == "GET":
        return _page(request, now, AmendForm(**given))
    form = AmendForm(request.POST, **given)
    if form.is_valid():
        try:
            submission = amend_scorecard(
                scorecard=card,
                by=request.user,
                values=form.values(),
                reason=form.cleaned_data["reason"],
                after=form.cleaned_data["after"],
            )
        except ScoringError as error:
            form.refuse(error)
        else:
            messages.success(request, "Your amendment is submitted.")
            return redirect("submission_detail", pk=submission.pk)
    return _page(request, now, form, status=422)


def _page(request, now: Standing, form: AmendForm, *, status: int = 200):
    application = now.sheet.card.interview.application
    context = {
        "form": form,
        "card": now.sheet.card,
        "interview": now.sheet.card.interview,
        "first": now.submissions[0],
        "amendments": now.amendments,
        "marked": something_is_open_to(request.user, application),
        "decision": decision_known_to(request.user, application),
    }
    return render(request, "scorecards/scorecard_amend.html", context, status=status)
