"""What went wrong with the built-in PostgreSQL, in words for the person at the terminal."""


class LocalPostgresError(Exception):
    """Its text is shown as it is, without a traceback."""
