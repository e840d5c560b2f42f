"""Using the forms of the bank as a browser would."""

import re
from html import unescape

from django.urls import reverse

from tests.forms import filled_in


def url(name: str, of) -> str:
    return reverse(f"question_{name}", args=[getattr(of, "question_id", of.pk)])


def send(client, address: str, **changes):
    """Posts the form of that page as it came, with these changes."""
    return client.post(address, filled_in(client.get(address), address, **changes))


def messages(client, response) -> str:
    assert response.status_code == 302, response.content.decode()
    return client.get(response["Location"]).content.decode()


def summary(response) -> str:
    """The words of the error summary."""
    assert response.status_code == 422
    found = re.search(rb"ib-errors.*?</ul>", response.content, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>|\s+", " ", found[0].decode()))
