"""What the role of the application could do to get around the triggers: nothing, it has to be."""

from collections.abc import Iterator

from django.db import connection

# MEMBER, not USAGE: a role that does not inherit could still SET ROLE.
OWNS = """
    SELECT EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'S')
          AND pg_has_role(current_user, c.relowner, 'MEMBER')
    ) OR EXISTS (
        SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = current_schema() AND pg_has_role(current_user, p.proowner, 'MEMBER')
    ) OR EXISTS (
        SELECT FROM pg_namespace
        WHERE nspname = current_schema() AND pg_has_role(current_user, nspowner, 'MEMBER')
    ) OR EXISTS (
        SELECT FROM pg_database
        WHERE datname = current_database() AND pg_has_role(current_user, datdba, 'MEMBER')
    ) OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
"""
# Functions of triggers look tables up by name, and a temporary table goes before a real one.
MAKES = """
    SELECT has_database_privilege(current_database(), 'TEMP')
        OR has_database_privilege(current_database(), 'CREATE')
        OR has_schema_privilege(current_schema(), 'CREATE')
"""
EMPTIES = """
    SELECT EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
          AND has_table_privilege(c.oid, 'TRUNCATE, TRIGGER')
    )
"""
SILENCES = """
    SELECT has_parameter_privilege('session_replication_role', 'SET')
        OR current_setting('session_replication_role') <> 'origin'
"""
RUNS = """
    SELECT EXISTS (
        SELECT FROM pg_roles
        WHERE rolname IN ('pg_execute_server_program', 'pg_write_server_files')
          AND pg_has_role(current_user, oid, 'MEMBER')
    )
"""
POWERS = {
    "may make tables, temporary ones too, which its triggers would take for the real ones": MAKES,
    "may empty tables or add triggers to them": EMPTIES,
    "may silence triggers by session_replication_role": SILENCES,
    "may run programs or write files on the database server": RUNS,
}
MEND = "Use one that only works with rows: deploy/roles.sql."


def powers() -> Iterator[str]:
    if _is(OWNS):
        yield (
            "DATABASE_URL connects as a role that owns the tables, their functions or where they "
            f"are, so it could switch their protection off. {MEND}"
        )
        return  # an owner may do all of the rest
    for power, query in POWERS.items():
        if _is(query):
            yield f"DATABASE_URL connects as a role that {power}. {MEND}"


def _is(query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]
