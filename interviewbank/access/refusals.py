"""How a request is refused: a page for a person, {"error": code, "message": sentence} for a script.

This knows no user and no database; a fault of ours is answered with it, too.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

WORDS: dict[int, tuple[str, str]] = {
    400: ("bad_request", "Something in the address or in what was sent is not as it should be."),
    403: ("forbidden", "This is not open to you."),
    404: ("not_found", "There is nothing here that is open to you."),
    405: ("wrong_method", "This address does not take requests of this kind."),
    413: ("too_large", "This is more than can be sent at once."),
    429: ("too_many", "Too many tries in a row. Wait a minute, then try again."),
    500: ("broken", "Something broke on our side. What was confirmed as saved is kept."),
}


def wants_json(request: HttpRequest) -> bool:
    """It sends JSON, or asks for it and not for a page."""
    if request.content_type == "application/json":
        return True
    accept = request.headers.get("Accept", "*/*")
    return "application/json" in accept and "text/html" not in accept


def wants_page(request: HttpRequest) -> bool:
    """A person's browser navigates: it can follow a redirect to the sign-in page.

    A script that fetches says so by one of these: htmx, the browser's Sec-Fetch-Dest, JSON sent or
    asked for. To it a redirect would look like an answer.
    """
    headers = request.headers
    if headers.get("HX-Request") == "true" or headers.get("Sec-Fetch-Dest") == "empty":
        return False
    return not wants_json(request)


def refusal(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    code, words = WORDS[status]
    if wants_json(request):
        return JsonResponse({"error": code, "message": message or words}, status=status)
    return render(request, f"{status}.html", {"exception": message}, status=status)
