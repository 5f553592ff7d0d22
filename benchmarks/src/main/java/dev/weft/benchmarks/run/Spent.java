package dev.weft.benchmarks.run;

import java.util.List;
import java.util.regex.Pattern;

/** The use of time, told from a stack. */
enum Spent {
    START("start a virtual thread, and queue it"),
    WAKE("wake a thread"),
    SUSPEND("suspend a thread"),
    LIBRARY("the library's own work"),
    BODY("the tasks' bodies, and the benchmark"),
    SWITCH("switch to a virtual thread, and end it"),
    POOL("the pool: look for work, sleep"),
    COLLECT("garbage collection"),
    RECORDED("what Weft does for the flight recorder only"),
    OTHER("the JVM's other threads");

    private record Rule(Pattern frame, Spent spent) {}

    /** Decided by any frame: all that is called from there is done for it. The innermost counts. */
    private static final List<Rule> FOR = List.of(
            rule(RECORDED, "dev\\.weft\\.internal\\.(flight|task\\.(TaskSpan|\\w*Flight\\w*))\\..*"),
            rule(START, "java\\.lang\\.VirtualThread\\.(start|<init>|externalSubmit.*)"),
            rule(START, "java\\.lang\\.(Thread|ThreadBuilders.*|BaseVirtualThread)\\.(<init>|newVirtualThread)"),
            rule(WAKE, "java\\.lang\\.VirtualThread\\.(unpark|submitRunContinuation|lazySubmit.*)"),
            rule(WAKE, "java\\.util\\.concurrent\\.locks\\.LockSupport\\.unpark"),
            rule(SUSPEND, "java\\.lang\\.VirtualThread\\.(park.*|yieldContinuation|tryYield|join.*)"),
            rule(SUSPEND, "java\\.util\\.concurrent\\.locks\\.LockSupport\\.park.*"));

    /** Decided by the innermost frame of somebody's: what it calls of the JDK is its own. */
    private static final List<Rule> OWN = List.of(
            rule(BODY, "dev\\.weft\\.benchmarks\\..*"),
            rule(LIBRARY, "dev\\.weft\\..*"),
            rule(POOL, "kotlinx\\.coroutines\\.scheduling\\..*"),
            rule(LIBRARY, "(kotlinx?|com\\.softwaremill)\\..*"),
            rule(LIBRARY, "java\\.util\\.concurrent\\.(CompletableFuture|StructuredTaskScope|Executors|ThreadPer).*"),
            rule(LIBRARY, "java\\.util\\.concurrent\\.(FutureTask|AbstractExecutorService|ExecutorCompletion).*"));

    /** Decided last: what carries all others. */
    private static final List<Rule> BELOW = List.of(
            rule(SWITCH, "(java\\.lang\\.VirtualThread|jdk\\.internal\\.vm\\.Continuation).*"),
            rule(POOL, "java\\.util\\.concurrent\\.ForkJoin.*"));

    private final String title;

    Spent(String title) {
        this.title = title;
    }

    private static Rule rule(Spent spent, String frame) {
        return new Rule(Pattern.compile(frame), spent);
    }

    String title() {
        return title;
    }

    /** @param frames names of methods with their classes', innermost first */
    static Spent of(List<String> frames) {
        for (var rules : List.of(FOR, OWN, BELOW)) {
            for (var frame : frames) {
                for (var rule : rules) {
                    if (rule.frame.matcher(frame).matches()) {
                        return rule.spent;
                    }
                }
            }
        }
        return OTHER;
    }
}
