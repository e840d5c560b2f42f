from django.core.management.base import BaseCommand, CommandError, CommandParser

from interviewbank.access.models import Grant, User
from scorecards import ledger
from scorecards.models import Candidate
from scorecards.workflow import erasing
from scorecards.workflow.retention import due, erase_due


class Command(BaseCommand):
    help = "Erases a candidate, everybody whose time is over, or again who was erased before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("candidate", nargs="?", metavar="E-MAIL", help="of the candidate")
        parser.add_argument("--requested-by", metavar="E-MAIL", help="an administrator")
        parser.add_argument("--approved-by", metavar="E-MAIL", help="another administrator")
        parser.add_argument("--reason", default="", help="why")
        parser.add_argument("--due", action="store_true", help="whose openings keep them no longer")
        parser.add_argument("--dry-run", action="store_true", help="with --due: only list them")
        parser.add_argument(
            "--replay", action="store_true", help="whom the ledger names, after a restore"
        )
        parser.add_argument(
            "--note-again",
            action="store_true",
            help="erases nobody: notes in a ledger that was lost whom the database knows as erased",
        )

    def handle(self, *args, **options) -> None:
        try:
            self._do(options)
        except (erasing.ErasureError, ledger.LedgerBroken) as error:
            raise CommandError(str(error)) from error

    def _do(self, options) -> None:
        if options["replay"]:
            self.stdout.write(f"Erased again: {erasing.replay(ledger.read())}")
        elif options["note_again"]:
            self.stdout.write(f"Noted again: {erasing.note_again()}")
        elif options["due"]:
            self._due(dry_run=options["dry_run"])
        elif options["candidate"]:
            self._one(options)
        else:
            raise CommandError(
                "Name a candidate by e-mail, or use --due, --replay or --note-again."
            )

    def _one(self, options) -> None:
        if not (options["requested_by"] and options["approved_by"] and options["reason"].strip()):
            raise CommandError("An erasure needs --requested-by, --approved-by and --reason.")
        requested_by = self._administrator(options["requested_by"])
        approved_by = self._administrator(options["approved_by"])
        found = list(Candidate.objects.kept().filter(email__iexact=options["candidate"]))
        if not found:
            raise CommandError(f"No candidate has the e-mail {options['candidate']}.")
        for candidate in found:
            if not candidate.erasure_requests.filter(done_at__isnull=True).exists():
                erasing.request_erasure(
                    candidate=candidate, by=requested_by, reason=options["reason"]
                )
            erasing.erase(candidate=candidate, by=approved_by)
        self.stdout.write(f"Erased: {len(found)}")

    def _administrator(self, email: str) -> User:
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None or not person.holds(Grant.Kind.ADMINISTRATOR):
            raise CommandError(f"{email} is no administrator here.")
        return person

    def _due(self, *, dry_run: bool) -> None:
        if dry_run:
            for one in due():
                self.stdout.write(f"{one.at:%Y-%m-%d}  {one.candidate.pk}")
            return
        self.stdout.write(f"Erased: {erase_due()}")
