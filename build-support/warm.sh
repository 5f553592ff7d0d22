#!/bin/sh
# Makes the cache that launch.sh has found to be missing or old, while its caller holds the lock. Not for people.
#   warm.sh ROOT NAME JAVA_HOME JAR CACHE WARM-JAR
set -eu
root=$1
me=$2
java_home=$3
jar=$4
cache=$5
warm_jar=$6
. "$root/build-support/launch.sh"
. "$root/build-support/warm-up.sh"

# another process may have been waited for
newer "$cache" "$out/$jar" && exit
work=$(mktemp -d "$out/warm.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
: >"$work/began"
# one that could not be made is kept as an empty file, so that it is tried once for each jar
warm_up() {
    "$java_home/bin/java" "$root/build-support/package/StackMaps.java" "$out/$jar" "$work/jar" &&
        publish "$work/jar" "${warm_jar##*/}" && train "$java_home/bin/java" "$warm_jar" "$work/cache"
}
warm_up || : >"$work/cache"
touch "$work/began"
publish "$work/cache" "${cache##*/}"
