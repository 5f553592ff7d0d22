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

# fresh FILE MODULE...: is FILE there, itself and no link, and nothing that goes into it newer?
fresh() {
    made=$1
    shift
    [ -f "$made" ] && [ ! -L "$made" ] || return 1
    for module; do
        set -- "$@" "$root/$module/pom.xml" "$root/$module/src/main"
        shift
    done
    [ -z "$(find "$root/pom.xml" "$root/.mvn" "$@" -newer "$made" 2>/dev/null | head -n 1)" ]
}

# owner FILE: prints the number of the user that it belongs to.
owner() {
    # shellcheck disable=SC2012 # the third word is a number, whatever the name is
    ls -ldn "$1" | { read -r _ _ number _ && printf '%s\n' "$number"; }
}

# safe FOLDER: is it a real folder, of this user or of whom the checkout belongs to, in which nobody else can put anything?
safe() {
    [ -d "$1" ] && [ ! -L "$1" ] && [ -z "$(find "$1" -prune -perm -0002)" ] || return 1
    case $(owner "$1") in
        "$(id -u)" | "$(owner "$root/build-support/launch.sh")") return 0 ;;
    esac
    return 1
}

# ensure JAR MODULE...: builds the first MODULE, made from all of them, unless copies of its jars stand in $out already.
# One build at a time: Locked.java holds a lock of the system's, which ends with its process, however that ends.
ensure() {
    jar=$1
    shift
    (umask 022 && mkdir -p "$out" 2>/dev/null) || :
    if [ -e "$out" ] || [ -L "$out" ]; then
        safe "$out" || give_up "$out is not a folder of yours alone: it is a link, or others own it or may write to it." \
            "remove it and start again."
    fi
    fresh "$out/$jar" "$@" && return
    [ -w "$out" ] || give_up "cannot build: $out is not writable."
    [ -x "$java_home/bin/javac" ] || give_up "the program has to be built, and $java_home is not a whole JDK." \
        "set WEFT_JAVA_HOME to the folder of a JDK $needed."
    "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$root/build-support/Locked.java" "$out/build.lock" "$me" \
        sh "$root/build-support/build.sh" "$root" "$me" "$java_home" "${build_options:-}" "$jar" "$@" || exit
}

# build MODULE...: called by build.sh. The copies are put into $out by renaming, $jar last: a program that still runs from the
# old ones keeps them. $jar counts as made when the build began, so that a source that changes meanwhile is newer.
# $build_options, if the caller has set it, is one more word for Maven.
build() {
    command -v mvn >/dev/null 2>&1 || give_up "the program has to be built, and Maven (mvn) is not on the PATH." \
        "install Maven 3.8 or later (Debian, Ubuntu: apt install maven; macOS: brew install maven) and start again."
    say "building $1 (first use, or a source has changed) ..."
    log=build-${1##*/}.log
    work=$(mktemp -d "$out/build.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    : >"$work/began"
    (
        # Maven may have been left an older Java than its plugins need.
        JAVA_HOME=$java_home
        export JAVA_HOME
        cd "$root" && exec mvn -B -q -ntp ${build_options:+"$build_options"} -Dmaven.test.skip=true -pl "$1" -am package
    ) >"$work/log" 2>&1 </dev/null || {
        grep '^\[ERROR\]' "$work/log" | head -n 5 >&2 || :
        publish "$work/log" "$log"
        give_up "the build of $1 failed; all it said is in $out/$log" \
            "to see it again: (cd '$root' && mvn ${build_options:-} -pl $1 -am package)"
    }
    for module; do
        publish "$root/$module/target/weft-${module##*/}.jar" "weft-${module##*/}.jar"
    done
    publish "$root/$1/target/$jar" "$jar"
}

# publish FILE NAME: copies it to $out in one step. A link of that name is replaced, not followed.
publish() {
    if [ -d "$out/$2" ] || ! { cp "$1" "$work/new" && touch -r "$work/began" "$work/new" && mv -f "$work/new" "$out/$2"; }; then
        give_up "cannot copy $1 to $out/$2."
    fi
}

# ---- Starting faster

# newer CACHE JAR: is CACHE a file, itself and no link, and made after JAR?
newer() {
    [ -f "$1" ] && [ ! -L "$1" ] && [ -z "$(find "$2" -prune -newer "$1")" ]
}

# warm JAR: sets $program to what to run: JAR, or a copy of it whose classes the JVM can keep in a cache, and $cache_options to what
# lets the JVM use that cache. Makes both on first use, for each version of Java. They are a matter of speed only: where they
# cannot be made or do not fit, the program starts without them, and without a word.
warm() {
    cache_options=
    program=$out/$1
    warmed=$out/${1%.jar}-$(sed -n 's/^JAVA_RUNTIME_VERSION="\([A-Za-z0-9.+_-]*\)"/\1/p' "$java_home/release")
    cache=$warmed.aot
    if ! newer "$cache" "$out/$1"; then
        if [ ! -w "$out" ] || [ ! -x "$java_home/bin/javac" ] || [ ! -x "$java_home/bin/keytool" ]; then
            return 0
        fi
        say "making the next starts faster (first use of a build) ..."
        "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$root/build-support/Locked.java" "$out/build.lock" "$me" \
            sh "$root/build-support/warm.sh" "$root" "$me" "$java_home" "$1" "$cache" "$warmed.jar" >/dev/null 2>&1 </dev/null || return 0
    fi
    if [ -s "$cache" ] && [ -r "$cache" ] && newer "$warmed.jar" "$out/$1"; then
        program=$warmed.jar
        # the JVM would warn of a cache that does not fit; its other warnings go where messages go
        cache_options="-Xlog:disable -Xlog:all=warning:stderr -Xlog:aot*=off:stderr -Xlog:cds*=off:stderr"
    fi
}

# ---- Running

# become ARGUMENT...: turns this process into java, so that signals reach it and its exit status is the caller's.
# $default_options, if the caller has set it, are options for the JVM where WEFT_JAVA_OPTS is not set.
become() {
    set -f
    # Java reads arguments and names of files by the locale; that of plain C would lose what is beyond ASCII
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
        C | POSIX)
            LC_ALL=C.UTF-8
            export LC_ALL
            ;;
    esac
    # shellcheck disable=SC2086 # the options are meant to be split
    exec "$java_home/bin/java" ${cache_options:+"-XX:AOTCache=$cache"} ${cache_options:-} ${WEFT_JAVA_OPTS-${default_options:-}} "$@"
}
