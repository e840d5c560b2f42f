"""Writing question sets: everybody works on one draft, and what openings use stays as it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from interviewbank.access.fetch import fetch
from roles.forms import DiscardForm
from roles.forms.sets import ActionForm, FactsForm, NewSetForm, PickForm
from roles.models import QuestionSet
from roles.summaries import set_drafts as summaries
from roles.workflow import set_content, set_errors
from roles.workflow import set_drafts as workflow
from roles.workflow.errors import BankError, NoDraft

from .drafts import NOT_SAVED, SignedIn, posted

LOOK_AGAIN = "Below is what is stored now: look at it, then press again."
# After these the list itself shows what happened, and the same button has the focus.
QUIET = ("up", "down", "require", "leave-open")
SAID = {
    "add": "The question is added at the end.",
    "remove": "The question is taken out.",
    "renew": "The question is asked in its live version.",
    workflow.RENEW_ALL: "Every question is asked in its live version.",
}


def fetch_set(request: SignedIn, pk: Any) -> QuestionSet:
    visible = QuestionSet.objects.visible_to(request.user).select_related("role")
    return fetch(request, visible, pk=pk)


def question_set_new(request: SignedIn) -> HttpResponse:
    form = NewSetForm(posted(request))
    if form.is_valid():
        try:
            made = workflow.create_set(by=request.user, **form.fields_to_save)
        except set_errors.SetSlugTaken as error:
            form.add_error("slug", str(error))
        else:
            messages.success(request, f"“{made}” is made. Add its questions now.")
            return redirect("question_set_edit", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, "roles/question_set_new.html", {"form": form}, status=status)


def question_set_copy(request: SignedIn, pk: Any) -> HttpResponse:
    source = fetch_set(request, pk)
    form = NewSetForm(posted(request), question_set=source)
    now = set_content.standing(source)
    if form.is_valid():
        try:
            made = workflow.copy_set(source=source, by=request.user, **form.fields_to_save)
        except set_errors.SetSlugTaken as error:
            form.add_error("slug", str(error))
        else:
            messages.success(request, f"“{made}” is a copy of “{source}”, as a draft.")
            return redirect("question_set_edit", pk=made.pk)
    context = {"set": source, "now": now, "version": now.live or now.draft, "form": form}
    status = 422 if form.errors else 200
    return render(request, "roles/question_set_copy.html", context, status=status)


def question_set_edit(request: SignedIn, pk: Any) -> HttpResponse:
    question_set = fetch_set(request, pk)
    action = ActionForm(posted(request))
    if action.is_bound and action.pressed:
        return _press(request, question_set, action)
    form = FactsForm(posted(request), question_set=question_set)
    typed: list[Any] = []
    if form.is_valid():
        try:
            names = workflow.change_facts(
                question_set=question_set,
                by=request.user,
                seen=form.cleaned_data["seen"],
                **form.fields_to_save,
            )
        except set_errors.SetGone as error:
            return _gone(request, error)
        except set_errors.SetChanged as error:
            question_set = fetch_set(request, pk)
            form.add_error(None, f"{error} {NOT_SAVED}")
            form.renew(set_content.facts_token(question_set))
            typed = summaries.fact_differences(question_set, form.fields_to_save)
        else:
            said = "They hold for rounds planned from now on." if names else "It was so already."
            messages.success(request, f"The facts are saved. {said}")
            return redirect("question_set_edit", pk=pk)
    return _editor(request, question_set, facts=form, failed=form, typed=typed)


def _press(request: SignedIn, question_set: QuestionSet, action: ActionForm) -> HttpResponse:
    if action.is_valid():
        pressed = action.cleaned_data["do"]
        try:
            workflow.edit_draft(
                question_set=question_set,
                by=request.user,
                seen=action.cleaned_data["seen"],
                **pressed,
            )
        except set_errors.SetGone as error:
            return _gone(request, error)
        except set_errors.SetChanged as error:
            question_set = fetch_set(request, question_set.pk)
            action.add_error(None, f"{error} {LOOK_AGAIN}")
        except BankError as error:
            action.add_error(None, str(error))
        else:
            quiet = pressed["do"] in QUIET
            if not quiet:
                messages.success(request, SAID[pressed["do"]])
            query = PickForm(request.GET).query(at=action.data["do"] if quiet else "")
            return redirect(reverse("question_set_edit", args=[question_set.pk]) + query)
    return _editor(request, question_set, failed=action)


def question_set_publish(request: SignedIn, pk: Any) -> HttpResponse:
    question_set = fetch_set(request, pk)
    found = summaries.publish_page(request.user, question_set)
    form = DiscardForm(posted(request), initial={"seen": set_content.token(found.page.now)})
    if found.page.now.draft is None:
        messages.info(request, str(NoDraft()))
        return redirect("question_set_detail", pk=pk)
    if form.is_valid():
        try:
            version = workflow.publish_set_draft(
                question_set=question_set, by=request.user, seen=form.cleaned_data["seen"]
            )
        except (NoDraft, set_errors.SetGone) as error:
            return _gone(request, error)
        except set_errors.SetChanged as error:
            question_set = fetch_set(request, pk)
            found = summaries.publish_page(request.user, question_set)
            form.add_error(None, f"{error} Nothing is published. {LOOK_AGAIN}")
            form.renew(set_content.token(found.page.now))
        except BankError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Version {version.number} is published.")
            return redirect("question_set_detail", pk=pk)
    context = {"set": question_set, "form": form, "found": found, "page": found.page}
    status = 422 if form.errors else 200
    return render(request, "roles/question_set_publish.html", context, status=status)


def question_set_discard_draft(request: SignedIn, pk: Any) -> HttpResponse:
    question_set = fetch_set(request, pk)
    form = DiscardForm(posted(request))
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        stays = workflow.discard_set_draft(
            question_set=question_set, by=request.user, seen=seen or None
        )
    except (NoDraft, set_errors.SetGone) as error:
        return _gone(request, error)
    except set_errors.SetChanged as error:
        question_set = fetch_set(request, pk)
        form.add_error(None, f"{error} The draft is not discarded. {LOOK_AGAIN}")
        return _editor(request, question_set, failed=form)
    said = "The draft is discarded." if stays else f"“{question_set}” is discarded."
    messages.success(request, said)
    return redirect("question_set_detail", pk=pk) if stays else redirect("question_set_list")


def _gone(request: SignedIn, error: BankError) -> HttpResponse:
    messages.error(request, str(error))
    return redirect("question_set_list")


def _editor(
    request: SignedIn,
    question_set: QuestionSet,
    *,
    failed: forms.Form,
    facts: FactsForm | None = None,
    typed: list[Any] | None = None,
) -> HttpResponse:
    """`failed` is the form that was sent, with its errors; `typed` is how it differs from what
    somebody else stored meanwhile."""
    picker = PickForm(request.GET)
    page = summaries.draft_page(request.user, question_set, picker.found("at"))
    picks = summaries.picks(
        request.user,
        question_set,
        page.now.items,
        search=picker.found("q"),
        area=picker.found("area") or None,
    )
    seen = set_content.token(page.now)
    context = {
        "set": question_set,
        "page": page,
        "form": picker if picker.errors else failed,
        "facts": facts or FactsForm(question_set=question_set),
        "typed": typed,
        "picker": picker,
        "picks": picks,
        "query": picker.query(),
        "seen": seen,
        "discard": DiscardForm(initial={"seen": seen}, auto_id="discard_%s"),
    }
    status = 422 if failed.errors or picker.errors else 200
    return render(request, "roles/question_set_edit.html", context, status=status)
