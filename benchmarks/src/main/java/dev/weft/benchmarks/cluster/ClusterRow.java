package dev.weft.benchmarks.cluster;

/** The figure that is measured of each peer that can do it. */
enum ClusterRow {
    ROUND_TRIP("round-trip", "Round trip of 100 bytes", "µs", 1, "One call after another, each to the next member."),
    ROUND_TRIP_100K("round-trip-100k", "Round trip of 100 kB", "µs", 1, "There and back."),
    ROUND_TRIP_1M("round-trip-1m", "Round trip of 1 MiB", "µs", 1, "There and back."),
    IN_FLIGHT(
            "in-flight", "10,000 calls, 1,000 in flight", "calls/s", 1, "More is better. Each sample is 10,000 calls."),
    CPU(
            "cpu",
            "Processor time of a call, 1,000 in flight",
            "µs",
            1,
            "Of the caller and both members together. The work that the JIT compiler still does is in it."),
    CANCEL(
            "cancel",
            "Cancel, acknowledged",
            "ms",
            1_000,
            "1,000 calls run, and are cancelled one after the other: from the cancel to the caller's exception, at"
                + " which the handler has ended. JGroups has no cancel; Hazelcast's does not wait for the handler."),
    KILL(
            "kill",
            "`kill -9` of a member, until the caller's exception",
            "s",
            1e6,
            "Each member has one call of the caller."),
    FREEZE(
            "freeze",
            "`SIGSTOP` of a member, until the caller's exception",
            "s",
            1e6,
            "The same with a process that stands still."),
    CALLER_KILLED(
            "caller-killed",
            "`kill -9` of a caller, until its handler is interrupted",
            "s",
            1e6,
            "JGroups and Hazelcast let the handler run."),
    LINK_DOWN(
            "link-down",
            "Link of a member down, until the caller's exception",
            "s",
            1e6,
            "Members in network namespaces, with a bridge between them."),
    LINK_INTERRUPT("link-interrupt", "Link down, until the cut-off handler is interrupted", "s", 1e6, ""),
    LINK_LEAD(
            "link-lead",
            "From that interrupt to the caller's exception",
            "s",
            1e6,
            "Never less than nothing: by the time of the exception, nothing of the call is running."),
    LINK_UP("link-up", "Link up, until the first call begins there", "s", 1e6, "In the same process."),
    START("start", "Processor time of a member until it is open", "s", 1e6, "The start of its JVM is in it."),
    MEMORY("memory", "Memory of an idle member", "MB", 1, "Resident, before the first call, with `-Xmx512m`.");

    private final String id;
    private final String title;
    private final String unit;
    private final double micros;
    private final String note;

    ClusterRow(String id, String title, String unit, double micros, String note) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.micros = micros;
        this.note = note;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /** A remark for the reader. */
    String note() {
        return note;
    }

    /** A time in its unit. */
    double ofMicros(double time) {
        return time / micros;
    }

    boolean isLessBetter() {
        return this != IN_FLIGHT;
    }
}
