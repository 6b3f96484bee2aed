#!/bin/sh
# restore.sh [NAME]: brings PGDATABASE back as it is in a dump of /data, the newest where none is named.
# All or nothing: what cannot be restored leaves the database as it was. Environment: as of backup.sh.
set -eu

PGPASSWORD=$(cat "$SECRETS/superuser")
export PGPASSWORD
dump=/data/${1:-$(ls /data | grep '\.dump$' | sort | tail -n 1)}

pg_restore --clean --if-exists --single-transaction --dbname="$PGDATABASE" "$dump"
echo "{\"level\":\"info\",\"service\":\"$PGHOST\",\"msg\":\"restored\",\"file\":\"$dump\"}"
