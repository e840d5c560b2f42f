"""The live page with a made-up candidate. Nothing of it is written down."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interviewbank.access.fetch import fetch
from scorecards.forms.scoring import LABELS, LiveForm, blank_entries, entries
from scorecards.models import Interview
from scorecards.summaries.live import live_data
from scorecards.summaries.rehearsing import rehearsal


def interview_rehearse(request, pk):
    visible = Interview.objects.visible_to(request.user).with_people()
    interview = fetch(request, visible, pk=pk)
    sheet = rehearsal(interview, timezone.now())
    slug = request.GET.get("q")
    asked = sheet.first if slug is None else sheet.at(slug)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _step(request, interview, sheet, asked)
    context = {
        **_question(sheet, asked),
        "fields": entries(asked, sheet.card),
        "rehearsal": interview,
        "live": {**live_data(sheet, request.user), "labels": LABELS},
        "others": [_question(sheet, other) for other in sheet.questions if other != asked],
        "notes": list(messages.get_messages(request)),
    }
    return render(request, "scorecards/scorecard_live.html", context)


def _step(request, interview, sheet, asked):
    """The plain form, without the script: on to the next page, and what was typed is dropped."""
    form = LiveForm(request.POST, asked=asked, card=sheet.card)
    form.is_valid()
    go, after = form.cleaned_data["go"], sheet.after(asked)
    if go in ("today", "review") or (go == "next" and after is None):
        return redirect("interview_prepare", pk=interview.pk)
    target = {"next": after, "previous": sheet.before(asked)}.get(go) or asked
    messages.info(request, "This is a rehearsal: what you typed was not saved.")
    return redirect(reverse("interview_rehearse", args=[interview.pk]) + f"?q={target.slug}")


def _question(sheet, asked) -> dict:
    return {
        "sheet": sheet,
        "card": sheet.card,
        "interview": sheet.card.interview,
        "asked": asked,
        "before": sheet.before(asked),
        "after": sheet.after(asked),
        "fields": blank_entries(),
    }
