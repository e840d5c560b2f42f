"""Answers that come from no view of ours."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.views import csrf

from interviewbank.access.refusals import WORDS, refusal, wants_json, wants_page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What it was that was not found is nobody's business."""
    return refusal(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    return refusal(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours: this needs neither a user nor a database. The reference is the id of the
    request, under which the log has the traceback."""
    reference = str(getattr(request, "id", ""))
    if wants_json(request):
        code, message = WORDS[500]
        answer = {"error": code, "message": message, "reference": reference}
        return JsonResponse(answer, status=500)
    return HttpResponseServerError(render_to_string("500.html", {"reference": reference}))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if wants_page(request):
        return csrf.csrf_failure(request, reason)
    message = "The page's token is out of date. Ask for a new one and send it again."
    return JsonResponse({"error": "csrf", "message": message}, status=403)
