"""Reading question sets. Who reaches what is in policy.py."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interviewbank.access.fetch import fetch
from interviewbank.access.policy import RULES
from roles.models import QuestionSet
from roles.summaries.sets import set_page


def question_set_list(request: HttpRequest) -> HttpResponse:
    sets = QuestionSet.objects.visible_to(request.user).with_size().select_related("role")
    context = {"sets": sets, "may_edit": RULES["question_set_new"].admits(request.user)}
    return render(request, "roles/question_set_list.html", context)


def question_set_detail(request: HttpRequest, pk: Any) -> HttpResponse:
    visible = QuestionSet.objects.visible_to(request.user).select_related("role")
    question_set = fetch(request, visible, pk=pk)
    context = {
        "set": question_set,
        "page": set_page(request.user, question_set),
        "may_edit": RULES["question_set_edit"].admits(request.user),
    }
    return render(request, "roles/question_set_detail.html", context)


def question_set_print(request: HttpRequest, pk: Any) -> HttpResponse:
    """The live version on paper, for a room without a screen."""
    visible = QuestionSet.objects.visible_to(request.user).select_related("role")
    question_set = fetch(request, visible, pk=pk)
    context = {"set": question_set, "page": set_page(request.user, question_set)}
    return render(request, "roles/question_set_print.html", context)
