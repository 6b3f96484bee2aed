#!/bin/sh
# Runs the S3 server with the options of the command line, and creates its buckets.
# Environment: DATA (folder of the buckets), SECRETS (folder with `superuser` and `users.json`), BUCKETS (names), ADMIN_ENDPOINT_URL,
# and ROOT_ACCESS_KEY and ADMIN_ACCESS_KEY, the access key of the administrator.
set -eu

# The folder may outlive the container.
rm -f /tmp/buckets-are-there
mkdir -p "$DATA" /tmp/accounts
cp "$SECRETS/users.json" /tmp/accounts/users.json
ROOT_SECRET_KEY=$(cat "$SECRETS/superuser")
ADMIN_SECRET_KEY=$ROOT_SECRET_KEY
export ROOT_SECRET_KEY ADMIN_SECRET_KEY

ensure_bucket() {
  problem=$(versitygw admin create-bucket --owner app --bucket "$1" 2>&1) && return 0
  case $problem in *BucketAlreadyOwnedByYou*) return 0 ;; esac
  # A server that starts refuses connections.
  case $problem in *'connection refused'*) ;; *) echo "bucket $1: $problem" >&2 ;; esac
  return 1
}

ensure_buckets() {
  for bucket in $BUCKETS; do
    until ensure_bucket "$bucket"; do sleep 1; done
  done
  touch /tmp/buckets-are-there
}

versitygw "$@" "$DATA" &
server=$!
trap 'kill -TERM "$server"' TERM INT
ensure_buckets &
buckets=$!

# A signal ends `wait` before the server has ended.
while kill -0 "$server" 2>/dev/null; do
  code=0
  wait "$server" || code=$?
done
kill "$buckets" 2>/dev/null || true
exit "$code"
