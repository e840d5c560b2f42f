"""Roles and their profiles, as question editors write them. Reading them is in roles.py."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from roles.forms.profiles import ProfileForm
from roles.forms.roles import RoleForm
from roles.models import EvaluationArea, Level, Role
from roles.summaries import areas as summaries
from roles.workflow import profiles
from roles.workflow import roles as workflow

from .drafts import NOT_SAVED, SignedIn, posted


def fetch_role(request: SignedIn, slug: str) -> Role:
    return fetch(request, Role.objects.select_related("parent"), slug=slug)


def role_new(request: SignedIn) -> HttpResponse:
    form = RoleForm(posted(request), position=summaries.next_position(Role))
    if form.is_valid():
        try:
            role = workflow.create_role(by=request.user, **form.fields_to_save)
        except workflow.Refused as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, f"“{role}” is saved. Say next what counts at each level.")
            return redirect("role_profile", slug=role.slug, level=Level.SENIOR)
    status = 422 if form.errors else 200
    return render(request, "roles/role_new.html", {"form": form}, status=status)


def role_edit(request: SignedIn, slug: str) -> HttpResponse:
    role = fetch_role(request, slug)
    form = RoleForm(posted(request), role=role)
    typed: list[Any] = []
    if form.is_valid():
        try:
            saved = workflow.change_role(
                role=role, by=request.user, seen=form.cleaned_data["seen"], **form.fields_to_save
            )
        except workflow.ChangedMeanwhile as error:
            form.add_error(None, f"{error} {NOT_SAVED}")
            said = workflow.role_says(fetch_role(request, slug))
            form.renew(workflow.token(said))
            typed = summaries.differences(form, said)
        except workflow.Refused as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, f"“{saved}” is saved.")
            return redirect("role_detail", slug=saved.slug)
    context = {"role": role, "form": form, "typed": typed, "levels": Level.choices}
    return render(request, "roles/role_edit.html", context, status=422 if form.errors else 200)


def role_profile(request: SignedIn, slug: str, level: str) -> HttpResponse:
    role = fetch_role(request, slug)
    if level not in Level:
        raise Http404
    areas = list(EvaluationArea.objects.get_queryset())
    now = profiles.suggested_terms(role, level, areas)
    seen = profiles.profile_token(role, level)
    form = ProfileForm(posted(request), role=role, areas=areas, terms=now, seen=seen)
    typed: list[Any] = []
    if form.is_valid():
        try:
            changed = profiles.set_profile(
                role=role,
                level=level,
                by=request.user,
                seen=form.cleaned_data["seen"],
                terms=form.terms(),
            )
        except workflow.ChangedMeanwhile as error:
            form.add_error(None, f"{error} {NOT_SAVED}")
            form.renew(seen)
            typed = summaries.profile_differences(areas, now, form.terms())
        except workflow.Refused as error:
            form.add_error(None, str(error))
        else:
            said = "Openings made from now on start with it." if changed else "It was so already."
            messages.success(request, f"The profile is saved. {said}")
            return redirect("role_profile", slug=slug, level=level)
    context = {
        "role": role,
        "level": Level(level),
        "levels": Level,
        "areas": areas,
        "form": form,
        "typed": typed,
    }
    return render(request, "roles/role_profile.html", context, status=422 if form.errors else 200)
