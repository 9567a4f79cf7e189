# Finds a JDK that is new enough, for the scripts that source this file.
#
# find_jdk sets JAVA_HOME, and JDK_VERSION to its full version; or says what is missing and returns
# 1. The version is read from the JDK's "release" file, which is much faster than asking java.

readonly JDK_WANTED=25

# The version in a JDK's folder, in full where the file tells it; nothing where it is none.
jdk_version() {
  local line version=''
  [[ -x $1/bin/java && -r $1/release ]] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*) version=${version:-${line#*=}} ;;
      JAVA_RUNTIME_VERSION=*) version=${line#*=} ;;
    esac
  done <"$1/release"
  printf '%s' "${version//\"/}"
}

# Whether a folder holds a JDK, not only a runtime, that is new enough.
try_jdk() {
  local version
  version=$(jdk_version "$1")
  [[ ${version%%[!0-9]*} -ge $JDK_WANTED ]] || return 1
  [[ -x $1/bin/javac ]] || return 1
  export JAVA_HOME=$1
  JDK_VERSION=$version
}

# The folder of a java on the path, through its links.
jdk_of_path() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java" 2>/dev/null) || return 0
  printf '%s' "${java%/bin/java}"
}

find_jdk() {
  local home chosen=${COFFER_JAVA:-}
  if [[ $chosen ]]; then
    [[ -d $chosen ]] || chosen=$(readlink -f "$chosen" 2>/dev/null || printf %s "$chosen")
    chosen=${chosen%/bin/java}
    try_jdk "$chosen" && return
    echo "COFFER_JAVA does not name a JDK $JDK_WANTED or newer: $COFFER_JAVA" >&2
    echo "HINT: name its folder, such as /usr/lib/jvm/temurin-$JDK_WANTED-jdk-amd64" >&2
    return 1
  fi
  for home in "${JAVA_HOME:-}" "$(jdk_of_path)" /usr/lib/jvm/* /opt/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/*; do
    [[ $home ]] && try_jdk "$home" && return
  done
  if [[ -x /usr/libexec/java_home ]]; then
    home=$(/usr/libexec/java_home -v "$JDK_WANTED+" 2>/dev/null) && try_jdk "$home" && return
  fi
  echo "Coffer needs a JDK $JDK_WANTED or newer, and there is none on this machine." >&2
  echo "HINT: install one (Temurin $JDK_WANTED, from adoptium.net, will do), or name its folder:" \
    "COFFER_JAVA=/path/to/jdk" >&2
  return 1
}
