from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scorecards.backups import BackupError, dump


class Command(BaseCommand):
    help = "Writes the whole database into a file. The erasure ledger is backed up apart from it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args, **options) -> None:
        try:
            dump(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = options["file"].stat().st_size
        self.stdout.write(f"Written: {options['file']}, {size:,} bytes")
