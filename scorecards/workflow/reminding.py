"""One mail for a scorecard that is a day overdue, and no second one."""

from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from scorecards.models import Interview, Scorecard

from .interviews import AlreadySubmitted, InactivePerson, InterviewError

OVERDUE_AFTER = timedelta(hours=24)


class NotOverdue(InterviewError):
    pass


class RemindedAlready(InterviewError):
    pass


class ReminderFailed(InterviewError):
    pass


def remind(*, interview: Interview, by: User) -> None:
    """The mail leaves after the commit; when it can't, nothing is left of the reminder, and it can
    be tried again."""
    noted = _note(interview, by)
    try:
        _send(noted)
    except OSError as error:
        _take_back(noted, by)
        raise ReminderFailed(
            f"The mail to {noted.interviewer} could not be sent. Try again later."
        ) from error


def is_overdue(interview: Interview) -> bool:
    ends_at = interview.starts_at + timedelta(minutes=interview.minutes)
    return interview.state in Interview.OWING and timezone.now() > ends_at + OVERDUE_AFTER


@transaction.atomic
def _note(interview: Interview, by: User) -> Interview:
    card = Scorecard.objects.select_for_update().get(interview=interview)
    related = ("interviewer", "round", "application__opening__role", "scorecard")
    now = Interview.objects.select_related(*related).get(pk=interview.pk)
    if card.submitted_at:
        raise AlreadySubmitted(f"{now.interviewer} has submitted this scorecard.")
    if not is_overdue(now):
        raise NotOverdue("This scorecard is not overdue. It is a day after the interview.")
    if now.reminded_at:
        raise RemindedAlready(f"{now.interviewer} was reminded already. One reminder is sent.")
    if not now.interviewer.is_active:
        raise InactivePerson(f"{now.interviewer} is deactivated and gets no mail.")
    _set(now, timezone.now())
    trail.record(actor=by, verb="interview.reminded", obj=now, fields=["reminded_at"])
    return now


@transaction.atomic
def _take_back(interview: Interview, by: User) -> None:
    _set(interview, None)
    trail.record(actor=by, verb="interview.not_reminded", obj=interview, fields=["reminded_at"])


def _set(interview: Interview, at: datetime | None) -> None:
    interview.reminded_at = at
    interview.save(update_fields=["reminded_at"])


def _send(interview: Interview) -> None:
    """Mails are forwarded and kept, so they name no candidate."""
    path = reverse("scorecard_live", args=[interview.scorecard.pk])
    context = {"interview": interview, "link": urljoin(settings.SITE_ADDRESS, path)}
    subject = render_to_string("scorecards/mail/reminder_subject.txt", context).strip()
    body = render_to_string("scorecards/mail/reminder_message.txt", context)
    send_mail(subject, body, None, [interview.interviewer.email])
