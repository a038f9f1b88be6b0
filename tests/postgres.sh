#!/usr/bin/env bash
# A private PostgreSQL server for tests. Listens on no network, only on a socket in its own folder.
#
#   tests/postgres.sh          starts it unless it runs already, and prints the url for ASSAY_TEST_POSTGRES
#   tests/postgres.sh stop     stops it and removes its folder
#
# Needs the PostgreSQL server programs (Debian: postgresql-15 or later). Run as root it becomes the user postgres, because
# PostgreSQL refuses to run as root. Nothing on it is meant to survive, so it does not wait for the disk.
set -eu

folder="${ASSAY_POSTGRES_FOLDER:-/tmp/assay-postgres-$(id -u)}"
programs="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)"
[ -n "$programs" ] || programs="$(dirname "$(command -v initdb || true)")"
[ -x "$programs/initdb" ] || { echo "PostgreSQL's server programs were not found; install the server to test on it" >&2; exit 1; }

as_owner() {
    if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sh -c "$1"; fi
}

if [ "${1:-start}" = stop ]; then
    as_owner "'$programs/pg_ctl' -D '$folder/data' -m immediate -w stop" >&2 || true
    rm -rf "$folder"
    exit 0
fi

if ! as_owner "'$programs/pg_ctl' -D '$folder/data' status" >/dev/null 2>&1; then
    rm -rf "$folder"
    mkdir -m 700 "$folder"
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    as_owner "cd '$folder' && '$programs/initdb' -D '$folder/data' -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N" >"/dev/null"
    as_owner "cd '$folder' && '$programs/pg_ctl' -D '$folder/data' -l '$folder/log' -w start -o \"-k '$folder' -c listen_addresses='' -c max_connections=300 -c fsync=${ASSAY_POSTGRES_FSYNC:-off}\"" >&2
fi

echo "postgres://postgres@$(printf %s "$folder" | sed 's:/:%2F:g')/postgres"
