#!/bin/sh
# Dumps the database DBNAME into /data, and keeps the last seven dumps.
# Environment: DBHOST, DBPORT, DBNAME, SECRETS (folder with the password of the owner).
set -eu

MYSQL_PWD=$(cat "$SECRETS/owner")
export MYSQL_PWD
dump=/data/$DBNAME-$(date -u +%Y%m%dT%H%M%SZ).sql.gz

# A pipe hides the exit code of its first command, so the dump and its compression are two steps.
mariadb-dump --no-defaults --host="$DBHOST" --port="$DBPORT" --user=owner --single-transaction --routines --triggers \
  "$DBNAME" >/data/unfinished
# The last line of a complete dump.
tail -n 1 /data/unfinished | grep -q '^-- Dump completed'
gzip -c /data/unfinished >/data/unfinished.gz
gzip -t /data/unfinished.gz
mv /data/unfinished.gz "$dump"
rm /data/unfinished

for old in $(ls -r /data/*.sql.gz | tail -n +8); do rm "$old"; done
echo "{\"level\":\"info\",\"service\":\"$DBHOST\",\"msg\":\"backup written\",\"file\":\"$dump\",\"bytes\":$(wc -c <"$dump")}"
