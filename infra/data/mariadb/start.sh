#!/bin/sh
# Runs MariaDB with the options of the command line, and creates its system tables at the first start.
# Environment: DATADIR (folder of the data).
set -eu

# The data have their name only when they are whole, so a container that is killed leaves no partial data.
if [ ! -d "$DATADIR" ]; then
  rm -rf "$DATADIR.unfinished"
  mariadb-install-db --no-defaults --datadir="$DATADIR.unfinished" --skip-test-db --auth-root-authentication-method=normal >&2
  mv "$DATADIR.unfinished" "$DATADIR"
fi

exec mariadbd "$@" --datadir="$DATADIR" --pid-file="$DATADIR/mariadbd.pid"
