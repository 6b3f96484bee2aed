#!/bin/sh
# Dumps PGDATABASE into /data, and keeps the last seven dumps.
# Environment: PGHOST, PGPORT, PGUSER (who may read everything), PGDATABASE, SECRETS (folder of the password).
set -eu

PGPASSWORD=$(cat "$SECRETS/superuser")
export PGPASSWORD
dump=/data/$PGDATABASE-$(date -u +%Y%m%dT%H%M%SZ).dump

# A dump has its name only when it is whole: the second command reads all of it.
pg_dump --format=custom --file=/data/unfinished
pg_restore --file=/dev/null /data/unfinished
mv /data/unfinished "$dump"

for old in $(ls -r /data/*.dump | tail -n +8); do rm "$old"; done
echo "{\"level\":\"info\",\"service\":\"$PGHOST\",\"msg\":\"backup written\",\"file\":\"$dump\",\"bytes\":$(wc -c <"$dump")}"
