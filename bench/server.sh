# shellcheck shell=bash
# A PostgreSQL for measurements, with default settings, in a folder that goes with it. To be sourced by a
# script that has set root and parent; sets bin, work, port, and what clients go by.

fail() {
  echo "$1" >&2
  exit 1
}
# shellcheck source=../scripts/jdk.sh
. "$root/scripts/jdk.sh"
find_jdk || exit 1
bin=/usr/lib/postgresql/15/bin
[[ -x $bin/initdb ]] || bin=$(pg_config --bindir) || fail "There is no PostgreSQL here (pg_config)."

work=$(mktemp -d "$parent/coffer-bench.XXXXXX") || exit 1
server=''
clean_up() {
  if [[ $server ]]; then
    kill -INT "$server" 2>/dev/null
    wait "$server" 2>/dev/null
  fi
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

as=()
if [[ $(id -u) == 0 ]]; then # PostgreSQL refuses to run as root.
  if unshare -U true 2>/dev/null; then
    as=(unshare -U)
  else
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chown postgres "$work"
  fi
fi
chmod 755 "$work"
cd "$work" || exit 1

port=$((20000 + RANDOM % 20000))
"${as[@]}" "$bin/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
  >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; exit 1; }
"${as[@]}" "$bin/postgres" -D "$work/data" -k "$work" -p "$port" -h 127.0.0.1 \
  >"$work/server.log" 2>&1 </dev/null &
server=$!
for _ in {1..200}; do
  "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.05
done
export PGHOST=127.0.0.1 PGPORT=$port PGUSER=postgres COFFER_HOME=$work/home
url() { echo "postgresql://postgres@127.0.0.1:$port/$1"; }
ask() { "$bin/psql" -XAtqc "$2" "$1"; }
