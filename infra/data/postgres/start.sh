#!/bin/sh
# Runs Postgres. At every start, it also updates the database and its roles, so that changed passwords take effect.
# Environment: PGDATA, PGHOST (folder of the socket), PGPORT, PGUSER, SECRETS (folder with a file per role).
set -eu

# The folder may outlive the container: what it says must be true of this start.
rm -f /tmp/roles-are-there

# The cluster appears whole or not at all, whenever the container is killed.
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "$PGDATA.unfinished"
  initdb --pgdata="$PGDATA.unfinished" --username="$PGUSER" --pwfile="$SECRETS/superuser" \
    --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C >&2
  echo 'host all all all scram-sha-256' >>"$PGDATA.unfinished/pg_hba.conf"
  mv "$PGDATA.unfinished" "$PGDATA"
fi

ensure_roles() {
  until pg_isready -q && psql -Xq -d postgres -f "$(dirname "$0")/roles.sql" >/dev/null; do sleep 1; done
  touch /tmp/roles-are-there
}

postgres "$@" &
server=$!
# "Fast": open transactions are rolled back and the server closes cleanly.
trap 'kill -INT "$server"' TERM INT
ensure_roles &
roles=$!

# A signal ends `wait` before the server has ended.
while kill -0 "$server" 2>/dev/null; do
  code=0
  wait "$server" || code=$?
done
kill "$roles" 2>/dev/null || true
exit "$code"
