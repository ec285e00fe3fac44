# Sourced by mvnw and by the commands at the top of this project: leaves JAVA_HOME at a JDK that can
# build and run Twinbucket, or explains what is missing and fails. It starts no JVM: a JDK's own
# `release` file tells its version.

twinbucket_jdk_wanted=25

twinbucket_jdk_version() { # prints the feature release of the JDK in folder $1, nothing if it is none
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release"
}

twinbucket_jdk_suits() {
  twinbucket_jdk_found="$(twinbucket_jdk_version "$1")"
  [ -n "$twinbucket_jdk_found" ] && [ "$twinbucket_jdk_found" -ge "$twinbucket_jdk_wanted" ]
}

twinbucket_jdk_on_path() { # the home of the javac on the PATH, links resolved
  twinbucket_javac="$(command -v javac 2>/dev/null)" || return 0
  while [ -L "$twinbucket_javac" ]; do
    twinbucket_link="$(readlink "$twinbucket_javac")"
    case "$twinbucket_link" in
      /*) twinbucket_javac="$twinbucket_link" ;;
      *) twinbucket_javac="$(dirname "$twinbucket_javac")/$twinbucket_link" ;;
    esac
  done
  dirname "$(dirname "$twinbucket_javac")"
}

twinbucket_find_jdk() {
  twinbucket_jdk_seen=""
  for twinbucket_jdk_home in \
    "${JAVA_HOME-}" \
    "${JAVA_HOME_25_X64-}" "${JAVA_HOME_25_ARM64-}" "${JDK_25-}" \
    "$(twinbucket_jdk_on_path)" \
    "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* \
    /usr/lib/jvm/* \
    /usr/java/* \
    /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$twinbucket_jdk_home" ] && [ -d "$twinbucket_jdk_home" ] || continue
    if twinbucket_jdk_suits "$twinbucket_jdk_home"; then
      JAVA_HOME="$twinbucket_jdk_home"
      export JAVA_HOME
      return 0
    fi
    [ -z "$twinbucket_jdk_found" ] ||
      twinbucket_jdk_seen="$twinbucket_jdk_seen
  JDK $twinbucket_jdk_found in $twinbucket_jdk_home"
  done
  {
    echo "Twinbucket needs JDK $twinbucket_jdk_wanted or newer (a JDK with javac, not a JRE), and found none."
    if [ -n "$twinbucket_jdk_seen" ]; then
      echo "Too old:$twinbucket_jdk_seen"
    fi
    echo "Install one, for instance from https://adoptium.net/temurin/releases/?version=$twinbucket_jdk_wanted,"
    echo "or set JAVA_HOME to the folder of one that is installed elsewhere."
  } >&2
  return 1
}

# Names above are patterns; the caller may have switched their expansion off.
case "$-" in
  *f*) set +f; twinbucket_find_jdk || exit 1; set -f ;;
  *) twinbucket_find_jdk || exit 1 ;;
esac
