"""Sending bad input in tests, and what an answer to it has to be."""

import re
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


def encoded(data: dict) -> bytes:
    return urlencode(data, doseq=True).encode()


def for_a_person(response, what):
    """A refusal has words: a page with a heading, or a sentence in JSON."""
    if response.status_code < 400:
        return
    if response["Content-Type"].startswith("application/json"):
        said = response.json()
        words = {"message", "error", "conflict"} & set(said)
        assert any(len(said[key]) > 10 for key in words), what
        return
    text = response.content.decode()
    assert "<h1" in text or "hx-" in text, what
    if response.status_code == 422:
        assert re.search(r"needs? a change|two places|alert|invalid-feedback", text), what


def close(response):
    """Its file, and not the connection to the database."""
    for close in response._resource_closers:
        close()
