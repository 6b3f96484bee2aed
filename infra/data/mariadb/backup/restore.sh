#!/bin/sh
# restore.sh [NAME]: restores the tables of a dump in /data, by default of the newest.
# MariaDB commits after each change of a table, so a restore that fails must be repeated. Environment: as for backup.sh.
set -eu

MYSQL_PWD=$(cat "$SECRETS/owner")
export MYSQL_PWD
dump=/data/${1:-$(ls /data | grep '\.sql\.gz$' | sort | tail -n 1)}

gzip -t "$dump"
gzip -dc "$dump" | mariadb --no-defaults --host="$DBHOST" --port="$DBPORT" --user=owner "$DBNAME"
echo "{\"level\":\"info\",\"service\":\"$DBHOST\",\"msg\":\"restored\",\"file\":\"$dump\"}"
