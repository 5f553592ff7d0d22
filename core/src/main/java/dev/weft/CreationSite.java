package dev.weft;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a task was created: the stack without Weft's own frames on top. */
final class CreationSite {

    private static final Set<String> OWN = Stream.of(
                    Bodies.class,
                    BlockCalls.class,
                    CompletionOrder.class,
                    ConcurrentItems.class,
                    Gather.class,
                    Run.class,
                    RunScope.class,
                    Shield.class,
                    StructuredCalls.class,
                    TaskCalls.class,
                    TaskGroup.class,
                    TaskGroupImpl.class,
                    TaskImpl.class,
                    Weft.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    private CreationSite() {}

    static StackTraceElement[] of(Throwable creation) {
        return Arrays.stream(creation.getStackTrace())
                .dropWhile(frame -> OWN.contains(frame.getClassName()))
                .toArray(StackTraceElement[]::new);
    }
}
