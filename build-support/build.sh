#!/bin/sh
# Builds what launch.sh has found to be missing or old, while its caller holds the lock. Not for people.
#   build.sh ROOT NAME JAVA_HOME OPTION JAR MODULE...
set -eu
root=$1
me=$2
java_home=$3
build_options=$4
jar=$5
shift 5
. "$root/build-support/launch.sh"

# another build may have been waited for
fresh "$out/$jar" "$@" || build "$@"
