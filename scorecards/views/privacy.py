"""Candidates as persons: legal holds, and erasure. Nothing of what was said of them."""

from django.contrib import messages
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from scorecards.forms.privacy import ErasureForm, HoldForm, PersonSearch
from scorecards.models import Candidate
from scorecards.summaries import privacy
from scorecards.workflow import erasing


def privacy_list(request):
    form = PersonSearch(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    context = {"form": form, "q": words, "kept": privacy.privacy_list(request.user, words)}
    return render(
        request, "scorecards/privacy_list.html", context, status=422 if form.errors else 200
    )


def _candidate(request, pk) -> Candidate:
    return fetch(request, Candidate.objects.visible_to(request.user), pk=pk)


def candidate_privacy(request, pk):
    return _page(request, _candidate(request, pk))


def _page(request, candidate, *, asked=None, held=None, status=200):
    context = {
        "kept": privacy.kept(candidate, request.user),
        "candidate": candidate,
        "asked": asked or ErasureForm(),
        "held": held or HoldForm(initial={"reason": candidate.legal_hold}),
        "failed": asked or held,
    }
    return render(request, "scorecards/candidate_privacy.html", context, status=status)


def _act(request, candidate, said, act, **values):
    """Do it and say so, or say why not, on the candidate's page."""
    try:
        act(candidate=candidate, by=request.user, **values)
    except erasing.ErasureError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, said)
    return redirect("candidate_privacy", pk=candidate.pk)


def erasure_request(request, pk):
    candidate, form = _candidate(request, pk), ErasureForm(request.POST)
    if not form.is_valid():
        return _page(request, candidate, asked=form, status=422)
    said = "The erasure is asked for. Another administrator approves it, or you tomorrow."
    return _act(request, candidate, said, erasing.request_erasure, **form.cleaned_data)


def erasure_withdraw(request, pk):
    said = "The erasure is not asked for any more."
    return _act(request, _candidate(request, pk), said, erasing.withdraw_erasure)


def candidate_erase(request, pk):
    said = "The candidate is erased. Names and words are gone, the levels stay without them."
    return _act(request, _candidate(request, pk), said, erasing.erase)


def candidate_hold(request, pk):
    candidate, form = _candidate(request, pk), HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, candidate, held=form, status=422)
    said = "Nothing of this candidate is erased now." if form.cleaned_data["reason"] else "Lifted."
    return _act(request, candidate, said, erasing.set_legal_hold, **form.cleaned_data)
