"""The debrief of one candidate: its page, what is sent from it, and what follows it."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from interviewbank.access.fetch import fetch
from scorecards.forms.debriefs import FollowForm, NoteForm, OpenForm, PanelForm, VoteForm
from scorecards.models import Application, Debrief
from scorecards.permissions import can_decide, can_lead_debrief, can_vote
from scorecards.summaries import debriefs as summaries
from scorecards.summaries.review import review
from scorecards.workflow.debriefs import (
    CannotOpen,
    CardsMissing,
    DebriefError,
    add_note,
    cast_vote,
    close_debrief,
    open_debrief,
    reveal_votes,
    set_panel_rating,
    stamp,
    why_not,
)


def fetch_debrief(request, pk):
    visible = Debrief.objects.visible_to(request.user).with_people()
    return fetch(request, visible, pk=pk)


def debrief_new(request, pk):
    application = fetch(request, Application.objects.visible_to(request.user).with_people(), pk=pk)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            debrief = open_debrief(application=application, by=request.user, **form.cleaned_data)
        except CardsMissing as error:
            form.add_error("exception_reason", str(error))
        except CannotOpen as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The debrief is open. The committee finds it on the review.")
            return redirect("debrief_detail", pk=debrief.pk)
    context = {
        "application": application,
        "form": form,
        "missing": summaries.missing_names(application),
        "why_not": why_not(application),
    }
    status = 422 if form.errors else 200
    return render(request, "scorecards/debrief_new.html", context, status=status)


def debrief_detail(request, pk):
    return _page(request, fetch_debrief(request, pk))


def debrief_follow(request, pk):
    """The parts of the page that change, for a page that asks again and again."""
    debrief = fetch_debrief(request, pk)
    asked = FollowForm(request.GET)
    seen = asked.cleaned_data["figures"] if asked.is_valid() else ""
    live = summaries.live(debrief, request.user)
    context = {"live": live, "outdated": bool(seen) and seen != live.figures}
    return followed(request, "scorecards/_debrief_live.html", context)


def followed(request, template, context):
    """With a tag made of what it says, and of nothing else: so that it can't tell more."""
    said = render_to_string(template, context).encode()
    tag = quote_etag(sha256(said).hexdigest())
    response = HttpResponse(said, headers={"ETag": tag})
    return get_conditional_response(request, etag=tag, response=response)


def debrief_note(request, pk):
    debrief = fetch_debrief(request, pk)
    form = NoteForm(request.POST, areas=summaries.areas_of(debrief))
    return _sent(request, debrief, form, add_note, said="The note is in.")


def debrief_panel_rating(request, pk):
    debrief = fetch_debrief(request, pk)
    form = PanelForm(request.POST, areas=summaries.areas_of(debrief))
    return _sent(request, debrief, form, set_panel_rating, said="The panel rating is set.")


def debrief_vote(request, pk):
    debrief = fetch_debrief(request, pk)
    form = VoteForm(request.POST)
    return _sent(request, debrief, form, cast_vote, said="Your vote is in.")


def _sent(request, debrief, form, act, *, said: str):
    if form.is_valid():
        try:
            act(debrief=debrief, by=request.user, **form.cleaned_data)
        except DebriefError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return _back(debrief, form)
    return _page(request, fetch_debrief(request, debrief.pk), sent=form)


def _back(debrief, form):
    """To the part of the page that the form stands in."""
    area = form.cleaned_data.get("area")
    part = f"area-{area.slug}" if area else "votes" if isinstance(form, VoteForm) else "whole"
    return redirect(reverse("debrief_detail", args=[debrief.pk]) + f"#{part}")


def debrief_reveal(request, pk):
    return _led(request, fetch_debrief(request, pk), reveal_votes, said="The votes are shown.")


def debrief_close(request, pk):
    return _led(request, fetch_debrief(request, pk), close_debrief, said="The debrief is closed.")


def _led(request, debrief, act, *, said: str):
    try:
        act(debrief=debrief, by=request.user)
    except DebriefError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("debrief_detail", pk=debrief.pk)


def _page(request, debrief, sent=None):
    """`sent` is a form that could not be taken; it stands where it came from."""
    user, application = request.user, debrief.application
    live = summaries.live(debrief, user)
    areas = {slug: said.area for slug, said in live.said.items()}
    shown = review(application, user)
    vote = live.own and {
        "recommendation": live.own.recommendation,
        "rationale": live.own.rationale,
    }
    context = {
        "debrief": debrief,
        "application": application,
        "review": shown,
        "agenda": summaries.agenda(shown),
        "live": live,
        "notes": _note_forms(areas, sent),
        "panels": _panel_forms(live, areas, sent),
        "vote": sent if isinstance(sent, VoteForm) else VoteForm(initial=vote),
        "sent": sent,
        "leads": can_lead_debrief(user, debrief),
        "may_vote": can_vote(user, debrief),
        "may_decide": can_decide(user, application),
    }
    return render(request, "scorecards/debrief_detail.html", context, status=422 if sent else 200)


def _note_forms(areas, sent):
    """By the slug of the area; the whole has none."""
    forms = {slug: NoteForm(areas=areas, slug=slug) for slug in ("", *areas)}
    return forms | _in_place(sent, NoteForm)


def _panel_forms(live, areas, sent):
    forms = {}
    for slug, said in live.said.items():
        form = PanelForm(areas=areas, slug=slug)
        form.initial |= {"seen": stamp(said.panel)}
        if said.panel:
            form.initial |= {"rating": said.panel.rating, "note": said.panel.note}
        forms[slug] = form
    sent_here = _in_place(sent, PanelForm)
    for slug, form in sent_here.items():
        form.renew(stamp(live.said[slug].panel) if slug in live.said else "")
    return forms | sent_here


def _in_place(sent, kind):
    return {sent.slug: sent} if isinstance(sent, kind) else {}
