"""The page for a fault of ours. It needs neither a user nor a database."""

from django.http import HttpRequest, HttpResponseServerError
from django.template.loader import render_to_string


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """The reference is the id of the request, under which the log has the traceback."""
    reference = str(getattr(request, "id", ""))
    return HttpResponseServerError(render_to_string("500.html", {"reference": reference}))
