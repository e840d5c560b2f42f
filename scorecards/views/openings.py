"""Openings: the list, a new one, its page, its plan, its settings, its members."""

from copy import copy

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from interviewbank.access.policy import RULES
from scorecards.forms.openings import FindForm, MemberForm, OpeningForm, SettingsForm, StartForm
from scorecards.forms.plans import PlanForm
from scorecards.models import Opening
from scorecards.permissions import can_add_candidate, can_add_members, can_plan, grantable_kinds
from scorecards.summaries import debrief_hours
from scorecards.summaries import openings as summaries
from scorecards.workflow.openings import (
    LastCoordinator,
    OpeningError,
    add_member,
    change_settings,
    create_opening,
    remove_member,
)
from scorecards.workflow.plans import ReasonMissing, needs_reason, revise_plan

PER_PAGE = 50


def posted(request):
    return request.POST if request.method == "POST" else None


def answer(request, template: str, context: dict, *forms):
    """A page; with an invalid form it says 422."""
    invalid = any(form.is_bound and form.errors for form in forms)
    return render(request, f"scorecards/{template}.html", context, status=422 if invalid else 200)


def fetch_opening(request, pk):
    visible = Opening.objects.visible_to(request.user).select_related("role")
    return fetch(request, visible, pk=pk)


def opening_list(request):
    found = Opening.objects.visible_to(request.user).with_team().current_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": summaries.opening_rows(page, request.user),
        "may_create": RULES["opening_new"].admits(request.user),
    }
    return render(request, "scorecards/opening_list.html", context)


def opening_new(request):
    """Two steps of one page: role and level are in the address, the rest is posted."""
    start = StartForm(request.GET if "role" in request.GET else None)
    if not start.is_valid():
        return answer(request, "opening_new", {"start": start}, start)
    role, level = start.cleaned_data["role"], start.cleaned_data["level"]
    versions = summaries.live_set_versions(role, level)
    form = OpeningForm(posted(request), role=role, level=level, versions=versions)
    if form.is_valid():
        try:
            opening = create_opening(
                by=request.user,
                role=role,
                level=level,
                **{**form.cleaned_data, "rounds": form.chosen_rounds()},
            )
        except OpeningError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{opening}” is open. You are its coordinator.")
            return redirect("opening_detail", pk=opening.pk)
    context = {"start": start, "form": form, "profile": summaries.profile_of(role, level)}
    return answer(request, "opening_new", context, form)


def opening_detail(request, pk):
    opening = fetch_opening(request, pk)
    user = request.user
    context = {
        "opening": opening,
        "loop": summaries.current_loop(opening),
        "changes": summaries.plan_changes(opening),
        "members": summaries.member_rows(opening, user),
        "candidates": summaries.candidates_of(opening, user),
        "part": summaries.part_in(opening, user),
        "may_plan": can_plan(user, opening),
        "may_add_candidate": can_add_candidate(user, opening),
        "may_add_members": can_add_members(user, opening),
        "may_read_sets": RULES["question_set_detail"].admits(user),
        "hours": debrief_hours.state_of(opening, user),
    }
    return render(request, "scorecards/opening_detail.html", context)


def opening_settings(request, pk):
    opening = fetch_opening(request, pk)
    # A copy: a form with errors leaves its values on the instance, and the page names the opening.
    form = SettingsForm(posted(request), instance=copy(opening))
    if form.is_valid():
        change_settings(opening=opening, by=request.user, **form.cleaned_data)
        messages.success(request, "The settings are saved.")
        return redirect("opening_detail", pk=opening.pk)
    return answer(request, "opening_settings", {"opening": opening, "form": form}, form)


def opening_plan(request, pk):
    opening = fetch_opening(request, pk)
    plan = opening.plans.latest("number")
    form = PlanForm(
        posted(request),
        plan=plan,
        versions=summaries.pickable_set_versions(plan),
        needs_reason=needs_reason(plan, request.user),
    )
    if form.is_valid():
        try:
            revised = revise_plan(
                opening=opening,
                by=request.user,
                seen=form.cleaned_data["seen"],
                terms=form.terms(),
                reason=form.cleaned_data.get("reason", ""),
            )
        except ReasonMissing as error:
            form.ask_reason(str(error))
        except OpeningError as error:
            form.add_error(None, str(error))
        else:
            if revised.number > plan.number:
                messages.success(request, f"Plan {revised.number} applies from now on.")
            else:
                messages.success(request, "The plan is saved.")
            return redirect("opening_detail", pk=opening.pk)
    context = {
        "opening": opening,
        "plan": plan,
        "next": plan.number + 1,
        "form": form,
        "loop": summaries.current_loop(opening),
    }
    return answer(request, "opening_plan", context, form)


def opening_member_add(request, pk):
    opening = fetch_opening(request, pk)
    find = FindForm(request.GET)
    words = find.cleaned_data["q"] if find.is_valid() else ""
    form = MemberForm(
        posted(request),
        kinds=grantable_kinds(request.user, opening),
        found=summaries.found_people(words),
    )
    if form.is_valid():
        try:
            member = add_member(opening=opening, by=request.user, **form.cleaned_data)
        except OpeningError as error:
            form.add_error("user", str(error))
        else:
            kind = member.get_kind_display().lower()
            messages.success(request, f"{member.user} is added to this opening as {kind}.")
            return redirect("opening_detail", pk=opening.pk)
    context = {"opening": opening, "find": find, "form": form, "words": words}
    return answer(request, "opening_member_add", context, form, find)


def opening_member_remove(request, pk):
    member = fetch(request, summaries.members_visible_to(request.user), pk=pk)
    try:
        remove_member(member=member, by=request.user)
    except LastCoordinator as error:
        messages.error(request, str(error))
    else:
        kind = member.get_kind_display().lower()
        messages.success(request, f"{member.user} is no longer {kind} of “{member.opening}”.")
    if not summaries.still_visible(member.opening, request.user):
        return redirect("opening_list")
    return redirect("opening_detail", pk=member.opening_id)
