"""The candidates list, the review page and the decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.forms.decisions import CandidateSearch, DecisionForm
from scorecards.models import Application
from scorecards.permissions import can_decide, can_see_schedule
from scorecards.summaries import applications, drawings
from scorecards.summaries.review import Review, review
from scorecards.workflow.decisions import (
    DecisionError,
    ExceptionReasonMissing,
    OverrideReasonMissing,
    RationaleTooShort,
    record_decision,
)

PAGE_SIZE = 50
FIELD_OF_ERROR = {
    RationaleTooShort: "rationale",
    OverrideReasonMissing: "override_reason",
    ExceptionReasonMissing: "exception_reason",
}


def application_list(request):
    search = CandidateSearch(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    tab = asked["tab"] if asked.get("tab") in applications.TABS else "active"
    found = applications.listed(request.user, tab=tab, search=asked.get("q", ""))
    page = Paginator(found, PAGE_SIZE).get_page(asked.get("page") or 1)
    counts = applications.tab_counts(Application.objects.visible_to(request.user), request.user)
    context = {
        "tabs": [(key, label, counts[key]) for key, label in applications.TABS.items()],
        "tab": tab,
        "q": asked.get("q", ""),
        "page": page,
        "rows": applications.rows(page.object_list),
        "area_heads": applications.area_heads(),
    }
    return render(request, "scorecards/application_list.html", context)


def application_review(request, pk):
    application = fetch(request, Application.objects.visible_to(request.user).with_people(), pk=pk)
    shown = review(application, request.user)
    return _page(request, shown, form=None, status=200)


def decision_new(request, pk):
    application = fetch(request, Application.objects.visible_to(request.user).with_people(), pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            decision = record_decision(
                application=application, by=request.user, **form.cleaned_data
            )
        except DecisionError as error:
            form.add_error(FIELD_OF_ERROR.get(type(error)), str(error))
        else:
            messages.success(
                request, f"The decision is recorded: {decision.get_outcome_display().lower()}."
            )
            return redirect("application_review", pk=application.pk)
    return _page(request, review(application, request.user), form=form, status=422)


def _page(request, shown: Review, *, form: DecisionForm | None, status: int):
    opened = next((row for row in shown.areas if row.slug == request.GET.get("area")), None)
    if opened:
        trail.record_reads(
            reader=request.user,
            objects=shown.submissions_heard_in(opened, request.user),
            scope=ReadEvent.Scope.PART,
        )
    context = {
        "review": shown,
        "application": shown.application,
        "draw": drawings.draw(shown),
        "opened": opened,
        "opened_by": request.GET.get("by", ""),
        "schedule": can_see_schedule(request.user, shown.application),
        "may_decide": can_decide(request.user, shown.application),
        "form": form or DecisionForm(initial={"after": len(shown.decisions)}),
    }
    return render(request, "scorecards/application_review.html", context, status=status)
