#!/bin/sh
# Makes the cluster in /var/lib/weir/postgres the first time, then runs the server. Works on the official
# image and on Debian's packages alike. $1 is the file that holds the password; the rest goes to the server.
set -eu
password=$1 data=/var/lib/weir/postgres
shift
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/postgres | tail -n 1)")

if [ ! -e "$data" ]; then
  rm -rf "$data.new"
  "$programs/initdb" --pgdata="$data.new" --username=postgres --pwfile="$password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --data-checksums
  echo 'host all all all scram-sha-256' >> "$data.new/pg_hba.conf"
  mv "$data.new" "$data"
fi
exec "$programs/postgres" -D "$data" -c 'listen_addresses=*' -c unix_socket_directories= "$@"
