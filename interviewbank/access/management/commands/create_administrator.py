"""The first administrator, or a way back in when nobody else can help."""

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from interviewbank.access.models import User
from interviewbank.access.workflow import make_administrator


class Command(BaseCommand):
    help = (
        "Make somebody an administrator. Creates them where they are new, with a password that is "
        "asked for. Somebody who exists keeps their password and gets the grant."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="", help="needed for somebody new")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input; also sets it anew for somebody who exists",
        )

    def handle(self, *, email, name, password_stdin, **options):
        known = User.objects.filter(email__iexact=email).first()
        person = known or User(email=email, name=name)
        if known is None:
            check_details(person)
        password = None
        if password_stdin:
            password = sys.stdin.readline().rstrip("\r\n")
        elif known is None or not known.has_usable_password():
            password = ask_for_password()
        if password is not None:
            check_password(password, person)
        made = make_administrator(email=email, name=name, password=password)
        self.stdout.write(f"{made.name} <{made.email}> is an administrator.")


def check_details(person: User) -> None:
    if not person.name.strip():
        raise CommandError(f"Nobody has the e-mail {person.email} yet: give --name to create them.")
    try:
        person.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


def ask_for_password() -> str:
    if not sys.stdin.isatty():
        raise CommandError("There is no terminal to ask for a password; pass --password-stdin.")
    try:
        first = getpass.getpass("Password: ")
        again = getpass.getpass("The same again: ")
    except (EOFError, KeyboardInterrupt) as error:
        raise CommandError("Stopped. Nothing was changed.") from error
    if first != again:
        raise CommandError("The two passwords differ. Nothing was changed.")
    return first


def check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
