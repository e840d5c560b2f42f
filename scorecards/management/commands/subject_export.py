import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scorecards.models import Candidate
from scorecards.workflow.exporting import export_candidate


class Command(BaseCommand):
    help = "Writes all that is kept about a candidate into a zip file, for the candidate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("candidate", metavar="E-MAIL")
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def handle(self, *args, **options) -> None:
        found = list(
            Candidate.objects.kept()
            .filter(email__iexact=options["candidate"])
            .order_by("created_at")
        )
        if not found:
            raise CommandError(f"No candidate has the e-mail {options['candidate']}.")
        path = options["file"]
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{path} can't be written: {error.strerror}.") from error
        with open(opened, "wb") as file:
            file.write(export_candidate(rows=found))
        self.stdout.write(f"Written: {path}")
