from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from interviewbank.audit.models import Event
from interviewbank.audit.verifying import Broken, verify
from scorecards import ledger
from scorecards.backups import BackupError, load
from scorecards.workflow.erasing import ErasureError, replay


class Command(BaseCommand):
    help = "Restores a backup into an empty database, and erases again who was erased since."
    # The database has no tables yet: nothing to check before.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args, **options) -> None:
        try:
            load(options["file"])
            connection.close()
            call_command("migrate", verbosity=0)
            erased = replay(ledger.read())
            head = verify(Event.objects.order_by("number").iterator())
        except (BackupError, Broken, ErasureError, ledger.LedgerBroken) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored. Erased again: {erased}. {head.number} events, unbroken.")
