# Sourced by ./weft, examples/run and benchmarks/run: finds a Java to run on, and builds what is not there yet or older than
# its sources.
# POSIX sh. The caller has set $root, the folder of the checkout, and $me, the name that stands before messages.
# shellcheck shell=sh disable=SC2154

needed=25
unavailable=69
out=$root/target/launch

say() {
    printf '%s\n' "$me: $1" >&2
}

give_up() {
    for line; do
        say "$line"
    done
    exit "$unavailable"
}

# ---- Java

# follow FILE: prints the file that a chain of symbolic links ends at.
follow() {
    file=$1
    while [ -L "$file" ]; do
        link=$(readlink "$file")
        case $link in
            /*) file=$link ;;
            *) file=$(dirname "$file")/$link ;;
        esac
    done
    printf '%s\n' "$file"
}

# feature HOME: prints the 25 of a Java 25, read from its release file without starting it; nothing if HOME is no Java.
feature() {
    if [ -x "$1/bin/java" ] && [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\{0,1\}\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' "$1/release"
    fi
}

# try HOME NAME: takes HOME if it is new enough; else notes what NAME was.
try() {
    version=$(feature "$1")
    if [ -n "$version" ] && [ "$version" -ge "$needed" ]; then
        java_home=$1
        return 0
    fi
    if [ -n "$2" ]; then
        looked="$looked$2 ($1: Java ${version:-not found}), "
    fi
    return 1
}

# find_java: sets $java_home, or gives up.
find_java() {
    looked=
    search || give_up "no Java $needed or later was found." \
        "looked at: ${looked}and the usual folders (/usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks, /Library/Java and more)." \
        "install a JDK $needed, for example Eclipse Temurin or your system's openjdk-$needed-jdk, or set WEFT_JAVA_HOME to the folder of one."
    if [ -n "${WEFT_JAVA_HOME:-}" ] && [ "$java_home" != "$WEFT_JAVA_HOME" ]; then
        say "WEFT_JAVA_HOME ($WEFT_JAVA_HOME) is not a Java $needed or later; running on $java_home"
    fi
}

search() {
    if [ -n "${WEFT_JAVA_HOME:-}" ]; then
        try "$WEFT_JAVA_HOME" WEFT_JAVA_HOME && return
    else
        looked="WEFT_JAVA_HOME (not set), "
    fi
    if [ -n "${JAVA_HOME:-}" ]; then
        try "$JAVA_HOME" JAVA_HOME && return
    else
        looked="${looked}JAVA_HOME (not set), "
    fi
    if command -v java >/dev/null 2>&1; then
        on_path=$(follow "$(command -v java)")
        try "$(dirname "$(dirname "$on_path")")" 'java on the PATH' && return
    else
        looked="${looked}java on the PATH (none), "
    fi
    for home in \
        /usr/lib/jvm/* /usr/java/* /usr/local/*jdk* /opt/*jdk* /opt/java/* /opt/*/*jdk* \
        "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.asdf/installs/java/* \
        "${HOME:-/}"/.local/share/mise/installs/java/* "${HOME:-/}"/.gradle/jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        try "$home" '' && return
    done
    return 1
}

# ---- Building

# fresh FILE MODULE...: is FILE there, and nothing that goes into it newer?
fresh() {
    made=$1
    shift
    [ -f "$made" ] || return 1
    for module; do
        set -- "$@" "$root/$module/pom.xml" "$root/$module/src/main"
        shift
    done
    [ -z "$(find "$root/pom.xml" "$root/.mvn" "$@" -newer "$made" 2>/dev/null | head -n 1)" ]
}

# The lock is a symbolic link whose text is its owner's process id: made in one step, with its owner known from the start.
lock() {
    waited=0
    while ! ln -s "$$" "$out/lock" 2>/dev/null; do
        owner=$(readlink "$out/lock") || continue
        if ! kill -0 "$owner" 2>/dev/null && [ ! -d "/proc/$owner" ]; then
            break_lock "$owner"
        fi
        [ "$waited" -ne 2 ] || say "waiting for another build (process $owner) to end ..."
        [ "$waited" -lt 900 ] || give_up "waited 15 minutes for process $owner, which holds $out/lock." \
            "if it is not a build of this project, remove that file and its neighbour lock.break, if there is one, and start again."
        sleep 1
        waited=$((waited + 1))
    done
    trap 'rm -f "$out/lock"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

unlock() {
    rm -f "$out/lock"
    trap - EXIT HUP INT TERM
}

# break_lock OWNER: takes away the lock of a dead owner. One process at a time, or the second would take the first one's new lock.
break_lock() {
    ln -s "$$" "$out/lock.break" 2>/dev/null || return 0
    if [ "$(readlink "$out/lock")" = "$1" ]; then
        rm -f "$out/lock"
    fi
    rm -f "$out/lock.break"
}

# ensure JAR MODULE...: builds the first MODULE, made from all of them, unless copies of its jars stand in $out already.
# The copies are put there by renaming, JAR last: a program that still runs from the old ones keeps them. JAR counts as
# made when the build began, so that a source that changes meanwhile is newer.
ensure() {
    jar=$1
    shift
    fresh "$out/$jar" "$@" && return
    mkdir -p "$out" 2>/dev/null || :
    [ -w "$out" ] || give_up "cannot build: $out is not writable."
    lock
    fresh "$out/$jar" "$@" || build "$@"
    unlock
}

# $build_options, if the caller has set it, is one more word for Maven.
build() {
    command -v mvn >/dev/null 2>&1 || give_up "the program has to be built, and Maven (mvn) is not on the PATH." \
        "install Maven 3.8 or later (Debian, Ubuntu: apt install maven; macOS: brew install maven) and start again."
    say "building $1 (first use, or a source has changed) ..."
    log=$out/build-$1.log
    began=$out/began
    : >"$began"
    (
        # Maven may have been left an older Java than its plugins need.
        if [ -x "$java_home/bin/javac" ]; then
            JAVA_HOME=$java_home
            export JAVA_HOME
        fi
        cd "$root" && exec mvn -B -q -ntp ${build_options:+"$build_options"} -Dmaven.test.skip=true -pl "$1" -am package
    ) >"$log" 2>&1 </dev/null || {
        grep '^\[ERROR\]' "$log" | head -n 5 >&2 || :
        give_up "the build of $1 failed; all it said is in $log" "to see it again: (cd '$root' && mvn ${build_options:-} -pl $1 -am package)"
    }
    for module; do
        publish "$root/$module/target/weft-$module.jar"
    done
    publish "$root/$1/target/$jar"
}

publish() {
    if ! { cp "$1" "$out/new" && touch -r "$began" "$out/new" && mv -f "$out/new" "$out/${1##*/}"; }; then
        give_up "cannot copy $1 to $out."
    fi
}

# ---- Running

# become ARGUMENT...: turns this process into java, so that signals reach it and its exit status is the caller's.
# $default_options, if the caller has set it, are options for the JVM where WEFT_JAVA_OPTS is not set.
become() {
    set -f
    # shellcheck disable=SC2086 # the options are meant to be split
    exec "$java_home/bin/java" ${WEFT_JAVA_OPTS-${default_options:-}} "$@"
}
