#!/usr/bin/env bash
# Runs once, when PostgreSQL makes the database weir. The job's role owns that database and is no superuser; Grafana's may only read what the job
# makes. The superuser has no password afterwards, so that nobody logs in as it over the network; `docker compose exec postgres psql
# -U postgres` works.
set -euo pipefail
psql --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=weir << 'SQL'
\set weir `cat /run/secrets/weir-postgres`
\set grafana `cat /run/secrets/grafana-postgres`
CREATE ROLE weir LOGIN PASSWORD :'weir';
ALTER DATABASE weir OWNER TO weir;
CREATE ROLE grafana LOGIN PASSWORD :'grafana';
ALTER ROLE grafana SET default_transaction_read_only = on;
REVOKE TEMPORARY ON DATABASE weir FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE weir IN SCHEMA public GRANT SELECT ON TABLES TO grafana;
ALTER ROLE CURRENT_USER PASSWORD NULL;
SQL
