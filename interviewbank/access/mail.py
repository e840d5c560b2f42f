"""The mails that an administrator causes. allauth sends the ones that people ask for themselves."""

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from .models import User


class MailFailed(Exception):
    """What was to be done is done, only the mail did not leave."""

    def __init__(self, person: User):
        self.person = person
        super().__init__(
            f"The mail to {person.email} could not be sent. Send the link again from this page."
        )


def password_link(person: User, root_url: str) -> str:
    """Where the person sets a password; works once, until PASSWORD_RESET_TIMEOUT is over."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )
    return urljoin(root_url, path)


def send_password_link(*, person: User, by: User, root_url: str) -> None:
    """An invitation to somebody who never set a password, else a way to set a new one."""
    name = "password_link" if person.has_usable_password() else "invitation"
    context = {"person": person, "by": by, "link": password_link(person, root_url)}
    subject = render_to_string(f"access/mail/{name}_subject.txt", context).strip()
    body = render_to_string(f"access/mail/{name}_message.txt", context)
    try:
        send_mail(subject, body, None, [person.email])
    except OSError as error:
        raise MailFailed(person) from error
