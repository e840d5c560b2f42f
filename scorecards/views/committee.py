"""The review page."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from interviewbank.access.fetch import fetch
from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.forms.decisions import CommentForm, DecisionForm
from scorecards.forms.review import OpenedCell
from scorecards.models import Application
from scorecards.permissions import can_assign, can_see_schedule
from scorecards.summaries import debriefs, drawings
from scorecards.summaries.decisions import decision_panel
from scorecards.summaries.review import Review, review


def application_review(request, pk):
    application = fetch(request, Application.objects.visible_to(request.user).with_people(), pk=pk)
    swaps = request.htmx.target == "areas" and not request.htmx.history_restore_request
    template = "_review_areas" if swaps else "application_review"
    response = review_page(request, review(application, request.user), template=template)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def review_page(
    request,
    shown: Review,
    *,
    form: DecisionForm | None = None,
    comment: CommentForm | None = None,
    status: int = 200,
    template: str = "application_review",
):
    asked = OpenedCell(request.GET)
    cell = asked.cleaned_data if asked.is_valid() else {}
    opened = next((row for row in shown.areas if row.slug == cell.get("area")), None)
    whole_page = template == "application_review"
    heard = shown.submissions_heard_in(opened, request.user) if opened else []
    if whole_page:
        heard += shown.submissions_quoted(request.user)
    trail.record_reads(reader=request.user, objects=heard, scope=ReadEvent.Scope.PART)
    state = debriefs.state_of(shown.application, request.user)
    follows = state.under_way if state and whole_page else None
    panel = decision_panel(shown.application, request.user, shown.result.outcome, shown.decisions)
    context = {
        "review": shown,
        "application": shown.application,
        "here": reverse("application_review", args=[shown.application.pk]),
        "draw": drawings.draw(shown),
        "opened": opened,
        "opened_by": str(cell.get("by") or ""),
        "schedule": can_see_schedule(request.user, shown.application),
        "may_assign": can_assign(request.user, shown.application),
        "panel": panel,
        "debriefs": state,
        "live": debriefs.live(follows, request.user) if follows else None,
        "may_decide": panel.asks is not None,
        "form": form or DecisionForm(initial={"after": len(shown.decisions)}),
        "comment": comment or CommentForm(),
    }
    return render(request, f"scorecards/{template}.html", context, status=status)
