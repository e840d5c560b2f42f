"""The candidates list, its files, and candidates side by side."""

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from interviewbank.audit import trail
from interviewbank.audit.models import ReadEvent
from scorecards.forms.applications import FEWEST, CandidateFilters, CompareForm
from scorecards.summaries import application_export as files
from scorecards.summaries import applications, comparing, comparing_pairs, comparing_words

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def application_list(request):
    return _list(request, _filters(request))


def application_export(request, kind):
    form = _filters(request)
    if kind not in KINDS:
        raise Http404
    if not form.is_valid():
        # A file of other rows than were asked for would be taken for the right one.
        return _list(request, form)
    lines = files.table(request.user, form.asked())
    name = f"candidates-{timezone.localdate():%Y-%m-%d}.{kind}"
    about = {
        "content_type": KINDS[kind],
        "headers": {"Content-Disposition": f'attachment; filename="{name}"'},
    }
    if kind == "csv":
        return StreamingHttpResponse(files.as_csv(lines), **about)
    return FileResponse(files.as_xlsx(lines), **about)


def application_compare(request):
    form = CompareForm(request.GET)
    if not form.is_valid():
        context = {"form": form, "hide": False}
        status = 422 if form.is_bound else 200
        return render(request, "scorecards/application_compare.html", context, status=status)
    picked, hide = form.cleaned_data["a"], form.cleaned_data["hide"]
    chosen = comparing.chosen(request.user, picked)
    if chosen.unknown:
        raise Http404
    context = {"form": form, "chosen": chosen, "hide": hide}
    if len(chosen.readable) < FEWEST:
        return render(request, "scorecards/application_compare.html", context, status=403)
    found = comparing.comparing(chosen.readable, hide=hide)
    words = comparing_words.words_of(found, request.user)
    if words:
        trail.record_reads(
            reader=request.user, objects=words.submissions, scope=ReadEvent.Scope.PART
        )
    context |= {
        "comparing": found,
        "words": words,
        "sentence": comparing_pairs.sentence(found.pairs, found.unplaced),
    }
    return render(request, "scorecards/application_compare.html", context)


def _filters(request):
    return CandidateFilters(request.GET, openings=applications.openings_of(request.user))


def _list(request, form):
    asked = form.asked()
    context = {
        "form": form,
        "listing": applications.listing(request.user, asked, page=form.page_asked),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "scorecards/application_list.html", context, status=status)
