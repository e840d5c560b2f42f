"""Roles: what they own, how they differ, what each level answers for. For everyone who hires."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interviewbank.access.fetch import fetch
from interviewbank.access.policy import RULES
from roles.forms.finder import CompareForm
from roles.models import Level, Role
from roles.summaries import roles


def role_list(request: HttpRequest) -> HttpResponse:
    context = {
        "cards": roles.cards(),
        "principles": roles.principles(),
        "may_edit": RULES["role_new"].admits(request.user),
    }
    return render(request, "roles/role_list.html", context)


def role_compare(request: HttpRequest) -> HttpResponse:
    form = CompareForm(request.GET)
    level = form.level_or(Level.SENIOR)
    context = {"form": form, "level": level, "rows": roles.comparison(level)}
    return render(request, "roles/role_compare.html", context)


def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    role = fetch(request, Role.objects.select_related("parent"), slug=slug)
    context = {
        "role": role,
        "page": roles.role_page(role),
        "may_open": RULES["opening_new"].admits(request.user),
        "may_read_sets": RULES["question_set_detail"].admits(request.user),
        "may_edit": RULES["role_edit"].admits(request.user),
    }
    return render(request, "roles/role_detail.html", context)
