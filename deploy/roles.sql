-- Two roles: one owns the tables and migrates, one serves and owns nothing.
--
--   psql -v database=interviewbank -v owner=interviewbank_owner -v app=interviewbank_app \
--        -f deploy/roles.sql "postgresql://superuser@host/interviewbank"
--
-- Run it once on an empty database, before the first migration; it can be run again, and then takes
-- back what the application's role was given besides. Give both roles passwords (\password), run
-- `migrate` and `createcachetable` with DATABASE_URL naming the owner, and the server with
-- DATABASE_URL naming the application's role. The server does not start as the owner.

SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name)
FROM (VALUES (:'owner'), (:'app')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

-- Nobody else gets in.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC, :"app";
GRANT CONNECT ON DATABASE :"database" TO :"owner", :"app";
REVOKE CREATE ON SCHEMA public FROM PUBLIC, :"app";
GRANT USAGE, CREATE ON SCHEMA public TO :"owner";
GRANT USAGE ON SCHEMA public TO :"app";

-- Rows, and no more: without TRUNCATE, REFERENCES and TRIGGER the protection of records can't be
-- gone around. Holds for the tables that are there and for those of later migrations.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO :"app";
