from django.core.management.commands import migrate
from django.db import connections

from interviewbank.dbcheck import refuse_newer_database


class Command(migrate.Command):
    def handle(self, *args, **options):
        refuse_newer_database(connections[options["database"]])
        super().handle(*args, **options)
