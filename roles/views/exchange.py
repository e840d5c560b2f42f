"""The bank as one zip file: out, and in again after a look at what would change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from roles.bank import BadBank, BankMoved, CantExport, Problem, archive, export_files, import_files
from roles.forms.exchange import ImportForm, seal
from roles.summaries import exchange

from .drafts import SignedIn, posted

FAULTS = 50
MOVED = "The bank changed after you looked. Below is what the import would do now."


def bank_export(request: HttpRequest) -> HttpResponse:
    try:
        packed = archive.pack(export_files())
    except CantExport as error:
        messages.error(request, f"The bank can't be exported: {error}.")
        return redirect("question_list")
    name = f"question-bank-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


def bank_import(request: SignedIn) -> HttpResponse:
    form = ImportForm(posted(request), request.FILES or None, by=request.user)
    if not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    try:
        return _preview(request, form) if form.seen is None else _import(request, form)
    except BadBank as error:
        return _page(request, form, faults=error.problems, status=422)


def _import(request: SignedIn, form: ImportForm) -> HttpResponse:
    try:
        report = import_files(archive.unpack(form.raw), by=request.user, seen=form.seen)
    except BankMoved:
        return _preview(request, form, moved=MOVED, status=422)
    done = exchange.in_words(report)
    messages.success(request, f"Imported: {done}." if done else "Nothing was changed.")
    return redirect("question_list")


def _preview(
    request: SignedIn, form: ImportForm, *, moved: str = "", status: int = 200
) -> HttpResponse:
    preview = exchange.preview(import_files(archive.unpack(form.raw), dry_run=True))
    sealed = seal(form.raw, seen=preview.token, by=request.user)
    confirm = ImportForm(by=request.user, initial={"sealed": sealed})
    context = {"preview": preview, "form": confirm, "moved": moved}
    return render(request, "roles/bank_preview.html", context, status=status)


def _page(
    request: SignedIn, form: ImportForm, *, status: int, faults: list[Problem] | None = None
) -> HttpResponse:
    found = faults or []
    context = {"form": form, "faults": found[:FAULTS], "more": max(len(found) - FAULTS, 0)}
    return render(request, "roles/bank_import.html", context, status=status)
