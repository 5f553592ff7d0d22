# Sourced by build-support/image and warm.sh: makes the JVM's cache of what the program loads and links.
# POSIX sh. The caller has sourced launch.sh, and set $work, a folder of its own.
# shellcheck shell=sh disable=SC2154

# train JAVA JAR CACHE: lets the program in JAR fetch a page, with TLS and without, and has JAVA keep what it loaded and linked
# meanwhile in CACHE. What it said is in $work/fetched.
train() {
    helpers=$root/build-support/package
    "$java_home/bin/keytool" -genkeypair -keystore "$work/keys.p12" -storepass secret -alias page -keyalg EC -dname CN=page \
        -ext san=ip:127.0.0.1 2>/dev/null || return 1
    mkfifo "$work/hold"
    "$java_home/bin/java" "$helpers/PageServer.java" "$work/keys.p12" secret <"$work/hold" >"$work/urls" 2>"$work/fetched" &
    page_server=$!
    exec 3>"$work/hold"
    until [ "$(wc -l <"$work/urls")" -eq 2 ]; do
        if ! kill -0 "$page_server" 2>/dev/null; then
            exec 3>&-
            return 1
        fi
        sleep 0.1
    done
    trained=0
    "$1" -XX:AOTCacheOutput="$work/made.aot" -Djavax.net.ssl.trustStore="$work/keys.p12" -Djavax.net.ssl.trustStorePassword=secret \
        -jar "$2" fetch -i "$work/urls" --deadline 1m >"$work/fetched" 2>&1 3>&- || trained=1
    exec 3>&-
    wait "$page_server" || :
    [ "$trained" -eq 0 ] && [ -s "$work/made.aot" ] && mv "$work/made.aot" "$3"
}
