"""Reading pages in tests."""

import re

CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": "|"csrf": ")[^"]+')


def masked(response) -> bytes:
    """The page without its CSRF tokens, which differ on every request."""
    return CSRF.sub(rb"\1", response.getvalue())
