# Runs one throw-away PostgreSQL server for as long as standard input stays open.
#
# The parent holds the other end of that pipe. When the parent closes it, or dies in whatever way,
# the system closes it, the server is stopped and the work folder is deleted. Nothing else has to
# be told, and nothing can be forgotten.
#
# COFFER_WORK  the work folder: "password" and "settings.conf" lie in it, "data" is made in it
# COFFER_BIN   the folder of initdb and postgres
# COFFER_PORT  the port to listen on
# COFFER_AS    a command to run the server through, when the caller is root; else empty
# COFFER_USER  the user that COFFER_AS changes to and that must own the data; else empty
# COFFER_LOCALE  the database's locale
set -u
trap '' INT HUP TERM
exec 3<&0 </dev/null >>"$COFFER_WORK/log" 2>&1
cd /

data=$COFFER_WORK/data
exited=$COFFER_WORK/exited

if [ -n "$COFFER_USER" ]; then
  chown -R "$COFFER_USER" "$COFFER_WORK"
fi
# shellcheck disable=SC2086  # COFFER_AS is a command with its arguments
if $COFFER_AS "$COFFER_BIN/initdb" -D "$data" -U postgres -E UTF8 --locale="$COFFER_LOCALE" \
    -A scram-sha-256 --pwfile="$COFFER_WORK/password" --no-sync 3<&-; then
  rm -f "$COFFER_WORK/password"
  cat "$COFFER_WORK/settings.conf" >>"$data/postgresql.conf"
  # shellcheck disable=SC2086
  $COFFER_AS "$COFFER_BIN/postgres" -D "$data" -p "$COFFER_PORT" -h 127.0.0.1 \
    -k "$COFFER_WORK" 3<&- &
  server=$!
else
  rm -f "$COFFER_WORK/password"
  false &
  server=$!
fi

stop() {
  for attempt in INT:200 QUIT:40 KILL:40; do
    [ -e "$exited" ] && return
    kill -"${attempt%:*}" "$server"
    left=${attempt#*:}
    while [ ! -e "$exited" ] && [ "$left" -gt 0 ]; do
      sleep 0.05
      left=$((left - 1))
    done
  done
}

{
  read -r _ <&3
  stop
} &
guard=$!
exec 3<&-
wait "$server"
echo "$?" >"$exited"
wait "$guard"
rm -rf "$COFFER_WORK"
