"""Reading pages in tests."""

import re

STAMP = re.compile(rb"(?<=DTSTAMP:)\w+")
CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": "|"csrf": ")[^"]+')


def masked(response) -> bytes:
    """The page without its CSRF tokens, which differ on every request, and a calendar without the
    second in which it was written."""
    return STAMP.sub(b"", CSRF.sub(rb"\1", response.getvalue()))
