#!/bin/sh
# Runs MySQL with the options of the command line, and creates its system tables at the first start.
# Environment: DATADIR (folder of the data).
set -eu

# The data have their name only when they are whole, so a container that is killed leaves no partial data.
if [ ! -d "$DATADIR" ]; then
  rm -rf "$DATADIR.unfinished"
  mysqld --no-defaults --initialize-insecure --datadir="$DATADIR.unfinished" >&2
  mv "$DATADIR.unfinished" "$DATADIR"
fi

exec mysqld "$@" --datadir="$DATADIR" --pid-file="$DATADIR/mysqld.pid"
