"""Writing questions: everybody works on one draft, and the published versions stay as they are."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from interviewbank.access.models import User
from roles.advice import reading_time
from roles.forms import CHANGE_NOTES, DiscardForm, NewQuestionForm, PublishForm, QuestionForm
from roles.models import Question, QuestionSet, QuestionVersion
from roles.summaries import questions, use
from roles.workflow import errors
from roles.workflow.content import token
from roles.workflow.questions import create_question, discard_draft, publish_draft, save_draft

NOT_SAVED = (
    "Your text is below and is not saved. Compare the two, and save again to replace what is "
    "stored."
)
LOOK_AGAIN = "Nothing is published. Below is the draft as it is now: look at it, then publish."
STILL_THERE = "The draft is not discarded. Below is what it says now."


class SignedIn(HttpRequest):
    """The policy lets nobody else through."""

    user: User


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def fetch_question(request: SignedIn, pk: Any) -> Question:
    visible = Question.objects.visible_to(request.user).select_related("area")
    return fetch(request, visible.prefetch_related("roles"), pk=pk)


def question_new(request: SignedIn) -> HttpResponse:
    form: QuestionForm = NewQuestionForm(posted(request))
    if press := form.pressed:
        form = form.with_lines_pressed(press)
    elif form.is_valid():
        try:
            version = create_question(by=request.user, **form.fields_to_save)
        except errors.SlugTaken as error:
            form.add_error("slug", str(error))
        else:
            messages.success(request, "The question is saved as a draft. Nobody is asked it yet.")
            return redirect("question_edit", pk=version.question_id)
    return render(
        request, "roles/question_new.html", {"form": form}, status=422 if form.errors else 200
    )


def question_edit(request: SignedIn, pk: Any) -> HttpResponse:
    question = fetch_question(request, pk)
    history = questions.history(question)
    form = QuestionForm(posted(request), version=history.newest, published=bool(history.live))
    typed = None
    if press := form.pressed:
        form = form.with_lines_pressed(press)
    elif form.is_valid():
        try:
            version = save_draft(
                question=question,
                by=request.user,
                seen=form.cleaned_data["seen"],
                **form.fields_to_save,
            )
        except errors.NoDraft:
            return _gone(request)
        except errors.AreaFixed as error:
            form.add_error("area", str(error))
        except errors.Changed as error:
            question, history = _as_stored(request, pk)
            form.add_error(None, f"{error} {NOT_SAVED}")
            form.renew(token(question, history.newest))
            typed = questions.differences_in_words(history.newest, form.words)
        else:
            messages.success(request, _saved(version))
            return redirect("question_edit", pk=pk)
    return _editor(request, question, history, form, typed=typed)


def question_publish(request: SignedIn, pk: Any) -> HttpResponse:
    question = fetch_question(request, pk)
    history = questions.history(question)
    draft = history.draft
    if draft is None:
        messages.info(request, str(errors.NoDraft()))
        return redirect("question_detail", pk=pk)
    sets = questions.sets_asking(request.user, question)
    form = PublishForm(
        posted(request), seen=token(question, draft), first=history.live is None, sets=sets
    )
    if form.is_valid():
        try:
            version = publish_draft(question=question, by=request.user, **form.cleaned_data)
        except errors.NoDraft as error:
            messages.error(request, str(error))
            return redirect("question_detail", pk=pk)
        except errors.Changed as error:
            question, history = _as_stored(request, pk)
            draft = history.newest
            form.add_error(None, f"{error} {LOOK_AGAIN}")
            form.renew(token(question, draft))
        except errors.BankError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Version {version.number} is published.")
            return redirect("question_detail", pk=pk)
    return _publishing(request, question, history, draft, form, sets)


def question_discard_draft(request: SignedIn, pk: Any) -> HttpResponse:
    question = fetch_question(request, pk)
    form = DiscardForm(posted(request))
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        stays = discard_draft(question=question, by=request.user, seen=seen or None)
    except errors.NoDraft as error:
        messages.error(request, str(error))
        return redirect("question_detail", pk=pk)
    except errors.Changed as error:
        question, history = _as_stored(request, pk)
        messages.error(request, f"{error} {STILL_THERE}")
        editor = QuestionForm(version=history.newest, published=bool(history.live))
        return _editor(request, question, history, editor, status=422)
    messages.success(request, "The draft is discarded." if stays else "The question is discarded.")
    return redirect("question_detail", pk=pk) if stays else redirect("question_list")


def _saved(version: Any) -> str:
    if version.published_at:
        return f"Saved. The words are those of version {version.number}, so there is no draft."
    return f"The draft of version {version.number} is saved."


def _gone(request: SignedIn) -> HttpResponse:
    messages.error(request, "Somebody discarded this question while you were editing it.")
    return redirect("question_list")


def _as_stored(request: SignedIn, pk: Any) -> tuple[Question, questions.History]:
    """Read again, after somebody else was faster."""
    question = fetch_question(request, pk)
    return question, questions.history(question)


def _editor(
    request: SignedIn,
    question: Question,
    history: questions.History,
    form: QuestionForm,
    *,
    typed: Any = None,
    status: int = 200,
) -> HttpResponse:
    """`typed` is how the words in the form differ from what somebody else stored meanwhile."""
    draft, live = history.draft, history.live
    context = {
        "question": question,
        "history": history,
        "form": form,
        "typed": typed,
        "discard": DiscardForm(initial={"seen": token(question, draft)}, auto_id="discard_%s"),
        "steps": questions.steps(draft, live) if draft else [],
        "rows": questions.differences(live, draft) if draft else [],
        "sets": questions.sets_asking(request.user, question),
        "reading_time": reading_time(form["prompt"].value() or ""),
        "use": use.of_question(question, history),
    }
    status = 422 if form.errors else status
    return render(request, "roles/question_edit.html", context, status=status)


def _publishing(
    request: SignedIn,
    question: Question,
    history: questions.History,
    draft: QuestionVersion,
    form: PublishForm,
    sets: list[QuestionSet],
) -> HttpResponse:
    live = history.live
    context = {
        "question": question,
        "history": history,
        "draft": draft,
        "form": form,
        "steps": questions.steps(draft, live),
        "ready": questions.ready(draft, live),
        "rows": questions.differences(live, draft),
        "notes": CHANGE_NOTES,
        "sets": sets,
        "use": use.of_question(question, history),
    }
    status = 422 if form.errors else 200
    return render(request, "roles/question_publish.html", context, status=status)
