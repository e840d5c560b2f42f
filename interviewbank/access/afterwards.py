"""What is done once the answer has left: nobody waits for it, or can tell from the wait."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

log = logging.getLogger(__name__)


def afterwards(request: HttpRequest, act: Callable[[], object]) -> None:
    request.__dict__.setdefault("acts_afterwards", []).append(act)


def put_off(request: HttpRequest, response: HttpResponseBase) -> None:
    """A WSGI server closes an answer when it has been sent."""
    acts = getattr(request, "acts_afterwards", [])
    if not acts:
        return
    close = response.close

    def close_and_act() -> None:
        close()
        while acts:
            try:
                acts.pop(0)()
            except OSError:
                log.exception("A mail could not be sent.")

    response.close = close_and_act  # type: ignore[method-assign]
