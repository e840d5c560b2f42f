"""A question found bad is left out of an opening, or taken back in, by its chair."""

from django.contrib import messages
from django.shortcuts import redirect, render

from scorecards.forms.exclusions import PickForm, ReasonForm
from scorecards.summaries import exclusions as summaries
from scorecards.workflow.exclusions import (
    ChangedMeanwhile,
    ExclusionError,
    last_number,
    set_excluded,
)

from .openings import fetch_opening


def exclusion_list(request, pk):
    opening = fetch_opening(request, pk)
    history = list(summaries.history(opening))
    context = {
        "opening": opening,
        "left_out": summaries.left_out(history),
        "history": history,
        "asks": summaries.askable(opening).exists(),
    }
    return render(request, "scorecards/exclusion_list.html", context)


def exclusion_new(request, pk):
    """Two steps of one page: the question is in the address, the reason is posted."""
    opening = fetch_opening(request, pk)
    questions = summaries.askable(opening)
    if request.method == "POST":
        return _confirm(request, opening, ReasonForm(request.POST, questions=questions))
    pick = PickForm(request.GET if "question" in request.GET else None, questions=questions)
    if not pick.is_valid():
        return _page(request, opening, pick)
    question = pick.cleaned_data["question"]
    form = ReasonForm(
        questions=questions,
        question=question,
        excluded=not question.out,
        after=last_number(opening),
    )
    return _page(request, opening, pick, form, question)


def _confirm(request, opening, form):
    if form.is_valid():
        try:
            made = set_excluded(opening=opening, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile as error:
            form.add_error(None, str(error))
        except ExclusionError as error:
            form.add_error("reason", str(error))
        else:
            said = "is left out" if made.excluded else "counts again"
            title = form.cleaned_data["question"].title
            messages.success(request, f"“{title}” {said} for every candidate of this opening.")
            return redirect("exclusion_list", pk=opening.pk)
    # Read again: somebody else may have been faster.
    questions = summaries.askable(opening)
    pick = PickForm(form.data, questions=questions)
    if not pick.is_valid():
        return _page(request, opening, pick)
    question = pick.cleaned_data["question"]
    form.renew(excluded=not question.out, after=last_number(opening))
    return _page(request, opening, pick, form, question)


def _page(request, opening, pick, form=None, question=None):
    """Without a form: the first step."""
    excluded = question is not None and not question.out
    context = {"opening": opening, "pick": pick, "form": form, "question": question}
    if question:
        effects = summaries.effects(opening, question, request.user, excluded=excluded)
        context |= {
            "excluded": excluded,
            "effects": effects,
            "flips": [effect for effect in effects if effect.outcome_changes],
            "moves": [effect for effect in effects if effect.changes],
        }
    invalid = bool(pick.errors or (form is not None and form.is_bound and form.errors))
    template = "scorecards/exclusion_new.html"
    return render(request, template, context, status=422 if invalid else 200)
