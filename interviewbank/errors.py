"""Answers that come from no view of ours."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.views import csrf

from interviewbank.access.middleware import wants_page


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """A fault of ours: this needs neither a user nor a database. The reference is the id of the
    request, under which the log has the traceback."""
    reference = str(getattr(request, "id", ""))
    return HttpResponseServerError(render_to_string("500.html", {"reference": reference}))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if wants_page(request):
        return csrf.csrf_failure(request, reason)
    message = "The page's token is out of date. Ask for a new one and send it again."
    return JsonResponse({"error": "csrf", "message": message}, status=403)
