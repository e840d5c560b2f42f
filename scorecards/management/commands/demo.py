"""Everything that an evaluation needs: database, bank, demo people, server."""

import json
import os
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from interviewbank import bootstrap
from interviewbank.access.models import Grant, User
from interviewbank.dbcheck import refuse_newer_database
from roles.models import Role
from scorecards import demo
from scorecards.models import OpeningMember

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Sets up a demo with its own database and serves it on this machine only."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-server", action="store_true", help="set up, print, and stop")

    def handle(self, *, port: int, no_server: bool, **options):
        if not settings.LOCAL:
            raise CommandError(
                "The demo is for this machine only. Unset DATABASE_URL and INTERVIEWBANK_HOSTS."
            )
        if not no_server and not bootstrap.port_is_free(HOST, port):
            raise CommandError(
                f"Port {port} is in use. Stop what listens there, or try --port {port + 1}."
            )
        # For links in mails, which no request makes.
        settings.SITE_ADDRESS = f"http://{HOST}:{port}"
        self.say("Starting the database")
        refuse_newer_database(connection)
        self.say("Bringing its tables up to date")
        call_command("migrate", verbosity=0)
        self.load_bank()
        passwords = self.passwords()
        if not demo.is_loaded():
            self.say("Loading the demo company")
            demo.load(settings.BASE_DIR / "fixtures" / "demo.yaml", passwords, self.say)
        self.print_accounts(passwords)
        if no_server:
            return
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        self.stdout.write(f"\n  http://{HOST}:{port}/   (Ctrl-C stops it)\n\n")
        call_command("runserver", f"{HOST}:{port}", use_reloader=False, verbosity=0)

    def say(self, words: str) -> None:
        self.stdout.write(f"· {words}")
        self.stdout.flush()

    def load_bank(self) -> None:
        """Once; a bank that people edited since is theirs."""
        if Role.objects.exists():
            return
        self.say("Loading roles, areas and the question bank")
        fixtures = settings.BASE_DIR / "fixtures"
        names = ("roles.yaml", "areas.yaml", "profiles.yaml", "work.yaml")
        call_command("loaddata", *(fixtures / name for name in names), verbosity=0)
        report = StringIO()
        call_command("questions", "import", fixtures / "bank", stdout=report)
        self.say(report.getvalue().splitlines()[-1])

    def passwords(self) -> dict[str, str]:
        """By e-mail; made at the first start, readable by the owner of this checkout only."""
        path = settings.LOCAL_DIR / "demo-passwords.json"
        known = json.loads(path.read_text()) if path.exists() else {}
        wanted = demo.emails(settings.BASE_DIR / "fixtures" / "demo.yaml")
        if set(wanted) - set(known):
            known = {email: known.get(email) or demo.new_password() for email in wanted}
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(known, file)
        return known

    def print_accounts(self, passwords: dict[str, str]) -> None:
        self.stdout.write("\nWho can sign in (in this demo only):\n\n")
        for person in User.objects.filter(is_demo=True).order_by("name"):
            self.stdout.write(
                f"  {person.email:<34} {passwords[person.email]:<18} {access_of(person)}"
            )


def access_of(person: User) -> str:
    """What they may do, in words: grants first, then their part in openings."""
    parts = [Grant.Kind(kind).label for kind in sorted(person.grant_kinds)]
    kinds = person.memberships.values_list("kind", flat=True).distinct()
    parts += [OpeningMember.Kind(kind).label for kind in sorted(set(kinds))]
    if person.interviews.exists():
        parts.append("Interviewer")
    return ", ".join(dict.fromkeys(parts)) or "Nothing yet"
