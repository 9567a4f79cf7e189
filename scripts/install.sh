# Brings what the tests need from the distribution, for the script that sources this file.

# The packages, one a line, that are not here; $1 is the project's folder.
wanted_packages() {
  local postgresql=postgresql
  if apt-cache show postgresql-15 >/dev/null 2>&1; then
    postgresql=postgresql-15
  fi
  has_postgresql || echo "$postgresql"
  has_contrib || echo postgresql-contrib
  command -v zstd >/dev/null || echo zstd
  command -v jq >/dev/null || echo jq
  command -v age >/dev/null || echo age
  command -v openssl >/dev/null || echo openssl
  command -v python3 >/dev/null || echo python3
  command -v mvn >/dev/null || echo maven
  if [[ -d $1/server ]]; then
    command -v chromium >/dev/null || echo chromium
  fi
}

has_postgresql() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ||
    { command -v pg_config >/dev/null && [[ -x $(pg_config --bindir)/initdb ]]; }
}

has_contrib() {
  compgen -G '/usr/share/postgresql/*/extension/hstore.control' >/dev/null ||
    { command -v pg_config >/dev/null &&
      [[ -e $(pg_config --sharedir)/extension/hstore.control ]]; }
}

# Runs a command as root: directly, or through sudo where that asks for no password.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

may_install() {
  command -v apt-get >/dev/null && { [[ $(id -u) == 0 ]] || sudo -n true 2>/dev/null; }
}

# Debian makes and starts a server of its own with the package. The tests bring theirs, so that one
# is kept from being made, by a setting that is in place during the installation only, and only on a
# machine that had no such settings before.
install_quietly() {
  local settings=/etc/postgresql-common/createcluster.conf made='' status=0
  if [[ ! -e $settings ]]; then
    as_root mkdir -p "${settings%/*}"
    echo 'create_main_cluster = false' | as_root tee "$settings" >/dev/null
    made=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
    apt-get install -y -q --no-install-recommends "$@" >&2 || status=1
  if [[ $made ]]; then
    as_root rm -f "$settings" "$settings".ucf-*
    as_root cp /usr/share/postgresql-common/createcluster.conf "$settings" 2>/dev/null ||
      as_root rmdir "${settings%/*}" 2>/dev/null
  fi
  return "$status"
}

# Installs what is missing, where it may; else says what is missing and returns 1. $1 is the
# project's folder.
need_packages() {
  local missing=()
  mapfile -t missing < <(wanted_packages "$1")
  [[ ${#missing[@]} == 0 ]] && return
  if ! may_install; then
    echo "The tests need packages that are not here: ${missing[*]}" >&2
    echo "HINT: install them, for example: sudo apt-get install ${missing[*]}" >&2
    return 1
  fi
  echo "Installing what the tests need: ${missing[*]}" >&2
  as_root apt-get update -q >&2 || true
  mapfile -t missing < <(wanted_packages "$1")
  install_quietly "${missing[@]}"
}
