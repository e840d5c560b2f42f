from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from scorecards.workflow.erasing import ErasureError
from scorecards.workflow.operations import forget_losers
from scorecards.workflow.retention import erase_due

# How long a version that lost a conflict can still be asked for after the scorecard is in.
FORGOTTEN_AFTER = timedelta(days=30)


class Command(BaseCommand):
    help = "The work of a day: erases whom no opening keeps any longer, forgets lost versions."

    def handle(self, *args, **options) -> None:
        forgotten = forget_losers(timezone.now() - FORGOTTEN_AFTER)
        self.stdout.write(f"Lost versions forgotten: {forgotten}")
        try:
            self.stdout.write(f"Erased: {erase_due()}")
        except ErasureError as error:
            raise CommandError(str(error)) from error
