import json
import time

from django.core.management.base import BaseCommand, CommandError

from interviewbank.access.models import User
from scorecards.seeding import NoBank, Seeder


class Command(BaseCommand):
    help = "Adds candidates with interviews, scorecards and roll-ups, to measure on."

    def add_arguments(self, parser):
        parser.add_argument("--candidates", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, required=True, metavar="S")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *, candidates: int, seed: int, **options):
        if not 1 <= candidates <= 1_000_000:
            raise CommandError("--candidates takes a number from 1 to 1,000,000.")
        if User.objects.filter(email__startswith=f"seed{seed}.").exists():
            raise CommandError(f"Seed {seed} is in this database already. Choose another number.")
        started = time.monotonic()
        try:
            counts = Seeder(candidates=candidates, seed=seed).run(
                lambda done: self.progress(done, candidates)
            )
        except NoBank as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(counts, sort_keys=True))
            return
        words = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stderr.write("")
        self.stdout.write(f"Added in {time.monotonic() - started:.0f} s: {words}")

    def progress(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done} of {total}", ending="")
        self.stderr.flush()
