# Sourced by the commands at the top of this project: runs a main class of a module, building the module first
# when it has not been built or its sources are newer.
#
#   twinbucket_run MODULE MAIN_CLASS [ARGUMENT ...]

. "$twinbucket_home/.mvn/find-jdk.sh"

twinbucket_is_built() { # the class path is written at the end of a build
  [ -r "$twinbucket_home/$1/target/classpath.txt" ] &&
    [ -z "$(find "$twinbucket_home"/*/src/main "$twinbucket_home"/*/pom.xml "$twinbucket_home/pom.xml" \
      -newer "$twinbucket_home/$1/target/classpath.txt" -type f 2>/dev/null | head -n 1)" ]
}

twinbucket_run() {
  twinbucket_module="$1"
  twinbucket_main="$2"
  shift 2
  if ! twinbucket_is_built "$twinbucket_module"; then
    echo "Building (the first time downloads what Maven needs; a few minutes) ..." >&2
    (cd "$twinbucket_home" &&
      ./mvnw -q -pl "$twinbucket_module" -am -Dmaven.test.skip=true -Dspotless.check.skip=true \
        -Djacoco.skip=true package) >&2 || {
      echo "The build failed; its output above says why." >&2
      exit 1
    }
    # Maven leaves the file alone if the class path is the same as before.
    touch "$twinbucket_home/$twinbucket_module/target/classpath.txt"
  fi
  exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$twinbucket_home/$twinbucket_module/target/classes:$(cat "$twinbucket_home/$twinbucket_module/target/classpath.txt")" \
    "$twinbucket_main" "$@"
}
