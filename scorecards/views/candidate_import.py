"""Many candidates at once: shown before they are added, and either all or none."""

from django.contrib import messages
from django.shortcuts import redirect, render

from interviewbank.access.fetch import fetch
from scorecards.forms.candidate_import import ImportForm, digest
from scorecards.forms.candidate_lines import read_lines
from scorecards.models import Opening
from scorecards.summaries.openings import addresses_of
from scorecards.workflow.candidate_import import import_candidates
from scorecards.workflow.interviews import InterviewError


def candidate_import(request, pk):
    visible = Opening.objects.visible_to(request.user).select_related("role")
    opening = fetch(request, visible, pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = ImportForm(posted, request.FILES or None)
    if not form.is_valid():
        return _page(request, opening, form, status=422 if form.errors else 200)
    known = addresses_of(opening, request.user)
    lines = read_lines(form.lines, known=known, own=request.user.email.lower())
    if not (lines.ready and form.confirmed):
        return _preview(request, opening, form.lines, lines)
    people = [line.values for line in lines.good]
    try:
        added = import_candidates(opening=opening, by=request.user, people=people)
    except InterviewError as error:
        messages.error(request, f"Nobody was added. {error} Look at the lines again.")
        return redirect("candidate_import", pk=opening.pk)
    count = len(added)
    messages.success(request, f"{count} candidate{'' if count == 1 else 's'} added.")
    return redirect("opening_detail", pk=opening.pk)


def _preview(request, opening, text, lines):
    seen = digest(text) if lines.ready else ""
    form = ImportForm(initial={"text": text, "seen": seen})
    return _page(request, opening, form, lines=lines, status=200 if lines.ready else 422)


def _page(request, opening, form, *, lines=None, status=200):
    context = {"opening": opening, "form": form, "lines": lines}
    return render(request, "scorecards/candidate_import.html", context, status=status)
