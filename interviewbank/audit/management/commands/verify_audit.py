from django.core.management.base import BaseCommand, CommandError, CommandParser

from interviewbank.audit.models import Event
from interviewbank.audit.verifying import Broken, Head, verify


class Command(BaseCommand):
    help = "Checks the chain of events and prints its head, to be noted elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMBER:DIGEST",
            help="a head noted earlier, which must still be there",
        )

    def handle(self, *args, **options) -> None:
        noted = None
        if options["head"]:
            try:
                noted = Head.read(options["head"])
            except ValueError:
                raise CommandError(
                    "--head is a number, a colon and 64 digits, as this command prints it."
                ) from None
        try:
            head = verify(Event.objects.order_by("number").iterator(), noted=noted)
        except Broken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{head.number} events, unbroken. Head: {head}")
