"""Beside the editor: compare, preview, autosave, retire and restore."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from interviewbank.access.fetch import fetch
from roles.advice import advise, reading_time
from roles.forms import CompareForm, QuestionForm, RetireForm
from roles.summaries import comparability, questions
from roles.workflow import content, errors
from roles.workflow.questions import save_draft
from roles.workflow.retiring import restore_question, retire_question

from .drafts import SignedIn, fetch_question
from .questions import page, visible


def question_compare(request: HttpRequest, pk: Any) -> HttpResponse:
    question = fetch(request, visible(request), pk=pk)
    history = questions.history(question)
    form = CompareForm(request.GET, versions=history.choices)
    context: dict[str, Any] = {"question": question, "history": history, "form": form}
    if form.is_valid():
        before, after = (history.numbered(form.cleaned_data[name]) for name in "ab")
        names = dict(history.choices)
        if before and after:
            context |= {
                "before": before,
                "after": after,
                "before_name": names[before.number],
                "after_name": names[after.number],
                "rows": questions.differences(before, after),
                "comparable": comparability.comparable(before, after),
            }
    status = 422 if form.errors else 200
    return render(request, "roles/question_compare.html", context, status=status)


def question_preview(request: SignedIn, pk: Any) -> HttpResponse:
    question = fetch_question(request, pk)
    version = questions.history(question).newest
    context = {
        "question": question,
        "version": version,
        "reading_time": reading_time(version.prompt),
    }
    return render(request, "roles/question_preview.html", context)


def question_autosave(request: SignedIn, pk: Any) -> HttpResponse:
    """For the script of the editor. Only an answer with a `token` means that it is saved."""
    question = fetch_question(request, pk)
    history = questions.history(question)
    form = QuestionForm(request.POST, version=history.newest, published=bool(history.live))
    if not form.is_valid():
        return JsonResponse({"error": _first_error(form), "advice": form.advice}, status=422)
    try:
        version = save_draft(
            question=question,
            by=request.user,
            seen=form.cleaned_data["seen"],
            **form.fields_to_save,
        )
    except errors.Changed as error:
        return JsonResponse({"conflict": str(error)}, status=409)
    except errors.BankError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse(_saved(version))


def question_retire(request: SignedIn, pk: Any) -> HttpResponse:
    question = fetch_question(request, pk)
    form = RetireForm(request.POST)
    if not form.is_valid():
        history = questions.history(question)
        return page(request, question, history, history.live or history.newest, reason=form)
    try:
        retire_question(question=question, by=request.user, reason=form.cleaned_data["reason"])
    except errors.AlreadyRetired as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "The question is retired. Scorecards that have it keep it.")
    return redirect("question_detail", pk=pk)


def question_restore(request: SignedIn, pk: Any) -> HttpResponse:
    question = fetch_question(request, pk)
    try:
        restore_question(question=question, by=request.user)
    except errors.NotRetired as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "The question is in use again.")
    return redirect("question_detail", pk=pk)


def _saved(version: Any) -> dict[str, Any]:
    now = timezone.localtime(version.saved_at)
    words = content.words_of(version)
    return {
        "token": content.token(version.question, version),
        "draft": version.published_at is None,
        "saved": f"{now:%H:%M}",
        "advice": advise(words),
        "reading_time": reading_time(version.prompt),
    }


def _first_error(form: QuestionForm) -> str:
    name, found = next(iter(form.errors.items()))
    label = form[name].label if name in form.fields else ""
    return f"{label}: {found[0]}" if label else str(found[0])
