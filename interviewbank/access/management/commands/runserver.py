import os

from django.core.management.base import CommandError
from django.db import connection
from whitenoise.runserver_nostatic.management.commands import runserver

from interviewbank import bootstrap
from interviewbank.dbcheck import refuse_newer_database

RELOADED = "RUN_MAIN"  # Django sets it in the child that its reloader starts


class Command(runserver.Command):
    def handle(self, *args, **options):
        """The reloader kills its child before it can stop the database: the parent holds it."""
        if RELOADED not in os.environ:
            refuse_newer_database(connection)
        super().handle(*args, **options)

    def run(self, **options):
        if RELOADED not in os.environ and not bootstrap.port_is_free(self.addr, int(self.port)):
            raise CommandError(
                f"Port {self.port} is in use. Stop what listens there, or name another: "
                f"runserver {int(self.port) + 1}."
            )
        super().run(**options)
