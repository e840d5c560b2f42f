"""One nudge for an overdue scorecard, without a candidate's name, from who may know of it."""

import smtplib
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from interviewbank.audit.models import Event
from scorecards.models import Interview
from tests import build
from tests.pages import masked
from tests.visit import visit

pytestmark = pytest.mark.django_db


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def page(client):
    return partial(visit, client)


@pytest.fixture
def overdue(panel):
    """The interview of `interviewer` ended two days ago."""
    Interview.objects.filter(pk=panel.mine.pk).update(
        starts_at=timezone.now() - timedelta(days=2, hours=1)
    )
    panel.mine.refresh_from_db()
    return reverse("interview_remind", args=[panel.mine.pk])


def said(page, panel):
    response = page(None, reverse("application_detail", args=[panel.application.pk]))
    return response.content.decode()


def test_remind_once(panel, page, overdue, settings):
    settings.SITE_ADDRESS = "https://interviews.example.com"
    detail = reverse("application_detail", args=[panel.application.pk])
    assert overdue in page(panel.people.coordinator, detail).content.decode()
    page(None, overdue, {}, status=302)
    (sent,) = mail.outbox
    assert sent.to == ["ines.asker@example.com"]
    assert sent.subject == "Your scorecard is waiting"
    link = reverse("scorecard_live", args=[panel.mine.scorecard.pk])
    assert f"https://interviews.example.com{link}" in sent.body
    assert "Deep dive" in sent.body
    assert "Odalys" not in sent.subject + sent.body
    text = said(page, panel)
    assert "Ines Asker was reminded by mail." in text
    assert overdue not in text
    page(None, overdue, {}, status=302)
    assert "was reminded already" in said(page, panel)
    assert len(mail.outbox) == 1
    assert [event.verb for event in Event.objects.all()] == ["interview.reminded"]


@pytest.mark.parametrize("hours", [24, 0, -30])
def test_not_before_a_day_is_over(panel, page, overdue, hours):
    Interview.objects.filter(pk=panel.mine.pk).update(
        starts_at=timezone.now() - timedelta(hours=hours)
    )
    page(panel.people.coordinator, overdue, {}, status=302)
    text = said(page, panel)
    assert "This scorecard is not overdue" in text
    assert f'action="{overdue}"' not in text
    assert mail.outbox == []


def test_not_when_it_is_in_or_owed_no_more(panel, page, overdue):
    build.submitted(panel.mine, [3, 3, 3])
    page(panel.people.coordinator, overdue, {}, status=302)
    assert "has submitted this scorecard" in said(page, panel)
    other = build.interview(panel.application, panel.people.outsider, state="cancelled")
    page(None, reverse("interview_remind", args=[other.pk]), {}, status=302)
    assert "not overdue" in said(page, panel)
    assert mail.outbox == []


def test_a_failing_mail_server_is_said_and_leaves_nothing(panel, page, overdue, settings):
    settings.EMAIL_BACKEND = "tests.test_scorecards_reminding.Refusing"
    page(panel.people.coordinator, overdue, {}, status=302)
    text = said(page, panel)
    assert "The mail to Ines Asker could not be sent. Try again later." in text
    assert f'action="{overdue}"' in text
    panel.mine.refresh_from_db()
    assert panel.mine.reminded_at is None
    assert [event.verb for event in Event.objects.order_by("number")] == [
        "interview.reminded",
        "interview.not_reminded",
    ]


def test_a_coordinator_who_owes_a_scorecard_reminds_nobody(panel, page, overdue):
    """R3: that it is overdue says that it is not in."""
    people = panel.people
    tomorrow = timezone.now() + timedelta(days=1)
    build.interview(panel.application, people.coordinator, starts_at=tomorrow)
    detail = reverse("application_detail", args=[panel.application.pk])
    before = masked(page(people.coordinator, detail))
    assert overdue.encode() not in before
    page(None, overdue, {}, status=403)
    Interview.objects.filter(pk=panel.mine.pk).update(reminded_at=timezone.now())
    assert masked(page(None, detail)) == before
    build.submitted(panel.mine, [3, 3, 3])
    page(None, overdue, {}, status=403)
    assert mail.outbox == []


def test_strangers(panel, page, overdue):
    people = panel.people
    page(people.outsider, overdue, {}, status=404)
    page(people.interviewer, overdue, {}, status=403)
    page(people.chair, overdue, {}, status=403)
