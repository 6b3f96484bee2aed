#!/bin/sh
# Runs MongoDB with the options of the command line. Before, a server without access control, which only this machine reaches, sets the
# accounts, so that a changed password counts.
# Environment: DATADIR (folder of the data), ACCOUNTS (script for mongosh), ADDRESS (a loopback address).
set -eu

setup=27099
mkdir -p "$DATADIR"

mongod --dbpath "$DATADIR" --bind_ip "$ADDRESS" --port "$setup" --nounixsocket --quiet >&2 &
server=$!
trap 'kill -TERM "$server"; wait "$server"; exit 0' TERM INT
until mongosh --quiet --norc --host "$ADDRESS" --port "$setup" "$ACCOUNTS" >/dev/null 2>&1; do
  kill -0 "$server" 2>/dev/null || exit 1
  sleep 1
done
kill -TERM "$server"
wait "$server" || true
trap - TERM INT

exec mongod --auth --dbpath "$DATADIR" --nounixsocket "$@"
