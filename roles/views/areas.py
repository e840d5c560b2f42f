"""Evaluation areas: what is evaluated, with what strong and weak evidence sounds like."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from interviewbank.access.policy import RULES
from roles.forms.roles import AreaForm
from roles.models import EvaluationArea
from roles.summaries import areas as summaries
from roles.workflow import roles as workflow

from .drafts import NOT_SAVED, SignedIn, posted


def fetch_area(request: HttpRequest, slug: str) -> EvaluationArea:
    return fetch(request, EvaluationArea.objects.get_queryset(), slug=slug)


def area_list(request: HttpRequest) -> HttpResponse:
    context = {
        "areas": summaries.areas_with_use(),
        "may_edit": RULES["area_edit"].admits(request.user),
        "may_read_bank": RULES["question_list"].admits(request.user),
    }
    return render(request, "roles/area_list.html", context)


def area_new(request: SignedIn) -> HttpResponse:
    form = AreaForm(posted(request), position=summaries.next_position(EvaluationArea))
    if form.is_valid():
        try:
            area = workflow.create_area(by=request.user, **form.fields_to_save)
        except workflow.Refused as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(
                request,
                f"“{area}” is saved. It counts for a role once the role's profile says so.",
            )
            return redirect("area_list")
    status = 422 if form.errors else 200
    return render(request, "roles/area_new.html", {"form": form}, status=status)


def area_edit(request: SignedIn, slug: str) -> HttpResponse:
    area = fetch_area(request, slug)
    form = AreaForm(posted(request), area=area, fixed=workflow.is_in_use(area))
    typed: list[Any] = []
    if form.is_valid():
        try:
            saved = workflow.change_area(
                area=area, by=request.user, seen=form.cleaned_data["seen"], **form.fields_to_save
            )
        except workflow.ChangedMeanwhile as error:
            form.add_error(None, f"{error} {NOT_SAVED}")
            said = workflow.area_says(fetch_area(request, slug))
            form.renew(workflow.token(said))
            typed = summaries.differences(form, said)
        except workflow.Refused as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, f"“{saved}” is saved.")
            return redirect("area_list")
    status = 422 if form.errors else 200
    context = {"area": area, "form": form, "typed": typed}
    return render(request, "roles/area_edit.html", context, status=status)
