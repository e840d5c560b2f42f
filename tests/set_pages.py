"""Using the pages of question sets as a browser would: one form, and the button that is pressed."""

import re
from types import SimpleNamespace

from django.urls import reverse

from interviewbank.audit.models import Event
from roles.models import QuestionSet, QuestionSetVersion
from roles.workflow import set_content
from tests.forms import filled_in

FORM = re.compile(rb"<form\b.*?</form>", re.DOTALL)


def url(name: str, of: QuestionSet | None = None) -> str:
    return reverse(f"question_set_{name}", args=[of.pk] if of else [])


def form_with(response, marker: str) -> SimpleNamespace:
    """The one form of the page that holds these words of markup."""
    found = [form for form in FORM.findall(response.content) if marker.encode() in form]
    assert len(found) == 1, (marker, len(found), response.content.decode()[:2000])
    return SimpleNamespace(content=found[0])


def press(client, of: QuestionSet, do: str, question=None, *, page=None, query: str = ""):
    """Presses a button of the editor, on the page as it was when `page` was loaded."""
    address = url("edit", of)
    value = f"{do}:{question.pk}" if question else do
    page = page or client.get(address + query)
    sent = filled_in(form_with(page, f'value="{value}"'), address, do=value)
    return client.post(address + query, sent)


def save_facts(client, of: QuestionSet, *, page=None, **changes):
    address = url("edit", of)
    page = page or client.get(address)
    return client.post(address, filled_in(form_with(page, "round_name"), address, **changes))


def asked(version: QuestionSetVersion) -> list[tuple[str, int, bool]]:
    """(slug, version, required) in order."""
    return list(
        version.items.order_by("position").values_list(
            "question_version__question__slug", "question_version__number", "required"
        )
    )


def versions(of: QuestionSet) -> list[tuple[int, bool, list[tuple[str, int, bool]]]]:
    """(number, published?, what it asks), the oldest first."""
    return [
        (one.number, one.published_at is not None, asked(one))
        for one in of.versions.order_by("number")
    ]


def events() -> list[str]:
    verbs = Event.objects.filter(verb__startswith="question_set.").order_by("number")
    return list(verbs.values_list("verb", flat=True))


def seen(of) -> str:
    """What somebody has before them now, as the forms carry it."""
    return set_content.token(set_content.standing(of))
