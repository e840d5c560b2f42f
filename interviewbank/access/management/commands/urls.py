import json

from django.core.management.base import BaseCommand, CommandParser

from interviewbank.access.checks import url_patterns
from interviewbank.access.policy import RULES


class Command(BaseCommand):
    help = "Lists every URL with its name, its methods and who may reach it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args, **options) -> None:
        rows = [
            {
                "url": f"/{path}",
                "name": name,
                "methods": sorted(RULES[name].methods),
                "rule": RULES[name].in_words(),
            }
            for path, name in url_patterns()
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for row in rows:
            methods = " ".join(row["methods"])
            self.stdout.write(f"{row['url']}  [{row['name']}]  {methods}  {row['rule']}")
