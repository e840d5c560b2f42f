"""Reading the bank: the list, a question, each of its versions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from interviewbank.access.fetch import fetch
from interviewbank.access.policy import RULES
from roles.advice import reading_time
from roles.forms import FilterForm, RetireForm
from roles.models import Question
from roles.summaries import bank, questions, use

from .drafts import question_discard_draft, question_edit, question_new, question_publish

__all__ = [
    "question_detail",
    "question_discard_draft",
    "question_edit",
    "question_list",
    "question_new",
    "question_publish",
    "question_version",
]


def question_list(request: HttpRequest) -> HttpResponse:
    facets = bank.facets()
    form = FilterForm(request.GET, choices={facet.name: facet.labels for facet in facets})
    for facet in facets:
        facet.chosen = form.chosen(facet.name)
    context = {
        "form": form,
        "size": bank.bank_size(request.user),
        "listing": bank.listing(
            request.user,
            facets,
            search=form.cleaned_data.get("q", ""),
            page=form.cleaned_data.get("page") or 1,
            sort=form.cleaned_data.get("sort", ""),
        ),
        "may_edit": RULES["question_new"].admits(request.user),
        "may_import": RULES["bank_import"].admits(request.user),
        "may_export": RULES["bank_export"].admits(request.user),
    }
    return render(
        request, "roles/question_list.html", context, status=200 if form.is_valid() else 422
    )


def question_detail(request: HttpRequest, pk: Any) -> HttpResponse:
    question = fetch(request, visible(request), pk=pk)
    history = questions.history(question)
    return page(request, question, history, history.live or history.newest)


def question_version(request: HttpRequest, pk: Any, number: int) -> HttpResponse:
    question = fetch(request, visible(request), pk=pk)
    history = questions.history(question)
    version = history.numbered(number)
    if version is None:
        raise Http404
    return page(request, question, history, version, by_number=True)


def visible(request: HttpRequest) -> Any:
    return Question.objects.visible_to(request.user).select_related("area", "owner")


def page(
    request: HttpRequest,
    question: Question,
    history: questions.History,
    version: Any,
    *,
    by_number: bool = False,
    reason: RetireForm | None = None,
) -> HttpResponse:
    """`reason` is a form that was refused."""
    context = {
        "question": question,
        "history": history,
        "version": version,
        "by_number": by_number,
        "successor": history.successor(version),
        "sets": questions.sets_asking(request.user, question),
        "reading_time": reading_time(version.prompt),
        "may_edit": RULES["question_edit"].admits(request.user),
        "use": use.of_question(question, history),
        "reason": reason or RetireForm(),
    }
    status = 422 if reason else 200
    return render(request, "roles/question_detail.html", context, status=status)
